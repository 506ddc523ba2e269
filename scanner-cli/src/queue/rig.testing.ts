import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LedgerEvent } from '@huilian/core';
import { afterEach, beforeEach } from 'vitest';
import { TestLedger } from '../gateway/ledger.testing.js';
import { TestGateway, type Behaviour } from '../gateway/server.testing.js';
import type { StoredKey } from '../keys/index.js';
import { itemEvent } from './device.testing.js';
import { Queue } from './queue.js';

let plants = 0;

/** A device of a plant, a ledger, and gateways between them. */
class Rig {
  readonly directory = mkdtempSync(join(tmpdir(), 'huilian-rig-'));
  readonly #folders = [this.directory];
  readonly #running: TestGateway[] = [];

  private constructor(
    readonly ledger: TestLedger,
    readonly key: StoredKey,
  ) {}

  static async start(): Promise<Rig> {
    const ledger = await TestLedger.found();
    return new Rig(ledger, ledger.plant(`plant ${++plants}`).key);
  }

  open(directory = this.directory): Queue {
    return new Queue(directory, this.key, {
      gateway: { timeoutMs: 2_000, longestWaitMs: 20 },
      underWayMs: 50,
      receiptPatienceMs: 50,
    });
  }

  intake(): LedgerEvent {
    return itemEvent(this.key, Math.floor(Date.now() / 1000));
  }

  async record(count: number, queue = this.open()): Promise<void> {
    for (let number = 1; number <= count; number++) await queue.record([this.intake()]);
  }

  async gateway(behaviour: Behaviour = {}): Promise<TestGateway> {
    const gateway = await TestGateway.start(this.ledger, behaviour);
    this.#running.push(gateway);
    return gateway;
  }

  /** Two addresses at which nobody answers any more. */
  async deadAddresses(): Promise<[string, string]> {
    const [one, two] = [await TestGateway.start(this.ledger), await TestGateway.start(this.ledger)];
    const addresses: [string, string] = [one.url, two.url];
    await one.stop();
    await two.stop();
    return addresses;
  }

  /** A copy of the device's folder, as a backup makes it. */
  backup(): string {
    const folder = mkdtempSync(join(tmpdir(), 'huilian-backup-'));
    cpSync(this.directory, folder, { recursive: true });
    this.#folders.push(folder);
    return folder;
  }

  /** Numbers that are on the ledger, in order. */
  recorded(): number[] {
    return this.ledger.recorded.map(({ header }) => header.sequence);
  }

  async stop(): Promise<void> {
    for (const gateway of this.#running) await gateway.stop();
    for (const folder of this.#folders) rmSync(folder, { recursive: true, force: true });
  }
}

/** A new one for each test of the file that imports this. */
export let rig: Rig;
beforeEach(async () => {
  rig = await Rig.start();
});
afterEach(() => rig.stop());
