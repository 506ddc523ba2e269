import { storedBytes } from '@huilian/core';
import { correctable, Trade, type Party } from '@huilian/core/testing';
import { afterEach, beforeEach } from 'vitest';
import { foldBlock } from './projector/fold.js';
import type { SourceBlock } from './projector/source.js';
import { Views } from './read-model.js';
import { SqliteStore } from './store/sqlite.js';
import type { Store } from './store/store.js';
import { views } from './views/index.js';

// Two parties and a read model of what they record, anew for each test of the file that imports this.

export const page = { limit: 200 };

export let trade: Trade;
let store: Store;
export let model: Views;
export let plant: Party;
export let shop: Party;
let projected = 0;
beforeEach(() => {
  trade = new Trade();
  correctable(trade);
  store = SqliteStore.open(':memory:', views);
  model = new Views(() => store);
  plant = trade.party('plant', ['dismantler']);
  shop = trade.party('shop', ['repairShop'], { mspId: 'AftermarketMSP' });
  projected = 0;
});
afterEach(() => store.close());

/** Folds what was recorded since, each transaction as a block. */
export async function project(): Promise<void> {
  for (const { group, time, transaction, recorded: done } of trade.world.transactions.slice(projected)) {
    const writes = [...done.writes].map(([key, row]) => ({ key, value: storedBytes(key, row) }));
    const number = projected++;
    const block: SourceBlock = {
      number,
      hash: `h${number}`,
      previousHash: number === 0 ? '' : `h${number - 1}`,
      transactions: [
        {
          id: transaction,
          index: 0,
          time,
          valid: true,
          code: 0,
          function: 'Record:record',
          args: [group],
          writes,
        },
      ],
    };
    const { puts } = await foldBlock(block, store);
    for (const { view, document } of puts) view.schema.parse(document);
    const { hash, previousHash } = block;
    await store.apply({ ledger: 'h0', projection: 'test', number, hash, previousHash, time, puts });
  }
}

export function door(name: string): string {
  const { item, nonce } = plant.signer.item(name);
  trade.given(plant, {
    type: 'register',
    item,
    data: { kind: 'part', category: 'door', nonce, tags: [], massGrams: 9000 },
  });
  return item;
}

export const inspection = (item: string) => ({
  type: 'inspect' as const,
  item,
  data: { result: 'fit' as const },
});
