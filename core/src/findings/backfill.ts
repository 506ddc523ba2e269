import { itemOf } from '../model/concerns.js';
import type { TablesOnRecord } from '../model/tables-on-record.js';
import type { Found, SeenEvent } from './finding.js';
import { limitAt } from './tables.js';

/** So many items of a back-filled batch are named. */
const MOST_ITEMS = 40;

/**
 * Events of one batch that were recorded long after they happened. They are one finding, of the first of them: who fills in a
 * month fills in thousands.
 */
export function ofBackfill(
  batch: readonly SeenEvent[],
  tables: TablesOnRecord,
): { readonly first: SeenEvent; readonly found: Found } | undefined {
  const [any] = batch;
  const most = any && limitAt(tables, 'backfillSeconds', any.time);
  if (most === undefined) return undefined;
  const late = batch.filter(({ event, time }) => itemOf(event) !== undefined && time - event.time > most);
  const [first] = late;
  if (first === undefined) return undefined;
  const seconds = late.reduce((greatest, { event, time }) => Math.max(greatest, time - event.time), 0);
  const items = [...new Set(late.flatMap(({ event }) => itemOf(event) ?? []))].slice(0, MOST_ITEMS);
  return { first, found: { kind: 'backfilled', items, evidence: { events: late.length, seconds } } };
}
