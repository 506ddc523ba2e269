import { randomUUID } from 'node:crypto';
import type { Endpoint } from './endpoint.js';
import type { WebhookStore } from './store.js';
import type { Webhook } from './webhook.js';

interface Seen {
  readonly holder: string;
  readonly beat: number;
  /** By the clock of this process that never goes back, milliseconds. */
  readonly at: number;
}

/**
 * Which gateway delivers a webhook. The holder raises the webhook's beat now and then; who has not seen it rise for the length
 * of the lease takes over. Clocks of gateways are never compared, so they may differ.
 */
export class Leases {
  /** The name of this gateway as a holder: another one after each start. */
  readonly holder = randomUUID();
  readonly #seen = new Map<string, Seen>();

  /** @param milliseconds how long a holder that says nothing is believed to be there */
  constructor(
    private readonly store: WebhookStore,
    private readonly milliseconds: number,
  ) {}

  /** Takes a webhook that is free, keeps one that is held. @param webhook as the store has it */
  async tend(endpoint: Endpoint, webhook: Webhook): Promise<void> {
    if (this.store.exclusive) endpoint.held = true;
    else if (!webhook.settings.enabled) await this.release(endpoint, webhook);
    else if (webhook.holder === this.holder) await this.keep(endpoint, webhook);
    else endpoint.held = this.isFree(webhook) && (await this.claim(webhook));
  }

  /** Whether a webhook that is held still is for certain. */
  isCertain({ id, held }: Pick<Endpoint, 'id' | 'held'>): boolean {
    if (!held || this.store.exclusive) return held;
    const seen = this.#seen.get(id);
    return seen?.holder === this.holder && performance.now() - seen.at < this.milliseconds / 2;
  }

  /** Lets others have it. */
  async release(endpoint: Endpoint, webhook: Webhook): Promise<void> {
    endpoint.held = false;
    if (!this.store.exclusive && webhook.holder === this.holder)
      await this.store.claim(webhook.id, webhook, '');
  }

  forget(id: string): void {
    this.#seen.delete(id);
  }

  private async keep(endpoint: Endpoint, webhook: Webhook): Promise<void> {
    const seen = this.#seen.get(webhook.id);
    const isFresh = seen !== undefined && performance.now() - seen.at < this.milliseconds / 4;
    if (!isFresh) endpoint.held = await this.claim(webhook);
  }

  private async claim(webhook: Webhook): Promise<boolean> {
    const at = performance.now();
    if (!(await this.store.claim(webhook.id, webhook, this.holder))) return false;
    this.#seen.set(webhook.id, { holder: this.holder, beat: webhook.beat + 1, at });
    return true;
  }

  private isFree({ id, holder, beat }: Webhook): boolean {
    if (holder === '') return true;
    const seen = this.#seen.get(id);
    if (seen?.holder === holder && seen.beat === beat) return performance.now() - seen.at > this.milliseconds;
    this.#seen.set(id, { holder, beat, at: performance.now() });
    return false;
  }
}
