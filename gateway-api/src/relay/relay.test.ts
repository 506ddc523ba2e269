import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { batchOf, sent, stage } from './relay.testing.js';

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
});
