import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { LedgerConnection } from '@huilian/fabric';
import { down, Home, progressText, up, type NetworkDescription } from '@huilian/network';
import { administrators } from '../administration.js';
import { cast } from '../cast.js';
import { relayOf } from '../connection.js';
import { GatewayClient } from '../gateway-client.js';
import { freePort, startGateway } from '../gateway-process.js';
import { trialHome } from '../home.js';
import { TrialAdministration } from '../participants.js';
import { accessToken } from '../token.js';
import { BenchDevice } from './device.js';
import { figure, median, report } from './figures.js';

const ROUNDS = 3;
/** Enough devices to fill the machine: beyond this only the latency grows. */
const DEVICES = 24;
const SINGLES_PER_DEVICE = 10;
const HUNDREDS_PER_DEVICE = 2;
const LONE_EVENTS = 15;

interface Bench {
  readonly home: string;
  readonly network: NetworkDescription;
  readonly relay: LedgerConnection;
  readonly gateway: GatewayClient;
  readonly devices: readonly BenchDevice[];
}

/** Events per second when every device sends transactions of one batch, each as soon as the one before is committed. */
async function rate(bench: Bench, transactions: number, events: number): Promise<number> {
  const began = performance.now();
  await Promise.all(
    bench.devices.map(async (device) => {
      for (let i = 0; i < transactions; i++)
        await bench.relay.submit('Record:record', [device.batch(events).group]);
    }),
  );
  return (bench.devices.length * transactions * events) / ((performance.now() - began) / 1000);
}

/** Milliseconds from handing a lone event to the gateway until it is committed, and until the read model shows it. */
async function latencies(
  bench: Bench,
  device: BenchDevice,
  token: string,
): Promise<{ commit: number[]; visible: number[] }> {
  const commit: number[] = [];
  const visible: number[] = [];
  for (let i = 0; i < LONE_EVENTS; i++) {
    const { batch, items } = device.batch(1);
    const began = performance.now();
    const [result] = await bench.gateway.submit([batch]);
    commit.push(performance.now() - began);
    const item = await bench.gateway.get(`/v1/items/${items[0] ?? ''}?minBlock=${result?.block ?? 0}`, token);
    if (item === undefined) throw new Error('the read model does not show a committed item');
    visible.push(performance.now() - began);
  }
  return { commit, visible };
}

/** Bytes of all files below a folder. */
async function bytesIn(folder: string): Promise<number> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const sizes = entries
    .filter((entry) => entry.isFile())
    .map(async (entry) => {
      // LevelDB deletes files while we look; what is gone has no size.
      try {
        return (await stat(join(entry.parentPath, entry.name))).size;
      } catch {
        return 0;
      }
    });
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}

async function prepare(home: string): Promise<Bench & { stop(): Promise<void> }> {
  const network = await up({
    home,
    onProgress: (step, hint) => process.stderr.write(`  ${progressText(step, hint, 'en')}\n`),
  });
  const process_ = await startGateway(home, await freePort(18_080));
  const gateway = new GatewayClient(process_.url);
  const keys = await administrators(network, home);
  const administration = new TrialAdministration(gateway, network.ledger, keys);
  const oversight = keys.get('oversight-1');
  if (!oversight) throw new Error('no administrator of Oversight');
  const token = await accessToken(process_.url, oversight);
  await administration.ensure(token);
  const devices = Array.from({ length: DEVICES + 1 }, () => new BenchDevice(network.ledger));
  for (const device of devices) await administration.registerKey(cast.dismantler, device.key, token);
  const relay = await relayOf(network);
  const stop = async (): Promise<void> => {
    relay.close();
    await process_.stop();
    await down({ home });
  };
  return { home, network, relay, gateway, devices, stop };
}

/** Seconds that `npm start` takes on a clone that is built and has data, until it says that it is ready. */
async function warmStart(home: string): Promise<number> {
  const script = fileURLToPath(new URL('../../../scripts/start.mjs', import.meta.url));
  const port = await freePort(18_080);
  const began = performance.now();
  const child = spawn(process.execPath, [script], {
    env: { ...process.env, HUILIAN_HOME: home, PORT: String(port) },
    stdio: ['ignore', 'pipe', 'ignore'],
    detached: true,
  });
  const ended = once(child, 'exit');
  for await (const _ of child.stdout) break; // the first words on stdout are the closing ones
  const seconds = (performance.now() - began) / 1000;
  if (child.pid !== undefined) process.kill(-child.pid, 'SIGINT');
  await ended;
  return seconds;
}

/** The benchmark `first`: what one event and a hundred cost on this machine, all in one run. */
export async function first(): Promise<void> {
  const home = join(trialHome.bench(), 'home');
  await rm(home, { recursive: true, force: true });
  const bench = await prepare(home);
  const single: number[] = [];
  const hundred: number[] = [];
  const commit: number[] = [];
  const visible: number[] = [];
  const bytes: number[] = [];
  const [lone, ...busy] = bench.devices;
  if (!lone) throw new Error('no device');
  const load = { ...bench, devices: busy };
  const peer = new Home(home).data('peer-recycling');
  try {
    const token = await accessToken(bench.gateway.url, lone.key);
    for (let round = 0; round < ROUNDS; round++) {
      single.push(await rate(load, SINGLES_PER_DEVICE, 1));
      const before = await bytesIn(peer);
      hundred.push(await rate(load, HUNDREDS_PER_DEVICE, 100));
      bytes.push(((await bytesIn(peer)) - before) / (busy.length * HUNDREDS_PER_DEVICE * 100));
      const lates = await latencies(bench, lone, token);
      commit.push(median(lates.commit));
      visible.push(median(lates.visible));
    }
  } finally {
    await bench.stop();
  }
  const starts = [await warmStart(home), await warmStart(home)];
  await report('first', ROUNDS, {
    eventsPerSecondOneATransaction: figure('events/s', single),
    eventsPerSecondInBatchesOf100: figure('events/s', hundred),
    ratio: figure(
      'times',
      hundred.map((value, i) => value / (single[i] ?? Number.NaN)),
    ),
    loneEventToCommit: figure('ms', commit),
    loneEventToReadModel: figure('ms', visible),
    bytesPerEventOnAPeer: figure('bytes', bytes),
    npmStartWarm: figure('s', starts),
  });
}
