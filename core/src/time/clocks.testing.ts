import { publishedHolidays } from './arrangements.js';
import { clocksOf, type Clock } from './clocks.js';
import { dateOf, dayOfDate, startOfDay } from './day.js';
import { TIME_LIMITS, trialTerms } from './time-limits.js';
import type { TimedEvent } from './timed-event.js';

// Histories of things, and their clocks by the tables of a trial.
export const tables = { limits: TIME_LIMITS, terms: trialTerms(), holidays: publishedHolidays() };
export const NOON = 12 * 3600;

/** An event on a day; those of a history stand in the order in which they are written. */
export function at(
  date: number,
  type: string,
  {
    role = 'dismantler',
    pair,
    block = date,
    second = NOON,
  }: Partial<Record<'role' | 'pair', string>> & {
    block?: number;
    second?: number;
  } = {},
): TimedEvent {
  return {
    id: `${type}-${date}`,
    type,
    time: startOfDay(dayOfDate(date)!) + second,
    position: [block, 0, 0],
    roles: [role],
    ...(pair === undefined ? {} : { pair }),
  };
}

export function clocks(
  history: { kind?: string; traits?: string[]; events: TimedEvent[]; takenBack?: ReadonlySet<string> },
  asOf: number,
): readonly Clock[] {
  return clocksOf({ kind: 'vehicle', traits: [], ...history }, tables, dayOfDate(asOf)!);
}

/** The clocks of one limit as a line each. */
export function told(name: string, found: readonly Clock[]): string[] {
  return found
    .filter((clock) => clock.name === name)
    .map(({ state, due }) => `${state}${due === undefined ? '' : ` ${dateOf(due)}`}`);
}
