import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { makeKeyRequest, type LedgerEvent, type PrivateKey } from '@huilian/core';
import { Signer } from '@huilian/core/testing';
import type { LedgerConnection } from '@huilian/fabric';
import { connectionOf, down, progressText, up, type NetworkDescription } from '@huilian/network';
import { administrators } from '../administration.js';
import { cast, type Enterprise } from '../cast.js';
import { relayOf } from '../connection.js';
import { GatewayClient } from '../gateway-client.js';
import { freePort, startGateway, type GatewayProcess } from '../gateway-process.js';
import { trialHome } from '../home.js';
import { TrialAdministration } from '../participants.js';
import { Signer as OnlineSigner } from '../signer.js';
import { accessToken } from '../token.js';
import type { Member } from './duo.js';
import { untilProjected } from './metrics.js';

/** The gateway of a benchmark is not to turn its one client away, and waits as long as its client does. */
const GATEWAY = {
  RATE_PER_MINUTE: '1000000',
  RATE_PER_MINUTE_ANONYMOUS: '1000000',
  COMMIT_WAIT_MS: '120000',
  MIN_BLOCK_WAIT_MS: '60000',
  READY_LAG_BLOCKS: '1000000',
  LOG_LEVEL: 'warn',
};

/** Enterprises that hand items to each other, by turns, and whose keys whose administrator registers. */
const TRADE: readonly (readonly [Enterprise, string])[] = [
  [cast.dismantler, 'recycling'],
  [cast.repairShop, 'aftermarket'],
  [cast.processor, 'recycling'],
  [cast.remanufacturer, 'aftermarket'],
];

export interface StageOptions {
  /** Folder of a chaincode bundle; default the product's. */
  readonly bundle?: string;
  readonly devices: number;
  readonly keep: boolean;
}

/** Shown on stderr: what a benchmark is doing. */
export function say(line: string): void {
  process.stderr.write(`  ${line}\n`);
}

/** A network of its own for one benchmark, with enterprises and devices on its ledger. */
export class Stage {
  /** Set while the gateway runs. */
  gateway: (GatewayProcess & { readonly client: GatewayClient }) | undefined;
  readonly members: Member[] = [];
  #relay: LedgerConnection | undefined;
  #network: NetworkDescription | undefined;
  #oversight: PrivateKey | undefined;
  /** What is being started, so that it is not stopped half-way. */
  #starting: Promise<unknown> = Promise.resolve();

  /** @param signal after it has fired nothing is started any more */
  constructor(
    readonly home: string,
    private readonly bundle: string | undefined,
    private readonly signal: AbortSignal,
  ) {}

