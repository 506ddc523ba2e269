import { describe, expect, it } from 'vitest';
import { batchOf, sent, stage } from './relay.testing.js';

describe('a relay with little room', () => {
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
});
