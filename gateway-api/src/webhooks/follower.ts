import { setTimeout as pause } from 'node:timers/promises';
import type { EventRecord } from '../ports.js';
import { scopeOf, type Endpoint } from './endpoint.js';
import { isWanted } from './message-types.js';
import { endOf, padded } from './positions.js';
import type { DeliveryParts } from './turn.js';

const againMilliseconds = 1_000;

/**
 * Follows what is projected, once for all webhooks, and wakes those that it is for. While no webhook is enabled nothing is
 * followed, because every event that is followed is parsed.
 */
export class Follower {
  #tail: string | undefined;
  #following: AbortController | undefined;
  /** Webhooks that are delivered to, by the participant whose events they get. */
  readonly #byScope = new Map<string, readonly Endpoint[]>();

  constructor(
    private readonly parts: Pick<DeliveryParts, 'readModel' | 'log'>,
    private readonly endpoints: ReadonlyMap<string, Endpoint>,
    private readonly wake: (endpoint: Endpoint) => void,
  ) {}

  /** The position that was projected last; undefined while nothing is followed. */
  get tail(): string | undefined {
    return this.#tail;
  }

  /**
   * Takes in which webhooks there are. Begins to follow when one is enabled, ends when none is. Who reads the store after it
   * began misses nothing: an event is in what was read, or it is followed.
   */
  async tend(): Promise<void> {
    this.#byScope.clear();
    for (const endpoint of this.endpoints.values()) if (isActive(endpoint)) this.#note(endpoint);
    if (this.#byScope.size === 0) this.stop();
    else await this.#begin();
  }

  stop(): void {
    this.#following?.abort();
    this.#following = undefined;
    for (const endpoint of this.endpoints.values()) {
      if (this.#tail !== undefined) endpoint.follow(this.#tail);
      endpoint.caughtUp = false;
    }
    this.#tail = undefined;
  }

  #note(endpoint: Endpoint): void {
    const scope = scopeIfAny(endpoint);
    this.#byScope.set(scope, [...(this.#byScope.get(scope) ?? []), endpoint]);
  }

  async #begin(): Promise<void> {
    if (this.#following !== undefined) return;
    this.#tail = endOf(await this.parts.readModel.height());
    this.#following = new AbortController();
    void this.#follow(this.#following.signal);
  }

  async #follow(signal: AbortSignal): Promise<void> {
    while (!isOver(signal)) {
      try {
        for await (const { record, parties } of this.parts.readModel.events(this.#tail, signal)) {
          // It may have begun anew meanwhile, from another position.
          if (isOver(signal)) return;
          this.#tell(record, parties);
          this.#tail = padded(record.position);
        }
      } catch (error) {
        this.parts.log.info({ err: error }, 'following for webhooks was interrupted');
      }
      await pause(againMilliseconds, undefined, { signal }).catch(() => undefined);
    }
  }

  #tell(record: EventRecord, parties: readonly string[]): void {
    for (const scope of [everybody, ...parties]) {
      for (const endpoint of this.#byScope.get(scope) ?? []) {
        if (isWanted(record, endpoint.webhook.settings)) this.#rouse(endpoint);
      }
    }
  }

  #rouse(endpoint: Endpoint): void {
    // Everything before this event was not for it.
    if (this.#tail !== undefined) endpoint.follow(this.#tail);
    endpoint.caughtUp = false;
    endpoint.poked = true;
    this.wake(endpoint);
  }
}

/** Where those stand that get the events of all participants. */
const everybody = '';

/** One that gets no events any more takes its turn to be told so. */
function scopeIfAny({ webhook }: Endpoint): string {
  try {
    return scopeOf(webhook) ?? everybody;
  } catch {
    return webhook.owner;
  }
}

function isActive({ held, webhook }: Endpoint): boolean {
  return held && webhook.settings.enabled;
}

/** Asked anew each time: the signal fires while others run. */
function isOver(signal: AbortSignal): boolean {
  return signal.aborted;
}
