import { rowKey } from '../model/row-keys.js';
import type { RuleRow } from '../model/rows.js';
import type { Draft } from './draft.js';
import { require } from './refusal.js';

/**
 * A rule table that a decision names.
 *
 * @throws Refusal HL-2070 when there is none, it is not approved or not yet in force
 */
export function ruleTable(
  draft: Draft,
  name: string,
  province: string,
  version: number,
  time: number,
): RuleRow['table'] {
  const row = draft.get(rowKey.rule(name, province, version));
  require(row?.approvedBy !== undefined && row.from <= time, 'HL-2070');
  return row.table;
}
