import { describe, expect, it } from 'vitest';
import type { SignedBatch } from '../batch/batch.js';
import { canonical } from '../bytes/canonical.js';
import { signBytes } from '../bytes/signature.js';
import { HuilianError } from '../messages/error.js';
import type { LedgerEvent } from '../model/events.js';
import { rowKey } from '../model/row-keys.js';
import { provePossession } from '../rules/keys.js';
import { QUOTA } from '../rules/rulesets.js';
import { keyNamed, nonceNamed, signSteadily } from '../testing/keys.js';
import { numbered } from '../testing/numbered.js';
import { outcome, plant, records, registration, trade } from './admission.testing.js';

describe('a batch that is the next of its lane', () => {
  it('is recorded, with its digest as the lane’s head', () => {
    const batch = plant.signer.batch([registration(), registration()]);
    const [recorded] = records(batch).batches;
    expect(recorded).toMatchObject({ status: 'recorded', sequence: 1, verdicts: ['accepted', 'accepted'] });
    expect(trade.world.row(rowKey.lane(plant.signer.keyId))).toMatchObject({
      next: 2,
      head: recorded?.digest,
      events: 2,
      refused: 0,
    });
    expect(trade.world.row(rowKey.batch(plant.signer.keyId, 1))).toMatchObject({
      digest: recorded?.digest,
      count: 2,
      refused: [],
      ruleset: 1,
      time: trade.world.time,
    });
  });

  it('shares a transaction with those behind it and with other signers', () => {
    const shop = trade.party('shop', ['repairShop'], { mspId: 'AftermarketMSP' });
    expect(
      outcome(
        plant.signer.batch([registration()]),
        plant.signer.batch([registration()]),
        shop.signer.batch([registration(shop)]),
      ),
    ).toEqual(['recorded', 'recorded', 'recorded']);
  });

  it('is recorded whole even when events of it are refused', () => {
    const foreign = { ...registration(), item: trade.recycling.item('x').item } as LedgerEvent;
    const [recorded] = records(plant.signer.batch([registration(), foreign, registration()])).batches;
    expect(recorded?.verdicts).toEqual(['accepted', 'HL-2003', 'accepted']);
    expect(trade.world.row(rowKey.batch(plant.signer.keyId, 1))?.refused).toEqual([[1, 'HL-2003']]);
    expect(trade.world.row(rowKey.lane(plant.signer.keyId))).toMatchObject({ events: 3, refused: 1 });
  });

  it('may be of a key that an earlier batch of the group registers', () => {
    const device = trade.world.signer('new device');
    const { x, y } = device.key;
    const proof = provePossession(trade.world.ledger, plant.creditCode, device.key);
    const registered = trade.event({
      type: 'key.register',
      data: { owner: plant.creditCode, kind: 'device', publicKey: { x, y }, proof },
    });
    const { item, nonce } = device.item('first car');
    const car = trade.event({
      type: 'register',
      item,
      data: { kind: 'vehicle', category: 'sedan', nonce, tags: numbered(nonce) },
    });
    expect(outcome(trade.recycling.batch([registered]), device.batch([car]))).toEqual([
      'recorded',
      'recorded',
    ]);
    expect(trade.item(item).custodian).toBe(plant.creditCode);
  });
});

describe('a batch that is sent again', () => {
  it('is answered with the verdicts on record and changes nothing', () => {
    const foreign = { ...registration(), item: trade.recycling.item('x').item } as LedgerEvent;
    const batch = plant.signer.batch([registration(), foreign]);
    const first = records(batch);
    const again = records(batch);
    expect(again.batches[0]).toEqual({ ...first.batches[0], status: 'known' });
    expect(again.writes.size).toBe(0);
  });

  it('within one group is recorded once', () => {
    const batch = plant.signer.batch([registration()]);
    expect(outcome(batch, batch)).toEqual(['recorded', 'known']);
  });

  it('under another signature of the same header is the same batch', () => {
    const batch = plant.signer.batch([registration()]);
    records(batch);
    const other = { ...batch, signature: signBytes(keyNamed(plant.signer.name), canonical(batch.header)) };
    expect(other.signature).not.toBe(batch.signature);
    expect(outcome(other)).toEqual(['known']);
  });

  it('is known even after its key was revoked', () => {
    const batch = plant.signer.batch([registration()]);
    records(batch);
    trade.given(trade.recycling, {
      type: 'key.revoke',
      data: { keyId: plant.signer.keyId, lastSequence: 1, reason: 'lost' },
    });
    expect(outcome(batch)).toEqual(['known']);
  });
});

