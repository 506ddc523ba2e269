import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { mongoKind, sqliteKind } from '../store/sites.js';
import { answers, signatureOf } from './receiver.js';
import { callerOf, plantCode, registerItems, shopCode, smelterCode, tokenKeyPair } from './rig.js';
import { aWhile, everything, patience, WebhookStage } from './stage.js';

describe.each([sqliteKind(), mongoKind()])('Webhooks kept in $name, for who keeps them,', (kind) => {
  const at = new WebhookStage(kind);

  it('sign with the secret before, too, until it is betrayed', async () => {
    const { webhooks } = await at.rig();
    const there = await at.receiver();
    const { webhook, secret } = await webhooks.add(at.plant, { url: there.url, ...everything });
    const second = await webhooks.rotate(at.plant, webhook.id, 3_600);
    registerItems(at.people, at.people.plant, 1);
    await expect.poll(() => there.received.length, patience).toBeGreaterThan(0);
    const third = await webhooks.rotate(at.plant, webhook.id, 0);
    registerItems(at.people, at.people.plant, 1);
    // A rotation may come between a delivery and its position, and then it comes twice, under its id.
    await expect.poll(() => new Set(there.ids).size, patience).toBe(2);
    const [both, alone] = [there.received[0], there.received.at(-1)];
    if (both === undefined || alone === undefined) throw new Error('nothing arrived');
    expect(both.signatures).toEqual([signatureOf(second.secret, both), signatureOf(secret, both)]);
    expect(alone.signatures).toEqual([signatureOf(third.secret, alone)]);
  });

  it('stop for a key that ended, and go on for another one of the participant', async () => {
    const ended = new Set<string>();
    const { webhooks } = await at.rig({ ended });
    const there = await at.receiver();
    const { webhook } = await webhooks.add(at.plant, { url: there.url, ...everything });
    ended.add(at.plant.subject);
    const items = registerItems(at.people, at.people.plant, 2);
    await expect
      .poll(async () => (await webhooks.get(webhook.id)).settings, patience)
      .toMatchObject({ enabled: false, cause: 'HL-4083' });
    expect(there.received).toEqual([]);
    await webhooks.enable(callerOf(at.people.shop, plantCode), webhook.id, undefined);
    await expect.poll(() => there.itemsOnce, patience).toEqual(items);
  });

  it('stop when the gateway can no longer sign as before, and sign anew after a rotation', async () => {
    const first = await at.rig();
    const there = await at.receiver();
    const { webhook } = await first.webhooks.add(at.plant, { url: there.url, ...everything });
    await at.stop(first);
    const { webhooks } = await at.rig({ tokenKey: tokenKeyPair('another') });
    const items = registerItems(at.people, at.people.plant, 1);
    await expect
      .poll(async () => (await webhooks.get(webhook.id)).settings, patience)
      .toMatchObject({ enabled: false, cause: 'HL-4084' });
    expect(there.received).toEqual([]);
    const { secret } = await webhooks.rotate(at.plant, webhook.id, 3_600);
    await webhooks.enable(at.plant, webhook.id, undefined);
    await expect.poll(() => there.itemsOnce, patience).toEqual(items);
    const [received] = there.received;
    if (received === undefined) throw new Error('nothing arrived');
    expect(received.signatures).toEqual([signatureOf(secret, received)]);
  });

  it('that were removed or switched off get nothing more', async () => {
    const { webhooks } = await at.rig();
    const [removed, off] = [await at.receiver(), await at.receiver()];
    const first = await webhooks.add(at.plant, { url: removed.url, ...everything });
    const second = await webhooks.add(at.plant, { url: off.url, ...everything });
    await webhooks.remove(at.plant, first.webhook.id);
    await webhooks.disable(at.plant, second.webhook.id);
    const items = registerItems(at.people, at.people.plant, 2);
    await pause(aWhile);
    expect([removed.received, off.received]).toEqual([[], []]);
    await webhooks.enable(at.plant, second.webhook.id, undefined);
    await expect.poll(() => off.itemsOnce, patience).toEqual(items);
    await webhooks.disable(at.plant, second.webhook.id);
    registerItems(at.people, at.people.plant, 1);
    await webhooks.enable(at.plant, second.webhook.id, 'latest');
    const next = registerItems(at.people, at.people.plant, 1);
    await expect.poll(() => off.itemsOnce, patience).toEqual([...items, ...next]);
  });

  it('are as many for a participant as the operator allows, and are nobody else’s to change', async () => {
    const { webhooks } = await at.rig({ mostOfOne: 1 });
    const there = await at.receiver();
    const { webhook } = await webhooks.add(at.plant, { url: there.url, ...everything });
    await expect(webhooks.add(at.plant, { url: there.url, ...everything })).rejects.toMatchObject({
      code: 'HL-4071',
    });
    await expect(webhooks.add(at.plant, { url: 'http://10.0.0.1/', ...everything })).rejects.toMatchObject({
      code: 'HL-4070',
    });
    const shop = callerOf(at.people.shop, shopCode);
    const auditor = callerOf(at.people.smelter, smelterCode, true);
    await expect(webhooks.rotate(shop, webhook.id, 0)).rejects.toMatchObject({ code: 'HL-4040' });
    await expect(webhooks.rotate(auditor, webhook.id, 0)).rejects.toMatchObject({ code: 'HL-4072' });
    await expect(webhooks.remove(shop, webhook.id)).rejects.toMatchObject({ code: 'HL-4040' });
    await expect(webhooks.test(auditor, webhook.id)).rejects.toMatchObject({ code: 'HL-4072' });
  });

  it('can be tried, also when they stand still', async () => {
    const { webhooks } = await at.rig();
    const there = await at.receiver();
    const { webhook, secret } = await webhooks.add(at.plant, { url: there.url, ...everything });
    await webhooks.disable(at.plant, webhook.id);
    expect(await webhooks.test(at.plant, webhook.id)).toMatchObject({ delivered: true, status: 204 });
    const [received] = there.received;
    if (received === undefined) throw new Error('nothing arrived');
    expect(received).toMatchObject({ type: 'webhook.test', signatures: [signatureOf(secret, received)] });
    there.answer = answers(404);
    expect(await webhooks.test(at.plant, webhook.id)).toMatchObject({
      delivered: false,
      status: 404,
      code: 'HL-4092',
    });
  });

  it('can be tried by few at once, so that nobody posts by this gateway what he likes', async () => {
    const { webhooks } = await at.rig({ timeoutMilliseconds: 500 });
    const silent = await at.receiver(() => undefined);
    const { webhook } = await webhooks.add(at.plant, { url: silent.url, ...everything });
    const tried = await Promise.allSettled(
      Array.from({ length: 6 }, () => webhooks.test(at.plant, webhook.id)),
    );
    const outcomes = tried.map((each) =>
      each.status === 'fulfilled' ? each.value.code : (each.reason as { code: string }).code,
    );
    expect(outcomes.sort()).toEqual(['HL-4030', 'HL-4030', 'HL-4091', 'HL-4091', 'HL-4091', 'HL-4091']);
    expect(silent.received).toHaveLength(4);
  });
});
