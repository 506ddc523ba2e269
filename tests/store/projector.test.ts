import {
  foldBlock,
  itemEventView,
  Projector,
  readPosition,
  showPosition,
  SqliteStore,
  views,
  type BlockSource,
  type FoldedEvent,
  type ProjectorObserver,
  type SourceBlock,
  type Store,
} from '@huilian/gateway-api/model';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { breaking, failing, failingOnce, singly, slowly, watched } from './disturbed.js';
import { event, morning, newItem, plantCode, shopCode } from './morning.js';
import { mongoKind, sqliteKind } from './sites.js';
import { ledgerId, start, type SyntheticLedger } from './synthetic-ledger.js';

const patience = 20_000;
const eventsOfMorning = 14;
const running: Projector[] = [];
const open: Store[] = [];

afterEach(async () => {
  await Promise.all(running.splice(0).map((projector) => projector.stop()));
  await Promise.all(open.splice(0).map((store) => store.close()));
});

interface Setting {
  readonly store?: Store;
  readonly source: BlockSource;
  readonly ledger?: string;
  readonly observer?: ProjectorObserver;
}

/** A projector that runs until the test ends. */
function follow({ store = memory(), source, ledger = ledgerId, observer }: Setting): {
  projector: Projector;
  store: Store;
} {
  const options = { store, views, source, ledger };
  const projector = new Projector(observer === undefined ? options : { ...options, observer });
  running.push(projector);
  projector.start();
  return { projector, store };
}

function memory(): Store {
  const store = SqliteStore.open(':memory:', views);
  open.push(store);
  return store;
}

/** The digest of a ledger that was projected without a disturbance. */
async function digestOf(ledger: SyntheticLedger): Promise<string> {
  const { projector, store } = follow({ source: ledger });
  await projector.waitFor(ledger.sealed.length - 1, patience);
  return store.digest();
}

