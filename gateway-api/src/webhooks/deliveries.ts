import { setMaxListeners } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { HuilianError } from '@huilian/core';
import { Endpoint } from './endpoint.js';
import { Follower } from './follower.js';
import { Leases } from './leases.js';
import { Slots } from './slots.js';
import type { WebhookStore } from './store.js';
import { laterOn, Turn, type DeliveryParts, type TurnEnd } from './turn.js';
import type { Webhook } from './webhook.js';

export interface DeliverySettings {
  /** Deliveries that may be under way at once. */
  readonly atOnce: number;
  readonly leaseMilliseconds: number;
}

/** How often the store is looked at for what other gateways changed, in a lease. */
const looksPerLease = 10;
const flushMilliseconds = 15_000;
/** A delivery that is under way when the gateway stops may go on for so long. */
const graceMilliseconds = 2_000;

/**
 * Delivers the events of the ledger to webhooks, each from the position up to which everything was delivered, so that a gateway
 * that was away goes on where it stopped. One delivery of a webhook is under way at a time, in the order of the ledger; a
 * delivery counts when the receiver has taken it, and the position is stored after that: what is interrupted in between comes
 * twice, under the same id.
 */
export class Deliveries {
  readonly #endpoints = new Map<string, Endpoint>();
  readonly #leases: Leases;
  readonly #slots: Slots<Endpoint>;
  readonly #follower: Follower;
  readonly #stopping = new AbortController();
  /** Cuts what is under way. */
  readonly #cutting = new AbortController();
  #looking: Promise<void> | undefined;
  #lookAgain = false;
  #flushed = performance.now();
  #told = '';

