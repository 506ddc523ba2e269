import type { LedgerEvent } from '../model/events.js';
import { readUndos } from '../model/facts/correction.js';
import type { ItemRow } from '../model/rows.js';
import { becameOf, eventCheck } from '../rules/undo.js';
import type { RowOf, TimedBatch } from './clock-steps.js';
import type { Undone } from './item-clocks.js';

/** That an event was taken back. */
export interface Retraction extends Undone {
  readonly item: string;
  /** What the event had brought into the ledger and is void now. */
  readonly outputs: readonly string[];
  /** Who has the item again, if the event had moved its custody. */
  readonly hands: string | undefined;
}

type Correcting = Extract<LedgerEvent, { type: 'correct' | 'agreeCorrection' }>;

/**
 * The corrections among a transaction's events that took effect. One may wait for the other hand, or what it names may stand
 * because others have built upon it.
 *
 * @param before items as the transaction found them
 * @param after as it left them
 */
export function retractionsIn(
  batches: readonly TimedBatch[],
  before: RowOf,
  after: RowOf,
): readonly Retraction[] {
  const found = new Map<string, Retraction>();
  let order = 0;
  for (const { events } of batches)
    for (const { event, verdict } of events) {
      order += 1;
      if (verdict !== 'accepted' || !isCorrection(event)) continue;
      const { item, data } = event;
      const hands = putBack(data.event, before(item), after(item));
      // Both hands name it; what the second one names takes effect.
      if (hands)
        found.set(data.event, { event: data.event, order, item, outputs: data.outputs ?? [], ...hands });
    }
  return [...found.values()];
}

function isCorrection(event: LedgerEvent): event is Correcting {
  return event.type === 'correct' || event.type === 'agreeCorrection';
}

/** In whose hands an item is again once an event was taken back; undefined when it was not. */
function putBack(
  wrong: string,
  before: ItemRow | undefined,
  after: ItemRow | undefined,
): Pick<Retraction, 'hands'> | undefined {
  const check = eventCheck(wrong);
  // What stands was not put back, also once another step has replaced it.
  if (becameOf(after?.correction, check) !== 'takenBack') return undefined;
  const undo = readUndos(before?.correction?.undo).find(({ event }) => event === check);
  const hands = undo?.was?.['u'];
  return { hands: typeof hands === 'string' ? hands : undefined };
}
