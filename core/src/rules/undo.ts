import { hash } from 'node:crypto';
import type { Json } from '../bytes/canonical.js';
import { mentionsOf } from '../model/concerns.js';
import {
  CHECK_CHARACTERS,
  undosWith,
  undoText,
  type CorrectionFacts,
  type FormerMembers,
  type Undo,
} from '../model/facts/correction.js';
import type { ItemRow } from '../model/rows.js';
import { itemMembers, type ItemMember, type StoredItem } from '../model/item-members.js';
import { readMembers, storeMembers } from '../model/stored-item.js';
import type { Moment } from './actor.js';
import { correctionOf, mayReplace, UNDO_LENGTH } from './corrections.js';

/** What an event changes of an item; a member that it takes away is undefined. */
export type ItemChange = Partial<Pick<ItemRow, ItemMember>>;
type Members = Record<string, Json | undefined>;

/**
 * A short check of an event's id: the first 6 bytes of its SHA-256, base64url. It tells events of one item apart; a rule that
 * relies on it also reads the batch that the id names, so that ids cannot be tried.
 */
export function eventCheck(id: string): string {
  return hash('sha256', id, 'base64url').slice(0, CHECK_CHARACTERS);
}

/**
 * What an item keeps of corrections once an event has made it what it is.
 *
 * @param former the item before the event
 * @param members all that the event may have changed of the item, in the order of their names
 */
export function factsAfter(
  former: ItemRow,
  row: ItemRow,
  members: readonly ItemMember[],
  moment: Moment,
): CorrectionFacts | undefined {
  const { open, questioned, corrected } = former.correction ?? {};
  return factsOf({
    undo: undoAfter(former, row, members, moment),
    open,
    questioned: withoutReplaced(questioned, moment.event),
    corrected,
  });
}

/** Nearly every item has undos alone. */
function factsOf({ undo, open, questioned, corrected }: CorrectionFacts): CorrectionFacts | undefined {
  if (open ?? questioned ?? corrected) return { undo, open, questioned, corrected };
  return undo === undefined ? undefined : { undo };
}

/** What is left open once a step of the right type stands in the place of a wrong one. */
function withoutReplaced(
  questioned: readonly string[] | undefined,
  { replaces, type }: Moment['event'],
): readonly string[] | undefined {
  if (questioned === undefined || replaces === undefined) return questioned;
  const left = questioned.filter((each) => {
    const [check, wrong = ''] = each.split(':');
    return check !== eventCheck(replaces) || !mayReplace(wrong, type);
  });
  return left.length > 0 ? left : undefined;
}

/** Whether something is still open of an item when this event has been recorded on it. */
export function staysQuestioned({ correction }: ItemRow, event: Moment['event']): boolean {
  return withoutReplaced(correction?.questioned, event) !== undefined;
}

/** Whether an event is among those that were declared wrong and not replaced yet. @param check of its id */
export function isQuestioned(facts: CorrectionFacts | undefined, check: string): boolean {
  return facts?.questioned?.some((each) => each.split(':')[0] === check) === true;
}

/** Whether an event stands in the place of one that was declared wrong. */
export function settlesQuestion({ correction }: ItemRow, event: Moment['event']): boolean {
  const questioned = correction?.questioned ?? [];
  return (withoutReplaced(questioned, event)?.length ?? 0) < questioned.length;
}

/** How an event that was declared wrong, and of which what it did stands, is remembered: its check and its type. */
export function questionOf(check: string, type: string): string {
  return `${check}:${type}`;
}

/**
 * What became of an event that was declared wrong. What stands does so also once another event has replaced it, perhaps in the same
 * transaction.
 *
 * @param check of its id
 * @returns undefined when nobody has declared it wrong, or another hand has to sign yet
 */
export function becameOf(
  facts: CorrectionFacts | undefined,
  check: string,
): 'takenBack' | 'questioned' | undefined {
  const name = facts?.corrected?.find((each) => each.split(':')[0] === check);
  if (name === undefined) return undefined;
  return name === check ? 'takenBack' : 'questioned';
}

