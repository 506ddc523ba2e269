import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { down, up } from '@huilian/network';
import { foldBlock, SqliteStore, views } from '@huilian/gateway-api/model';
import { morning } from '../store/morning.js';
import { ledgerId } from '../store/synthetic-ledger.js';
import { registration, startWorld, type Client, type World } from './world.js';

const program = fileURLToPath(new URL('../../gateway-api/dist/main.js', import.meta.url));

let world: World;
let gateway: Client;

beforeAll(async () => {
  world = await startWorld();
  gateway = await world.gateway();
});
afterAll(() => world.stop());

async function missing(client: Client): Promise<string[]> {
  const { body } = await client.get('/readyz');
  return body.checks.filter(({ ready }) => !ready).map(({ name, code }) => `${name} ${code ?? ''}`);
}

describe('while the peers are away', () => {
  it('the gateway says so, serves what it has, and goes on by itself when they are back', async () => {
    const { item, event } = registration(world.plant);
    await gateway.record(world.plant, [event]);
    const token = await gateway.token(world.plant);
    const batch = world.plant.batch([registration(world.plant).event]);
    await down({ home: world.home });
    try {
      await expect.poll(() => missing(gateway), { timeout: 20_000 }).toContain('peers HL-5001');
      const refused = await gateway.submit([batch]);
      expect([refused.status, refused.body.code]).toEqual([503, 'HL-5001']);
      expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
      expect((await gateway.get(`/v1/items/${item}`, token)).status).toBe(200);
      expect((await gateway.get('/healthz')).status).toBe(200);
    } finally {
      await up({ home: world.home });
    }
    await expect.poll(() => missing(gateway), { timeout: 30_000 }).toEqual([]);
    const { body } = await gateway.submit([batch]);
    expect(body.batches[0]).toMatchObject({ status: 'recorded' });
    const path = `/v1/batches/${world.plant.keyId}/${batch.header.sequence}?minBlock=${String(body.batches[0].block)}`;
    expect((await gateway.get(path, token)).status).toBe(200);
  });

  it('a gateway that starts says what it lacks, and is ready once they are there', async () => {
    await down({ home: world.home });
    const settings = {
      HUILIAN_HOME: world.home,
      PORT: '0',
      LOG_LEVEL: 'info',
      READ_MODEL_DIRECTORY: join(world.home, 'early'),
    };
    const early = await start(settings);
    try {
      for (let poll = 0; poll < 3; poll += 1) expect((await early.get('/readyz')).status).toBe(503);
      // What is missing is logged once, not each time that somebody asks.
      expect(early.log().match(/"msg":"not ready"/g)).toHaveLength(1);
      expect(early.log()).not.toContain('failed with status code');
      expect((await early.get('/v1/ledger')).body).toMatchObject({ block: -1 });
    } finally {
      await up({ home: world.home });
    }
    await expect.poll(async () => (await early.get('/readyz')).status, { timeout: 30_000 }).toBe(200);
  });
});

describe('while the chaincode is away', () => {
  it('the gateway says so by its own code', async () => {
    kill('chaincode');
    try {
      await expect.poll(() => missing(gateway), { timeout: 20_000 }).toContain('chaincode HL-5012');
      const batch = world.shop.batch([registration(world.shop, { kind: 'part', category: 'door' }).event]);
      const refused = await gateway.submit([batch]);
      expect([refused.status, refused.body.code]).toEqual([503, 'HL-5012']);
    } finally {
      await up({ home: world.home });
    }
    await expect.poll(() => missing(gateway), { timeout: 30_000 }).toEqual([]);
  });
});

describe('while nothing can be recorded though reading works', () => {
  it.each([
    ['orderer-1', 'ordering'],
    ['peer-oversight', 'endorsement'],
  ])('without %s the gateway is not ready and names %s', async (process, check) => {
    kill(process);
    try {
      await expect
        .poll(() => missing(gateway), { timeout: 20_000 })
        .toEqual([expect.stringContaining(check)]);
      expect((await gateway.get('/v1/rulesets/active')).status).toBe(200);
    } finally {
      await up({ home: world.home });
    }
    await expect.poll(() => missing(gateway), { timeout: 30_000 }).toEqual([]);
  });
});

describe('a store that holds another ledger', () => {
  it('is not served, and the gateway goes on when it has been removed', async () => {
    const directory = join(world.home, 'other-ledger');
    const store = SqliteStore.open(join(directory, 'read-model.sqlite'), views);
    const { ledger, car } = morning();
    for (const block of ledger.sealed) {
      const { puts, time } = await foldBlock(block, store);
      await store.apply({ ...block, ledger: ledgerId, projection: 'test', time, puts });
    }
    await store.close();
    const client = await world.gateway({ READ_MODEL_DIRECTORY: directory }, 'unready');
    const passport = await client.get(`/p/${car}?format=json`);
    expect(['HL-5020', 'HL-5022']).toContain(passport.body.code);
    await expect
      .poll(() => missing(client))
      .toEqual(expect.arrayContaining(['store HL-5020', 'projector HL-5020']));
    rmSync(directory, { recursive: true });
    await expect.poll(() => missing(client), { timeout: 20_000 }).toEqual([]);
  });
});