describe('A projector', () => {
  it('follows a ledger and shows a block to those who wait for it', async () => {
    const { ledger, plant } = morning();
    const { projector, store } = follow({ source: ledger });
    const next = ledger.sealed.length;
    const visible = projector.waitFor(next, patience);
    const item = newItem(plant, 'device');
    ledger.record([plant.batch([item.register], { time: start })]);
    await visible;
    expect((await store.find(itemEventView, 'byItem', { where: { item: item.id } })).documents).toHaveLength(
      1,
    );
    expect(await projector.lag()).toMatchObject({ blocks: 0 });
  });

  it('stores blocks that wait together, and shows their events one by one in order', async () => {
    const { ledger } = morning();
    const last = ledger.sealed.length - 1;
    const alone = memory();
    for (const block of ledger.sealed) {
      const { puts, time } = await foldBlock(block, alone);
      const { number, hash, previousHash } = block;
      await alone.apply({ ledger: ledgerId, projection: 'test', number, hash, previousHash, time, puts });
    }
    const steps: (readonly [number, number])[] = [];
    const store = watched(memory(), ({ first, number }) => steps.push([first ?? number, number]));
    const seen: number[] = [];
    const observer: ProjectorObserver = { applied: ({ number }) => void seen.push(number) };
    const { projector } = follow({ store, source: ledger, observer });
    await projector.waitFor(last, patience);
    expect(await store.digest()).toBe(await alone.digest());
    expect(steps.length).toBeLessThan(ledger.sealed.length);
    expect(steps.slice(1).map(([first]) => first)).toEqual(steps.slice(0, -1).map(([, end]) => end + 1));
    expect(seen).toEqual(ledger.sealed.map(({ number }) => number));
  });

  it('counts how long a new block waits to be shown, and none of those that were there before', async () => {
    const { ledger, plant } = morning();
    const before = ledger.sealed.length;
    const waited: (readonly [block: number, milliseconds: number])[] = [];
    const store = watched(memory(), ({ number }) => waited.push([number, projector.behind]));
    const { projector } = follow({ store, source: ledger });
    await projector.waitFor(before - 1, patience);
    ledger.record([plant.batch([newItem(plant, 'device').register], { time: start })]);
    await projector.waitFor(before, patience);
    const [history, fresh] = [true, false].map((old) => waited.filter(([block]) => block < before === old));
    expect(history?.map(([, milliseconds]) => milliseconds)).toEqual(history?.map(() => 0));
    expect(fresh?.map(([, milliseconds]) => milliseconds > 0)).toEqual([true]);
    expect(projector.behind).toBe(0);
  });

  it('tells those who wait too long how far it is', async () => {
    const { ledger } = morning();
    const { projector } = follow({ source: ledger });
    await projector.waitFor(3, patience);
    await expect(projector.waitFor(10_000, 20)).rejects.toMatchObject({ code: 'HL-5023' });
  });

  it('takes every block once from a stream that breaks all the time', async () => {
    const { ledger } = morning();
    const faults: string[] = [];
    const { projector, store } = follow({
      source: breaking(ledger),
      observer: { interrupted: (error) => void faults.push(error.code) },
    });
    await projector.waitFor(ledger.sealed.length - 1, patience);
    expect(await store.digest()).toBe(await digestOf(ledger));
    expect(faults.length).toBeGreaterThan(2);
  });

  it('goes on where it was when the store comes back', async () => {
    const { ledger } = morning();
    const { projector, store } = follow({ store: failing(memory()), source: ledger });
    await projector.waitFor(ledger.sealed.length - 1, patience);
    expect(projector.fault).toBeUndefined();
    expect(await store.digest()).toBe(await digestOf(ledger));
  });

  it('folds the next blocks while some are being stored, and stores them one after another', async () => {
    const { ledger } = morning();
    const slow = slowly(memory());
    const { projector } = follow({ store: slow.store, source: singly(ledger) });
    await projector.waitFor(ledger.sealed.length - 1, patience);
    expect(slow.mostAtOnce()).toBe(1);
    expect(slow.readMeanwhile()).toBeGreaterThan(0);
    expect(await slow.store.digest()).toBe(await digestOf(ledger));
  });

  it('finds out that the last block could not be stored, although no other comes', async () => {
    const { ledger } = morning();
    const last = ledger.sealed.length - 1;
    const faults: string[] = [];
    const { projector, store } = follow({
      store: failingOnce(memory(), last),
      source: ledger,
      observer: { interrupted: (error) => void faults.push(error.code) },
    });
    await projector.waitFor(last, patience);
    expect(faults).toEqual(['HL-5022']);
    expect(await store.digest()).toBe(await digestOf(ledger));
  });

  it('refuses a store that holds another ledger and leaves it as it is', async () => {
    const { ledger } = morning();
    const { projector, store } = follow({ source: ledger });
    await projector.waitFor(3, patience);
    await projector.stop();
    const digest = await store.digest();
    const other = follow({ store, source: ledger, ledger: 'e'.repeat(64) }).projector;
    await expect.poll(() => other.fault?.code).toBe('HL-5020');
    await expect(other.waitFor(1_000, patience)).rejects.toMatchObject({ code: 'HL-5020' });
    expect(await store.digest()).toBe(digest);
  });

  it('refuses a network whose genesis block is not the configured one', async () => {
    const { ledger } = morning();
    const { projector, store } = follow({ source: ledger, ledger: 'e'.repeat(64) });
    await expect.poll(() => projector.fault?.code).toBe('HL-5020');
    expect(await store.checkpoint()).toBeUndefined();
  });

  it('rebuilds to the same digest when it is asked to', async () => {
    const { ledger } = morning();
    const { projector, store } = follow({ source: ledger });
    const last = ledger.sealed.length - 1;
    await projector.waitFor(last, patience);
    const digest = await store.digest();
    projector.rebuild();
    await projector.waitFor(last, patience);
    expect(await store.digest()).toBe(digest);
  });

  it('rebuilds a store that another version of the fold has filled', async () => {
    const { ledger } = morning();
    const store = memory();
    const [genesis] = ledger.sealed;
    const { number, hash, previousHash } = genesis as SourceBlock;
    await store.apply({
      ledger: ledgerId,
      projection: 'older',
      number,
      hash,
      previousHash,
      time: 0,
      puts: [],
    });
    const reasons: string[] = [];
    const { projector } = follow({
      store,
      source: ledger,
      observer: { rebuilding: (reason) => void reasons.push(reason) },
    });
    await projector.waitFor(ledger.sealed.length - 1, patience);
    expect(reasons).toEqual(['otherProjection']);
    expect(await store.digest()).toBe(await digestOf(ledger));
  });
});

