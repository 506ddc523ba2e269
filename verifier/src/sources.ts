import { HuilianError } from '@huilian/core';
import type { LedgerConnection } from '@huilian/fabric';
import type { HeldRow } from './compare-rows.js';

const statePageSize = 500;

/** The blocks of a peer from a number up to its height now, as bytes. */
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
): AsyncGenerator<HeldRow, void, void> {
  let start = '';
  do {
    const bytes = await connection.evaluate('State:page', [start, String(statePageSize)]);
    const page: unknown = JSON.parse(Buffer.from(bytes).toString('utf8'));
    if (!isPage(page)) throw new HuilianError('HL-5015', { reason: 'a page of the state without rows' });
    for (const [key, row] of page.rows) yield { key, row };
    start = page.bookmark;
  } while (start !== '');
}

interface Page {
  readonly rows: readonly (readonly [string, unknown])[];
  readonly bookmark: string;
}

function isPage(value: unknown): value is Page {
  return isObject(value) && Array.isArray(value['rows']) && typeof value['bookmark'] === 'string';
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
