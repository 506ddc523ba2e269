import { describe, expect, it } from 'vitest';
import { readModelOfGateway } from './source.js';

const first = '?limit=300&minBlock=7';

function gateway(pages: Readonly<Record<string, unknown>>) {
  return readModelOfGateway((path) => Promise.resolve(pages[path.replace('/v1/read-model/', '')]));
}

describe('The read model of a gateway', () => {
  it('is read page by page, from a block on, and says how new it is', async () => {
    const source = gateway({
      [`rows${first}`]: { rows: [['lane/a', { next: 1 }, { forked: false }]], block: 8, next: 'lane/a' },
      'rows?limit=300&cursor=lane%2Fa': { rows: [['tag/b', { item: 'x' }, { item: 'x' }]], block: 9 },
    });
    expect(source.newest()).toBe(-1);
    expect(await collect(source.rows(7))).toEqual([
      { key: 'lane/a', row: { next: 1, foundBy: { forked: false } } },
      { key: 'tag/b', row: { item: 'x', foundBy: { item: 'x' } } },
    ]);
    expect(source.newest()).toBe(9);
  });

  it.each([
    ['something else', { title: 'not found' }],
    ['a page without a block', { rows: [] }],
    ['a row that is none', { rows: [['lane/a', 1, {}]], block: 8 }],
    ['a page that leads to itself', { rows: [], block: 8, next: '' }],
  ])('is asked for in vain where the answer is %s', async (_what, page) => {
    const source = gateway({ [`rows${first}`]: page });
    await expect(collect(source.rows(7))).rejects.toMatchObject({ code: 'HL-5015' });
  });

  it('shows batches with events, and nothing else as a batch', async () => {
    const batches = [{ batch: { id: 'k/1' }, events: [{ id: '1' }] }, { events: [] }];
    const source = gateway({ [`batches${first}`]: { batches, block: 8 } });
    expect(await collect(source.batches(7))).toEqual(batches);
    const wrong = gateway({ [`batches${first}`]: { batches: [{ events: [1] }], block: 8 } });
    await expect(collect(wrong.batches(7))).rejects.toMatchObject({ code: 'HL-5015' });
  });
});

it('Clocks are shown as objects, and nothing else as a clock', async () => {
  const clocks = [{ id: 'hl1a/handover/x' }];
  expect(await collect(gateway({ [`clocks${first}`]: { clocks, block: 8 } }).clocks(7))).toEqual(clocks);
  const wrong = gateway({ [`clocks${first}`]: { clocks: [7], block: 8 } });
  await expect(collect(wrong.clocks(7))).rejects.toMatchObject({ code: 'HL-5015' });
});

async function collect<T>(source: AsyncIterable<T> | Iterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const one of source) all.push(one);
  return all;
}