describe('Who follows the events', () => {
  it('sees all of them after a position in order, then those that are projected', async () => {
    const played = morning();
    const { projector, store } = follow({ source: played.ledger });
    await projector.waitFor(played.ledger.sealed.length - 1, patience);
    const whole = await store.find(itemEventView, 'all', { where: {}, limit: 1_000 });
    const known = whole.documents.filter(({ mention }) => mention === undefined).map(({ id }) => id);
    const item = newItem(played.plant, 'device');
    const { seen, done } = collect(projector, known[2] ?? '', known.length - 3 + 1);
    played.ledger.record([played.plant.batch([item.register], { time: start })]);
    await done;
    expect(seen.slice(0, -1).map(({ document }) => document.position)).toEqual(known.slice(3));
    expect(seen.at(-1)?.parties).toEqual([plantCode]);
  });

  it('sees the same, with the same parties, from a gateway that was started later', async () => {
    const { ledger } = morning();
    const store = memory();
    const first = follow({ store, source: ledger }).projector;
    const live = collect(first, '', eventsOfMorning);
    await live.done;
    await first.stop();
    const second = follow({ store, source: ledger }).projector;
    const replayed = collect(second, '', eventsOfMorning);
    await replayed.done;
    expect(replayed.seen.map(({ document }) => document)).toEqual(live.seen.map(({ document }) => document));
    const dismantling = replayed.seen.find(({ document }) => document.type === 'dismantle');
    expect(dismantling?.parties).toContain(shopCode);
  });

  it('names positions as block, transaction and place', () => {
    expect(showPosition('0000000012.00000.00003')).toBe('12.0.3');
    expect(readPosition('12.0.3')).toEqual({ block: 12, transaction: 0, index: 3 });
    expect(readPosition('12.0')).toBeUndefined();
  });
});

describe('Both stores under one projector each', () => {
  const kinds = [sqliteKind(), mongoKind()];
  beforeAll(() => Promise.all(kinds.map((kind) => kind.start())), 300_000);
  afterAll(() => Promise.all(kinds.map((kind) => kind.dispose())));

  it('hold the same read model, also when two gateways share one of them', async () => {
    const { ledger } = morning();
    const last = ledger.sealed.length - 1;
    const digests = new Set([await digestOf(ledger)]);
    for (const kind of kinds) {
      const site = kind.site();
      const stores = [await site.open(views), await site.open(views)];
      open.push(...stores);
      const projectors = stores.map((store) => follow({ store, source: ledger }).projector);
      await Promise.all(projectors.map((projector) => projector.waitFor(last, patience)));
      for (const store of stores) digests.add(await store.digest());
    }
    expect(digests.size).toBe(1);
  });

  it('refuse to go on with an item that nobody registered', async () => {
    const played = morning();
    const stranger = newItem(played.shop, 'vehicle').id;
    const batch = played.plant.batch([event('inspect', stranger, { result: 'fit' })], { time: start });
    played.ledger.record([batch]);
    const { projector, store } = follow({ source: played.ledger });
    await projector.waitFor(played.ledger.sealed.length - 1, patience);
    const { documents } = await store.find(itemEventView, 'byItem', { where: { item: stranger } });
    expect(documents.map(({ verdict }) => verdict)).toEqual(['HL-2001']);
  });
});

/** Follows events until it has as many as wanted. */
function collect(
  projector: Projector,
  after: string,
  wanted: number,
): { seen: FoldedEvent[]; done: Promise<void> } {
  const seen: FoldedEvent[] = [];
  const stop = AbortSignal.timeout(patience);
  const done = (async () => {
    for await (const followed of projector.follow(after, stop)) {
      seen.push(followed);
      if (seen.length === wanted) return;
    }
    throw new Error(`${seen.length} of ${wanted} events came.`);
  })();
  return { seen, done };
}