  /** The client that both ways are measured with. */
  get relay(): LedgerConnection {
    if (!this.#relay) throw new Error('the network is down');
    return this.#relay;
  }

  get network(): NetworkDescription {
    if (!this.#network) throw new Error('the network is down');
    return this.#network;
  }

  async networkUp(): Promise<void> {
    const onProgress = (step: Parameters<typeof progressText>[0], hint: string): void => {
      say(progressText(step, hint, 'en'));
    };
    const { home, bundle, signal } = this;
    const options = bundle === undefined ? {} : { chaincodeBundle: bundle };
    this.#network = await this.#begin(() => up({ home, onProgress, signal, deployBuilt: true, ...options }));
    this.#relay = await relayOf(this.#network);
  }

  async networkDown(): Promise<void> {
    await Promise.allSettled([this.#starting]);
    this.#relay?.close();
    this.#relay = undefined;
    await down({ home: this.home });
  }

  async gatewayUp(): Promise<GatewayProcess & { readonly client: GatewayClient }> {
    const port = await freePort(18_080);
    return this.#begin(async () => {
      const started = await startGateway(this.home, port, GATEWAY);
      this.gateway = { ...started, client: new GatewayClient(started.url) };
      return this.gateway;
    });
  }

  async #begin<R>(work: () => Promise<R>): Promise<R> {
    this.signal.throwIfAborted();
    const started = work();
    this.#starting = started;
    return started;
  }

  async gatewayDown(): Promise<void> {
    await Promise.allSettled([this.#starting]);
    await this.gateway?.stop();
    this.gateway = undefined;
  }

  /** Enters enterprises, and devices in pairs of different enterprises. Needs the gateway. */
  async enter(devices: number): Promise<void> {
    if (!this.gateway) throw new Error('no gateway');
    const { client, url } = this.gateway;
    const keys = await administrators(this.network, this.home);
    this.#oversight = keys.get('oversight-1');
    await this.#followed();
    await new TrialAdministration(client, this.network.ledger, keys).ensure(await this.token());
    const registrations = new Map<string, LedgerEvent[]>();
    for (let index = 0; index < devices; index++) {
      const [enterprise, administrator] = TRADE[index % TRADE.length] ?? [cast.dismantler, 'recycling'];
      // A name that nobody had before: a network that was kept knows the devices of the last run.
      const device = new Signer(randomUUID(), this.network.ledger, () => Math.floor(Date.now() / 1000));
      const { creditCode } = enterprise;
      this.members.push({ device, keyId: device.keyId, creditCode });
      const { owner, publicKey, proof } = makeKeyRequest(this.network.ledger, creditCode, device.key);
      const event: LedgerEvent = {
        type: 'key.register',
        version: 1,
        time: Math.floor(Date.now() / 1000),
        data: { owner, kind: 'device', publicKey, proof },
      };
      registrations.set(administrator, [...(registrations.get(administrator) ?? []), event]);
    }
    for (const [name, events] of registrations) {
      const key = keys.get(name);
      if (!key) throw new Error(`no administrator ${name} at ${url}`);
      await new OnlineSigner(key, client, this.network.ledger).record(events);
    }
  }

  /** Waits until the gateway shows what was just committed at Oversight's peer: its own may be a block behind. */
  async #followed(): Promise<void> {
    const auditor = await this.auditor();
    await untilProjected(this.gateway?.url ?? '', (await auditor.height()) - 1);
    auditor.close();
  }

  /** A token of a reader who may see everything. */
  async token(): Promise<string> {
    if (!this.gateway || !this.#oversight) throw new Error('no gateway, or nobody to read');
    return accessToken(this.gateway.url, this.#oversight);
  }

  /** A connection of Oversight's auditor, who reads blocks. */
  async auditor(): Promise<LedgerConnection> {
    const oversight = this.network.organisations.find(({ mspId }) => mspId === 'OversightMSP');
    if (!oversight) throw new Error('the network has no Oversight');
    return connectionOf(this.network, oversight, 'auditor');
  }
}

/** Folder of the network of a benchmark. */
export function homeOf(name: string): string {
  return join(trialHome.bench(), `home-${name}`);
}

/**
 * Runs a benchmark on a fresh network with a gateway, and stops all of it afterwards, also when the signal fires.
 *
 * @throws the signal's reason
 */
export async function onStage(
  name: string,
  options: StageOptions,
  signal: AbortSignal,
  work: (stage: Stage) => Promise<void>,
): Promise<void> {
  const home = homeOf(name);
  signal.throwIfAborted();
  // What a run that was killed has left.
  await down({ home });
  await rm(home, { recursive: true, force: true });
  const stage = new Stage(home, options.bundle, signal);
  const play = async (): Promise<void> => {
    await stage.networkUp();
    await stage.gatewayUp();
    await stage.enter(options.devices);
    await work(stage);
  };
  const playing = play();
  try {
    await Promise.race([playing, once(signal, 'abort').then(() => signal.throwIfAborted())]);
  } finally {
    // After Ctrl-C the work fails on what is stopped under it; nobody waits for that.
    playing.catch(() => undefined);
    await stage.gatewayDown();
    await stage.networkDown();
  }
  if (!options.keep) await rm(home, { recursive: true, force: true });
}
