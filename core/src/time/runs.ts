import { dayOf } from './day.js';
import { termsOf, termOn, type TermTables } from './terms.js';
import { TIME_LIMITS, type TimeLimit } from './time-limits.js';
import type { StepInTime } from './timed-event.js';

/** A clock of an item that runs. */
export interface RunningClock {
  /** Name of its time limit. */
  readonly limit: string;
  /** See `TimedEvent.pair`. */
  readonly pair?: string | undefined;
  /** Id of the event that started it. */
  readonly startedBy: string;
}

/** What came before its counterpart, where that may be. */
export interface EarlyStop {
  readonly limit: string;
  readonly pair?: string | undefined;
  /** Id of the event. */
  readonly event: string;
}

/** What of an item's clocks must be known to go on when its next event comes. */
export interface OpenClocks {
  readonly running: readonly RunningClock[];
  readonly early: readonly EarlyStop[];
}

export const NO_CLOCKS: OpenClocks = { running: [], early: [] };

/** What one event does to the clocks of an item. */
export interface ClockTurn {
  readonly open: OpenClocks;
  /** Clocks that it starts; one whose counterpart came before is over at once. */
  readonly started: readonly { readonly limit: string; readonly stoppedBy?: string }[];
  readonly stopped: readonly RunningClock[];
}

/** An item, as far as its time limits care. */
export interface TimedThing {
  readonly kind: string;
  /** See `TimeLimit.traits`. */
  readonly traits: readonly string[];
}

/** The limits that hold for a thing. */
export function limitsOf({ kind, traits }: TimedThing, limits: readonly TimeLimit[]): readonly TimeLimit[] {
  return limits.filter(
    (limit) =>
      limit.kinds.some((each) => each === kind) && limit.traits.every((trait) => traits.includes(trait)),
  );
}

/**
 * Takes the next event of an item. While a clock runs, what would start it again does not; where the table has a limit and no
 * term of it is in force on the day, none starts. Where no table has the limit, a clock starts all the same, so that it can be
 * said that its due day cannot be told.
 *
 * @param limits those that hold for the item, see {@link limitsOf}
 */
export function takeEvent(
  open: OpenClocks,
  event: StepInTime,
  limits: readonly TimeLimit[],
  terms: TermTables | undefined,
): ClockTurn {
  let { running, early } = open;
  const started: { limit: string; stoppedBy?: string }[] = [];
  const stopped: RunningClock[] = [];
  for (const limit of limits) {
    const pair = limit.paired && event.pair;
    const isSame = (one: { readonly limit: string; readonly pair?: string | undefined }): boolean =>
      one.limit === limit.name && one.pair === pair;
    if (limit.stoppedBy.includes(event.type)) {
      const ending = running.filter(
        (one) => one.limit === limit.name && (pair === undefined || one.pair === pair),
      );
      stopped.push(...ending);
      running = running.filter((one) => !ending.includes(one));
      if (ending.length === 0 && limit.stoppedBefore?.includes(event.type))
        early = [...early.filter((one) => !isSame(one)), { ...named(limit, pair), event: event.id }];
    }
    if (!starts(limit, event) || running.some(isSame) || !isInForce(limit, event, terms)) continue;
    const before = early.find(isSame);
    early = early.filter((one) => one !== before);
    started.push({ limit: limit.name, ...(before && { stoppedBy: before.event }) });
    if (!before) running = [...running, { ...named(limit, pair), startedBy: event.id }];
  }
  return { open: { running, early }, started, stopped };
}

/** What a correction does to the clocks of an item. */
export interface TakenBack {
  /** Ids of events that count no more. */
  readonly undone: ReadonlySet<string>;
  /** Clocks that one of them had stopped. */
  readonly resumed: readonly { readonly limit: string; readonly startedBy: string }[];
  /** See `TimedEvent.pair`: of the handover that is open again. */
  readonly pair: string | undefined;
}

/** The clocks of an item once events were taken back: what they started runs no more, what they stopped runs again. */
export function takenBack(
  { running, early }: OpenClocks = NO_CLOCKS,
  { undone, resumed, pair }: TakenBack,
): OpenClocks | undefined {
  const again = resumed.map(({ limit, startedBy }): RunningClock => {
    const isPaired = TIME_LIMITS.some(({ name, paired }) => name === limit && paired === true);
    return { limit, startedBy, ...(isPaired && pair !== undefined ? { pair } : {}) };
  });
  const left = running.filter((one) => !undone.has(one.startedBy));
  const open = { running: [...left, ...again], early: early.filter(({ event }) => !undone.has(event)) };
  return open.running.length + open.early.length === 0 ? undefined : open;
}

function named({ name }: TimeLimit, pair: string | undefined): { limit: string; pair?: string } {
  return { limit: name, ...(pair === undefined ? {} : { pair }) };
}

function starts({ startedBy, roles }: TimeLimit, event: StepInTime): boolean {
  return (
    startedBy.includes(event.type) && (roles.length === 0 || roles.some((role) => event.roles.includes(role)))
  );
}

function isInForce({ name }: TimeLimit, { time }: StepInTime, terms: TermTables | undefined): boolean {
  const dated = termsOf(terms, name);
  return dated === undefined || termOn(dated, dayOf(time)) !== undefined;
}
