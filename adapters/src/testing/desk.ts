import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Party, Trade } from '@huilian/core/testing';
import { Inbox } from '../inbox/inbox.js';
import { Worker } from '../inbox/worker.js';
import { digestOf } from '../messages/digest.js';
import { readMessage } from '../messages/read-message.js';
import type { System } from '../messages/system.js';
import { RulesLedger } from './rules-ledger.js';

/** What a message has beside its type and its data. */
export interface Sent {
  readonly id?: string;
  readonly cites?: string;
  readonly replaces?: string;
}

/** A partner's system with its inbox and its key, over a ledger that judges by the real rules. */
export class Desk {
  readonly #folder = mkdtempSync(join(tmpdir(), 'huilian-desk-'));
  readonly #inbox: Inbox;
  readonly #worker: Worker;
  #sent = 0;

  constructor(
    private readonly trade: Trade,
    readonly party: Party,
    private readonly system: System,
    private readonly imeiPepper?: Uint8Array,
  ) {
    const ledger = new RulesLedger(trade.world, party.signer);
    const owner = { system, keyId: ledger.keyId, ledger: ledger.ledger };
    this.#inbox = Inbox.open(join(this.#folder, 'inbox.db'), owner);
    const retries = { first: 1_000, longest: 4_000, giveUpAfter: 60_000 };
    this.#worker = new Worker(this.#inbox, ledger, { retries, now: () => trade.world.time * 1000 });
  }

  get creditCode(): string {
    return this.party.creditCode;
  }

  /** Sends a message. @returns the verdicts of its events, or the code with which it waits or was put aside */
  async send(type: string, data: object, { id, ...more }: Sent = {}): Promise<readonly string[]> {
    const name = id ?? `${type}-${++this.#sent}`;
    const time = new Date(this.trade.world.time * 1000).toISOString();
    const text = JSON.stringify({ id: name, type, version: 1, time, data, ...more });
    const message = readMessage(this.system, Buffer.from(text), this.imeiPepper);
    this.#inbox.take(message, digestOf(Buffer.from(text), this.imeiPepper), this.trade.world.time * 1000);
    while (await this.#worker.turn());
    const stored = this.#inbox.get(name);
    if (stored?.code !== undefined) return [stored.code];
    return stored?.outcomes.map(({ verdict }) => verdict) ?? [];
  }

  /** As {@link send}, of what a story takes as given: all of it must be accepted. */
  async sends(...messages: readonly (readonly [type: string, data: object])[]): Promise<void> {
    for (const [type, data] of messages) {
      const verdicts = await this.send(type, data);
      if (verdicts.some((verdict) => verdict !== 'accepted'))
        throw new Error(`${type}: ${verdicts.join(', ')}`);
    }
  }

  /** All that the inbox keeps of a message. */
  kept(id: string): string {
    return JSON.stringify(this.#inbox.get(id));
  }

  /** What was signed of a message. */
  signed(id: string): string {
    return JSON.stringify(this.#inbox.get(id)?.plan?.events);
  }

  /** Ids of the events that a message became. */
  eventsOf(id: string): readonly string[] {
    return this.#inbox.get(id)?.plan?.ids ?? [];
  }

  close(): void {
    this.#inbox.close();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
