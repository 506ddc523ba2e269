import { describe, expect, it } from 'vitest';
import type { HeldRow } from './compare-rows.js';
import { stateOfPeer } from './sources.js';

describe('The rows to compare', () => {
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
});

async function collect(rows: AsyncIterable<HeldRow>): Promise<HeldRow[]> {
  const all: HeldRow[] = [];
  for await (const row of rows) all.push(row);
  return all;
}
