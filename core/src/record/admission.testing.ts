import { beforeEach } from 'vitest';
import type { SignedBatch } from '../batch/batch.js';
import type { LedgerEvent } from '../model/events.js';
import { Trade, type Party } from '../testing/trade.js';
import { InadmissibleError, type Recorded } from './record.js';
import { numbered } from '../testing/numbered.js';

// A plant and the lane of its key, anew for each test of the file that imports this.
export let trade: Trade;
export let plant: Party;

beforeEach(() => {
  trade = new Trade();
  plant = trade.party('plant', ['dismantler']);
});

let serial = 0;
export function registration(party = plant): LedgerEvent {
  const { item, nonce } = party.signer.item(`car ${++serial}`);
  return trade.event({
    type: 'register',
    item,
    data: { kind: 'vehicle', category: 'sedan', nonce, tags: numbered(nonce) },
  });
}
export const records = (...batches: SignedBatch[]): Recorded => trade.world.record(...batches);

/** `status` of each batch, or the codes of the offences, by place. */
export function outcome(...batches: SignedBatch[]): string[] {
  try {
    return records(...batches).batches.map(({ status }) => status);
  } catch (error) {
    if (error instanceof InadmissibleError)
      return error.offences.map(({ index, code }) => `${index} ${code}`);
    throw error;
  }
}
