import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { HuilianError, OVERSIGHT } from '@huilian/core';
import { participantOf, type Caller } from '../auth/caller.js';
import { HttpError } from '../http/problem.js';
import { enabled, resent, rotated, switchedOff } from './changes.js';
import { Deliveries, type DeliverySettings } from './deliveries.js';
import { openWebhookStore, type WebhookStoreOptions } from './open.js';
import { testMessage } from './payload.js';
import { endOf, padded } from './positions.js';
import type { WebhookStore } from './store.js';
import type { Targets } from './targets.js';
import type { DeliveryParts } from './turn.js';
import type { FailureCode, Progress, Settings, Webhook } from './webhook.js';

export interface WebhookOptions extends DeliverySettings {
  readonly store: WebhookStoreOptions;
  /** Webhooks that one participant may have. */
  readonly mostOfOne: number;
}

/** What an owner asks for. */
export interface Wish {
  readonly url: string;
  readonly eventTypes: readonly string[];
  readonly items: readonly string[];
  /** Position to begin after; undefined: with what is still to come. */
  readonly after?: string | undefined;
}

/** What came of a test message. */
export interface Tried {
  readonly delivered: boolean;
  /** Why not. */
  readonly code?: FailureCode;
  /** HTTP status of the receiver. */
  readonly status?: number;
  readonly milliseconds: number;
}

const reopenMilliseconds = 1_000;
const testsAtOnce = 4;
/** A change is tried anew when somebody else was faster. */
const tries = 5;

/** Webhooks of a running gateway: what their owners do with them, and their delivery. */
export class Webhooks {
  readonly #stopping = new AbortController();
  #opened: { readonly store: WebhookStore; readonly deliveries: Deliveries } | undefined;
  #running: Promise<void> | undefined;
  #tests = 0;

  /** @param targets where webhooks may lead; the poster of the parts checks by the same */
  constructor(
    private readonly parts: DeliveryParts & { readonly ledgerHeight: () => Promise<number> },
    private readonly targets: Targets,
    private readonly options: WebhookOptions,
  ) {}

  start(): void {
    this.#running ??= this.#run();
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#opened?.deliveries.stop();
    await this.#running;
    await this.#opened?.store.close();
    this.parts.poster.close();
  }

  /** All, or those of an owner. */
  async list(owner?: string): Promise<readonly Webhook[]> {
    return this.#open().store.list(owner);
  }

  /** @throws HuilianError HL-4040 */
  async get(id: string): Promise<Webhook> {
    const found = await this.#open().store.get(id);
    if (found === undefined) throw new HuilianError('HL-4040', { webhook: id });
    return found;
  }

  /** Where a webhook stands by now. */
  position(webhook: Webhook): string {
    return this.#open().deliveries.position(webhook);
  }

  /**
   * Registers a webhook for the caller's participant.
   *
   * @returns it, and its secret, which is shown this once
   * @throws HuilianError HL-4070 for the address, HL-4071 when there are too many
   */
  async add(caller: Caller, wish: Wish): Promise<{ readonly webhook: Webhook; readonly secret: string }> {
    const { store, deliveries } = this.#open();
    const owner = ownerOf(caller);
    const url = this.targets.read(wish.url);
    const limit = this.options.mostOfOne;
    if ((await store.list(owner)).length >= limit) throw new HuilianError('HL-4071', { limit });
    const id = `wh_${randomBytes(16).toString('base64url')}`;
    const settings: Settings = {
      url,
      eventTypes: wish.eventTypes,
      items: wish.items,
      keeper: keeperOf(caller),
      created: seconds(),
      secrets: [this.parts.keyring.secret(1)],
      enabled: true,
    };
    const position = wish.after === undefined ? await this.#now() : padded(wish.after);
    await store.insert({ id, owner, settings, progress: { position, failures: 0 } });
    await this.#noticed(deliveries);
    return { webhook: await this.get(id), secret: this.parts.keyring.reveal(id, settings.secrets[0]) };
  }

  async remove(caller: Caller, id: string): Promise<void> {
    await this.#own(caller, id);
    const { store, deliveries } = this.#open();
    await store.remove(id);
    await this.#noticed(deliveries);
  }

