import { rowKey } from '../model/row-keys.js';
import type { ItemRow } from '../model/rows.js';
import type { Draft } from './draft.js';
import { require } from './refusal.js';

/** Most origins that are looked at for one item, the nearest first. */
const MAX_ORIGINS = 16;

const none: readonly string[] = [];

type Derived = Pick<ItemRow, 'kind' | 'removedFrom' | 'parent' | 'core'>;

/** What a part or a battery came out of last, by dismantling or by removal. */
export function originOf({ kind, removedFrom, parent }: Derived): string | undefined {
  return kind === 'part' || kind === 'battery' ? (removedFrom ?? parent) : undefined;
}

/** What a part or a battery came out of and was made of, the last first: by removal, by dismantling, and its core. */
export function nearestOrigins({ kind, removedFrom, parent, core }: Derived): readonly string[] {
  if (kind !== 'part' && kind !== 'battery') return none;
  const all = [removedFrom, parent, core].filter((each) => each !== undefined);
  return all.length > 1 ? [...new Set(all)] : all;
}

/**
 * All that a part or a battery came out of and was made of, and what that came out of in turn.
 *
 * @param read the row of an item, or undefined where it is not known
 */
export function originsOf(item: Derived, read: (id: string) => Derived | undefined): readonly string[] {
  const nearest = nearestOrigins(item);
  if (nearest.length === 0) return none;
  const found = new Set(nearest);
  for (const origin of found) {
    const row = read(origin);
    for (const behind of row === undefined ? none : nearestOrigins(row))
      if (found.size < MAX_ORIGINS) found.add(behind);
  }
  return [...found];
}

/**
 * A part stands still as long as something that it came out of does, and so does what was made of it.
 *
 * @throws Refusal HL-2115
 */
export function requireFreeOrigin(draft: Draft, item: ItemRow): void {
  const read = (id: string): ItemRow | undefined => draft.get(rowKey.item(id));
  for (const origin of originsOf(item, read)) require(read(origin)?.hold === undefined, 'HL-2115');
}
