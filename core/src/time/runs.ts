import { dayOf } from './day.js';
import { termsOf, termOn, type TermTables } from './terms.js';
import type { TimeLimit } from './time-limits.js';
import type { StepInTime } from './timed-event.js';

/** A clock of an item that runs. */
export interface RunningClock {
  /** Name of its time limit. */
  readonly limit: string;
  /** See `TimedEvent.pair`. */
  readonly pair?: string | undefined;
  /** Id of the event that started it. */
  readonly startedBy: string;
  /** What had stopped it and counts no more: the event, and its ledger time in seconds. */
  readonly unstopped?: { readonly by: string; readonly at: number } | undefined;
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
  /** Clocks of what is not to be done any more. */
  readonly cancelled: readonly RunningClock[];
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
    const isSame = (one: Paired): boolean => one.limit === limit.name && one.pair === pair;
    // Of what goes on after a correction the pair may not be known.
    const fits = (one: Paired): boolean =>
      isSame(one) || (one.limit === limit.name && one.pair === undefined);
    if (limit.stoppedBy.includes(event.type)) {
      const ending = running.filter((one) => fits(one) || (one.limit === limit.name && pair === undefined));
      stopped.push(...ending);
      running = running.filter((one) => !ending.includes(one));
      // What stops nothing came before what it stops, or takes back what came before.
      if (ending.length === 0 && limit.stoppedBefore !== undefined) {
        early = early.filter((one) => !isSame(one));
        if (limit.stoppedBefore.includes(event.type))
          early = [...early, { ...named(limit, pair), event: event.id }];
      }
    }
    if (!starts(limit, event) || running.some(isSame) || !isInForce(limit, event, terms)) continue;
    const before = early.find(fits);
    early = early.filter((one) => one !== before);
    started.push({ limit: limit.name, ...(before && { stoppedBy: before.event }) });
    if (!before) running = [...running, { ...named(limit, pair), startedBy: event.id }];
  }
  const cancelled = cancelledBy(event, running, stopped, limits);
  running = cancelled.length === 0 ? running : running.filter((one) => !cancelled.includes(one));
  return { open: { running, early }, started, stopped, cancelled };
}

/** What the step that started a clock which ends here started beside it, and is not to be done after such an end. */
function cancelledBy(
  { type }: StepInTime,
  running: readonly RunningClock[],
  stopped: readonly RunningClock[],
  limits: readonly TimeLimit[],
): readonly RunningClock[] {
  if (stopped.length === 0) return [];
  return running.filter(
    ({ limit, startedBy }) =>
      stopped.some((one) => one.startedBy === startedBy) &&
      limits.some((each) => each.name === limit && each.cancelledBy?.includes(type) === true),
  );
}

interface Paired {
  readonly limit: string;
  readonly pair?: string | undefined;
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
