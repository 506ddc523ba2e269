import type { Signer } from '@huilian/core/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { batchDigest, signBatch, type SignedBatch } from '@huilian/core';
import {
  administrative,
  codes,
  itemEvent,
  keyEvent,
  now,
  registration,
  freshSigner,
  startWorld,
  type Client,
  type World,
} from './world.js';
import { deviceOf } from './device.js';

let world: World;
let gateway: Client;

beforeAll(async () => {
  world = await startWorld();
  gateway = await world.gateway();
});
afterAll(() => world.stop());

const device = (): Promise<Signer> => deviceOf(world, gateway);

async function outcome(batch: SignedBatch): Promise<{ status: string; code?: string }> {
  const { body, status, text } = await gateway.submit([batch]);
  if (status !== 200) throw new Error(text);
  return body.batches[0];
}

function tampered(batch: SignedBatch, changes: Partial<SignedBatch['header']>, signer: Signer): SignedBatch {
  const { ledger, keyId, sequence, previous, time } = { ...batch.header, ...changes };
  const gap = changes.gap ?? batch.header.gap;
  const { seed, events } = batch;
  return signBatch(
    { ledger, keyId, sequence, previous, time, seed, events, ...(gap === undefined ? {} : { gap }) },
    signer.key,
  );
}

describe('a batch that is not admitted is named with a code, and nothing is recorded', () => {
  it('of an unregistered key', async () => {
    const nobody = freshSigner(world.network.trust.ledger);
    expect(await outcome(nobody.batch([registration(nobody).event]))).toMatchObject({
      status: 'inadmissible',
      code: 'HL-3001',
    });
  });

  it('of a revoked key', async () => {
    const signer = await device();
    await gateway.record(world.recyclingOffice, [
      administrative('key.revoke', { keyId: signer.keyId, lastSequence: 0, reason: 'lost' }),
    ]);
    expect(await outcome(signer.batch([registration(signer).event]))).toMatchObject({
      status: 'inadmissible',
      code: 'HL-3003',
    });
  });

  it('of an expired key', async () => {
    const signer = freshSigner(world.network.trust.ledger);
    const event = keyEvent(codes.plant, signer);
    await gateway.record(world.recyclingOffice, [
      { ...event, data: { ...event.data, validTo: now() - 60 } } as typeof event,
    ]);
    expect(await outcome(signer.batch([registration(signer).event]))).toMatchObject({
      status: 'inadmissible',
      code: 'HL-3002',
    });
    await expect(gateway.token(signer)).rejects.toThrow('HL-3002');
  });

  it('with a bad signature', async () => {
    const signer = await device();
    const batch = signer.batch([registration(signer).event]);
    const other = signer.forked([registration(signer).event]);
    expect(await outcome({ ...batch, signature: other.signature })).toMatchObject({
      status: 'inadmissible',
      code: 'HL-3004',
    });
  });

  it('ahead of its lane', async () => {
    const signer = await device();
    signer.batch([registration(signer).event]);
    expect(await outcome(signer.batch([registration(signer).event]))).toMatchObject({
      status: 'inadmissible',
      code: 'HL-3005',
    });
  });

  it('that does not link to the one before', async () => {
    const signer = await device();
    await gateway.record(signer, [registration(signer).event]);
    const batch = tampered(signer.batch([registration(signer).event]), { previous: 'a'.repeat(64) }, signer);
    expect(await outcome(batch)).toMatchObject({ status: 'inadmissible', code: 'HL-3006' });
  });

  it('with a gap that does not fit', async () => {
    const signer = await device();
    await gateway.record(signer, [registration(signer).event]);
    const batch = tampered(signer.batch([registration(signer).event]), { sequence: 5, gap: 1 }, signer);
    expect(await outcome(batch)).toMatchObject({ status: 'inadmissible', code: 'HL-3008' });
  });

  it('of another ledger', async () => {
    const signer = await device();
    const batch = tampered(signer.batch([registration(signer).event]), { ledger: 'b'.repeat(64) }, signer);
    expect(await outcome(batch)).toMatchObject({ status: 'inadmissible', code: 'HL-3009' });
  });

  it('while the good ones that came with it are recorded', async () => {
    const [good, alsoGood] = [await device(), await device()];
    const nobody = freshSigner(world.network.trust.ledger);
    const batches = [good, nobody, alsoGood].map((signer) => signer.batch([registration(signer).event]));
    const { body } = await gateway.submit(batches);
    expect(body.batches.map(({ status }) => status)).toEqual(['recorded', 'inadmissible', 'recorded']);
  });
});

describe('what is recorded and told', () => {
  it('a gap that was declared is in the lane for ever', async () => {
    const signer = await device();
    await gateway.record(signer, [registration(signer).event]);
    const { body } = await gateway.submit([signer.batch([registration(signer).event], { gap: 2 })]);
    expect(body.batches[0]).toMatchObject({ status: 'recorded', sequence: 4 });
    await expect
      .poll(
        async () =>
          (await gateway.get(`/v1/lanes/${signer.keyId}`, await gateway.token(signer))).body as unknown,
      )
      .toMatchObject({ next: 5, gaps: [[2, 3]] });
  });

  it('a fork is kept as evidence, and the lane takes no more', async () => {
    const signer = await device();
    await gateway.record(signer, [registration(signer).event]);
    const other = signer.forked([registration(signer).event]);
    expect(await outcome(other)).toMatchObject({
      status: 'fork',
      code: 'HL-3010',
      digest: batchDigest(other.header),
    });
    expect(await outcome(signer.batch([registration(signer).event]))).toMatchObject({
      status: 'inadmissible',
      code: 'HL-3007',
    });
  });

  it('an event that the rules refuse gets its code, and the others of the batch are accepted', async () => {
    const signer = await device();
    const tag = { scheme: 'vin', value: 'LSVAA4182E2184847' };
    const first = registration(signer, { tags: [tag] });
    const verdicts = await gateway.record(signer, [
      first.event,
      itemEvent(registration(signer).item, 'inspect', { result: 'fit' }),
      itemEvent(first.item, 'inspect', { result: 'fit' }),
    ]);
    expect(verdicts).toEqual(['accepted', 'HL-2001', 'accepted']);
    const foreign = await gateway.record(world.shop, [
      itemEvent(first.item, 'handover', { to: codes.stranger }),
    ]);
    expect(foreign).toEqual(['HL-2020']);
  });
});
