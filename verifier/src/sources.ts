import { HuilianError } from '@huilian/core';
import type { LedgerConnection } from '@huilian/fabric';
import type { StateRow } from './compare-state.js';

const pageSize = 500;

/** The blocks of a peer from the genesis block up to its height now, as bytes. */
export async function* blocksOfPeer(
  connection: Pick<LedgerConnection, 'blocks' | 'height'>,
  from = 0,
): AsyncGenerator<Uint8Array, void, void> {
  const height = await connection.height();
  for await (const { bytes } of connection.blocks(from, { to: height - 1 })) yield bytes;
}

/** All rows of the world state of a peer, page by page. */
export async function* stateOfPeer(
  connection: Pick<LedgerConnection, 'evaluate'>,
): AsyncGenerator<StateRow, void, void> {
  let start = '';
  do {
    const page = readPage(await connection.evaluate('State:page', [start, String(pageSize)]));
    for (const [key, row] of page.rows) yield { key, row };
    start = page.bookmark;
  } while (start !== '');
}

interface Page {
  readonly rows: readonly (readonly [string, unknown])[];
  readonly bookmark: string;
}

function readPage(bytes: Uint8Array): Page {
  const page = JSON.parse(Buffer.from(bytes).toString('utf8')) as Partial<Page>;
  if (!Array.isArray(page.rows) || typeof page.bookmark !== 'string') {
    throw new HuilianError('HL-5015', { reason: 'a page of the state without rows' });
  }
  return { rows: page.rows, bookmark: page.bookmark };
}
