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
export function thingOf(item: ItemRow, tables: TablesOnRecord, time: number): TimedThing {
  const { kind, category, supervision } = item;
  const traits: string[] = [];
  if (kind === 'battery') traits.push('traction');
  if (kind === 'part' && (category === 'engine' || category === 'frame')) traits.push('engineOrFrame');
  if (supervision !== undefined) traits.push('supervised');
  if (isHazardous(item, tables, time)) traits.push('hazardous');
  return { kind, traits };
}

/** A new part is no waste, whatever it is made of; a lot that was shipped under a waste code keeps it. */
function isHazardous({ category, class: of, lot }: ItemRow, tables: TablesOnRecord, time: number): boolean {
  if (of === 'newPart') return false;
  if (lot?.wasteCode !== undefined) return true;
  const table = tableAt(tables, HAZARDOUS_TABLE, time);
  return table !== undefined && sameCode(Object.keys(table).sort(), category) !== undefined;
}
