import type { ItemRow } from '../model/rows.js';
import type { TimedThing } from './runs.js';

/** What an item is beside its kind, as far as time limits care; see `TimeLimit.traits`. */
export function thingOf(row: ItemRow): TimedThing {
  const { kind, category, supervision } = row;
  const traits: string[] = [];
  if (kind === 'battery') traits.push('traction');
  if (kind === 'part' && (category === 'engine' || category === 'frame')) traits.push('engineOrFrame');
  if (supervision !== undefined) traits.push('supervised');
  return { kind, traits };
}
