import { HuilianError } from '@huilian/core';
import type { HeldRow } from '../compare-rows.js';

/** JSON of an object whose members nobody has checked. */
export type Document = Readonly<Record<string, unknown>>;

/** Event documents that bear the number of one batch, in the order of the ledger, and the document of that batch. */
export interface HeldBatch {
  readonly batch?: Document;
  readonly events: readonly Document[];
}

/** The whole of a read model, as somebody shows it. Each part begins no earlier than a block and shows all that is in it. */
export interface ReadModelSource {
  rows(block: number): AsyncIterable<HeldRow> | Iterable<HeldRow>;
  /** In the order of the ledger. */
  batches(block: number): AsyncIterable<HeldBatch> | Iterable<HeldBatch>;
  /** By child. */
  links(block: number): AsyncIterable<Document> | Iterable<Document>;
  /** By id. */
  findings(block: number): AsyncIterable<Document> | Iterable<Document>;
  /** By id. */
  clocks(block: number): AsyncIterable<Document> | Iterable<Document>;
  /** Number of a block than which nothing that was shown so far is newer, -1 before. */
  newest(): number;
}

/** Fetches a path of a gateway, such as `/v1/ledger`, and gives back the JSON body. */
export type FetchJson = (path: string) => Promise<unknown>;

/** Bounded by the length of an answer: a row of a batch may have thousands of bytes. */
const pageSize = 300;

/** The read model of a gateway. The token behind `fetchJson` must be one of Oversight. */
export function readModelOfGateway(fetchJson: FetchJson): ReadModelSource {
  let newest = -1;
  async function* pages(name: string, block: number): AsyncGenerator<unknown, void, void> {
    let query = `?limit=${String(pageSize)}&minBlock=${String(block)}`;
    for (let cursor: unknown = ''; ;) {
      const page = await fetchJson(`/v1/read-model/${name}${query}`);
      const records = isObject(page) ? page[name] : undefined;
      if (!isObject(page) || !Array.isArray(records) || !Number.isSafeInteger(page['block']))
        throw noPage(name);
      newest = Math.max(newest, page['block'] as number);
      yield* records as unknown[];
      if (page['next'] === undefined) return;
      // A cursor that stays would be followed for ever.
      if (typeof page['next'] !== 'string' || page['next'] <= String(cursor)) throw noPage(name);
      cursor = page['next'];
      query = `?limit=${String(pageSize)}&cursor=${encodeURIComponent(page['next'])}`;
    }
  }
  return {
    async *rows(block) {
      for await (const record of pages('rows', block)) yield rowOf(record);
    },
    async *batches(block) {
      for await (const record of pages('batches', block)) {
        if (!isBatch(record)) throw noPage('batches');
        yield record;
      }
    },
    async *links(block) {
      for await (const record of pages('links', block)) {
        if (!isObject(record)) throw noPage('links');
        yield record;
      }
    },
    async *findings(block) {
      for await (const record of pages('findings', block)) {
        if (!isObject(record)) throw noPage('findings');
        yield record;
      }
    },
    async *clocks(block) {
      for await (const record of pages('clocks', block)) {
        if (!isObject(record)) throw noPage('clocks');
        yield record;
      }
    },
    newest: () => newest,
  };
}

/** A row with the fields by which it is found among its members. */
function rowOf(record: unknown): HeldRow {
  const [key, row, foundBy] = Array.isArray(record) ? (record as unknown[]) : [];
  if (typeof key !== 'string' || !isObject(row)) throw noPage('rows');
  return { key, row: { ...row, foundBy } };
}

function isBatch(value: unknown): value is HeldBatch {
  if (!isObject(value)) return false;
  const { batch, events } = value;
  return (batch === undefined || isObject(batch)) && Array.isArray(events) && events.every(isObject);
}

function isObject(value: unknown): value is Document {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function noPage(name: string): HuilianError {
  return new HuilianError('HL-5015', { reason: `a page of ${name} without ${name}` });
}
