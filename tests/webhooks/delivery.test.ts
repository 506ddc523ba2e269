import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { event } from '../store/morning.js';
import { mongoKind, sqliteKind } from '../store/sites.js';
import { start as ledgerTime } from '../store/synthetic-ledger.js';
import { answers, Receiver, signatureOf, takes } from './receiver.js';
import {
  callerOf,
  cast,
  plantCode,
  registerItems,
  shopCode,
  smelterCode,
  startRig,
  tokenKeyPair,
  type Rig,
  type RigSettings,
} from './rig.js';

const patience = { timeout: 30_000, interval: 20 };
/** Long enough for what must not happen. */
const aWhile = 400;
const everything = { eventTypes: [], items: [] };

describe.each([sqliteKind(), mongoKind()])('Webhooks kept in $name', (kind) => {
  let place: { mongodbUri?: string | undefined; directory: string };
  let people: ReturnType<typeof cast>;
  let plant: ReturnType<typeof callerOf>;
  const rigs: Rig[] = [];
  const receivers: Receiver[] = [];

  beforeAll(() => kind.start(), 300_000);
  afterAll(() => kind.dispose());
  beforeEach(() => {
    place = kind.site().options;
    people = cast();
    plant = callerOf(people.plant, plantCode);
  });
  afterEach(async () => {
    await Promise.all(rigs.splice(0).map((rig) => rig.stop()));
    await Promise.all(receivers.splice(0).map((receiver) => receiver.down().catch(() => undefined)));
  });

  async function rig(settings: RigSettings = {}): Promise<Rig> {
    const started = await startRig(people.ledger, place, settings);
    rigs.push(started);
    return started;
  }

  async function receiver(answer = takes): Promise<Receiver> {
    const started = await Receiver.start(answer);
    receivers.push(started);
    return started;
  }

  async function stop(started: Rig): Promise<void> {
    rigs.splice(rigs.indexOf(started), 1);
    await started.stop();
  }

  it('post each event once, in the order of the ledger, signed', async () => {
    const { webhooks } = await rig();
    const there = await receiver();
    const { secret } = await webhooks.add(plant, { url: there.url, ...everything });
    const items = [
      ...registerItems(people, people.plant, 3),
      ...registerItems(people, people.plant, 2),
      ...registerItems(people, people.plant, 1),
    ];
    await expect.poll(() => there.items, patience).toEqual(items);
    await pause(aWhile);
    expect(there.items).toEqual(items);
    expect(new Set(there.ids).size).toBe(items.length);
    for (const received of there.received) {
      expect(received.type).toBe('event.accepted.register');
      expect(received.signatures).toEqual([signatureOf(secret, received)]);
      expect(received.id).toMatch(/^evt_[0-9a-f]{12}_\d+_\d+_\d+$/);
    }
  });

  it('go to those whom the event concerns, and to nobody else', async () => {
    const { webhooks } = await rig();
    const [plants, shops, strangers, auditors] = [
      await receiver(),
      await receiver(),
      await receiver(),
      await receiver(),
    ];
    const shop = callerOf(people.shop, shopCode);
    await webhooks.add(plant, { url: plants.url, ...everything });
    await webhooks.add(shop, { url: shops.url, ...everything });
    await webhooks.add(callerOf(people.smelter, smelterCode), { url: strangers.url, ...everything });
    const auditor = { kind: 'person', subject: 'li', oversight: true } as const;
    await webhooks.add(auditor, { url: auditors.url, ...everything });
    const [item] = registerItems(people, people.plant, 1);
    if (item === undefined) throw new Error('nothing was registered');
    people.ledger.record([
      people.plant.batch([event('handover', item, { to: shopCode })], { time: ledgerTime }),
    ]);
    people.ledger.record([
      people.shop.batch([event('dispose', item, { method: 'shredded' })], { time: ledgerTime }),
    ]);
    await expect.poll(() => plants.received.length, patience).toBe(3);
    await expect.poll(() => auditors.received.length, patience).toBe(3);
    // The shop is a party from the moment at which the item was offered to it.
    await expect
      .poll(() => shops.received.map(({ type }) => type).slice(-2), patience)
      .toEqual(['event.accepted.handover', 'event.refused.dispose']);
    // Nor do strangers get what was there before they asked.
    const late = await receiver();
    await webhooks.add(callerOf(people.smelter, smelterCode), {
      url: late.url,
      ...everything,
      after: '0.0.0',
    });
    await pause(aWhile);
    expect([strangers.received, late.received]).toEqual([[], []]);
  });

  it('pass only what their filters name', async () => {
    const { webhooks } = await rig();
    const [handovers, ofItem] = [await receiver(), await receiver()];
    const [first = '', second = ''] = registerItems(people, people.plant, 2);
    await webhooks.add(plant, {
      url: handovers.url,
      eventTypes: ['event.accepted.handover'],
      items: [],
      after: '0.0.0',
    });
    await webhooks.add(plant, { url: ofItem.url, eventTypes: [], items: [second], after: '0.0.0' });
    for (const item of [first, second])
      people.ledger.record([
        people.plant.batch([event('handover', item, { to: shopCode })], { time: ledgerTime }),
      ]);
    await expect.poll(() => handovers.items, patience).toEqual([first, second]);
    await expect.poll(() => ofItem.items, patience).toEqual([second, second]);
  });

  it('begin with what is still to come, or after the position that is asked for', async () => {
    const before = registerItems(people, people.plant, 2);
    const { webhooks } = await rig();
    const [fresh, all] = [await receiver(), await receiver()];
    await webhooks.add(plant, { url: fresh.url, ...everything });
    await webhooks.add(plant, { url: all.url, ...everything, after: '0.0.0' });
    const later = registerItems(people, people.plant, 1);
    await expect.poll(() => all.items, patience).toEqual([...before, ...later]);
    await expect.poll(() => fresh.items, patience).toEqual(later);
  });

  it('go on where they stopped after the gateway was away', async () => {
    const first = await rig();
    const there = await receiver();
    const { webhook } = await first.webhooks.add(plant, { url: there.url, ...everything });
    const items = registerItems(people, people.plant, 3);
    await expect.poll(() => there.items, patience).toEqual(items);
    await stop(first);
    items.push(...registerItems(people, people.plant, 700));
    await pause(aWhile);
    expect(there.received).toHaveLength(3);
    const second = await rig();
    await expect.poll(() => there.received.length, patience).toBe(items.length);
    expect(there.items).toEqual(items);
    expect((await second.webhooks.list(plantCode)).map(({ id }) => id)).toEqual([webhook.id]);
  }, 120_000);

  it('try a receiver again that fails, with the same id and a new signature, and keep the order', async () => {
    const { webhooks } = await rig();
    const there = await receiver((response, received, count) => {
      if (count <= 3) answers(500)(response, received, count);
      else takes(response, received, count);
    });
    const { webhook, secret } = await webhooks.add(plant, { url: there.url, ...everything });
    const items = registerItems(people, people.plant, 3);
    await expect.poll(() => there.received.length, patience).toBe(6);
    const [first = ''] = items;
    expect(there.items).toEqual([first, first, first, ...items]);
    expect(new Set(there.ids.slice(0, 4)).size).toBe(1);
    for (const received of there.received)
      expect(received.signatures).toEqual([signatureOf(secret, received)]);
    await expect
      .poll(async () => (await webhooks.get(webhook.id)).progress, patience)
      .toMatchObject({ failures: 0, lastFailure: { code: 'HL-4092', status: 500 } });
  });

  it('wait for a receiver that is down', async () => {
    const { webhooks } = await rig();
    const there = await receiver();
    const { webhook } = await webhooks.add(plant, { url: there.url, ...everything });
    await there.down();
    const items = registerItems(people, people.plant, 2);
    await expect
      .poll(async () => (await webhooks.get(webhook.id)).progress.lastFailure, patience)
      .toMatchObject({ code: 'HL-4090' });
    await there.up();
    await webhooks.enable(plant, webhook.id, undefined);
    await expect.poll(() => there.items, patience).toEqual(items);
  });

  it('end with the answer 410, and say so', async () => {
    const { webhooks } = await rig();
    const there = await receiver(answers(410));
    const { webhook } = await webhooks.add(plant, { url: there.url, ...everything });
    registerItems(people, people.plant, 2);
    await expect
      .poll(async () => (await webhooks.get(webhook.id)).settings, patience)
      .toMatchObject({ enabled: false, cause: 'HL-4081' });
    await pause(aWhile);
    expect(there.received).toHaveLength(1);
  });

  it('are given up after the last attempt, and lose nothing: they go on when they are enabled', async () => {
    const { webhooks } = await rig({ retrySeconds: [0.02, 0.02] });
    const there = await receiver(answers(503));
    const { webhook } = await webhooks.add(plant, { url: there.url, ...everything });
    const items = registerItems(people, people.plant, 2);
    await expect
      .poll(async () => (await webhooks.get(webhook.id)).settings, patience)
      .toMatchObject({ enabled: false, cause: 'HL-4082' });
    const tried = there.received.length;
    items.push(...registerItems(people, people.plant, 1));
    await pause(aWhile);
    expect(there.received).toHaveLength(tried);
    there.answer = takes;
    await webhooks.enable(plant, webhook.id, undefined);
    await expect.poll(() => there.items.slice(tried), patience).toEqual(items);
  });

  it('leave a receiver alone as long as it asks', async () => {
    const { webhooks } = await rig();
    const there = await receiver(answers(429, { 'retry-after': '3600' }));
    const { webhook } = await webhooks.add(plant, { url: there.url, ...everything });
    registerItems(people, people.plant, 1);
    await expect.poll(async () => (await webhooks.get(webhook.id)).progress.failures, patience).toBe(1);
    const { nextAttempt = 0, lastFailure } = (await webhooks.get(webhook.id)).progress;
    expect(nextAttempt / 1_000 - (lastFailure?.time ?? 0)).toBeGreaterThanOrEqual(3_600);
    await pause(aWhile);
    expect(there.received).toHaveLength(1);
  });

  it('do not wait for one another: who never answers holds up itself alone', async () => {
    const { webhooks } = await rig({ atOnce: 4, timeoutMilliseconds: 1_000 });
    const silent = await receiver(() => undefined);
    const quick = await receiver();
    for (let i = 0; i < 8; i += 1) await webhooks.add(plant, { url: silent.url, ...everything });
    registerItems(people, people.plant, 1);
    await expect.poll(() => silent.received.length, patience).toBeGreaterThanOrEqual(8);
    await webhooks.add(plant, { url: quick.url, ...everything });
    const items = registerItems(people, people.plant, 60);
    await expect.poll(() => quick.items, patience).toEqual(items);
  }, 60_000);

  it('never post two events of one webhook at once', async () => {
    const { webhooks } = await rig();
    let under = 0;
    let most = 0;
    const there = await receiver((response) => {
      under += 1;
      most = Math.max(most, under);
      setTimeout(() => {
        under -= 1;
        response.writeHead(200).end();
      }, 5);
    });
    await webhooks.add(plant, { url: there.url, ...everything });
    const items = [...registerItems(people, people.plant, 20), ...registerItems(people, people.plant, 20)];
    await expect.poll(() => there.items, patience).toEqual(items);
    expect(most).toBe(1);
  });

  it('sign with the secret before, too, until it is betrayed', async () => {
    const { webhooks } = await rig();
    const there = await receiver();
    const { webhook, secret } = await webhooks.add(plant, { url: there.url, ...everything });
    const second = await webhooks.rotate(plant, webhook.id, 3_600);
    registerItems(people, people.plant, 1);
    await expect.poll(() => there.received.length, patience).toBe(1);
    const third = await webhooks.rotate(plant, webhook.id, 0);
    registerItems(people, people.plant, 1);
    await expect.poll(() => there.received.length, patience).toBe(2);
    const [both, alone] = there.received;
    if (both === undefined || alone === undefined) throw new Error('nothing arrived');
    expect(both.signatures).toEqual([signatureOf(second.secret, both), signatureOf(secret, both)]);
    expect(alone.signatures).toEqual([signatureOf(third.secret, alone)]);
  });

  it('deliver a range again, with the same ids, before what is next', async () => {
    const { webhooks } = await rig();
    const there = await receiver();
    const { webhook } = await webhooks.add(plant, { url: there.url, ...everything });
    // More than one turn delivers, and more behind the range than in it.
    const items = registerItems(people, people.plant, 180);
    await expect.poll(() => there.received.length, patience).toBe(180);
    const [first, last] = [there.received[10], there.received[89]];
    await webhooks.resend(plant, webhook.id, first?.position ?? '', last?.position ?? '');
    await expect.poll(() => there.received.length, patience).toBe(260);
    const next = registerItems(people, people.plant, 1);
    await expect.poll(() => there.received.length, patience).toBe(261);
    expect(there.items).toEqual([...items, ...items.slice(10, 90), ...next]);
    expect(there.ids.slice(180, 260)).toEqual(there.ids.slice(10, 90));
    expect((await webhooks.get(webhook.id)).progress.resend).toBeUndefined();
  }, 120_000);

  it('stop for a key that ended, and go on for another one of the participant', async () => {
    const ended = new Set<string>();
    const { webhooks } = await rig({ ended });
    const there = await receiver();
    const { webhook } = await webhooks.add(plant, { url: there.url, ...everything });
    ended.add(plant.subject);
    const items = registerItems(people, people.plant, 2);
    await expect
      .poll(async () => (await webhooks.get(webhook.id)).settings, patience)
      .toMatchObject({ enabled: false, cause: 'HL-4083' });
    expect(there.received).toEqual([]);
    await webhooks.enable(callerOf(people.shop, plantCode), webhook.id, undefined);
    await expect.poll(() => there.items, patience).toEqual(items);
  });

  it('stop when the gateway can no longer sign as before, and sign anew after a rotation', async () => {
    const first = await rig();
    const there = await receiver();
    const { webhook } = await first.webhooks.add(plant, { url: there.url, ...everything });
    await stop(first);
    const { webhooks } = await rig({ tokenKey: tokenKeyPair('another') });
    const items = registerItems(people, people.plant, 1);
    await expect
      .poll(async () => (await webhooks.get(webhook.id)).settings, patience)
      .toMatchObject({ enabled: false, cause: 'HL-4084' });
    expect(there.received).toEqual([]);
    const { secret } = await webhooks.rotate(plant, webhook.id, 3_600);
    await webhooks.enable(plant, webhook.id, undefined);
    await expect.poll(() => there.items, patience).toEqual(items);
    const [received] = there.received;
    if (received === undefined) throw new Error('nothing arrived');
    expect(received.signatures).toEqual([signatureOf(secret, received)]);
  });

  it('that were removed or switched off get nothing more', async () => {
    const { webhooks } = await rig();
    const [removed, off] = [await receiver(), await receiver()];
    const first = await webhooks.add(plant, { url: removed.url, ...everything });
    const second = await webhooks.add(plant, { url: off.url, ...everything });
    await webhooks.remove(plant, first.webhook.id);
    await webhooks.disable(plant, second.webhook.id);
    const items = registerItems(people, people.plant, 2);
    await pause(aWhile);
    expect([removed.received, off.received]).toEqual([[], []]);
    await webhooks.enable(plant, second.webhook.id, undefined);
    await expect.poll(() => off.items, patience).toEqual(items);
    await webhooks.disable(plant, second.webhook.id);
    registerItems(people, people.plant, 1);
    await webhooks.enable(plant, second.webhook.id, 'latest');
    const next = registerItems(people, people.plant, 1);
    await expect.poll(() => off.items, patience).toEqual([...items, ...next]);
  });

  it('are as many for a participant as the operator allows, and are nobody else’s to change', async () => {
    const { webhooks } = await rig({ mostOfOne: 1 });
    const there = await receiver();
    const { webhook } = await webhooks.add(plant, { url: there.url, ...everything });
    await expect(webhooks.add(plant, { url: there.url, ...everything })).rejects.toMatchObject({
      code: 'HL-4071',
    });
    await expect(webhooks.add(plant, { url: 'http://10.0.0.1/', ...everything })).rejects.toMatchObject({
      code: 'HL-4070',
    });
    const shop = callerOf(people.shop, shopCode);
    const auditor = callerOf(people.smelter, smelterCode, true);
    await expect(webhooks.rotate(shop, webhook.id, 0)).rejects.toMatchObject({ code: 'HL-4040' });
    await expect(webhooks.rotate(auditor, webhook.id, 0)).rejects.toMatchObject({ code: 'HL-4072' });
    await expect(webhooks.remove(shop, webhook.id)).rejects.toMatchObject({ code: 'HL-4040' });
    await expect(webhooks.test(auditor, webhook.id)).rejects.toMatchObject({ code: 'HL-4072' });
  });

  it('can be tried, also when they stand still', async () => {
    const { webhooks } = await rig();
    const there = await receiver();
    const { webhook, secret } = await webhooks.add(plant, { url: there.url, ...everything });
    await webhooks.disable(plant, webhook.id);
    expect(await webhooks.test(plant, webhook.id)).toMatchObject({ delivered: true, status: 204 });
    const [received] = there.received;
    if (received === undefined) throw new Error('nothing arrived');
    expect(received).toMatchObject({ type: 'webhook.test', signatures: [signatureOf(secret, received)] });
    there.answer = answers(404);
    expect(await webhooks.test(plant, webhook.id)).toMatchObject({
      delivered: false,
      status: 404,
      code: 'HL-4092',
    });
  });

  it('can be tried by few at once, so that nobody posts by this gateway what he likes', async () => {
    const { webhooks } = await rig({ timeoutMilliseconds: 500 });
    const silent = await receiver(() => undefined);
    const { webhook } = await webhooks.add(plant, { url: silent.url, ...everything });
    const tried = await Promise.allSettled(Array.from({ length: 6 }, () => webhooks.test(plant, webhook.id)));
    const outcomes = tried.map((each) =>
      each.status === 'fulfilled' ? each.value.code : (each.reason as { code: string }).code,
    );
    expect(outcomes.sort()).toEqual(['HL-4030', 'HL-4030', 'HL-4091', 'HL-4091', 'HL-4091', 'HL-4091']);
    expect(silent.received).toHaveLength(4);
  });

  it('tell how many there are, what became of deliveries, and how far they are behind', async () => {
    const { webhooks, metrics } = await rig();
    const [good, bad] = [await receiver(), await receiver(answers(500, { 'retry-after': '3600' }))];
    await webhooks.add(plant, { url: good.url, ...everything });
    await webhooks.add(plant, { url: bad.url, ...everything });
    const items = registerItems(people, people.plant, 2);
    await expect.poll(() => good.items, patience).toEqual(items);
    await expect.poll(() => bad.received.length, patience).toBe(1);
    registerItems(people, people.plant, 1);
    registerItems(people, people.plant, 1);
    await expect.poll(() => good.received.length, patience).toBe(4);
    await expect
      .poll(() => metrics.metrics(), patience)
      .toContain('huilian_webhook_deliveries_total{outcome="HL-4092"} 1');
    const text = await metrics.metrics();
    for (const line of [
      'huilian_webhook_deliveries_total{outcome="delivered"} 4',
      'huilian_webhooks{state="enabled"} 1',
      'huilian_webhooks{state="failing"} 1',
      'huilian_webhook_lag_blocks{state="enabled"} 0',
      'huilian_webhook_lag_blocks{state="failing"} 3',
    ])
      expect(text).toContain(line);
  });
});
