import type { LedgerEvent } from '../model/events.js';
import { eventIdOf } from '../ids/event-id.js';
import type { ItemRow } from '../model/rows.js';
import { MAX_NESTING } from '../rules/item.js';
import { becameOf, eventCheck } from '../rules/undo.js';
import { lastEvents, type Passing, type TimedBatch } from './clock-steps.js';
import { clockOf, turnClocks, type ClockBook, type KeptClock } from './item-clocks.js';
import { takenBack, type OpenClocks } from './runs.js';

/** Rows of items by their ids. */
type RowOf = (id: string) => ItemRow | undefined;

/** Who has an item: of what lies in a container, who holds the outermost one. */
function handsOf(item: ItemRow, rowOf: RowOf): string {
  let outer = item;
  for (let level = 0; level < MAX_NESTING; level += 1) {
    const container = outer.logistics?.container;
    const around = container === undefined ? undefined : rowOf(container);
    if (around === undefined) break;
    outer = around;
  }
  return outer.custodian;
}

/** An item that a transaction wrote and whose custody it moved. */
export interface Moved {
  readonly id: string;
  readonly row: ItemRow;
  readonly passing: Passing;
}

/**
 * The items that a transaction wrote and whose custody it moved. What lies in them moved with them, although its rows do not change.
 *
 * @param written items as the transaction left them
 * @param before items as it found them; containers of those that it wrote among them
 */
export function movedItems(
  batches: readonly TimedBatch[],
  written: ReadonlyMap<string, ItemRow>,
  before: RowOf,
): readonly Moved[] {
  const after: RowOf = (id) => written.get(id) ?? before(id);
  let last: ReturnType<typeof lastEvents> | undefined;
  return [...written].flatMap(([id, row]) => {
    const known = before(id);
    if (known === undefined) return [];
    const to = handsOf(row, after);
    if (handsOf(known, before) === to) return [];
    last ??= lastEvents(batches);
    const event = last.get(id);
    return event === undefined ? [] : [{ id, row, passing: { ...event, to } }];
  });
}

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
  const step = { ...arrival, type: 'handover', party: custodian, roles, pair };
  return turnClocks(book, { id, row, isKnown: true, open, steps: [step], passing: undefined });
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

/** What a correction took back: the items that it concerns, and the ids of events that count no more. */
export interface Retraction {
  readonly items: readonly string[];
  readonly undone: ReadonlySet<string>;
}

/**
 * The corrections among a transaction's events that took effect. One may wait for the other hand, or what it names may stand
 * because others have built upon it.
 *
 * @param after items as the transaction left them
 */
export function retractionsIn(batches: readonly TimedBatch[], after: RowOf): readonly Retraction[] {
  return batches.flatMap(({ batch: { header }, events }) =>
    events.flatMap(({ event, verdict, index }) => {
      if (verdict !== 'accepted' || !isCorrection(event)) return [];
      const { event: wrong, outputs = [] } = event.data;
      if (becameOf(after(event.item)?.correction, eventCheck(wrong)) !== 'takenBack') return [];
      // Custody that went back with it is no storage that begins anew.
      const undone = new Set([wrong, eventIdOf({ ...header, index })]);
      return [{ items: [event.item, ...outputs], undone }];
    }),
  );
}

type Correcting = Extract<LedgerEvent, { type: 'correct' | 'agreeCorrection' }>;

function isCorrection(event: LedgerEvent): event is Correcting {
  return event.type === 'correct' || event.type === 'agreeCorrection';
}

/**
 * Clocks that an event started are void when it is taken back, and those that it stopped run on.
 *
 * @param clocks all of the item
 * @returns its clocks that run
 */
export function retractClocks(
  book: ClockBook,
  { row, open }: { readonly row: ItemRow; readonly open: OpenClocks | undefined },
  clocks: Iterable<KeptClock>,
  { undone }: Retraction,
): OpenClocks | undefined {
  const isUndone = (event: string | undefined): boolean => event !== undefined && undone.has(event);
  const resumed: KeptClock[] = [];
  for (const clock of clocks) {
    if (isUndone(clock.startedBy)) {
      book.put({ ...clock, status: 'void', dueAt: 0 });
    } else if (isUndone(clock.stoppedBy)) {
      const running = clockOf(book, { ...clock, stoppedBy: undefined, stopped: undefined });
      book.put(running);
      resumed.push(running);
    }
  }
  const { custodian, handover } = row;
  return takenBack(open, { undone, resumed, pair: handover && `${custodian}>${handover.to}` });
}
