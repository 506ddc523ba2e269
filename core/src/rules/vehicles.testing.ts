import { beforeEach } from 'vitest';
import type { EventOf } from '../model/events.js';
import { Trade, type Party } from '../testing/trade.js';
import { numbered } from '../testing/numbered.js';

// Who has a hand in the end of a vehicle, anew for each test of the file that imports this.

type Output = EventOf<'dismantle'>['data']['outputs'][number];

export let trade: Trade;
export let plant: Party;
export let insurer: Party;
export let shop: Party;
export let auction: Party;
export let police: Party;

beforeEach(() => {
  trade = new Trade();
  trade.table('massTolerance', 1, { permille: 10 });
  plant = trade.party('plant', ['dismantler', 'shredder']);
  insurer = trade.party('insurer', ['insurer'], { mspId: 'AftermarketMSP' });
  shop = trade.party('shop', ['repairShop'], { mspId: 'AftermarketMSP' });
  auction = trade.party('auction', ['auctionHouse'], { mspId: 'AftermarketMSP' });
  police = trade.party('police', ['police'], { mspId: 'OversightMSP' });
});

export function registered(who: Party, name: string): string {
  const { item, nonce } = who.signer.item(name);
  trade.given(who, {
    type: 'register',
    item,
    data: { kind: 'vehicle', category: 'sedan', nonce, tags: numbered(nonce) },
  });
  return item;
}
export const output = (name: string, massGrams: number, extra: Partial<Output> = {}): Output => ({
  ...plant.signer.item(name),
  kind: 'lot',
  category: 'steel',
  massGrams,
  ...extra,
});
export const dismantles = (item: string, ...outputs: Output[]): string =>
  trade.does(plant, { type: 'dismantle', item, data: { outputs } });
export const hands = (item: string, from: Party, to: Party, keepOwnership?: boolean): string => {
  const data = { to: to.creditCode, ...(keepOwnership === undefined ? {} : { keepOwnership }) };
  const verdict = trade.does(from, { type: 'handover', item, data });
  if (verdict === 'accepted') trade.given(to, { type: 'accept', item, data: { from: from.creditCode } });
  return verdict;
};

/** A total loss that the insurer holds. */
export function totalLoss(kind: 'constructive' | 'mustScrap', holder = insurer): string {
  const car = registered(holder, `a ${kind} loss`);
  trade.given(
    insurer,
    { type: 'reportDamage', item: car, data: { loss: 'L1' } },
    { type: 'assess', item: car, data: { loss: 'L1' } },
    { type: 'declareTotalLoss', item: car, data: { loss: 'L1', totalLoss: kind } },
  );
  return car;
}
