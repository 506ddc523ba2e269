import { eventIdOf } from '../ids/event-id.js';
import type { ItemRow } from '../model/rows.js';
import type { TimedBatch } from './clock-steps.js';
import { turnClocks } from './item-clocks.js';
import type { ClockBook } from './kept-clock.js';
import type { OpenClocks } from './runs.js';

/**
 * The clocks of what was not in a container that arrived: it is on its way still, from the giver and since the arrival.
 *
 * @param item as the transaction left it
 * @param open its clocks that run
 */
export function startMissing(
  book: ClockBook,
  batches: readonly TimedBatch[],
  { id, row, open }: { readonly id: string; readonly row: ItemRow; readonly open: OpenClocks | undefined },
): OpenClocks | undefined {
  const { handover, logistics, custodian } = row;
  const { reason, container } = logistics?.exception ?? {};
  if (handover === undefined || reason !== 'missing') return open;
  const arrival = lastArrival(batches, container);
  if (arrival === undefined) return open;
  const roles = book.roles(custodian);
  const pair = `${custodian}>${handover.to}`;
  const step = { ...arrival, type: 'handover', party: custodian, roles, pair, order: 0 };
  return turnClocks(book, { id, row, open, steps: [step] });
}

/** The event of a transaction by which a container arrived; of acceptance and handover the one that came later. */
function lastArrival(
  batches: readonly TimedBatch[],
  container: string | undefined,
): { readonly id: string; readonly time: number } | undefined {
  const arrivals = batches.flatMap(({ batch: { header }, row, events }) =>
    events
      .filter(({ event, verdict }) => {
        const isArrival = event.type === 'accept' || event.type === 'handover';
        return verdict === 'accepted' && isArrival && event.item === container;
      })
      .map(({ index }) => ({ id: eventIdOf({ ...header, index }), time: row.time })),
  );
  return arrivals.at(-1);
}
