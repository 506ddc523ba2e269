import { sameCode } from '../model/codes.js';
import type { ItemRow } from '../model/rows.js';
import { tableAt, type TablesOnRecord } from '../model/tables-on-record.js';
import type { TimedThing } from './runs.js';

/** Name of the rule table whose members are the categories of hazardous waste. */
export const HAZARDOUS_TABLE = 'hazardousCategories';

/**
 * What an item is beside its kind, as far as time limits care; see `TimeLimit.traits`.
 *
 * @param time in seconds, at which the table of hazardous categories must be in force
 */
export function thingOf(
  { kind, category, supervision }: ItemRow,
  tables: TablesOnRecord,
  time: number,
): TimedThing {
  const traits: string[] = [];
  if (kind === 'battery') traits.push('traction');
  if (kind === 'part' && (category === 'engine' || category === 'frame')) traits.push('engineOrFrame');
  if (supervision !== undefined) traits.push('supervised');
  const hazardous = tableAt(tables, HAZARDOUS_TABLE, time);
  if (hazardous && sameCode(Object.keys(hazardous).sort(), category) !== undefined) traits.push('hazardous');
  return { kind, traits };
}
