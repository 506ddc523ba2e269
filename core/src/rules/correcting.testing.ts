import { beforeEach } from 'vitest';
import type { ItemRow } from '../model/rows.js';
import { correctable } from '../testing/corrections.js';
import { Trade, type Party } from '../testing/trade.js';

// Parties who may correct what they recorded, on a new ledger for each test of the file that imports this.
export let trade: Trade;
export let plant: Party;
export let maker: Party;
export let shop: Party;

beforeEach(() => {
  trade = new Trade();
  correctable(trade);
  trade.table('massTolerance', 1, { permille: 20 });
  plant = trade.party('plant', ['dismantler', 'processor']);
  maker = trade.party('maker', ['remanufacturer'], { mspId: 'AftermarketMSP' });
  shop = trade.party('shop', ['repairShop'], { mspId: 'AftermarketMSP' });
});

/** A part that a party registers. */
export function part(who: Party, name: string, category = 'starter'): string {
  const { item, nonce } = who.signer.item(name);
  const tags = [{ scheme: 'serial' as const, value: name.replaceAll(' ', '-') }];
  const data = { kind: 'part' as const, category, nonce, tags, massGrams: 6000 };
  trade.given(who, { type: 'register', item, data });
  return item;
}

/** What an item is, apart from what goes on growing. */
export function standing(id: string): Omit<ItemRow, 'count' | 'head' | 'correction'> {
  const { count: _count, head: _head, correction: _facts, ...row } = trade.item(id);
  return row;
}