  constructor(
    private readonly store: WebhookStore,
    private readonly parts: DeliveryParts,
    private readonly settings: DeliverySettings,
  ) {
    this.#leases = new Leases(store, settings.leaseMilliseconds);
    this.#slots = new Slots(settings.atOnce, (endpoint) => this.#turn(endpoint));
    this.#follower = new Follower(parts, this.#endpoints, (endpoint) => {
      this.#enqueue(endpoint);
    });
    setMaxListeners(0, this.#cutting.signal);
  }

  get endpoints(): Iterable<Endpoint> {
    return this.#endpoints.values();
  }

  /** The position that was projected last; undefined while nobody follows. */
  get tail(): string | undefined {
    return this.#follower.tail;
  }

  /** Where a webhook stands by now; what is stored may be a little behind. */
  position(webhook: Webhook): string {
    const endpoint = this.#endpoints.get(webhook.id);
    const isOurs = endpoint?.held === true && endpoint.webhook.revision === webhook.revision;
    return (isOurs ? endpoint : new Endpoint(webhook)).position(this.tail);
  }

  /** Works until it is stopped. */
  async run(): Promise<void> {
    const { signal } = this.#stopping;
    const every = this.settings.leaseMilliseconds / looksPerLease;
    while (!isOver(signal)) {
      await this.look().then(
        () => (this.#told = ''),
        (error: unknown) => {
          this.#tell(error);
        },
      );
      await pause(every, undefined, { signal }).catch(() => undefined);
    }
  }

  /** Takes in what was changed in the store: at once after a change here, now and then for changes elsewhere. */
  async look(): Promise<void> {
    this.#lookAgain = true;
    this.#looking ??= this.#lookUntilDone().finally(() => {
      this.#looking = undefined;
    });
    await this.#looking;
  }

  /** Lets deliveries under way end, stores how far they are, and gives the webhooks free. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    this.#slots.close();
    const cut = setTimeout(() => {
      this.#cutting.abort();
    }, graceMilliseconds);
    await this.#looking?.catch(() => undefined);
    // Not before: a look may have begun to follow.
    this.#follower.stop();
    for (const endpoint of this.#endpoints.values()) clearTimeout(endpoint.timer);
    while (this.#slots.taken > 0) await pause(5);
    clearTimeout(cut);
    await this.#letGo().catch((error: unknown) => {
      this.parts.log.warn({ err: error }, 'webhooks were not given free');
    });
  }

  /** Said once, not at every look. */
  #tell(error: unknown): void {
    const reason = String(error);
    if (reason !== this.#told) this.parts.log.warn({ err: error }, 'webhooks cannot be looked at');
    this.#told = reason;
  }

  async #letGo(): Promise<void> {
    for (const endpoint of this.#endpoints.values()) await this.#flush(endpoint);
    for (const webhook of await this.store.list()) {
      const endpoint = this.#endpoints.get(webhook.id);
      if (endpoint !== undefined) await this.#leases.release(endpoint, webhook);
    }
  }

  async #lookUntilDone(): Promise<void> {
    while (this.#lookAgain && !isOver(this.#stopping.signal)) {
      this.#lookAgain = false;
      await this.#lookOnce();
    }
  }

  async #lookOnce(): Promise<void> {
    const webhooks = await this.store.list();
    const ids = new Set(webhooks.map(({ id }) => id));
    for (const endpoint of this.#endpoints.values()) if (!ids.has(endpoint.id)) this.#forget(endpoint);
    for (const webhook of webhooks) await this.#takeIn(webhook);
    await this.#follower.tend();
    for (const endpoint of this.#endpoints.values()) this.#enqueue(endpoint);
    if (performance.now() - this.#flushed < flushMilliseconds) return;
    this.#flushed = performance.now();
    for (const endpoint of this.#endpoints.values()) await this.#flush(endpoint);
  }

  async #takeIn(webhook: Webhook): Promise<void> {
    const endpoint = this.#endpoints.get(webhook.id) ?? new Endpoint(webhook);
    this.#endpoints.set(webhook.id, endpoint);
    const wasHeld = endpoint.held;
    await this.#leases.tend(endpoint, webhook);
    const isNews = !endpoint.held || !wasHeld || endpoint.webhook.revision !== webhook.revision;
    if (!isNews && !endpoint.stale) return;
    // From here on it takes no turn; one that is under way ends, and looks again.
    endpoint.stale = true;
    if (endpoint.busy) return;
    // Read after it was claimed: who held it before may have delivered until then.
    const latest = endpoint.held ? await this.store.get(webhook.id) : webhook;
    if (latest !== undefined) endpoint.refresh(latest);
  }

  #forget(endpoint: Endpoint): void {
    endpoint.stale = true;
    endpoint.held = false;
    clearTimeout(endpoint.timer);
    this.#endpoints.delete(endpoint.id);
    this.#leases.forget(endpoint.id);
  }

  /** Lets it take its turn, unless there is nothing for it or it is not to be tried yet. */
  #enqueue(endpoint: Endpoint): void {
    const { settings, progress } = endpoint.webhook;
    const isReady = endpoint.held && settings.enabled && !endpoint.stale && !endpoint.caughtUp;
    if (!isReady || endpoint.busy || endpoint.timer !== undefined || this.tail === undefined) return;
    const wait = (progress.nextAttempt ?? 0) - Date.now();
    if (wait > 0) this.#wake(endpoint, wait);
    else {
      endpoint.busy = true;
      this.#slots.add(endpoint);
    }
  }

  #wake(endpoint: Endpoint, milliseconds: number): void {
    clearTimeout(endpoint.timer);
    if (isOver(this.#stopping.signal)) return;
    endpoint.timer = setTimeout(() => {
      endpoint.timer = undefined;
      this.#enqueue(endpoint);
    }, milliseconds);
  }

  async #turn(endpoint: Endpoint): Promise<void> {
    const end = await this.#takeTurn(endpoint);
    endpoint.busy = false;
    if (endpoint.stale) void this.look().catch(() => undefined);
    else if (end === 'caughtUp' && !endpoint.poked) endpoint.caughtUp = true;
    else if (typeof end === 'object') this.#wake(endpoint, Math.max(1, end.at - Date.now()));
    else if (end !== 'over' && !isOver(this.#stopping.signal)) this.#enqueue(endpoint);
  }

  async #takeTurn(endpoint: Endpoint): Promise<TurnEnd> {
    try {
      return await this.#turnOf(endpoint).take();
    } catch (error) {
      const known = error instanceof HuilianError;
      this.parts.log[known ? 'info' : 'error']({ err: error, webhook: endpoint.id }, 'deliveries wait');
      return laterOn();
    }
  }

  #turnOf(endpoint: Endpoint): Turn {
    return new Turn(endpoint, this.store, this.#leases, this.parts, {
      stopping: this.#stopping.signal,
      cutting: this.#cutting.signal,
    });
  }

  /** Stores the position of a webhook that nothing was for, so that a later start does not read all that again. */
  async #flush(endpoint: Endpoint): Promise<void> {
    if (endpoint.busy || !endpoint.held || endpoint.stale) return;
    if (this.tail !== undefined) endpoint.follow(this.tail);
    endpoint.busy = true;
    try {
      await this.#turnOf(endpoint).save();
    } finally {
      endpoint.busy = false;
    }
    if (endpoint.poked) this.#enqueue(endpoint);
  }
}

/** Asked anew each time: the signal fires while others run. */
function isOver(signal: AbortSignal): boolean {
  return signal.aborted;
}
