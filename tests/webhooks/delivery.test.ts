import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { event } from '../store/morning.js';
import { mongoKind, sqliteKind } from '../store/sites.js';
import { start as ledgerTime } from '../store/synthetic-ledger.js';
import { signatureOf } from './receiver.js';
import { callerOf, plantCode, registerItems, shopCode, smelterCode } from './rig.js';
import { aWhile, everything, patience, WebhookStage } from './stage.js';

describe.each([sqliteKind(), mongoKind()])('Webhooks kept in $name', (kind) => {
  const at = new WebhookStage(kind);

  it('post each event once, in the order of the ledger, signed', async () => {
    const { webhooks } = await at.rig();
    const there = await at.receiver();
    const { secret } = await webhooks.add(at.plant, { url: there.url, ...everything });
    const items = [
      ...registerItems(at.people, at.people.plant, 3),
      ...registerItems(at.people, at.people.plant, 2),
      ...registerItems(at.people, at.people.plant, 1),
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
    const { webhooks } = await at.rig();
    const [plants, shops, strangers, auditors] = [
      await at.receiver(),
      await at.receiver(),
      await at.receiver(),
      await at.receiver(),
    ];
    const shop = callerOf(at.people.shop, shopCode);
    await webhooks.add(at.plant, { url: plants.url, ...everything });
    await webhooks.add(shop, { url: shops.url, ...everything });
    await webhooks.add(callerOf(at.people.smelter, smelterCode), { url: strangers.url, ...everything });
    const auditor = { kind: 'person', subject: 'li', oversight: true } as const;
    await webhooks.add(auditor, { url: auditors.url, ...everything });
    const [item] = registerItems(at.people, at.people.plant, 1);
    if (item === undefined) throw new Error('nothing was registered');
    at.people.ledger.record([
      at.people.plant.batch([event('handover', item, { to: shopCode })], { time: ledgerTime }),
    ]);
    at.people.ledger.record([
      at.people.shop.batch([event('dispose', item, { method: 'shredded' })], { time: ledgerTime }),
    ]);
    await expect.poll(() => plants.received.length, patience).toBe(3);
    await expect.poll(() => auditors.received.length, patience).toBe(3);
    // The shop is a party from the moment at which the item was offered to it.
    await expect
      .poll(() => shops.received.map(({ type }) => type).slice(-2), patience)
      .toEqual(['event.accepted.handover', 'event.refused.dispose']);
    // Nor do strangers get what was there before they asked.
    const late = await at.receiver();
    await webhooks.add(callerOf(at.people.smelter, smelterCode), {
      url: late.url,
      ...everything,
      after: '0.0.0',
    });
    await pause(aWhile);
    expect([strangers.received, late.received]).toEqual([[], []]);
  });

  it('pass only what their filters name', async () => {
    const { webhooks } = await at.rig();
    const [handovers, ofItem] = [await at.receiver(), await at.receiver()];
    const [first = '', second = ''] = registerItems(at.people, at.people.plant, 2);
    await webhooks.add(at.plant, {
      url: handovers.url,
      eventTypes: ['event.accepted.handover'],
      items: [],
      after: '0.0.0',
    });
    await webhooks.add(at.plant, { url: ofItem.url, eventTypes: [], items: [second], after: '0.0.0' });
    for (const item of [first, second])
      at.people.ledger.record([
        at.people.plant.batch([event('handover', item, { to: shopCode })], { time: ledgerTime }),
      ]);
    await expect.poll(() => handovers.items, patience).toEqual([first, second]);
    await expect.poll(() => ofItem.items, patience).toEqual([second, second]);
  });

  it('begin with what is still to come, or after the position that is asked for', async () => {
    const before = registerItems(at.people, at.people.plant, 2);
    const { webhooks } = await at.rig();
    const [fresh, all] = [await at.receiver(), await at.receiver()];
    await webhooks.add(at.plant, { url: fresh.url, ...everything });
    await webhooks.add(at.plant, { url: all.url, ...everything, after: '0.0.0' });
    const later = registerItems(at.people, at.people.plant, 1);
    await expect.poll(() => all.items, patience).toEqual([...before, ...later]);
    await expect.poll(() => fresh.items, patience).toEqual(later);
  });

  it('go on where they stopped after the gateway was away', async () => {
    const first = await at.rig();
    const there = await at.receiver();
    const { webhook } = await first.webhooks.add(at.plant, { url: there.url, ...everything });
    const items = registerItems(at.people, at.people.plant, 3);
    await expect.poll(() => there.items, patience).toEqual(items);
    await at.stop(first);
    items.push(...registerItems(at.people, at.people.plant, 700));
    await pause(aWhile);
    expect(there.received).toHaveLength(3);
    const second = await at.rig();
    await expect.poll(() => there.received.length, patience).toBe(items.length);
    expect(there.items).toEqual(items);
    expect((await second.webhooks.list(plantCode)).map(({ id }) => id)).toEqual([webhook.id]);
  }, 120_000);

  it('never post two events of one webhook at once', async () => {
    const { webhooks } = await at.rig();
    let under = 0;
    let most = 0;
    const there = await at.receiver((response) => {
      under += 1;
      most = Math.max(most, under);
      setTimeout(() => {
        under -= 1;
        response.writeHead(200).end();
      }, 5);
    });
    await webhooks.add(at.plant, { url: there.url, ...everything });
    const items = [
      ...registerItems(at.people, at.people.plant, 20),
      ...registerItems(at.people, at.people.plant, 20),
    ];
    await expect.poll(() => there.items, patience).toEqual(items);
    expect(most).toBe(1);
  });

  it('deliver a range again, with the same ids, before what is next', async () => {
    const { webhooks } = await at.rig();
    const there = await at.receiver();
    const { webhook } = await webhooks.add(at.plant, { url: there.url, ...everything });
    // More than one turn delivers, and more behind the range than in it.
    const items = registerItems(at.people, at.people.plant, 180);
    await expect.poll(() => there.received.length, patience).toBe(180);
    const [first, last] = [there.received[10], there.received[89]];
    await webhooks.resend(at.plant, webhook.id, first?.position ?? '', last?.position ?? '');
    await expect.poll(() => there.received.length, patience).toBe(260);
    const next = registerItems(at.people, at.people.plant, 1);
    await expect.poll(() => there.received.length, patience).toBe(261);
    expect(there.items).toEqual([...items, ...items.slice(10, 90), ...next]);
    expect(there.ids.slice(180, 260)).toEqual(there.ids.slice(10, 90));
    expect((await webhooks.get(webhook.id)).progress.resend).toBeUndefined();
  }, 120_000);
});
