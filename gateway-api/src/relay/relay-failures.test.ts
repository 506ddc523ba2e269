import { describe, expect, it } from 'vitest';
import { HuilianError } from '@huilian/core';
import { batchOf, ruled, sent, stage } from './relay.testing.js';

describe('a relay whose transactions do not go through', () => {
  it('reports what the ledger does not admit and goes on with the rest', async () => {
    const { relay, group } = stage();
    const results = relay.submit(sent(batchOf('a', 1), batchOf('b', 1), batchOf('c', 1)));
    (await group(0)).end({ kind: 'inadmissible', batches: [{ position: 1, code: 'HL-3001' }] });
    const again = await group(1);
    expect(again.names).toEqual(['a1', 'c1']);
    again.record();
    const settled = await Promise.all(results);
    expect(settled.map(({ status, code }) => [status, code])).toEqual([
      ['recorded', undefined],
      ['inadmissible', 'HL-3001'],
      ['recorded', undefined],
    ]);
  });

  it('sends a batch that came too early again, behind the one that it waits for', async () => {
    const { relay, group } = stage();
    const [late] = relay.submit(sent(batchOf('a', 2)));
    const first = await group(0);
    const [early] = relay.submit(sent(batchOf('a', 1)));
    first.end({ kind: 'inadmissible', batches: [{ position: 0, code: 'HL-3005' }] });
    const both = await group(1);
    expect(both.names).toEqual(['a1', 'a2']);
    both.record();
    expect([(await early)?.status, (await late)?.status]).toEqual(['recorded', 'recorded']);
  });

  it('endorses a group again after one conflict, and sends its batches alone after a second', async () => {
    const { relay, group } = stage();
    const results = relay.submit(sent(batchOf('a', 1), batchOf('b', 1)));
    (await group(0)).end({ kind: 'conflict' });
    const second = await group(1);
    expect(second.names).toEqual(['a1', 'b1']);
    second.end({ kind: 'conflict' });
    const alone = [await group(2), await group(3)];
    expect(alone.map(({ names }) => names).sort()).toEqual([['a1'], ['b1']]);
    for (const each of alone) each.record();
    expect((await Promise.all(results)).map(({ status }) => status)).toEqual(['recorded', 'recorded']);
  });

  it('keeps to its bound and to the order of lanes while batches go alone', async () => {
    const { relay, groups, group } = stage({ inFlight: 2 });
    const names = ['a', 'b', 'c', 'd', 'e'];
    const results = relay.submit(sent(...names.flatMap((name) => [batchOf(name, 1), batchOf(name, 2)])));
    (await group(0)).end({ kind: 'conflict' });
    (await group(1)).end({ kind: 'conflict' });
    for (let place = 2; place < 12; place += 1) {
      const next = await group(place);
      expect(next.names).toHaveLength(1);
      expect(relay.inFlight).toBeLessThanOrEqual(2);
      expect(groups.length - place).toBeLessThanOrEqual(2);
      next.record();
    }
    await Promise.all(results);
    const alone = groups.slice(2).flatMap((each) => each.names);
    for (const name of names)
      expect(alone.filter((each) => each.startsWith(name))).toEqual([`${name}1`, `${name}2`]);
  });

  it('lets the others of a group go on while one of them collides for ever, and then asks it to come back', async () => {
    const { relay, groups } = ruled((names) => names.includes('x1'));
    const over: string[] = [];
    const [fighting, innocent] = relay.submit(sent(batchOf('x', 1), batchOf('a', 1)));
    const refused = expect(fighting).rejects.toMatchObject({ code: 'HL-5010' });
    void fighting?.catch(() => over.push('x1'));
    await innocent;
    over.push('a1');
    await relay.submit(sent(batchOf('a', 2)))[0];
    over.push('a2');
    await refused;
    expect(over).toEqual(['a1', 'a2', 'x1']);
    expect(groups.slice(0, 2)).toEqual(['x1 a1', 'x1 a1']);
    expect(groups.filter((names) => names === 'x1')).toHaveLength(7);
  });

  it('turns away what collides while it stops', async () => {
    const { relay, group } = stage();
    const [one] = relay.submit(sent(batchOf('a', 1)));
    (await group(0)).end({ kind: 'conflict' });
    const again = await group(1);
    const stopped = relay.stop();
    again.end({ kind: 'conflict' });
    await expect(one).rejects.toMatchObject({ code: 'HL-4050' });
    await stopped;
    expect([relay.waiting, relay.inFlight]).toEqual([0, 0]);
  });

  it('halves a group that touches too much', async () => {
    const { relay, group } = stage();
    const results = relay.submit(sent(batchOf('a', 1), batchOf('b', 1)));
    (await group(0)).end({ kind: 'tooLarge', error: new HuilianError('HL-3014') });
    (await group(1)).record();
    const last = await group(2);
    expect(last.names).toEqual(['b1']);
    last.end({ kind: 'tooLarge', error: new HuilianError('HL-3014') });
    expect((await Promise.all(results)).map(({ status, code }) => [status, code])).toEqual([
      ['recorded', undefined],
      ['inadmissible', 'HL-3014'],
    ]);
  });

  it('tells every sender when the ledger is away, and takes the same batch again', async () => {
    const { relay, group } = stage();
    const [lost] = relay.submit(sent(batchOf('a', 1)));
    (await group(0)).end({ kind: 'failed', error: new HuilianError('HL-5001') });
    await expect(lost).rejects.toMatchObject({ code: 'HL-5001' });
    const [again] = relay.submit(sent(batchOf('a', 1)));
    (await group(1)).record();
    expect(await again).toMatchObject({ status: 'recorded' });
  });

  it('has fewer transactions under way after one was lost, and more again when others went through', async () => {
    const { relay, group } = stage({ inFlight: 4 });
    const [lost] = relay.submit(sent(batchOf('a', 1)));
    (await group(0)).end({ kind: 'failed', error: new HuilianError('HL-5001') });
    await expect(lost).rejects.toMatchObject({ code: 'HL-5001' });
    expect(relay.mostInFlight).toBe(1);
    for (let place = 1; place <= 7; place += 1) {
      const [through] = relay.submit(sent(batchOf('a', place)));
      (await group(place)).record();
      await through;
    }
    expect(relay.mostInFlight).toBe(4);
  });

  it('has fewer under way while the read model is behind, but never none', async () => {
    let behind = 0;
    const { relay, group } = stage({ inFlight: 4, behind: { most: 250, now: () => behind } });
    const through = async (place: number): Promise<number> => {
      const [recorded] = relay.submit(sent(batchOf('a', place + 1)));
      (await group(place)).record();
      await recorded;
      return relay.mostInFlight;
    };
    for (let place = 0; place < 6; place += 1) await through(place);
    expect(relay.mostInFlight).toBe(4);
    behind = 251;
    expect([await through(6), await through(7), await through(8), await through(9)]).toEqual([3, 2, 1, 1]);
    behind = 250;
    expect(await through(10)).toBe(2);
  });
});
