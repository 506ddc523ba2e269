import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Orders } from './apply-child.js';
import { bundle } from './bundle.js';
import { openWire } from './cut.js';
import { applyUpTo, nextBlocks, views } from './fixture.js';
import { mongoKind, sqliteKind, type Kind } from './sites.js';

const setUpMilliseconds = 300_000;
const kinds = [sqliteKind(), mongoKind()];
let program: string;

beforeAll(async () => {
  program = await bundle('apply-child');
  await Promise.all(kinds.map((kind) => kind.start()));
}, setUpMilliseconds);
afterAll(() => Promise.all(kinds.map((kind) => kind.dispose())));

describe('A process that is killed while it writes', () => {
  // More documents than go in one statement, so that some are written and some are not when it dies.
  const crates = 120;

  it.each([0, 1, 70, 122, 123, 200, 245])(
    'leaves whole blocks in SQLite when it dies before write %i',
    async (killBefore) => {
      const site = sqlite().site();
      expect(await diedOf({ store: site.options, lastBlock: 1, killBefore, crates })).toBe('SIGKILL');
      const store = await site.open(views);
      expect(await store.digest()).toBe(await digestUpTo((await store.checkpoint())?.number, crates));
      await applyUpTo(store, 2, crates);
      expect(await store.digest()).toBe(await digestUpTo(2, crates));
      await store.close();
    },
  );

  it.each([0, 110, 200])(
    'leaves none of several blocks in SQLite that came together when it dies before write %i',
    async (killBefore) => {
      const site = sqlite().site();
      const orders = { store: site.options, lastBlock: 2, killBefore, crates, together: true };
      expect(await diedOf(orders)).toBe('SIGKILL');
      const store = await site.open(views);
      expect(await store.checkpoint()).toBeUndefined();
      expect(await store.digest()).toBe(await digestUpTo(undefined));
      await applyUpTo(store, 2, crates);
      expect(await store.digest()).toBe(await digestUpTo(2, crates));
      await store.close();
    },
  );

  it.each([
    ['MongoDB', 3],
    ['MongoDB', 11],
    ['MongoDB', 27],
    ['SQLite', 0],
    ['SQLite', 2],
    ['SQLite', 5],
    ['SQLite', 11],
    ['SQLite', 27],
  ])('leaves every block once in %s when it dies %i ms after a block', async (name, milliseconds) => {
    const site = (name === 'SQLite' ? sqlite() : mongo()).site();
    const child = start({ store: site.options, lastBlock: 1_000 });
    if (child.stdout !== null) await once(child.stdout, 'data');
    await wait(milliseconds);
    await kill(child);
    const store = await site.open(views);
    const number = (await store.checkpoint())?.number;
    expect(await store.digest()).toBe(await digestUpTo(number));
    await store.close();
  });
});

describe('A MongoDB server without transactions', () => {
  it.each([false, true])(
    'holds every block once, whichever write is the last (together: %s)',
    async (together) => {
      const wanted = await digestUpTo(1);
      let passing = 0;
      for (; ; passing++) {
        const site = mongo().site();
        const wire = await openWire(site.options.mongodbUri ?? '', passing);
        const finished = await applyThrough(wire, 1, together);
        const store = await site.open(views);
        // Half a block is never seen by who opens the store after a death.
        expect(await store.digest()).toBe(await digestUpTo((await store.checkpoint())?.number));
        await applyUpTo(store, 1);
        expect(await store.digest()).toBe(wanted);
        await store.close();
        if (finished) break;
      }
      expect(passing).toBeGreaterThan(together ? 5 : 8);
    },
  );
});

function sqlite(): Kind {
  return kinds[0] as Kind;
}

function mongo(): Kind {
  return kinds[1] as Kind;
}

/** Applies blocks over a wire. @returns false when the wire was cut first */
async function applyThrough(
  wire: Awaited<ReturnType<typeof openWire>>,
  last: number,
  together: boolean,
): Promise<boolean> {
  const { openStore } = await import('@huilian/gateway-api/model');
  const work = openStore({ mongodbUri: wire.uri, directory: '' }, views).then(async (store) => {
    if (together) await store.apply(await nextBlocks(store, 0, last));
    else await applyUpTo(store, last);
    await store.close();
    return true;
  });
  const finished = await Promise.race([work, wire.cut.then(() => false)]);
  wire.close();
  work.catch(() => {
    // Its wire is cut; what it says of that does not matter.
  });
  return finished;
}

const digests = new Map<string, string>();

/** The digest of a store that nobody disturbed. */
async function digestUpTo(last: number | undefined, crates?: number): Promise<string> {
  const name = `${String(last)} ${String(crates)}`;
  const known = digests.get(name);
  if (known !== undefined) return known;
  const store = await sqlite().site().open(views);
  if (last !== undefined) await applyUpTo(store, last, crates);
  const digest = await store.digest();
  await store.close();
  digests.set(name, digest);
  return digest;
}

function start(orders: Orders): ReturnType<typeof spawn> {
  return spawn(process.execPath, [program, JSON.stringify(orders)], { stdio: ['ignore', 'pipe', 'inherit'] });
}

async function diedOf(orders: Orders): Promise<string | null> {
  const [, signal] = (await once(start(orders), 'exit')) as [number | null, string | null];
  return signal;
}

async function kill(child: ReturnType<typeof spawn>): Promise<void> {
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
}
