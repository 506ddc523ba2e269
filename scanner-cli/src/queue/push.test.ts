import { describe, expect, it } from 'vitest';
import { problem } from '../gateway/server.testing.js';
import type { StoredKey } from '../keys/index.js';
import { itemEvent } from './device.testing.js';
import { Queue } from './queue.js';
import { rig } from './rig.testing.js';

describe('pushing the queue', () => {
  it('settles each batch against a receipt that was checked here, and drops its events', async () => {
    await rig.record(3);
    const { url } = await rig.gateway();
    const report = await rig.open().push([url]);
    expect(report.settled.map(({ sequence, events }) => [sequence, events])).toEqual(
      [1, 2, 3].map((sequence) => [
        sequence,
        [{ id: `${rig.key.keyId}.${sequence}.0`, verdict: 'accepted' }],
      ]),
    );
    expect(report).toMatchObject({ waiting: [], gateways: [{ url, outcome: 'used' }], offline: [] });
    expect(report.stopped).toBeUndefined();
    expect(
      rig
        .open()
        .list()
        .map(({ state, events, verdicts }) => [state, events, verdicts]),
    ).toEqual(Array.from({ length: 3 }, () => ['settled', [], ['accepted']]));
    expect(rig.ledger.recorded.map(({ header }) => header.sequence)).toEqual([1, 2, 3]);
  });

  it('tells which event of a batch was refused, and why', async () => {
    const event = rig.intake();
    await rig.open().record([event, event]);
    const { url } = await rig.gateway();
    const { settled } = await rig.open().push([url]);
    expect(settled[0]?.events.map(({ verdict }) => verdict)).toEqual([
      'accepted',
      expect.stringMatching(/^HL-2\d{3}$/),
    ]);
  });

  it('goes on with the next number after what was settled', async () => {
    const { url } = await rig.gateway();
    for (let round = 1; round <= 3; round++) {
      await rig.record(2);
      expect((await rig.open().push([url])).settled).toHaveLength(2);
    }
    expect(rig.ledger.recorded.map(({ header }) => header.sequence)).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it('sends many batches in several requests and none of them twice', async () => {
    await rig.record(150);
    const { url, requests } = await rig.gateway();
    const progress: number[] = [];
    const report = await rig.open().push([url], ({ waiting }) => progress.push(waiting));
    expect(report.settled).toHaveLength(150);
    expect(requests.filter((request) => request === 'POST /v1/batches')).toHaveLength(3);
    expect(progress).toEqual([86, 22, 0]);
    expect(rig.ledger.recorded).toHaveLength(150);
  });

  it('keeps everything when no gateway can be reached', async () => {
    await rig.record(2);
    const [url, second] = await rig.deadAddresses();
    const report = await rig.open().push([url, second]);
    expect(report).toMatchObject({
      settled: [],
      offline: [url, second],
      stopped: { sequence: 1, code: 'HL-7015' },
    });
    expect(report.waiting).toHaveLength(2);
    expect(
      rig
        .open()
        .list()
        .map(({ state }) => state),
    ).toEqual(['waiting', 'waiting']);
  });

  it('takes no gateway at all for being offline', async () => {
    await rig.record(1);
    expect((await rig.open().push([])).stopped).toMatchObject({ code: 'HL-7015' });
  });

  it('does not send what another process settled meanwhile, but tells its verdicts', async () => {
    await rig.record(2);
    const honest = await rig.gateway();
    let others = 0;
    const slow = await rig.gateway({
      instead: (request, response) => {
        if (request.url !== '/v1/token' || others++ > 0) return false;
        void rig
          .open()
          .push([honest.url])
          .then(() => {
            problem(response, 'HL-4012');
          });
        return true;
      },
    });
    const report = await rig.open().push([slow.url, honest.url]);
    expect(report.settled.map(({ sequence }) => sequence)).toEqual([1, 2]);
    expect(rig.ledger.recorded).toHaveLength(2);
  });

  it('lets events be recorded while it waits for a gateway', async () => {
    await rig.record(1);
    let recorded = false;
    const { url } = await rig.gateway({
      claim: (truth) => {
        if (!recorded) void rig.record(1);
        recorded = true;
        return truth();
      },
    });
    const report = await rig.open().push([url]);
    expect(report.settled.map(({ sequence }) => sequence)).toEqual([1, 2]);
  });
});

describe('a batch that is not admitted', () => {
  it('stays with all behind it, and the report says why', async () => {
    await rig.record(3);
    const { url } = await rig.gateway();
    rig.ledger.trade.given(rig.ledger.trade.recycling, {
      type: 'key.revoke',
      data: { keyId: rig.key.keyId, lastSequence: 1, reason: 'lost' },
    });
    const report = await rig.open().push([url]);
    expect(report).toMatchObject({ settled: [], stopped: { sequence: 1 } });
    expect(report.waiting.map(({ sequence }) => sequence)).toEqual([1, 2, 3]);
  });

  it('because the key is not registered yet is sent when it is', async () => {
    const signer = rig.ledger.trade.world.signer("the new device's device");
    const stranger: StoredKey = { ...rig.key, key: signer.key, keyId: signer.keyId };
    const queue = new Queue(rig.directory, stranger);
    await queue.record([itemEvent(stranger, 1)]);
    const { url } = await rig.gateway();
    expect(await queue.push([url])).toMatchObject({
      stopped: { sequence: 1, code: 'HL-3001' },
      waiting: [{ sequence: 1 }],
      gateways: [{ outcome: 'refused', code: 'HL-3001' }],
    });
    expect(rig.ledger.trade.key('the new device', rig.key.owner, 'RecyclingMSP').keyId).toBe(stranger.keyId);
    expect((await queue.push([url])).settled).toHaveLength(1);
  });

  it('at one gateway only is sent to the next', async () => {
    await rig.record(2);
    const liar = await rig.gateway({
      claim: (truth, { sequence }) =>
        sequence === 1
          ? truth()
          : { keyId: rig.key.keyId, sequence, digest: '', status: 'inadmissible', code: 'HL-3003' },
    });
    const { url } = await rig.gateway();
    const report = await rig.open().push([liar.url, url]);
    expect(report.gateways).toMatchObject([{ outcome: 'refused', code: 'HL-3003' }, { outcome: 'used' }]);
    expect(report.settled).toHaveLength(2);
  });
});
