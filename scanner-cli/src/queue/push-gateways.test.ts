import { describe, expect, it } from 'vitest';
import { problem } from '../gateway/server.testing.js';
import { Queue } from './queue.js';
import { rig } from './rig.testing.js';

describe('a gateway that is dead', () => {
  it('is left for the next one', async () => {
    await rig.record(2);
    const [dead] = await rig.deadAddresses();
    const { url } = await rig.gateway();
    const report = await rig.open().push([dead, url]);
    expect(report.settled).toHaveLength(2);
    expect(report.offline).toEqual([dead]);
    expect(report.gateways).toMatchObject([{ outcome: 'offline', code: 'HL-7015' }, { outcome: 'used' }]);
  });

  it('and dies after it recorded: the next one finds the batch known, and it is on the ledger once', async () => {
    await rig.record(1);
    const dying = await rig.gateway({
      instead: (request, response) => {
        if (!request.url?.startsWith('/v1/receipts')) return false;
        response.destroy();
        return true;
      },
    });
    const { url } = await rig.gateway();
    const report = await rig.open().push([dying.url, url]);
    expect(report.settled).toHaveLength(1);
    expect(rig.ledger.recorded).toHaveLength(1);
  });

  it('or silent is given up after a while', async () => {
    await rig.record(1);
    const silent = await rig.gateway({ instead: () => true });
    const { url } = await rig.gateway();
    const queue = new Queue(rig.directory, rig.key, { gateway: { timeoutMs: 100 } });
    expect(await queue.push([silent.url, url])).toMatchObject({
      settled: [{ sequence: 1 }],
      offline: [silent.url],
    });
  });

  it('or no gateway at all is told apart', async () => {
    await rig.record(1);
    const website = await rig.gateway({
      instead: (_request, response) => {
        response.end('<html>Welcome</html>');
        return true;
      },
    });
    const { url } = await rig.gateway();
    const report = await rig.open().push([website.url, url]);
    expect(report.gateways).toMatchObject([{ outcome: 'strange', code: 'HL-7017' }, { outcome: 'used' }]);
  });
});

describe('a gateway of another ledger', () => {
  const other = 'cd'.repeat(32);

  it('is told apart before it sees a token or a batch, and nothing is lost', async () => {
    await rig.record(2);
    const { url, requests } = await rig.gateway({ ledger: other });
    const report = await rig.open().push([url]);
    expect(report).toMatchObject({
      settled: [],
      waiting: [{ state: 'waiting' }, { state: 'waiting' }],
      gateways: [{ outcome: 'refused', code: 'HL-3009', details: { ledger: other } }],
      stopped: { sequence: 1, code: 'HL-3009' },
    });
    expect(requests).toEqual(['GET /v1/ledger']);
  });

  it('is left for the next, which is asked once for its ledger', async () => {
    await rig.record(1);
    const strange = await rig.gateway({ ledger: other });
    const { url, requests } = await rig.gateway();
    for (const expected of [1, 2]) {
      expect((await rig.open().push([strange.url, url])).settled.map(({ sequence }) => sequence)).toEqual([
        expected,
      ]);
      await rig.record(1);
    }
    expect(requests.filter((request) => request === 'GET /v1/ledger')).toHaveLength(1);
  });
});

describe('a gateway that is busy', () => {
  it.each(['HL-4030', 'HL-5001'] as const)('with %s is asked again after the time it names', async (code) => {
    await rig.record(1);
    let asked = 0;
    const { url } = await rig.gateway({
      instead: (request, response) => {
        if (request.url !== '/v1/batches' || ++asked > 2) return false;
        problem(response, code, { 'retry-after': '1' });
        return true;
      },
    });
    expect((await rig.open().push([url])).settled).toHaveLength(1);
    expect(asked).toBe(3);
  });

  it('for ever is left for the next', async () => {
    await rig.record(1);
    const busy = await rig.gateway({
      instead: (_request, response) => {
        problem(response, 'HL-5001', { 'retry-after': '1' });
        return true;
      },
    });
    const { url } = await rig.gateway();
    const report = await rig.open().push([busy.url, url]);
    expect(report.gateways).toMatchObject([{ outcome: 'refused', code: 'HL-5001' }, { outcome: 'used' }]);
    expect(busy.requests).toHaveLength(4);
  });

  it('and answers before the commit is asked again until it knows', async () => {
    await rig.record(1);
    let first = true;
    const { url } = await rig.gateway({
      claim: (truth) => {
        const outcome = truth();
        if (!first) return outcome;
        first = false;
        const { keyId, sequence, digest } = outcome;
        return { keyId, sequence, digest, status: 'queued' };
      },
    });
    expect((await rig.open().push([url])).settled).toHaveLength(1);
    expect(rig.ledger.recorded).toHaveLength(1);
  });
});
