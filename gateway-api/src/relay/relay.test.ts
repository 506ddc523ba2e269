import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { batchDigest, HuilianError, type SignedBatch } from '@huilian/core';
import type { BatchResult, GroupOutcome } from './outcome.js';
import type { Sent } from './lanes.js';
import { Relay } from './relay.js';

/** A batch as the relay sees one: it reads the header and the size, never the signature. */
function batchOf(signer: string, sequence: number, events = 1, items: readonly string[] = []): SignedBatch {
  const header = {
    kind: 'huilian.batch',
    version: 1,
    ledger: '',
    keyId: signer,
    sequence,
    previous: '',
    count: events,
    root: '',
    time: 0,
  };
  const touched = items.map((item) => ({ type: 'withdraw', item, data: {} }));
  return { header, signature: '', seed: '', events: touched } as unknown as SignedBatch;
}

function recorded({ header }: SignedBatch): BatchResult {
  return {
    keyId: header.keyId,
    sequence: header.sequence,
    digest: batchDigest(header),
    status: 'recorded',
    verdicts: ['accepted'],
  };
}

/** As the route hands it in. */
const sent = (...batches: SignedBatch[]): Sent[] => batches.map((batch) => ({ batch, text: '{}', bytes: 2 }));

const nameOf = ({ header }: SignedBatch): string => `${header.keyId}${header.sequence}`;

/** A relay over a ledger that is played by hand: each transaction waits until it is told its outcome. */
function stage(
  options: {
    queued?: number;
    queuedBytes?: number;
    inFlight?: number;
    waitMilliseconds?: number;
    behind?: { most: number; now(): number };
  } = {},
) {
  const groups: { names: string[]; end: (outcome: GroupOutcome) => void; batches: readonly SignedBatch[] }[] =
    [];
  const relay = new Relay(
    (group) =>
      new Promise((end) => {
        const batches = group.map(({ batch }) => batch);
        groups.push({ names: batches.map(nameOf), end, batches });
      }),
    {
      inFlight: options.inFlight ?? 2,
      groupEvents: 1_000,
      queued: options.queued ?? 100,
      queuedBytes: options.queuedBytes ?? 1_000_000,
      waitMilliseconds: options.waitMilliseconds ?? 1,
      ...(options.behind === undefined ? {} : { behind: options.behind }),
    },
  );
  const group = async (place: number) => {
    await expect.poll(() => groups.length, { interval: 1 }).toBeGreaterThan(place);
    const found = groups[place];
    if (found === undefined) throw new Error('no such group');
    return {
      ...found,
      record: () => {
        found.end({ kind: 'done', results: found.batches.map(recorded) });
      },
    };
  };
  return { relay, groups, group };
}

/** A relay over a ledger on which groups collide by a rule, and the groups that it was given. */
function ruled(collides: (names: readonly string[]) => boolean) {
  const groups: string[] = [];
  const relay = new Relay(
    async (group): Promise<GroupOutcome> => {
      const names = group.map(({ batch }) => nameOf(batch));
      groups.push(names.join(' '));
      if (collides(names)) return { kind: 'conflict' };
      return { kind: 'done', results: group.map(({ batch }) => recorded(batch)) };
    },
    { inFlight: 2, groupEvents: 1_000, queued: 100, queuedBytes: 1_000_000, waitMilliseconds: 1 },
  );
  return { relay, groups };
}