/** Whether a step of a type was declared wrong and nothing stands in its place yet. @param check of the event's id; any where none is given */
export function isQuestionedAs(facts: CorrectionFacts | undefined, type: string, check?: string): boolean {
  return (
    facts?.questioned?.some((each) => {
      const [of, as] = each.split(':');
      return as === type && (check === undefined || of === check);
    }) === true
  );
}

function undoAfter(
  former: ItemRow,
  row: ItemRow,
  members: readonly ItemMember[],
  moment: Moment,
): string | undefined {
  const undo = former.correction?.undo;
  const was = formerMembers(former, row, members);
  const table = correctionOf(moment.event.type);
  // What goes into a container, or comes out of it, has rows of its own that change: nothing beneath that is put back.
  if (table === undefined) return was === nothing && row.kind !== 'container' ? undo : undefined;
  // An acceptance that waits for its handover stands in nobody's way, and is taken back by refusing.
  if (isOnlyWaiting(was)) return undo;
  const event = eventCheck(moment.id);
  // An event that changes one item twice is not taken back.
  if (undo?.startsWith(event)) return undefined;
  const outputs = table.outputs === true ? mentionsOf(moment.event).length : undefined;
  return undosWith(undoText({ event, was, outputs }), undo, UNDO_LENGTH);
}

/** What an item that an event brings into the ledger keeps of it. */
export function factsOfNew(moment: Moment): CorrectionFacts | undefined {
  return correctionOf(moment.event.type) === undefined
    ? undefined
    : { undo: undoText({ event: eventCheck(moment.id) }) };
}

const nothing: FormerMembers = {};

function isOnlyWaiting(was: FormerMembers): boolean {
  if (was === nothing) return false;
  const names = Object.keys(was);
  return names.length === 1 && (was[''] === 'a' || names[0] === 'a');
}

/**
 * Those of some members in which two rows of an item differ, as the first has them. Only they are stored for the comparison.
 */
function formerMembers(former: ItemRow, row: ItemRow, members: readonly ItemMember[]): FormerMembers {
  let absent = '';
  let was: Record<string, Json> | undefined;
  const compare = (member: ItemMember): void => {
    const { name, store } = itemMembers[member];
    const value = store(former) as Json | undefined;
    const now = store(row) as Json | undefined;
    if (value === now || isSame(value, now)) return;
    if (value === undefined) absent += name;
    else (was ??= {})[name] = name === 'w' ? withoutReceiver(value, row.custodian) : value;
  };
  for (const member of members) if (former[member] !== row[member]) compare(member);
  // An owner is stored where it is not the custodian.
  if (former.custodian !== row.custodian && former.owner === row.owner) compare('owner');
  if (absent === '') return was ?? nothing;
  return { '': absent, ...was };
}

function isSame(one: Json | undefined, other: Json | undefined): boolean {
  const areObjects = typeof one === 'object' && typeof other === 'object';
  return areObjects && JSON.stringify(one) === JSON.stringify(other);
}

/** To whom a handover went need not be kept when he holds the item now: that is what an acceptance does. */
function withoutReceiver(handover: Json, custodian: Json | undefined): Json {
  if (typeof handover === 'string') return handover === custodian ? {} : handover;
  const { t, ...rest } = handover as Record<string, Json>;
  return t === custodian ? rest : handover;
}

/** The item with what an event changed as it was before. Count, head and facts of corrections stay as they are. */
export function putBack(row: ItemRow, was: FormerMembers): ItemRow {
  const { '': absent, ...former } = was;
  const now = storeMembers(row) as unknown as Members;
  const members: Members = { ...now, ...former };
  const handover = former['w'];
  if (typeof handover === 'object' && !Object.hasOwn(handover as object, 't'))
    members['w'] = { ...(handover as Record<string, Json>), t: now['u'] ?? '' };
  for (const name of typeof absent === 'string' ? absent : '') members[name] = undefined;
  return { ...row, ...readMembers(members as unknown as StoredItem) };
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
  return { ...row, correction: factsOf(facts) };
}
