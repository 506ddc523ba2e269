import { hash } from 'node:crypto';
import type { Json } from '../bytes/canonical.js';
import { mentionsOf } from '../model/concerns.js';
import type { CorrectionFacts, FormerMembers, Undo } from '../model/facts/correction.js';
import type { ItemRow } from '../model/rows.js';
import { itemForm, type StoredItem } from '../model/stored-item.js';
import type { Moment } from './actor.js';
import { correctionOf, UNDO_BYTES } from './corrections.js';

type Members = Record<string, Json | undefined>;

/** Members that go on growing whatever is taken back. */
const GROWING: ReadonlySet<string> = new Set(['I', 'h', 'n']);
const blank: ItemRow = {
  kind: 'part',
  category: '',
  state: 'registered',
  custodian: '',
  owner: '',
  count: 0,
  head: '',
};
/** Names of the members of a stored item that a step may change, in their order. */
const MEMBERS: readonly string[] = Object.keys(itemForm.store(blank))
  .filter((name) => !GROWING.has(name))
  .sort();
const CHECK_CHARACTERS = 8;

/**
 * A short check of an event's id: the first 6 bytes of its SHA-256, base64url. It tells events of one item apart; a rule that
 * relies on it also reads the batch that the id names, so that ids cannot be tried.
 */
export function eventCheck(id: string): string {
  return hash('sha256', id, 'base64url').slice(0, CHECK_CHARACTERS);
}

/** What an item keeps of corrections once an event has made it what it is. @param former before the event */
export function factsAfter(former: ItemRow, row: ItemRow, moment: Moment): CorrectionFacts | undefined {
  const facts = former.correction;
  const questioned = withoutReplaced(facts?.questioned, moment.event.replaces);
  const undo = undoAfter(former, row, moment);
  if (facts === undefined) return undo === undefined ? undefined : { undo };
  const after = { ...facts, questioned, undo };
  return Object.values(after).some((value) => value !== undefined) ? after : undefined;
}

function withoutReplaced(
  questioned: readonly string[] | undefined,
  replaces: string | undefined,
): readonly string[] | undefined {
  if (questioned === undefined || replaces === undefined) return questioned;
  const left = questioned.filter((check) => check !== eventCheck(replaces));
  return left.length > 0 ? left : undefined;
}

function undoAfter(former: ItemRow, row: ItemRow, moment: Moment): readonly Undo[] | undefined {
  // What lies in a container moved with it: its steps cannot be put back alone.
  if (row.kind === 'container') return undefined;
  const undo = former.correction?.undo;
  const was = formerMembers(former, row);
  const table = correctionOf(moment.event.type);
  if (table === undefined) return was === undefined ? undo : undefined;
  // An acceptance that waits for its handover stands in nobody's way, and is taken back by refusing.
  if (isOnlyWaiting(was)) return undo;
  const event = eventCheck(moment.id);
  // An event that changes one item twice is not taken back.
  if (undo?.[0]?.event === event) return undefined;
  const outputs = table.outputs === true ? { outputs: mentionsOf(moment.event).length } : {};
  return fitting([{ event, was: was ?? {}, ...outputs }, ...(undo ?? [])]);
}

/** What an item that an event brings into the ledger keeps of it. */
export function factsOfNew(moment: Moment): CorrectionFacts | undefined {
  return correctionOf(moment.event.type) === undefined
    ? undefined
    : { undo: [{ event: eventCheck(moment.id) }] };
}

/** The last one, and those beneath as far as there is room. */
function fitting(undo: readonly Undo[]): readonly Undo[] {
  const [last] = undo;
  if (undo.length === 1 || last === undefined) return undo;
  let bytes = 0;
  const kept = undo.findIndex((each) => {
    bytes += bytesOf(each);
    return each !== last && bytes > UNDO_BYTES;
  });
  return kept < 0 ? undo : undo.slice(0, kept);
}

/** About as many bytes as it takes in a stored row. */
function bytesOf({ event, was = {} }: Undo): number {
  let bytes = event.length + 5;
  for (const name of Object.keys(was).sort()) {
    const value = was[name];
    bytes += name.length + 4 + (typeof value === 'string' ? value.length + 2 : JSON.stringify(value).length);
  }
  return bytes;
}

function isOnlyWaiting(was: FormerMembers | undefined): boolean {
  if (was === undefined) return false;
  const names = Object.keys(was);
  return names.length === 1 && (was[''] === 'a' || names[0] === 'a');
}

/** The members in which two rows of an item differ, as the first has them; undefined when there are none. */
function formerMembers(former: ItemRow, row: ItemRow): FormerMembers | undefined {
  const from = membersOf(former);
  const to = membersOf(row);
  let absent = '';
  let was: Record<string, Json> | undefined;
  for (const name of MEMBERS) {
    const value = from[name];
    if (value === to[name] || isSame(value, to[name])) continue;
    if (value === undefined) absent += name;
    else (was ??= {})[name] = name === 'w' ? withoutReceiver(value, to['u']) : value;
  }
  return absent === '' ? was : { '': absent, ...was };
}

function membersOf(row: ItemRow): Members {
  return itemForm.store(row) as unknown as Members;
}

function isSame(one: Json | undefined, other: Json | undefined): boolean {
  return typeof one === 'object' && JSON.stringify(one) === JSON.stringify(other);
}

/** To whom a handover went need not be kept when he holds the item now: that is what an acceptance does. */
function withoutReceiver(handover: Json, custodian: Json | undefined): Json {
  const { t, ...rest } = handover as Record<string, Json>;
  return t === custodian ? rest : handover;
}

/** The item with what an event changed as it was before. Count, head and facts of corrections stay as they are. */
export function putBack(row: ItemRow, was: FormerMembers): ItemRow {
  const { '': absent, ...former } = was;
  const now = membersOf(row);
  const members: Members = { ...now, ...former };
  const handover = former['w'];
  if (handover !== undefined && !Object.hasOwn(handover as object, 't'))
    members['w'] = { ...(handover as Record<string, Json>), t: now['u'] ?? '' };
  for (const name of typeof absent === 'string' ? absent : '') members[name] = undefined;
  return itemForm.read(members as unknown as StoredItem);
}

/** The party that held the item before, when an event moved it from one hand to another and did nothing else with it. */
export function giverOf({ was }: Undo): string | undefined {
  const custodian = was?.['u'];
  return typeof custodian === 'string' && was?.['s'] === undefined ? custodian : undefined;
}

/**
 * A row of which another item's event has changed more than a dispute: what its last events did cannot be put back without that.
 * Who writes an item's row otherwise than by its own step writes it so.
 */
export function withoutUndo(row: ItemRow): ItemRow {
  if (row.correction?.undo === undefined) return row;
  const { undo: _stale, ...facts } = row.correction;
  return {
    ...row,
    correction: Object.values(facts).some((value) => value !== undefined) ? facts : undefined,
  };
}
