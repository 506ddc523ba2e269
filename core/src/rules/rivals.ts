import { claimantsOf } from '../model/claimants.js';
import { rowKey } from '../model/row-keys.js';
import type { HoldReason } from '../model/terms.js';
import type { ItemRow } from '../model/rows.js';
import type { Tag } from '../tags/tag.js';
import type { Moment } from './actor.js';
import type { Draft } from './draft.js';
import { isGone } from './lifecycle/index.js';
import { withoutUndo, type ItemChange } from './undo.js';

/** Why a vehicle is held: for itself, or with another one that claims a tag of its. */
type Hold = Pick<ItemRow, 'hold' | 'heldWith'>;

const FREE = { hold: undefined, heldWith: undefined } as const satisfies Hold;

/**
 * The other vehicles that claim one of these tags. Until Oversight has decided which of them is the real one, they stand still with each
 * of them that is held for itself. What came into dispute in this very transaction may not have been read, and is left out.
 */
function rivalsOf(
  draft: Draft,
  id: string | undefined,
  tags: readonly Tag[] = [],
): ReadonlyMap<string, ItemRow> {
  const rivals = new Map<string, ItemRow>();
  for (const tag of tags) {
    for (const each of claimantsOf(draft.peek(rowKey.tag(tag)))) {
      const row = each === id ? undefined : draft.peek(rowKey.item(each));
      if (row?.kind === 'vehicle' && !isGone(row)) rivals.set(each, row);
    }
  }
  return rivals;
}

/** Whether a thing is held for itself, and not with another one. */
export function isHeldItself({ hold, heldWith }: ItemRow): boolean {
  return hold !== undefined && heldWith === undefined;
}

/** The hold of the first vehicle, but for one, that is held for itself and claims one of these tags. */
function holdAmong(
  draft: Draft,
  but: string | undefined,
  tags: readonly Tag[] | undefined,
): Hold | undefined {
  for (const [each, row] of rivalsOf(draft, but, tags))
    if (isHeldItself(row)) return { hold: row.hold, heldWith: each };
  return undefined;
}

/** Why a vehicle with these tags is held under another registration. */
export function heldWithRivals(draft: Draft, tags: readonly Tag[]): Hold {
  return holdAmong(draft, undefined, tags) ?? {};
}

/** Holds the other vehicles that claim a tag of one. Those that are held already keep the reason that was given for them. */
export function holdRivals(draft: Draft, id: string, item: ItemRow, hold: HoldReason): void {
  if (item.kind !== 'vehicle') return;
  for (const [each, row] of rivalsOf(draft, id, item.tags))
    if (row.hold === undefined) put(draft, each, row, { hold, heldWith: id });
}

/** Most vehicles of which one release asks what else holds them, so that it reads few rows; a further release goes on. */
const MAX_ASKED = 8;

/** Ids of those that are held with a vehicle, as many of them as one release asks about. */
export function heldAlong(draft: Draft, id: string): readonly string[] {
  const rivals = rivalsOf(draft, id, draft.peek(rowKey.item(id))?.tags);
  return [...rivals].flatMap(([each, row]) => (row.heldWith === id ? [each] : [])).slice(0, MAX_ASKED);
}

/**
 * Ends the hold that a vehicle bears: its own, or that of the one that it is held with. What stood still with it is free, unless yet
 * another one that is held for itself claims a tag of it: then it stays held with that one, and for that one's reason.
 *
 * @returns what changes of the vehicle itself
 */
export function endHold(draft: Draft, id: string, item: ItemRow, moment: Moment): ItemChange {
  if (item.kind !== 'vehicle') return { hold: undefined };
  const root = item.heldWith ?? id;
  for (const each of [root, ...heldAlong(draft, root)]) {
    const row = each === id ? undefined : draft.peek(rowKey.item(each));
    // The one that it is named after may have been released before, or be held with another one now.
    if (row && (each !== root || isHeldItself(row))) put(draft, each, row, holdWithout(draft, root, row));
  }
  const left = holdWithout(draft, root, item);
  if (left.hold !== undefined) moment.notice('HL-2274');
  return left;
}

/** What holds a vehicle once another one, or it itself, is held no more. */
function holdWithout(draft: Draft, freed: string, { tags, hold, heldWith }: ItemRow): Hold {
  const isRead = (tags ?? []).every((tag) => {
    const key = rowKey.tag(tag);
    return draft.has(key) && claimantsOf(draft.peek(key)).every((each) => draft.has(rowKey.item(each)));
  });
  if (!isRead) return { hold, heldWith };
  return holdAmong(draft, freed, tags) ?? FREE;
}

/**
 * What becomes of a vehicle's hold when Oversight has said whose a tag is: who stood still only with one with which it shares no tag any
 * more is free. Who has got the tag stays held, for itself now: whether it is the car that they look for the police say.
 *
 * @param hasWon whether the tag is this vehicle's
 */
export function afterAward(draft: Draft, id: string, row: ItemRow, hasWon: boolean): ItemRow {
  const root = row.heldWith;
  if (root === undefined || row.hold === undefined || rivalsOf(draft, id, row.tags).has(root)) return row;
  if (!hasWon) return withoutUndo({ ...row, ...holdWithout(draft, root, row) });
  holdRivals(draft, id, row, row.hold);
  return withoutUndo({ ...row, heldWith: undefined });
}

function put(draft: Draft, id: string, row: ItemRow, hold: Hold): void {
  draft.put(rowKey.item(id), withoutUndo({ ...row, ...hold }));
}
