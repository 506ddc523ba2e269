import { describe, expect, it } from 'vitest';
import type { HeldRow } from './compare-rows.js';
import { itemsOfGateway, stateOfPeer } from './sources.js';

describe('The rows to compare', () => {
  it('are the items of a gateway on all its pages, without what the gateway adds', async () => {
    const pages: Record<string, unknown> = {
      '/v1/items?limit=200': { items: [{ item: 'hl1a', count: 1, parties: ['x'] }], next: 'n/1' },
      '/v1/items?limit=200&cursor=n%2F1': { items: [{ item: 'hl1b', count: 2, parties: [] }] },
    };
    const rows = await collect(itemsOfGateway((path) => Promise.resolve(pages[path])));
    expect(rows).toEqual([
      { key: 'item/hl1a', row: { count: 1 } },
      { key: 'item/hl1b', row: { count: 2 } },
    ]);
  });

  it('are the rows of a peer page by page', async () => {
    const pages: Record<string, unknown> = {
      '': { rows: [['a', { count: 1 }]], bookmark: 'b' },
      b: { rows: [['b', { count: 2 }]], bookmark: '' },
    };
    const evaluate = (_: string, args: readonly (string | Uint8Array)[]): Promise<Uint8Array> =>
      Promise.resolve(Buffer.from(JSON.stringify(pages[String(args[0])])));
    expect(await collect(stateOfPeer({ evaluate }))).toEqual([
      { key: 'a', row: { count: 1 } },
      { key: 'b', row: { count: 2 } },
    ]);
  });

  it('are asked for in vain where something else answers', async () => {
    const wrong = itemsOfGateway(() => Promise.resolve({ title: 'not found' }));
    await expect(collect(wrong)).rejects.toMatchObject({ code: 'HL-5015' });
  });
});

async function collect(rows: AsyncIterable<HeldRow>): Promise<HeldRow[]> {
  const all: HeldRow[] = [];
  for await (const row of rows) all.push(row);
  return all;
}
