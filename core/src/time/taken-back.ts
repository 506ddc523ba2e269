import type { ItemRow } from '../model/rows.js';
import { clockOf, type ClockBook, type KeptClock } from './kept-clock.js';
import { NO_CLOCKS, type EarlyStop, type OpenClocks, type RunningClock } from './runs.js';
import { TIME_LIMITS } from './time-limits.js';

/**
 * Clocks that an event started are void when it is taken back, and those that it stopped run on. Of an item that ought not to be on
 * record all are void.
 *
 * @param row as the transaction left it
 * @param event id of the one that counts no more
 * @returns its clocks that run
 */
export function retractClocks(
  book: ClockBook,
  { id, row }: { readonly id: string; readonly row: ItemRow },
  open: OpenClocks,
  event: string,
): OpenClocks {
  const clocks = book.clocks(id);
  const isVoided = row.state === 'voided';
  const resumed: RunningClock[] = [];
  for (const clock of clocks) {
    if (isVoided || clock.startedBy === event) voidClock(book, clock);
    else if (clock.stoppedBy === event) resumed.push(resume(book, clock, row));
  }
  if (isVoided) return NO_CLOCKS;
  const waiting = clocks.flatMap((clock) => waitingAgain(clock, event, row, open));
  return {
    running: [...open.running.filter(({ startedBy }) => startedBy !== event), ...resumed],
    early: [...open.early.filter((one) => one.event !== event), ...waiting],
  };
}

function voidClock(book: ClockBook, clock: KeptClock): void {
  if (clock.status !== 'void') book.put({ ...clock, status: 'void', dueAt: 0 });
}

function resume(book: ClockBook, clock: KeptClock, { custodian, handover }: ItemRow): RunningClock {
  const { limit, startedBy, stoppedBy: by, stopped: at } = clock;
  book.put(clockOf(book, { ...clock, stoppedBy: undefined, stopped: undefined }));
  const pair = handover && isPaired(limit) ? `${custodian}>${handover.to}` : undefined;
  const unstopped = by === undefined || at === undefined ? undefined : { by, at };
  return { limit, startedBy, ...(pair && { pair }), ...(unstopped && { unstopped }) };
}

/**
 * What had come before the event and ended its clock at once waits for the next one: an acceptance that was there before the handover.
 */
function waitingAgain(
  { limit, startedBy, stoppedBy }: KeptClock,
  event: string,
  { acceptances = [] }: ItemRow,
  { early }: OpenClocks,
): EarlyStop[] {
  if (startedBy !== event || stoppedBy === undefined || !mayComeBefore(limit)) return [];
  const others = acceptances
    .map(({ from, by }) => `${from}>${by}`)
    .filter((pair) => !early.some((one) => one.pair === pair));
  const [pair] = others;
  return [{ limit, event: stoppedBy, ...(others.length === 1 ? { pair } : {}) }];
}

function isPaired(limit: string): boolean {
  return TIME_LIMITS.some(({ name, paired }) => name === limit && paired === true);
}

function mayComeBefore(limit: string): boolean {
  return TIME_LIMITS.some(({ name, stoppedBefore }) => name === limit && stoppedBefore !== undefined);
}