describe('a batch that may not be recorded', () => {
  it('is named with its place, and nothing of the group is recorded', () => {
    const shop = trade.party('shop', ['repairShop'], { mspId: 'AftermarketMSP' });
    const stranger = trade.world.signer('stranger');
    const before = trade.world.rows.size;
    expect(
      outcome(
        plant.signer.batch([registration()]),
        stranger.batch([registration()]),
        shop.signer.batch([registration(shop)], { sequence: 2, previous: 'a'.repeat(64) }),
      ),
    ).toEqual(['1 HL-3001', '2 HL-3005']);
    expect(trade.world.rows.size).toBe(before);
  });

  it('is one whose key is unknown, expired or revoked', () => {
    expect(outcome(trade.world.signer('stranger').batch([registration()]))).toEqual(['0 HL-3001']);
    const expiring = trade.key('expiring', plant.creditCode, 'RecyclingMSP', trade.world.time + 10);
    trade.world.time += 9;
    expect(outcome(expiring.batch([registration()]))).toEqual(['recorded']);
    trade.world.time += 1;
    expect(outcome(expiring.batch([registration()]))).toEqual(['0 HL-3002']);
    trade.given(trade.recycling, {
      type: 'key.revoke',
      data: { keyId: plant.signer.keyId, lastSequence: 1, reason: 'lost' },
    });
    expect(outcome(plant.signer.batch([registration()]), plant.signer.batch([registration()]))).toEqual([
      '1 HL-3003',
    ]);
  });

  it('is one whose signature is another key’s or over another header', () => {
    const batch = plant.signer.batch([registration()]);
    expect(
      outcome({ ...batch, signature: signSteadily(keyNamed('thief'), canonical(batch.header)) }),
    ).toEqual(['0 HL-3004']);
    expect(outcome({ ...batch, header: { ...batch.header, time: 0 } })).toEqual(['0 HL-3004']);
  });

  it('is one of another ledger, whatever its key', () => {
    expect(outcome(plant.signer.batch([registration()], { ledger: 'f'.repeat(64) }))).toEqual(['0 HL-3009']);
  });

  it('is one ahead of its lane or without the link to the one before', () => {
    expect(outcome(plant.signer.batch([registration()], { sequence: 2, previous: 'a'.repeat(64) }))).toEqual([
      '0 HL-3005',
    ]);
    plant.signer.sequence = 0;
    plant.signer.head = '';
    records(plant.signer.batch([registration()]));
    expect(outcome(plant.signer.batch([registration()], { previous: 'a'.repeat(64) }))).toEqual([
      '0 HL-3006',
    ]);
    expect(outcome(plant.signer.batch([registration()], { sequence: 2, previous: '' }))).toEqual([
      '0 HL-3006',
    ]);
  });

  it('is one that was altered, with the code of what was altered', () => {
    const batch = plant.signer.batch([registration()]);
    expect(outcome({ ...batch, seed: nonceNamed('other') })).toEqual(['0 HL-1023']);
    expect(outcome(batch, { ...batch, events: [{ type: 'vanish' } as never] })).toEqual(['1 HL-1012']);
  });

  it('is one over the day’s quota of its key; a new day at UTC+8 has a new one', () => {
    const key = rowKey.lane(plant.signer.keyId);
    records(plant.signer.batch([registration()]));
    const lane = trade.world.row(key);
    if (!lane) throw new Error('the lane exists');
    const { sequence, head } = plant.signer;
    const tries = (): string[] =>
      outcome(plant.signer.batch([registration()], { sequence: sequence + 1, previous: head }));
    trade.world.rows.set(key, { ...lane, events: QUOTA.events });
    expect(tries()).toEqual(['0 HL-3012']);
    trade.world.rows.set(key, { ...lane, refused: QUOTA.refused + 1 });
    expect(tries()).toEqual(['0 HL-3012']);
    trade.world.time -= 43_200 + 1; // a little before midnight: the counters do not start anew
    expect(tries()).toEqual(['0 HL-3012']);
    trade.world.time += 43_200 * 2 + 1;
    expect(tries()).toEqual(['recorded']);
    expect(trade.world.row(key)).toMatchObject({ day: lane.day + 1, events: 1, refused: 0 });
  });
});

describe('a group that touches too many rows', () => {
  it('is refused before they are all read', () => {
    const tagged = (n: number): LedgerEvent => {
      const { item, nonce } = plant.signer.item(`tagged ${n}`);
      const tags = [0, 1, 2].map((i) => ({ scheme: 'serial' as const, value: `${n}-${i}` }));
      return trade.event({
        type: 'register',
        item,
        data: { kind: 'vehicle', category: 'sedan', nonce, tags },
      });
    };
    const batch = (from: number): SignedBatch =>
      plant.signer.batch(Array.from({ length: 300 }, (_, i) => tagged(from + i)));
    const [first, second] = [batch(0), batch(1000)];
    expect(() => records(first, second)).toThrow(expect.objectContaining({ code: 'HL-3014' }));
    expect(() => records(first)).not.toThrow(HuilianError);
  });
});
