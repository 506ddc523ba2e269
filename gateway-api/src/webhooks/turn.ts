import { setImmediate as nextTurn } from 'node:timers/promises';
import { HuilianError } from '@huilian/core';
import type { Logger } from 'pino';
import type { Caller } from '../auth/caller.js';
import { withClocksEnded } from '../clocks-ended.js';
import type { EventRecord, ReadModel } from '../ports.js';
import { scopeOf, type Endpoint } from './endpoint.js';
import { isWanted } from './message-types.js';
import type { WebhookMetrics } from './metrics.js';
import type { Leases } from './leases.js';
import { eventMessage } from './payload.js';
import { padded } from './positions.js';
import type { Outcome, Poster } from './post.js';
import type { RetrySchedule } from './schedule.js';
import type { Keyring } from './secrets.js';
import type { WebhookStore } from './store.js';
import { cursorOf, movedTo, withoutResend, type Cause, type Progress, type Webhook } from './webhook.js';

/** What deliveries work with. */
export interface DeliveryParts {
  readonly ledgerId: string;
  readonly readModel: Pick<ReadModel, 'height' | 'events' | 'eventsAfter' | 'clocksOf' | 'tables'>;
  readonly keyring: Keyring;
  readonly poster: Poster;
  readonly schedule: RetrySchedule;
  /** Throws HL-3001 to HL-3003 when a caller's key may not act any more. */
  readonly standing: (caller: Caller) => Promise<void>;
  readonly metrics: WebhookMetrics;
  readonly log: Logger;
}

/** How a turn ended: it is another one's turn, nothing is left, it goes on at a time (milliseconds since 1970), it is over. */
export type TurnEnd = 'more' | 'caughtUp' | { readonly at: number } | 'over';

/** A turn is this long at most, so that a webhook with much to deliver leaves its place to others. */
const turnDeliveries = 50;
const turnMilliseconds = 10_000;
const slowMilliseconds = 1_000;
/** Until something of ours that is away (the store, the peers) is asked again. */
const awayMilliseconds = 2_000;

const ended: readonly string[] = ['HL-3001', 'HL-3002', 'HL-3003', 'HL-4020', 'HL-4021'];

/** How a gateway stops. */
export interface StopSignals {
  /** Nothing more is begun. */
  readonly stopping: AbortSignal;
  /** What is under way is cut. */
  readonly cutting: AbortSignal;
}

interface Due {
  readonly record: EventRecord;
  readonly position: string;
}

/** One webhook's turn: reads what is next in the ledger for it and delivers that in order, one after the other. */
export class Turn {
  constructor(
    private readonly endpoint: Endpoint,
    private readonly store: WebhookStore,
    private readonly leases: Pick<Leases, 'holder' | 'isCertain'>,
    private readonly parts: DeliveryParts,
    private readonly signals: StopSignals,
  ) {}

  /** @throws HuilianError HL-5022 and the like when something of ours is away */
  async take(): Promise<TurnEnd> {
    const { endpoint } = this;
    if (!(await this.save())) return 'over';
    const cause = await this.objection();
    if (cause !== undefined) return this.disable(cause, endpoint.webhook.progress);
    const latest = Date.now() + turnMilliseconds;
    for (let left = turnDeliveries; left > 0 && Date.now() < latest;) {
      endpoint.poked = false;
      const { due, through, isLast } = await this.page(left);
      for (const each of due) {
        if (!this.mayBegin()) return 'over';
        const ending = await this.deliver(each);
        if (ending !== undefined) return ending;
        left -= 1;
      }
      if (through !== undefined) endpoint.proceed(movedTo(endpoint.webhook.progress, through));
      if (isLast && endpoint.webhook.progress.resend !== undefined)
        endpoint.proceed(withoutResend(endpoint.webhook.progress));
      else if (isLast && !this.isPoked) return 'caughtUp';
      // Pages that hold nothing for it would otherwise keep everybody else from running.
      await nextTurn();
    }
    return 'more';
  }

  /**
   * The next events for the webhook, as many as the turn has room for.
   *
   * @returns `through`: where it stands once they are delivered; `isLast` when there is nothing behind
   */
  private async page(
    room: number,
  ): Promise<{ readonly due: readonly Due[]; readonly through?: string; readonly isLast: boolean }> {
    const { settings, progress } = this.endpoint.webhook;
    const scope = scopeOf(this.endpoint.webhook);
    const until = progress.resend?.until;
    const found = (await this.parts.readModel.eventsAfter(cursorOf(progress))).map((each) => ({
      ...each,
      position: padded(each.record.position),
    }));
    const within = found.filter(({ position }) => until === undefined || position <= until);
    const wanted = within.filter(
      ({ record, parties }) => (scope === undefined || parties.includes(scope)) && isWanted(record, settings),
    );
    const due = wanted.slice(0, room).map(({ record, position }) => ({ record, position }));
    const isAll = due.length === wanted.length;
    const through = (isAll ? within : due).at(-1)?.position;
    const isLast = isAll && (found.length === 0 || within.length < found.length);
    return { due, ...(through === undefined ? {} : { through }), isLast };
  }

