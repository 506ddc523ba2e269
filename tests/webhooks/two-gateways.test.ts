import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openWebhookStore } from '@huilian/gateway-api/webhooks';
import { mongoKind, sqliteKind } from '../store/sites.js';
import { ledgerId } from '../store/synthetic-ledger.js';
import { Receiver } from './receiver.js';
import { callerOf, cast, plantCode, registerItems, startRig, type Rig } from './rig.js';

const patience = { timeout: 60_000, interval: 20 };
const everything = { eventTypes: [], items: [] };

describe('Two gateways on one MongoDB', () => {
  const kind = mongoKind();
  let place: { mongodbUri?: string | undefined; directory: string };
  let people: ReturnType<typeof cast>;
  let there: Receiver;
  const rigs: Rig[] = [];

  beforeAll(() => kind.start(), 300_000);
  afterAll(() => kind.dispose());
  beforeEach(async () => {
    place = kind.site().options;
    people = cast();
    there = await Receiver.start();
  });
  afterEach(async () => {
    await Promise.all(rigs.splice(0).map((rig) => rig.stop()));
    await there.down();
  });

  async function rig(leaseMilliseconds = 10_000): Promise<Rig> {
    const started = await startRig(people.ledger, place, { leaseMilliseconds });
    rigs.push(started);
    return started;
  }

  it('deliver each event once between them, and one takes over from the other', async () => {
    const [first, second] = [await rig(), await rig()];
    const plant = callerOf(people.plant, plantCode);
    const { webhook } = await first.webhooks.add(plant, { url: there.url, ...everything });
    const items = registerItems(people, people.plant, 30);
    await expect.poll(() => there.items, patience).toEqual(items);
    await first.stop();
    rigs.shift();
    items.push(...registerItems(people, people.plant, 10));
    await expect.poll(() => there.items, patience).toEqual(items);
    // What is done at one is seen by the other.
    const third = await rig();
    await third.webhooks.disable(plant, webhook.id);
    await expect.poll(async () => (await second.webhooks.get(webhook.id)).settings.enabled).toBe(false);
    await pause(1_500);
    const missed = registerItems(people, people.plant, 2);
    await pause(1_500);
    expect(there.items).toEqual(items);
    await third.webhooks.enable(plant, webhook.id, undefined);
    await expect.poll(() => there.items, patience).toEqual([...items, ...missed]);
    await pause(1_500);
    expect(there.received).toHaveLength(items.length + missed.length);
  }, 180_000);

  it('wait for one that is silent, and go on without it when it is gone', async () => {
    const only = await rig();
    const plant = callerOf(people.plant, plantCode);
    const { webhook } = await only.webhooks.add(plant, { url: there.url, ...everything });
    await only.stop();
    rigs.length = 0;
    // Another gateway takes it and lives for a while: it raises the beat, then it is killed.
    const store = await openWebhookStore({ ...place, ledger: ledgerId });
    const beat = async (): Promise<boolean> => {
      const found = await store.get(webhook.id);
      return found !== undefined && (await store.claim(webhook.id, found, 'another gateway'));
    };
    expect(await beat()).toBe(true);
    await rig(3_000);
    const items = registerItems(people, people.plant, 3);
    for (let i = 0; i < 10; i += 1) {
      await pause(500);
      expect(await beat()).toBe(true);
      expect(there.received).toEqual([]);
    }
    await store.close();
    await expect.poll(() => there.items, patience).toEqual(items);
  }, 180_000);

  it('take a webhook one at a time, and write only what they hold', async () => {
    const store = await openWebhookStore({ ...place, ledger: ledgerId });
    const only = await rig();
    const plant = callerOf(people.plant, plantCode);
    const { webhook } = await only.webhooks.add(plant, { url: there.url, ...everything });
    await only.stop();
    rigs.length = 0;
    const found = await store.get(webhook.id);
    if (found === undefined) throw new Error('it is gone');
    // One after the other: the server that tests use without MongoDB does not compare and change in one step.
    const claims: boolean[] = [];
    for (const holder of ['a', 'b', 'c']) claims.push(await store.claim(found.id, found, holder));
    expect(claims).toEqual([true, false, false]);
    const holder = 'a';
    const { revision, progress } = found;
    expect(await store.change(found.id, { revision, holder: 'nobody' }, { progress, revision })).toBe(false);
    expect(await store.change(found.id, { revision, holder }, { progress, revision })).toBe(true);
    expect(await store.change(found.id, { revision: 99 }, { progress, revision })).toBe(false);
    const elsewhere = await openWebhookStore({ ...place, ledger: 'f'.repeat(64) });
    expect([await elsewhere.list(), await elsewhere.get(webhook.id)]).toEqual([[], undefined]);
    await elsewhere.close();
    await store.close();
  }, 180_000);
});

describe('A SQLite file of webhooks', () => {
  const kind = sqliteKind();
  afterAll(() => kind.dispose());

  it('is one gateway’s alone, and is free when that has gone', async () => {
    const place = { ...kind.site().options, ledger: ledgerId };
    const first = await openWebhookStore(place);
    await expect(openWebhookStore(place)).rejects.toMatchObject({ code: 'HL-5022' });
    expect(await first.list()).toEqual([]);
    await first.close();
    const second = await openWebhookStore(place);
    expect(await second.list()).toEqual([]);
    await second.close();
  });

  it('of another ledger is left alone', async () => {
    const place = kind.site().options;
    const first = await openWebhookStore({ ...place, ledger: ledgerId });
    const settings = { url: 'https://a.example/', secrets: [{ generation: 1, kid: 'k' }] };
    await first.insert({
      id: 'wh_a',
      owner: 'o',
      settings,
      progress: { position: '', failures: 0 },
    } as never);
    await first.close();
    const other = await openWebhookStore({ ...place, ledger: 'f'.repeat(64) });
    expect([await other.list(), await other.get('wh_a'), await other.remove('wh_a')]).toEqual([
      [],
      undefined,
      false,
    ]);
    await other.close();
    const again = await openWebhookStore({ ...place, ledger: ledgerId });
    expect((await again.list('o')).map(({ id }) => id)).toEqual(['wh_a']);
    await again.close();
  });
});