describe('the relay', () => {
  it('sends the first batch at once and groups what arrives meanwhile', async () => {
    const { relay, group } = stage();
    const first = relay.submit(sent(batchOf('a', 1)));
    const going = await group(0);
    const rest = [...relay.submit(sent(batchOf('b', 1))), ...relay.submit(sent(batchOf('c', 1)))];
    const together = await group(1);
    expect(going.names).toEqual(['a1']);
    expect(together.names).toEqual(['b1', 'c1']);
    going.record();
    together.record();
    expect((await Promise.all([...first, ...rest])).map(({ status }) => status)).toEqual([
      'recorded',
      'recorded',
      'recorded',
    ]);
  });

  it('keeps the batches of a lane in order, whatever order they come in', async () => {
    const { relay, group } = stage();
    void relay.submit(sent(batchOf('a', 3), batchOf('a', 1), batchOf('a', 2)));
    expect((await group(0)).names).toEqual(['a1', 'a2', 'a3']);
  });

  it('does not send the next batch of a lane while the one before is under way', async () => {
    const { relay, groups, group } = stage();
    void relay.submit(sent(batchOf('a', 1)));
    const first = await group(0);
    void relay.submit(sent(batchOf('a', 2)));
    void relay.submit(sent(batchOf('b', 1)));
    expect((await group(1)).names).toEqual(['b1']);
    expect(groups).toHaveLength(2);
    first.record();
    expect((await group(2)).names).toEqual(['a2']);
  });

  it('gives a resend the answer of the batch that is under way', async () => {
    const { relay, groups, group } = stage();
    const [one] = relay.submit(sent(batchOf('a', 1)));
    const first = await group(0);
    const [two] = relay.submit(sent(batchOf('a', 1)));
    first.record();
    expect(await one).toBe(await two);
    expect(groups).toHaveLength(1);
  });

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

  it('turns batches away when too many wait, and says when to come back', async () => {
    const { relay, group } = stage({ queued: 1, inFlight: 1 });
    void relay.submit(sent(batchOf('a', 1)));
    await group(0);
    void relay.submit(sent(batchOf('b', 1)));
    const full = { code: 'HL-4031', clothes: { headers: { 'Retry-After': '1' } } };
    expect(() => relay.submit(sent(batchOf('c', 1)))).toThrow(expect.objectContaining(full) as Error);
    expect(relay.waiting).toBe(1);
  });

  it('lets a device in whose lane has nothing waiting, at the expense of one that fills the queue', async () => {
    const { relay, group } = stage({ queued: 4, inFlight: 1 });
    void relay.submit(sent(batchOf('x', 1)));
    const first = await group(0);
    const flood = [1, 2, 3, 4].flatMap((sequence) => relay.submit(sent(batchOf('f', sequence))));
    const [lone] = relay.submit(sent(batchOf('a', 1)));
    await expect(flood[3]).rejects.toMatchObject({
      code: 'HL-4031',
      clothes: { headers: { 'Retry-After': '1' } },
    });
    expect(relay.waiting).toBe(4);
    const [again] = relay.submit(sent(batchOf('a', 1)));
    first.record();
    const second = await group(1);
    expect(second.names).toEqual(['f1', 'f2', 'f3', 'a1']);
    second.record();
    expect(await lone).toMatchObject({ status: 'recorded' });
    expect(await again).toBe(await lone);
  });

  it('lets few requests wait for one batch: each of them holds a copy', async () => {
    const { relay, group } = stage();
    const asked = [1, 2, 3, 4].flatMap(() => relay.submit(sent(batchOf('a', 1))));
    expect(() => relay.submit(sent(batchOf('a', 1), batchOf('b', 1)))).toThrow(
      expect.objectContaining({ code: 'HL-4031' }) as Error,
    );
    expect(relay.waiting).toBe(1);
    (await group(0)).record();
    expect(new Set(await Promise.all(asked)).size).toBe(1);
  });

  it('holds no more bytes than it may', async () => {
    const { relay, group } = stage({ inFlight: 1, queuedBytes: 5 });
    void relay.submit(sent(batchOf('x', 1)));
    await group(0);
    void relay.submit(sent(batchOf('a', 1), batchOf('b', 1)));
    expect(() => relay.submit(sent(batchOf('c', 1)))).toThrow(
      expect.objectContaining({ code: 'HL-4031' }) as Error,
    );
    expect(relay.waitingBytes).toBe(4);
  });

  it('finishes what is under way when it stops, and turns away what waits', async () => {
    const { relay, group } = stage({ inFlight: 1 });
    const [going] = relay.submit(sent(batchOf('a', 1)));
    const first = await group(0);
    const [waiting] = relay.submit(sent(batchOf('b', 1)));
    const stopped = relay.stop();
    await expect(waiting).rejects.toMatchObject({ code: 'HL-4050' });
    first.record();
    await stopped;
    expect(await going).toMatchObject({ status: 'recorded' });
  });

  it('lets every signer in when one of them sends without end', async () => {
    const { relay, group } = stage({ inFlight: 1 });
    void relay.submit(sent(batchOf('x', 1)));
    const first = await group(0);
    void relay.submit(sent(batchOf('a', 1, 600), batchOf('a', 2, 600), batchOf('a', 3, 600)));
    void relay.submit(sent(batchOf('b', 1, 600)));
    first.record();
    const second = await group(1);
    expect(second.names).toEqual(['a1']);
    second.record();
    expect((await group(2)).names).toEqual(['b1']);
  });

  it('keeps a batch back while a transaction under way may change one of its items, and lets the others by', async () => {
    const { relay, groups, group } = stage({ inFlight: 3 });
    void relay.submit(sent(batchOf('giver', 1, 1, ['hl1car'])));
    const first = await group(0);
    void relay.submit(sent(batchOf('receiver', 1, 1, ['hl1car', 'hl1door'])));
    void relay.submit(sent(batchOf('late', 1, 1, ['hl1door'])));
    void relay.submit(sent(batchOf('other', 1, 1, ['hl1wheel'])));
    expect((await group(1)).names).toEqual(['other1']);
    expect(groups).toHaveLength(2);
    first.record();
    expect((await group(2)).names).toEqual(['receiver1', 'late1']);
  });

  it('puts batches that touch the same item into one transaction, one after the other', async () => {
    const { relay, group } = stage();
    void relay.submit(sent(batchOf('giver', 1, 1, ['hl1car'])));
    void relay.submit(sent(batchOf('receiver', 1, 1, ['hl1car'])));
    expect((await group(0)).names).toEqual(['giver1', 'receiver1']);
  });

  it('sends an event alone on a quiet day, and a full group, without waiting for company', async () => {
    const { relay, groups, group } = stage({ inFlight: 2, waitMilliseconds: 3_600_000 });
    void relay.submit(sent(batchOf('a', 1)));
    const lone = await group(0);
    void relay.submit(sent(batchOf('b', 1, 400)));
    void relay.submit(sent(batchOf('c', 1, 600)));
    const full = await group(1);
    expect(full.names).toEqual(['b1', 'c1']);
    full.record();
    void relay.submit(sent(batchOf('d', 1)));
    await pause(20);
    expect(groups).toHaveLength(2);
    lone.record();
    expect((await group(2)).names).toEqual(['d1']);
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
