import type { Receipt } from '@huilian/core';
import { beforeAll, describe, expect, it } from 'vitest';
import { TestLedger } from '../gateway/ledger.testing.js';
import type { Behaviour } from '../gateway/server.testing.js';
import { rig } from './rig.testing.js';

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
      () => ({ endorsers: rig.ledger.endorsers.slice(0, 1) }),
    ],
    ['shows a receipt that Oversight did not sign', () => ({ endorsers: rig.ledger.endorsers.slice(1) })],
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
    keyId: rig.key.keyId,
    sequence,
    digest: '00'.repeat(32),
    status: 'recorded',
  });

  it.each(lies)('and %s is found out, and another takes over', async (_lie, behaviour) => {
    await rig.record(2);
    const liar = await rig.gateway(behaviour());
    const { url } = await rig.gateway();
    const report = await rig.open().push([liar.url, url]);
    expect(report.gateways[0]?.url).toBe(liar.url);
    expect(report.gateways[0]).toMatchObject({ outcome: 'untrue', code: 'HL-7016' });
    expect(report.settled.map(({ sequence, events }) => [sequence, events[0]?.verdict])).toEqual([
      [1, 'accepted'],
      [2, 'accepted'],
    ]);
    expect(report.waiting).toEqual([]);
    expect(rig.open().lane().closed).toBeUndefined();
    expect(rig.ledger.recorded).toHaveLength(2);
  });

  it.each(lies)('and %s settles nothing when it is alone', async (_lie, behaviour) => {
    await rig.record(1);
    const liar = await rig.gateway(behaviour());
    const report = await rig.open().push([liar.url]);
    expect(report).toMatchObject({ settled: [], waiting: [{ sequence: 1, state: 'sent' }] });
    expect(report.stopped?.code).toBe('HL-7016');
    expect(rig.open().lane().closed).toBeUndefined();
  });

  it('and shows yesterday’s head cannot keep a batch from being settled later', async () => {
    const { url } = await rig.gateway();
    await rig.record(1);
    await rig.open().push([url]);
    await rig.record(1);
    const old = rig.ledger.receipt(rig.key.keyId, 1);
    const liar = await rig.gateway({
      receipt: (receipt) => (receipt.sequence === 1 ? old : { ...receipt, head: old.head }),
    });
    const report = await rig.open().push([liar.url, url]);
    expect(report.settled.map(({ sequence }) => sequence)).toEqual([2]);
  });
});
