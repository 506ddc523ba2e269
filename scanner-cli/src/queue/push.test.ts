import type { LedgerEvent, Receipt } from '@huilian/core';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { TestLedger } from '../gateway/ledger.testing.js';
import { problem, TestGateway, type Behaviour } from '../gateway/server.testing.js';
import type { StoredKey } from '../keys/index.js';
import { itemEvent } from './device.testing.js';
import { Queue } from './queue.js';
import { Rig } from './rig.testing.js';

let rig: Rig;
let ledger: TestLedger;
let key: StoredKey;
beforeEach(async () => {
  rig = await Rig.start();
  ({ ledger, key } = rig);
});
afterEach(() => rig.stop());

const open = (): Queue => rig.open();
const intake = (): LedgerEvent => rig.intake();
const gateway = (behaviour?: Behaviour): Promise<TestGateway> => rig.gateway(behaviour);
const record = (count: number): Promise<void> => rig.record(count);

describe('pushing the queue', () => {
  it('settles each batch against a receipt that was checked here, and drops its events', async () => {
    await record(3);
    const { url } = await gateway();
    const report = await open().push([url]);
    expect(report.settled.map(({ sequence, events }) => [sequence, events])).toEqual(
      [1, 2, 3].map((sequence) => [sequence, [{ id: `${key.keyId}.${sequence}.0`, verdict: 'accepted' }]]),
    );
    expect(report).toMatchObject({ waiting: [], gateways: [{ url, outcome: 'used' }], offline: [] });
    expect(report.stopped).toBeUndefined();
    expect(
      open()
        .list()
        .map(({ state, events, verdicts }) => [state, events, verdicts]),
    ).toEqual(Array.from({ length: 3 }, () => ['settled', [], ['accepted']]));
    expect(ledger.recorded.map(({ header }) => header.sequence)).toEqual([1, 2, 3]);
  });

  it('tells which event of a batch was refused, and why', async () => {
    const event = intake();
    await open().record([event, event]);
    const { url } = await gateway();
    const { settled } = await open().push([url]);
    expect(settled[0]?.events.map(({ verdict }) => verdict)).toEqual([
      'accepted',
      expect.stringMatching(/^HL-2\d{3}$/),
    ]);
  });

  it('goes on with the next number after what was settled', async () => {
    const { url } = await gateway();
    for (let round = 1; round <= 3; round++) {
      await record(2);
      expect((await open().push([url])).settled).toHaveLength(2);
    }
    expect(ledger.recorded.map(({ header }) => header.sequence)).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it('sends many batches in several requests and none of them twice', async () => {
    await record(150);
    const { url, requests } = await gateway();
    const progress: number[] = [];
    const report = await open().push([url], ({ waiting }) => progress.push(waiting));
    expect(report.settled).toHaveLength(150);
    expect(requests.filter((request) => request === 'POST /v1/batches')).toHaveLength(3);
    expect(progress).toEqual([86, 22, 0]);
    expect(ledger.recorded).toHaveLength(150);
  });

  it('keeps everything when no gateway can be reached', async () => {
    await record(2);
    const { url, ...dead } = await deadAddress();
    const report = await open().push([url, dead.second]);
    expect(report).toMatchObject({
      settled: [],
      offline: [url, dead.second],
      stopped: { sequence: 1, code: 'HL-7015' },
    });
    expect(report.waiting).toHaveLength(2);
    expect(
      open()
        .list()
        .map(({ state }) => state),
    ).toEqual(['waiting', 'waiting']);
  });

  it('takes no gateway at all for being offline', async () => {
    await record(1);
    expect((await open().push([])).stopped).toMatchObject({ code: 'HL-7015' });
  });

  it('does not send what another process settled meanwhile, but tells its verdicts', async () => {
    await record(2);
    const honest = await gateway();
    let others = 0;
    const slow = await gateway({
      instead: (request, response) => {
        if (request.url !== '/v1/token' || others++ > 0) return false;
        void open()
          .push([honest.url])
          .then(() => {
            problem(response, 'HL-4012');
          });
        return true;
      },
    });
    const report = await open().push([slow.url, honest.url]);
    expect(report.settled.map(({ sequence }) => sequence)).toEqual([1, 2]);
    expect(ledger.recorded).toHaveLength(2);
  });

  it('lets events be recorded while it waits for a gateway', async () => {
    await record(1);
    let recorded = false;
    const { url } = await gateway({
      claim: (truth) => {
        if (!recorded) void record(1);
        recorded = true;
        return truth();
      },
    });
    const report = await open().push([url]);
    expect(report.settled.map(({ sequence }) => sequence)).toEqual([1, 2]);
  });
});

describe('a gateway that is dead', () => {
  it('is left for the next one', async () => {
    await record(2);
    const { url: dead } = await deadAddress();
    const { url } = await gateway();
    const report = await open().push([dead, url]);
    expect(report.settled).toHaveLength(2);
    expect(report.offline).toEqual([dead]);
    expect(report.gateways).toMatchObject([{ outcome: 'offline', code: 'HL-7015' }, { outcome: 'used' }]);
  });

  it('and dies after it recorded: the next one finds the batch known, and it is on the ledger once', async () => {
    await record(1);
    const dying = await gateway({
      instead: (request, response) => {
        if (!request.url?.startsWith('/v1/receipts')) return false;
        response.destroy();
        return true;
      },
    });
    const { url } = await gateway();
    const report = await open().push([dying.url, url]);
    expect(report.settled).toHaveLength(1);
    expect(ledger.recorded).toHaveLength(1);
  });

  it('or silent is given up after a while', async () => {
    await record(1);
    const silent = await gateway({ instead: () => true });
    const { url } = await gateway();
    const queue = new Queue(rig.directory, key, { gateway: { timeoutMs: 100 } });
    expect(await queue.push([silent.url, url])).toMatchObject({
      settled: [{ sequence: 1 }],
      offline: [silent.url],
    });
  });

  it('or no gateway at all is told apart', async () => {
    await record(1);
    const website = await gateway({
      instead: (_request, response) => {
        response.end('<html>Welcome</html>');
        return true;
      },
    });
    const { url } = await gateway();
    const report = await open().push([website.url, url]);
    expect(report.gateways).toMatchObject([{ outcome: 'strange', code: 'HL-7017' }, { outcome: 'used' }]);
  });
});

describe('a gateway that lies', () => {
  const stranger = (receipt: Receipt): Receipt => ({ ...receipt, ledger: 'ff'.repeat(32) });
  const lies: [string, () => Behaviour][] = [
    [
      'says that a batch is recorded which it dropped',
      () => ({ claim: (_truth, { sequence }) => ({ ...claimed(sequence), verdicts: ['accepted'] }) }),
    ],
    ['tells other verdicts', () => ({ claim: (truth) => ({ ...truth(), verdicts: ['HL-2001'] }) })],
    ['leaves the verdicts out', () => ({ claim: (truth) => ({ ...truth(), verdicts: [] }) })],
    ['shows a receipt of another ledger', () => ({ receipt: stranger })],
    [
      'shows a receipt of another batch',
      () => ({ receipt: (receipt) => ({ ...receipt, sequence: receipt.sequence + 1 }) }),
    ],
    [
      'shows a receipt that only one organisation signed',
      () => ({ endorsers: ledger.endorsers.slice(0, 1) }),
    ],
    ['shows a receipt that Oversight did not sign', () => ({ endorsers: ledger.endorsers.slice(1) })],
    ['shows a receipt that strangers signed', () => ({ endorsers: strangers })],
    [
      'says that another batch bears the number',
      () => ({ claim: (truth) => ({ ...truth(), status: 'fork', code: 'HL-3010' }) }),
    ],
  ];
  let strangers: TestLedger['endorsers'];
  beforeAll(async () => {
    strangers = (await TestLedger.found()).endorsers;
  });
  const claimed = (sequence: number) => ({
    keyId: key.keyId,
    sequence,
    digest: '00'.repeat(32),
    status: 'recorded',
  });

  it.each(lies)('and %s is found out, and another takes over', async (_lie, behaviour) => {
    await record(2);
    const liar = await gateway(behaviour());
    const { url } = await gateway();
    const report = await open().push([liar.url, url]);
    expect(report.gateways[0]?.url).toBe(liar.url);
    expect(report.gateways[0]).toMatchObject({ outcome: 'untrue', code: 'HL-7016' });
    expect(report.settled.map(({ sequence, events }) => [sequence, events[0]?.verdict])).toEqual([
      [1, 'accepted'],
      [2, 'accepted'],
    ]);
    expect(report.waiting).toEqual([]);
    expect(open().lane().closed).toBeUndefined();
    expect(ledger.recorded).toHaveLength(2);
  });

  it.each(lies)('and %s settles nothing when it is alone', async (_lie, behaviour) => {
    await record(1);
    const liar = await gateway(behaviour());
    const report = await open().push([liar.url]);
    expect(report).toMatchObject({ settled: [], waiting: [{ sequence: 1, state: 'sent' }] });
    expect(report.stopped?.code).toBe('HL-7016');
    expect(open().lane().closed).toBeUndefined();
  });

  it('and shows yesterday’s head cannot keep a batch from being settled later', async () => {
    const { url } = await gateway();
    await record(1);
    await open().push([url]);
    await record(1);
    const [old] = [ledger.receipt(key.keyId, 1)];
    const liar = await gateway({
      receipt: (receipt) => (receipt.sequence === 1 ? old : { ...receipt, head: old.head }),
    });
    const report = await open().push([liar.url, url]);
    expect(report.settled.map(({ sequence }) => sequence)).toEqual([2]);
  });
});

describe('a gateway of another ledger', () => {
  const other = 'cd'.repeat(32);

  it('is told apart before it sees a token or a batch, and nothing is lost', async () => {
    await record(2);
    const { url, requests } = await gateway({ ledger: other });
    const report = await open().push([url]);
    expect(report).toMatchObject({
      settled: [],
      waiting: [{ state: 'waiting' }, { state: 'waiting' }],
      gateways: [{ outcome: 'refused', code: 'HL-3009', details: { ledger: other } }],
      stopped: { sequence: 1, code: 'HL-3009' },
    });
    expect(requests).toEqual(['GET /v1/ledger']);
  });

  it('is left for the next, which is asked once for its ledger', async () => {
    await record(1);
    const strange = await gateway({ ledger: other });
    const { url, requests } = await gateway();
    for (const expected of [1, 2]) {
      expect((await open().push([strange.url, url])).settled.map(({ sequence }) => sequence)).toEqual([
        expected,
      ]);
      await record(1);
    }
    expect(requests.filter((request) => request === 'GET /v1/ledger')).toHaveLength(1);
  });
});

describe('a gateway that is busy', () => {
  it.each(['HL-4030', 'HL-5001'] as const)('with %s is asked again after the time it names', async (code) => {
    await record(1);
    let asked = 0;
    const { url } = await gateway({
      instead: (request, response) => {
        if (request.url !== '/v1/batches' || ++asked > 2) return false;
        problem(response, code, { 'retry-after': '1' });
        return true;
      },
    });
    expect((await open().push([url])).settled).toHaveLength(1);
    expect(asked).toBe(3);
  });

  it('for ever is left for the next', async () => {
    await record(1);
    const busy = await gateway({
      instead: (_request, response) => {
        problem(response, 'HL-5001', { 'retry-after': '1' });
        return true;
      },
    });
    const { url } = await gateway();
    const report = await open().push([busy.url, url]);
    expect(report.gateways).toMatchObject([{ outcome: 'refused', code: 'HL-5001' }, { outcome: 'used' }]);
    expect(busy.requests).toHaveLength(4);
  });

  it('and answers before the commit is asked again until it knows', async () => {
    await record(1);
    let first = true;
    const { url } = await gateway({
      claim: (truth) => {
        const outcome = truth();
        if (!first) return outcome;
        first = false;
        const { keyId, sequence, digest } = outcome;
        return { keyId, sequence, digest, status: 'queued' };
      },
    });
    expect((await open().push([url])).settled).toHaveLength(1);
    expect(ledger.recorded).toHaveLength(1);
  });
});

describe('a batch that is not admitted', () => {
  it('stays with all behind it, and the report says why', async () => {
    await record(3);
    const { url } = await gateway();
    ledger.trade.given(ledger.trade.recycling, {
      type: 'key.revoke',
      data: { keyId: key.keyId, lastSequence: 1, reason: 'lost' },
    });
    const report = await open().push([url]);
    expect(report).toMatchObject({ settled: [], stopped: { sequence: 1 } });
    expect(report.waiting.map(({ sequence }) => sequence)).toEqual([1, 2, 3]);
  });

  it('because the key is not registered yet is sent when it is', async () => {
    const signer = ledger.trade.world.signer("the new device's device");
    const stranger: StoredKey = { ...key, key: signer.key, keyId: signer.keyId };
    const queue = new Queue(rig.directory, stranger);
    await queue.record([itemEvent(stranger, 1)]);
    const { url } = await gateway();
    expect(await queue.push([url])).toMatchObject({
      stopped: { sequence: 1, code: 'HL-3001' },
      waiting: [{ sequence: 1 }],
      gateways: [{ outcome: 'refused', code: 'HL-3001' }],
    });
    expect(ledger.trade.key('the new device', key.owner, 'RecyclingMSP').keyId).toBe(stranger.keyId);
    expect((await queue.push([url])).settled).toHaveLength(1);
  });

  it('at one gateway only is sent to the next', async () => {
    await record(2);
    const liar = await gateway({
      claim: (truth, { sequence }) =>
        sequence === 1
          ? truth()
          : { keyId: key.keyId, sequence, digest: '', status: 'inadmissible', code: 'HL-3003' },
    });
    const { url } = await gateway();
    const report = await open().push([liar.url, url]);
    expect(report.gateways).toMatchObject([{ outcome: 'refused', code: 'HL-3003' }, { outcome: 'used' }]);
    expect(report.settled).toHaveLength(2);
  });
});

async function deadAddress(): Promise<{ url: string; second: string }> {
  const [one, two] = [await TestGateway.start(ledger), await TestGateway.start(ledger)];
  const addresses = { url: one.url, second: two.url };
  await one.stop();
  await two.stop();
  return addresses;
}
