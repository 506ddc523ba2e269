import type { Signer } from '@huilian/core/testing';
import { mkdtempSync, openSync, closeSync, rmSync } from 'node:fs';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseTrustBundle, rowKey, type Json, type PrivateKey, type TrustBundle } from '@huilian/core';
import { checkout, Home, purge, up, type NetworkDescription } from '@huilian/network';
import { initKey } from '@huilian/scanner-cli';
import {
  accessToken,
  administrators,
  freePort,
  GatewayClient,
  relayOf,
  TrialAdministration,
  type Enterprise,
} from '@huilian/trial';
import { expect, vi } from 'vitest';
import { Client, freshSigner } from '../gateway/world.js';
import { Device } from './device.js';

const PATIENCE = { timeout: 60_000, interval: 100 };

/** A gateway as a process of its own. */
export interface GatewayProcess {
  readonly client: Client;
  readonly child: ChildProcess;
  stop(): Promise<void>;
}

/**
 * A network of its own with the enterprises of the trial, a gateway process in front of it, and devices that use the real
 * command.
 */
export class Stage {
  readonly #gateways: GatewayProcess[] = [];
  #administration: TrialAdministration | undefined;
  #token = '';

  private constructor(
    readonly home: string,
    readonly network: NetworkDescription,
    readonly trust: TrustBundle,
  ) {}

  /** @param settings of the gateway that is started first */
  static async start(settings: Readonly<Record<string, string>> = {}): Promise<Stage> {
    const home = mkdtempSync(join(tmpdir(), 'huilian-event-'));
    const network = await up({ home });
    const trust = parseTrustBundle(JSON.parse(await readFile(new Home(home).trust, 'utf8')) as Json);
    const stage = new Stage(home, network, trust);
    try {
      await stage.gateway(settings);
      await stage.#enter();
    } catch (error) {
      await stage.stop();
      throw error;
    }
    return stage;
  }

  /** Registers the administrators and the enterprises of the trial. */
  async #enter(): Promise<void> {
    const keys = await administrators(this.network, this.home);
    const oversight = keys.get('oversight-1');
    if (!oversight) throw new Error('no administrator of Oversight');
    this.#token = await accessToken(this.url, oversight);
    this.#administration = new TrialAdministration(new GatewayClient(this.url), this.network.ledger, keys);
    await this.#administration.ensure(this.#token);
  }

  /** The gateway that was started first. */
  get client(): Client {
    const [first] = this.#gateways;
    if (!first) throw new Error('no gateway');
    return first.client;
  }

  get url(): string {
    return this.client.address;
  }

  /** A token of Oversight, which reads everything. */
  get token(): string {
    return this.#token;
  }

  /** Starts a gateway and waits until it is ready, or only until it listens. */
  async gateway(
    settings: Readonly<Record<string, string>> = {},
    until: '/readyz' | '/healthz' = '/readyz',
  ): Promise<GatewayProcess> {
    const place = this.#gateways.length;
    const port = await freePort(24_000 + place * 50);
    const log = openSync(join(this.home, `gateway-${place}.log`), 'a');
    const child = spawn(process.execPath, [join(checkout, 'gateway-api', 'dist', 'main.js')], {
      env: {
        PATH: process.env['PATH'],
        HUILIAN_HOME: this.home,
        PORT: String(port),
        LOG_LEVEL: 'warn',
        READ_MODEL_DIRECTORY: join(this.home, `read-model-${place}`),
        ...settings,
      },
      stdio: ['ignore', log, log],
    });
    closeSync(log);
    const client = new Client(`http://127.0.0.1:${port}`);
    const started = { client, child, stop: () => stopped(child) };
    this.#gateways.push(started);
    await vi.waitFor(async () => expect((await client.get(until)).status).toBe(200), PATIENCE);
    return started;
  }

  /** A device with a fresh key that nobody has registered. */
  async newDevice(name: string, owner: string, deviceHome = this.home): Promise<Device> {
    const { keyId } = await initKey(deviceHome, name, owner, this.trust);
    return new Device(this, { name, keyId, home: deviceHome });
  }

  /** A device whose key is registered for an enterprise. */
  async device(name: string, enterprise: Enterprise, deviceHome = this.home): Promise<Device> {
    const device = await this.newDevice(name, enterprise.creditCode, deviceHome);
    await this.#register(enterprise, (await device.stored()).key);
    return device;
  }

  /** A registered key that signs what the command never would. */
  async signer(enterprise: Enterprise): Promise<Signer> {
    const signer = freshSigner(this.network.ledger);
    await this.#register(enterprise, signer.key);
    return signer;
  }

  async #register(enterprise: Enterprise, key: PrivateKey): Promise<void> {
    await this.#administration?.registerKey(enterprise, key, this.#token);
    await this.caughtUp();
  }

  /** Waits until the first gateway shows all that is on the ledger. */
  async caughtUp(): Promise<void> {
    const relay = await relayOf(this.network);
    const height = await relay.height().finally(() => {
      relay.close();
    });
    await this.client.get(`/v1/rulesets/active?minBlock=${height - 1}`);
  }

  /** How often each batch stands on the ledger, by key and sequence, counted in the blocks themselves. */
  async timesRecorded(): Promise<ReadonlyMap<string, number>> {
    const times = new Map<string, number>();
    const relay = await relayOf(this.network);
    try {
      const to = (await relay.height()) - 1;
      for await (const { block } of relay.blocks(0, { to })) {
        const writes = block.transactions
          .filter(({ valid }) => valid)
          .flatMap((transaction) => transaction.writes);
        for (const { key } of writes.filter((write) => write.key.startsWith('recorded/')))
          times.set(key, (times.get(key) ?? 0) + 1);
      }
    } finally {
      relay.close();
    }
    return times;
  }

  /** Expects that the ledger holds these batches of a key, each once, and no others. */
  async expectOnce(keyId: string, sequences: readonly number[]): Promise<void> {
    const times = [...(await this.timesRecorded())].filter(([key]) => key.startsWith(`recorded/${keyId}/`));
    expect(new Map(times)).toEqual(new Map(sequences.map((sequence) => [rowKey.batch(keyId, sequence), 1])));
  }

  async stop(): Promise<void> {
    await Promise.all(this.#gateways.map((gateway) => gateway.stop()));
    await purge({ home: this.home });
    rmSync(this.home, { recursive: true, force: true });
  }
}

async function stopped(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  await ended;
}
