import { rowKey } from '../model/row-keys.js';
import type { RuleRow } from '../model/rows.js';
import type { Moment } from './actor.js';
import type { Draft } from './draft.js';
import { isInForce, type TableName } from './in-force.js';
import { require } from './refusal.js';

/**
 * A rule table that an event names. What it was signed under on a device without a network was in force when it was signed: a
 * version that is in force at the time of the signer, or at ledger time, is taken, and no older one. Who claims an old time to
 * name an old version leaves a back-filled scan.
 *
 * @throws Refusal HL-2070 when there is none, it is not approved or not yet in force, HL-2071 when another version is in force
 */
export function namedTable(
  draft: Draft,
  table: TableName,
  version: number,
  { time, event }: Pick<Moment, 'time' | 'event'>,
): RuleRow['table'] {
  const found = keptTable(draft, table, version, time);
  const signed = Math.min(event.time, time);
  require(isInForce(draft, table, version, time) || isInForce(draft, table, version, signed), 'HL-2071');
  return found;
}

/**
 * A rule table under which something was begun, and by which it is ended, whatever tables came since.
 *
 * @throws Refusal HL-2070
 */
export function keptTable(
  draft: Draft,
  { name, province }: TableName,
  version: number,
  time: number,
): RuleRow['table'] {
  const row = draft.get(rowKey.rule(name, province, version));
  require(row?.approvedBy !== undefined && row.from <= time, 'HL-2070');
  return row.table;
}
