import { HuilianError } from '@huilian/core';
import type { LedgerConnection } from '@huilian/fabric';
import type { HeldRow } from './compare-rows.js';

const statePageSize = 500;
const itemPageSize = 200;

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

/** Fetches a path of a gateway, such as `/v1/items?limit=200`, and gives back the JSON body. */
export type FetchJson = (path: string) => Promise<unknown>;

/**
 * The items of a gateway's read model, as rows of the world state. The token behind `fetchJson` must be one that sees all, an
 * auditor's.
 */
export async function* itemsOfGateway(fetchJson: FetchJson): AsyncGenerator<HeldRow, void, void> {
  let cursor: string | undefined;
  do {
    const after = cursor === undefined ? '' : `&cursor=${encodeURIComponent(cursor)}`;
    const page = await fetchJson(`/v1/items?limit=${String(itemPageSize)}${after}`);
    if (!isItemPage(page)) throw new HuilianError('HL-5015', { reason: 'a page of items without items' });
    for (const shown of page.items) yield { key: `item/${shown.item}`, row: rowOf(shown) };
    cursor = page.next;
  } while (cursor !== undefined);
}

/** The gateway shows a row with the item's id and its parties beside it. */
function rowOf(shown: ItemPage['items'][number]): unknown {
  const members = Object.entries(shown).filter(([name]) => name !== 'item' && name !== 'parties');
  return Object.fromEntries(members);
}

interface Page {
  readonly rows: readonly (readonly [string, unknown])[];
  readonly bookmark: string;
}

interface ItemPage {
  readonly items: readonly { readonly item: string }[];
  readonly next?: string;
}

function isPage(value: unknown): value is Page {
  return isObject(value) && Array.isArray(value['rows']) && typeof value['bookmark'] === 'string';
}

function isItemPage(value: unknown): value is ItemPage {
  return isObject(value) && Array.isArray(value['items']);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
