import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { mongoKind, sqliteKind } from '../store/sites.js';
import { answers, signatureOf, takes } from './receiver.js';
import { registerItems } from './rig.js';
import { aWhile, everything, patience, WebhookStage } from './stage.js';

describe.each([sqliteKind(), mongoKind()])(
  'Webhooks kept in $name, when a receiver does not take what they post,',
  (kind) => {
    const at = new WebhookStage(kind);

    it('try a receiver again that fails, with the same id and a new signature, and keep the order', async () => {
      const { webhooks } = await at.rig();
      const there = await at.receiver((response, received, count) => {
        if (count <= 3) answers(500)(response, received, count);
        else takes(response, received, count);
      });
      const { webhook, secret } = await webhooks.add(at.plant, { url: there.url, ...everything });
      const items = registerItems(at.people, at.people.plant, 3);
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
      const { webhooks } = await at.rig();
      const there = await at.receiver();
      const { webhook } = await webhooks.add(at.plant, { url: there.url, ...everything });
      await there.down();
      const items = registerItems(at.people, at.people.plant, 2);
      await expect
        .poll(async () => (await webhooks.get(webhook.id)).progress.lastFailure, patience)
        .toMatchObject({ code: 'HL-4090' });
      await there.up();
      await webhooks.enable(at.plant, webhook.id, undefined);
      await expect.poll(() => there.itemsOnce, patience).toEqual(items);
    });

    it('end with the answer 410, and say so', async () => {
      const { webhooks } = await at.rig();
      const there = await at.receiver(answers(410));
      const { webhook } = await webhooks.add(at.plant, { url: there.url, ...everything });
      registerItems(at.people, at.people.plant, 2);
      await expect
        .poll(async () => (await webhooks.get(webhook.id)).settings, patience)
        .toMatchObject({ enabled: false, cause: 'HL-4081' });
      await pause(aWhile);
      expect(there.received).toHaveLength(1);
    });

    it('are given up after the last attempt, and lose nothing: they go on when they are enabled', async () => {
      const { webhooks } = await at.rig({ retrySeconds: [0.02, 0.02] });
      const there = await at.receiver(answers(503));
      const { webhook } = await webhooks.add(at.plant, { url: there.url, ...everything });
      const items = registerItems(at.people, at.people.plant, 2);
      await expect
        .poll(async () => (await webhooks.get(webhook.id)).settings, patience)
        .toMatchObject({ enabled: false, cause: 'HL-4082' });
      const tried = there.received.length;
      items.push(...registerItems(at.people, at.people.plant, 1));
      await pause(aWhile);
      expect(there.received).toHaveLength(tried);
      there.answer = takes;
      await webhooks.enable(at.plant, webhook.id, undefined);
      await expect.poll(() => there.items.slice(tried), patience).toEqual(items);
    });

    it('leave a receiver alone as long as it asks', async () => {
      const { webhooks } = await at.rig();
      const there = await at.receiver(answers(429, { 'retry-after': '3600' }));
      const { webhook } = await webhooks.add(at.plant, { url: there.url, ...everything });
      registerItems(at.people, at.people.plant, 1);
      await expect.poll(async () => (await webhooks.get(webhook.id)).progress.failures, patience).toBe(1);
      const { nextAttempt = 0, lastFailure } = (await webhooks.get(webhook.id)).progress;
      expect(nextAttempt / 1_000 - (lastFailure?.time ?? 0)).toBeGreaterThanOrEqual(3_600);
      await pause(aWhile);
      expect(there.received).toHaveLength(1);
    });

    it('do not wait for one another: who never answers holds up itself alone', async () => {
      const { webhooks } = await at.rig({ atOnce: 4, timeoutMilliseconds: 1_000 });
      const silent = await at.receiver(() => undefined);
      const quick = await at.receiver();
      for (let i = 0; i < 8; i += 1) await webhooks.add(at.plant, { url: silent.url, ...everything });
      registerItems(at.people, at.people.plant, 1);
      await expect.poll(() => silent.received.length, patience).toBeGreaterThanOrEqual(8);
      await webhooks.add(at.plant, { url: quick.url, ...everything });
      const items = registerItems(at.people, at.people.plant, 60);
      await expect.poll(() => quick.items, patience).toEqual(items);
    }, 60_000);

    it('tell how many there are, what became of deliveries, and how far they are behind', async () => {
      const { webhooks, metrics } = await at.rig();
      const [good, bad] = [await at.receiver(), await at.receiver(answers(500, { 'retry-after': '3600' }))];
      await webhooks.add(at.plant, { url: good.url, ...everything });
      await webhooks.add(at.plant, { url: bad.url, ...everything });
      const items = registerItems(at.people, at.people.plant, 2);
      await expect.poll(() => good.items, patience).toEqual(items);
      await expect.poll(() => bad.received.length, patience).toBe(1);
      registerItems(at.people, at.people.plant, 1);
      registerItems(at.people, at.people.plant, 1);
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
  },
);