describe('while the store is away', () => {
  it('the gateway starts, says so, still relays, and reads as soon as the store is there', async () => {
    const place = join(world.home, 'not-a-folder');
    writeFileSync(place, '');
    const client = await world.gateway({ READ_MODEL_DIRECTORY: place }, 'unready');
    expect(await missing(client)).toEqual(expect.arrayContaining(['store HL-5022']));
    const read = await client.get('/v1/rulesets/active');
    expect([read.status, read.body.code]).toEqual([503, 'HL-5022']);
    const { body } = await client.submit([world.plant.batch([registration(world.plant).event])]);
    expect(body.batches[0]).toMatchObject({ status: 'recorded' });
    rmSync(place);
    await expect.poll(() => missing(client), { timeout: 20_000 }).toEqual([]);
    expect((await client.get('/v1/rulesets/active')).status).toBe(200);
  });
});

const processes: ChildProcess[] = [];
afterEach(() => {
  for (const child of processes.splice(0)) child.kill('SIGKILL');
});

interface Started extends Pick<Client, 'get'> {
  readonly address: string;
  readonly child: ChildProcess;
  /** What it has logged so far. */
  log(): string;
}

/** Starts the gateway as a process of its own. */
async function start(settings: Readonly<Record<string, string>>): Promise<Started> {
  const child = spawn(process.execPath, [program], {
    env: { PATH: process.env['PATH'], ...settings },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  processes.push(child);
  let text = '';
  child.stdout.on('data', (chunk: Buffer) => (text += chunk.toString()));
  const told = (): string | undefined => /"address":"([^"]+)"/.exec(text)?.[1];
  await expect.poll(told, { timeout: 20_000 }).toBeDefined();
  const client = gateway.at(told() ?? '');
  return {
    address: client.address,
    child,
    log: () => text,
    get: (path, token, headers) => client.get(path, token, headers),
  };
}

describe('the process', () => {
  const settings = (): Record<string, string> => ({
    HUILIAN_HOME: world.home,
    PORT: '0',
    READ_MODEL_DIRECTORY: join(world.home, 'process'),
  });

  it.each(['SIGTERM', 'SIGINT'] as const)(
    'after %s finishes what is under way, closes streams and ends with 0',
    async (signal) => {
      const started = await start(settings());
      await expect.poll(async () => (await started.get('/readyz')).status, { timeout: 20_000 }).toBe(200);
      const token = await gateway.at(started.address).person('auditor');
      const stream = await fetch(`${started.address}/v1/events`, {
        headers: { authorization: `Bearer ${token}` },
      });
      const batch = world.plant.batch([registration(world.plant).event]);
      const pending = gateway.at(started.address).submit([batch]);
      await expect
        .poll(async () => (await started.get('/metrics')).text)
        .toContain('huilian_groups_in_flight 1');
      const ended = once(started.child, 'exit') as Promise<[number | null]>;
      started.child.kill(signal);
      expect((await pending).body.batches[0]).toMatchObject({ status: 'recorded' });
      await stream.text();
      expect((await ended)[0]).toBe(0);
    },
  );

  it('says that its port is taken, and ends with 1', async () => {
    const { status, text } = await run({ ...settings(), PORT: String(gateway.port) });
    expect([status, text]).toEqual([1, expect.stringContaining('HL-4061')]);
  });

  it('tells all faults of its configuration at once and ends with 2', async () => {
    const { status, text } = await run({ PORT: 'x', LOG_LEVEL: 'loud' });
    expect(status).toBe(2);
    for (const name of ['HL-4060', 'PORT', 'LOG_LEVEL']) expect(text).toContain(name);
  });
});

/** Runs the process until it ends. */
async function run(
  settings: Readonly<Record<string, string>>,
): Promise<{ readonly status: number | null; readonly text: string }> {
  const child = spawn(process.execPath, [program], { env: settings, stdio: ['ignore', 'ignore', 'pipe'] });
  processes.push(child);
  let text = '';
  child.stderr.on('data', (chunk: Buffer) => (text += chunk.toString()));
  const [status] = (await once(child, 'close')) as [number | null];
  return { status, text };
}

/** Kills processes of the network by the beginning of their name; `up` starts them again. */
function kill(name: string): void {
  const runs = join(world.home, 'network', 'run');
  for (const file of readdirSync(runs).filter((found) => found.startsWith(name))) {
    const { pid } = JSON.parse(readFileSync(join(runs, file), 'utf8')) as { pid: number };
    process.kill(pid, 'SIGKILL');
  }
}