  /** @returns the webhook and its new secret, which is shown this once */
  async rotate(
    caller: Caller,
    id: string,
    keepSeconds: number,
  ): Promise<{ readonly webhook: Webhook; readonly secret: string }> {
    const fresh = this.parts.keyring.secret.bind(this.parts.keyring);
    const webhook = await this.#change(caller, id, ({ settings }) => ({
      settings: rotated(settings, fresh, keepSeconds, seconds()),
    }));
    return { webhook, secret: this.parts.keyring.reveal(id, webhook.settings.secrets[0]) };
  }

  /** @param after a position, `latest` for what is still to come, or undefined to go on where it stopped */
  async enable(caller: Caller, id: string, after: string | undefined): Promise<Webhook> {
    const position = await this.#positionOf(after);
    return this.#change(caller, id, (webhook) => enabled(webhook, keeperOf(caller), position));
  }

  async disable(caller: Caller, id: string): Promise<Webhook> {
    return this.#change(caller, id, ({ settings }) => ({ settings: switchedOff(settings) }));
  }

  /** Delivers a range of positions again, both ends in it. */
  async resend(caller: Caller, id: string, from: string, to: string): Promise<Webhook> {
    return this.#change(caller, id, (webhook) => ({
      progress: resent(webhook.progress, this.position(webhook), from, to),
    }));
  }

  /** Posts a message that says nothing, now, also when the webhook is disabled. */
  async test(caller: Caller, id: string): Promise<Tried> {
    const { settings } = await this.#own(caller, id);
    if (!this.parts.keyring.holds(settings.secrets[0])) throw new HuilianError('HL-4084');
    if (this.#tests >= testsAtOnce) throw new HttpError('HL-4030');
    this.#tests += 1;
    try {
      return await this.#try(id, settings);
    } finally {
      this.#tests -= 1;
    }
  }

  async #try(id: string, { url, secrets }: Settings): Promise<Tried> {
    const { keyring, poster } = this.parts;
    const message = testMessage(id, seconds());
    const headers = keyring.sign(id, secrets, message, Date.now());
    const began = performance.now();
    const outcome = await poster.post(url, headers, message, this.#stopping.signal);
    const { delivered, status } = outcome;
    return {
      delivered,
      ...(outcome.delivered ? {} : { code: outcome.code }),
      ...(status === undefined ? {} : { status }),
      milliseconds: Math.round(performance.now() - began),
    };
  }

  /** @throws HuilianError HL-4075 when it is changed by others all the time */
  async #change(
    caller: Caller,
    id: string,
    change: (webhook: Webhook) => { readonly settings?: Settings; readonly progress?: Progress },
  ): Promise<Webhook> {
    const { store, deliveries } = this.#open();
    for (let attempt = 0; attempt < tries; attempt += 1) {
      const webhook = await this.#own(caller, id);
      const revision = webhook.revision + 1;
      const isDone = await store.change(id, { revision: webhook.revision }, { ...change(webhook), revision });
      if (!isDone) continue;
      await this.#noticed(deliveries);
      return this.get(id);
    }
    throw new HuilianError('HL-4075');
  }

  /** @throws HuilianError HL-4040, HL-4072 */
  async #own(caller: Caller, id: string): Promise<Webhook> {
    const webhook = await this.get(id);
    if (webhook.owner === ownerOf(caller)) return webhook;
    // Others see that there is one only if they may read it.
    throw new HuilianError(seesAll(caller) ? 'HL-4072' : 'HL-4040', { webhook: id });
  }

  async #positionOf(after: string | undefined): Promise<string | undefined> {
    if (after === 'latest') return this.#now();
    return after === undefined ? undefined : padded(after);
  }

  /** The last position that may be taken already, also while the read model is behind or is being made anew. */
  async #now(): Promise<string> {
    const [visible, blocks] = await Promise.all([
      this.parts.readModel.height(),
      this.parts.ledgerHeight().catch(() => 0),
    ]);
    return endOf(Math.max(visible, blocks - 1));
  }

  /** The change is stored: if it cannot be taken in now, the next look does. */
  async #noticed(deliveries: Deliveries): Promise<void> {
    await deliveries.look().catch(() => undefined);
  }

  #open(): { readonly store: WebhookStore; readonly deliveries: Deliveries } {
    if (this.#opened === undefined) throw new HuilianError('HL-5022', { store: 'webhooks' });
    return this.#opened;
  }

  async #run(): Promise<void> {
    const { signal } = this.#stopping;
    let told = '';
    while (this.#opened === undefined && !signal.aborted) {
      try {
        const store = await openWebhookStore(this.options.store);
        this.#opened = { store, deliveries: new Deliveries(store, this.parts, this.options) };
      } catch (error) {
        if (String(error) !== told) this.parts.log.warn({ err: error }, 'webhooks cannot be kept yet');
        told = String(error);
        await pause(reopenMilliseconds, undefined, { signal }).catch(() => undefined);
      }
    }
    const { deliveries } = this.#opened ?? {};
    if (deliveries === undefined || signal.aborted) return;
    this.parts.metrics.watch({
      get endpoints() {
        return deliveries.endpoints;
      },
      get tail() {
        return deliveries.tail;
      },
      height: () => this.parts.readModel.height(),
    });
    await deliveries.run();
  }
}

/** To whom a caller's webhooks belong. People of Oversight may stand for no participant. */
export function ownerOf(caller: Caller): string {
  const owner = participantOf(caller) ?? (seesAll(caller) ? OVERSIGHT : undefined);
  if (owner === undefined) throw new HttpError('HL-4020');
  return owner;
}

function seesAll(caller: Caller): boolean {
  return caller.kind !== 'anonymous' && caller.oversight;
}

function keeperOf(caller: Caller): Settings['keeper'] {
  if (caller.kind === 'anonymous') throw new HttpError('HL-4010');
  return caller;
}

/** Seconds since 1970. */
function seconds(): number {
  return Math.floor(Date.now() / 1_000);
}
