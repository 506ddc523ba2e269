import { isFindingTable, isTimeTable, withTable, type RuleRow, type TablesOnRecord } from '@huilian/core';
import { tablesView } from '../views/clocks.js';
import type { ViewDraft } from './draft.js';

/** The one document of the view. */
export const CURRENT = 'current';
const none: TablesOnRecord = {};

/** The tables that clocks and findings are read from, as the transactions before left them. */
export function tablesIn(draft: ViewDraft): TablesOnRecord {
  return draft.get(tablesView, CURRENT)?.tables ?? none;
}

/** Puts a table that was approved, if clocks or findings are read from it. @param id `name/province/version` */
export function foldTable(draft: ViewDraft, id: string, row: RuleRow): void {
  const name = id.split('/', 1)[0] ?? id;
  if (!isTimeTable(name) && !isFindingTable(name)) return;
  const before = tablesIn(draft);
  const tables = withTable(before, id, row);
  if (tables !== before) draft.put(tablesView, { id: CURRENT, tables });
}
