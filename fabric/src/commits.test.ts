import { describe, expect, it } from 'vitest';
import { Commits, type FilteredBlock } from './commits.js';

/** A stream of blocks that a test feeds, and may break. */
function feed() {
  const blocks: FilteredBlock[] = [];
  let wake: () => void = () => undefined;
  let broken = false;
  let opened = 0;
  async function* open(): AsyncGenerator<FilteredBlock, void, void> {
    opened += 1;
    yield { number: 6, transactions: [] };
    for (;;) {
      for (let block = blocks.shift(); block !== undefined; block = blocks.shift()) yield block;
      if (broken) {
        broken = false;
        throw new Error('the peer died');
      }
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  }
  return {
    open,
    opened: () => opened,
    add: (number: number, id: string, code: number) => {
      blocks.push({ number, transactions: [{ id, code }] });
      wake();
    },
    break: () => {
      broken = true;
      wake();
    },
  };
}

describe('the end of a transaction', () => {
  it('is learned from one stream for all of them', async () => {
    const stream = feed();
    const commits = new Commits(stream.open);
    const [one, two] = [await commits.watch('one'), await commits.watch('two')];
    stream.add(7, 'two', 11);
    stream.add(8, 'one', 0);
    expect(await one.outcome(1000)).toMatchObject({ block: 8, valid: true, codeName: 'VALID' });
    expect(await two.outcome(1000)).toMatchObject({ block: 7, valid: false, codeName: 'MVCC_READ_CONFLICT' });
    expect(stream.opened()).toBe(1);
  });

  it('has to be asked for when the stream breaks, and the next transaction opens it again', async () => {
    const stream = feed();
    const commits = new Commits(stream.open);
    const lost = await commits.watch('lost');
    stream.break();
    expect(await lost.outcome(1000)).toBeUndefined();
    const next = await commits.watch('next');
    stream.add(9, 'next', 0);
    expect(await next.outcome(1000)).toMatchObject({ block: 9 });
    expect(stream.opened()).toBe(2);
  });

  it('has to be asked for when the stream cannot be opened', async () => {
    const commits = new Commits(() => {
      throw new Error('no peer');
    });
    expect(await (await commits.watch('one')).outcome(1000)).toBeUndefined();
  });

  it('is unknown when no block brings it in time', async () => {
    const commits = new Commits(feed().open);
    const watched = await commits.watch('late');
    await expect(watched.outcome(5)).rejects.toMatchObject({ kind: 'unknownOutcome' });
  });
});
