import { authorise } from '../auth/access.js';
import { cursorOf, type Progress, type Webhook } from './webhook.js';

/** A webhook as the gateway that delivers it has it in memory. */
export class Endpoint {
  /** Nothing that is stored is left for it; from now on the events that are projected say when there is. */
  caughtUp = false;
  /** Something for it was projected while it was being read for. */
  poked = false;
  /** It waits for its turn, has it, or is being written. */
  busy = false;
  /** Its receiver failed or was slow the last time. */
  troubled = false;
  /** What is in memory is not what is stored; a new turn begins by storing it. */
  dirty = false;
  /** It was changed in the store: what is in memory is of no more use. */
  stale = false;
  /** Whether it is this gateway's to deliver. */
  held = false;
  /** Wakes it after a pause. */
  timer: NodeJS.Timeout | undefined;

  constructor(private latest: Webhook) {}

  get webhook(): Webhook {
    return this.latest;
  }

  get id(): string {
    return this.latest.id;
  }

  /** Takes what the store has. */
  refresh(webhook: Webhook): void {
    this.latest = webhook;
    this.caughtUp = false;
    this.dirty = false;
    this.stale = false;
    clearTimeout(this.timer);
    this.timer = undefined;
  }

  /** Moves on in memory. */
  proceed(progress: Progress): void {
    this.latest = { ...this.latest, progress };
    this.dirty = true;
  }

  /** It has everything up to the position that was projected last. */
  follow(tail: string): void {
    const { progress } = this.latest;
    if (this.caughtUp && progress.position < tail) this.proceed({ ...progress, position: tail });
  }

  /** Where it stands. @param tail the position that was projected last */
  position(tail: string | undefined): string {
    const cursor = cursorOf(this.latest.progress);
    return this.caughtUp && tail !== undefined && tail > cursor ? tail : cursor;
  }

  get state(): State {
    return stateOf(this.latest);
  }
}

export type State = 'enabled' | 'failing' | 'disabled';

export function stateOf({ settings, progress }: Pick<Webhook, 'settings' | 'progress'>): State {
  if (!settings.enabled) return 'disabled';
  return progress.failingSince === undefined ? 'enabled' : 'failing';
}

/**
 * The participant whose events a webhook gets; `undefined` for all. By the same row of the access table as the event stream.
 *
 * @throws HttpError when its keeper gets none
 */
export function scopeOf({ settings }: Pick<Webhook, 'settings'>): string | undefined {
  return authorise(settings.keeper, 'item');
}
