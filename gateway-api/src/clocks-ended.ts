import { dayOf, itemOf, latenessOf, timeTables, type HolidayTables, type Lateness } from '@huilian/core';
import type { ClockRecord, EventRecord, ReadModel } from './ports.js';

/** A time limit that an event ended. */
export interface EndedClock {
  readonly timeLimit: string;
  readonly state: 'met' | 'metLate' | 'notComputable';
  readonly late?: Lateness;
}

/** Clocks are read in pages of so many, and so many pages at most: no item has more. */
const pageLength = 1_000;
const mostPages = 5;

/** The time limits of an item that its events ended, by the id of the event. */
export async function clocksEnded(
  readModel: Pick<ReadModel, 'clocksOf' | 'tables'>,
  item: string,
): Promise<ReadonlyMap<string, readonly EndedClock[]>> {
  const ended = new Map<string, EndedClock[]>();
  const { holidays } = timeTables(await readModel.tables(), 0);
  let cursor: string | undefined;
  for (let pages = 0; pages < mostPages; pages += 1) {
    const page = await readModel.clocksOf(item, { limit: pageLength, cursor });
    for (const clock of page.records) {
      if (clock.stoppedBy === undefined) continue;
      ended.set(clock.stoppedBy, [...(ended.get(clock.stoppedBy) ?? []), endedOf(clock, holidays)]);
    }
    cursor = page.next;
    if (cursor === undefined) break;
  }
  return ended;
}

/** An event with the time limits of its item that it ended, as the history of the item shows it. */
export async function withClocksEnded(
  readModel: Pick<ReadModel, 'clocksOf' | 'tables'>,
  record: EventRecord,
): Promise<EventRecord & { readonly clocks?: readonly EndedClock[] }> {
  const item = itemOf(record.event);
  if (item === undefined || record.verdict !== 'accepted') return record;
  const clocks = (await clocksEnded(readModel, item)).get(record.id);
  return clocks === undefined ? record : { ...record, clocks };
}

function endedOf({ limit, status, dueAt, stopped = 0 }: ClockRecord, holidays: HolidayTables): EndedClock {
  if (status === 'met') return { timeLimit: limit, state: 'met' };
  if (status !== 'late') return { timeLimit: limit, state: 'notComputable' };
  const late = latenessOf(dayOf(dueAt) - 1, stopped, holidays);
  return { timeLimit: limit, state: 'metLate', ...(late === undefined ? {} : { late }) };
}