  /** Asked anew each time: events are projected meanwhile. */
  private get isPoked(): boolean {
    return this.endpoint.poked;
  }

  private mayBegin(): boolean {
    return !this.signals.stopping.aborted && !this.endpoint.stale && this.leases.isCertain(this.endpoint);
  }

  /** @returns how the turn ends, unless the event was delivered */
  private async deliver({ record, position }: Due): Promise<TurnEnd | undefined> {
    const { endpoint, parts } = this;
    const { settings, id } = endpoint.webhook;
    const cause = await this.objection();
    if (cause !== undefined) return this.disable(cause, endpoint.webhook.progress);
    const message = eventMessage(await withClocksEnded(parts.readModel, record), parts.ledgerId);
    const headers = parts.keyring.sign(id, settings.secrets, message, Date.now());
    const began = performance.now();
    const outcome = await parts.poster.post(settings.url, headers, message, this.signals.cutting);
    const milliseconds = performance.now() - began;
    if (!outcome.delivered && this.signals.cutting.aborted) return 'over';
    parts.metrics.attempted(outcome, milliseconds / 1_000);
    endpoint.troubled = !outcome.delivered || milliseconds > slowMilliseconds;
    return outcome.delivered ? this.delivered(position) : this.failed(position, outcome);
  }

  /** What keeps the webhook from being delivered to for good. @throws what kept it from being found out */
  private async objection(): Promise<Cause | undefined> {
    const { settings } = this.endpoint.webhook;
    if (!this.parts.keyring.holds(settings.secrets[0])) return 'HL-4084';
    try {
      scopeOf(this.endpoint.webhook);
      await this.parts.standing(settings.keeper);
      return undefined;
    } catch (error) {
      if (error instanceof HuilianError && ended.includes(error.code)) return 'HL-4083';
      throw error;
    }
  }

  private async delivered(position: string): Promise<TurnEnd | undefined> {
    const { failingSince, nextAttempt: _next, ...progress } = this.endpoint.webhook.progress;
    const time = Math.floor(Date.now() / 1_000);
    const lastSuccess = { position, time };
    this.endpoint.proceed(movedTo({ ...progress, failures: 0, lastSuccess }, position));
    if (failingSince !== undefined) this.parts.log.info({ webhook: this.endpoint.id }, 'delivered again');
    return (await this.save()) ? undefined : 'over';
  }

  private async failed(
    position: string,
    { code, status, retryAfter }: Extract<Outcome, { delivered: false }>,
  ): Promise<TurnEnd> {
    const { endpoint, parts } = this;
    const { progress } = endpoint.webhook;
    const now = Date.now();
    const failingSince = progress.failingSince ?? now;
    const time = Math.floor(now / 1_000);
    const lastFailure = { position, time, code, ...(status === undefined ? {} : { status }) };
    const failing: Progress = { ...progress, failingSince, failures: progress.failures + 1, lastFailure };
    if (progress.failingSince === undefined)
      parts.log.warn({ webhook: endpoint.id, code, status }, 'a delivery failed');
    if (status === 410) return this.disable('HL-4081', failing);
    const nextAttempt = parts.schedule.next(failingSince, now, retryAfter);
    if (nextAttempt === undefined) return this.disable('HL-4082', failing);
    endpoint.proceed({ ...failing, nextAttempt });
    return (await this.save()) ? { at: nextAttempt } : 'over';
  }

  private async disable(cause: Cause, progress: Progress): Promise<'over'> {
    const { id, revision, settings } = this.endpoint.webhook;
    this.parts.log.warn({ webhook: id, code: cause }, 'a webhook was disabled');
    const { nextAttempt: _next, ...kept } = progress;
    const change = {
      settings: { ...settings, enabled: false, cause },
      progress: kept,
      revision: revision + 1,
    };
    await this.store.change(id, { revision, holder: this.leases.holder }, change);
    this.endpoint.stale = true;
    return 'over';
  }

  /** Stores what is in memory. @returns false when the webhook was changed, removed or taken over meanwhile */
  async save(): Promise<boolean> {
    const { endpoint } = this;
    if (!endpoint.dirty) return true;
    const { id, revision, progress }: Webhook = endpoint.webhook;
    const isKept = await this.store.change(
      id,
      { revision, holder: this.leases.holder },
      { progress, revision },
    );
    if (!isKept) endpoint.stale = true;
    // It may have moved on while it was being stored.
    else if (endpoint.webhook.progress === progress) endpoint.dirty = false;
    return isKept;
  }
}

/** When to go on after something of ours was away. */
export function laterOn(): TurnEnd {
  return { at: Date.now() + awayMilliseconds };
}
