import { hash } from 'node:crypto';
import { itemIdOf } from '../ids/item-id.js';
import { rowKey } from '../model/row-keys.js';
import type { ItemMember } from '../model/item-members.js';
import type { ItemRow, TagRow } from '../model/rows.js';
import type { ItemEvent, ItemEventType } from '../model/events.js';
import type { ItemState } from '../model/terms.js';
import type { Tag } from '../tags/tag.js';
import { activeParticipant, checkRole, requireLiving, wasteNames, type Moment } from './actor.js';
import type { Draft } from './draft.js';
import { checkConditions } from './conditions.js';
import { isGone, stepOf, whoTakes, type Step } from './lifecycle/index.js';
import { originsOf } from './origins.js';
import { require } from './refusal.js';
import { factsAfter, factsOfNew, staysQuestioned, type ItemChange } from './undo.js';

const LEAF_BYTES = 32;
/** Length of a head: 24 bytes, which every row of an item bears. To find two histories with one head takes 2^96 hashes. */
const HEAD_CHARACTERS = 32;
/** The input of a link's hash, filled anew for each event. */
const link = Buffer.alloc(2 * LEAF_BYTES);

/**
 * Links an event to those before it on the same item: the first 24 bytes of SHA-256(head ‖ leaf), base64url; the first head is
 * empty.
 */
export function linkHead(head: string, leaf: Uint8Array): string {
  const length = link.write(head, 0, 'base64url');
  link.set(leaf, length);
  return hash('sha256', link.subarray(0, length + LEAF_BYTES), 'base64url').slice(0, HEAD_CHARACTERS);
}

/**
 * Levels of things around an item, each fitted or packed into the next, that are kept and climbed; deeper ones must come out from the
 * outside.
 */
export const MAX_NESTING = 16;

/** Most items that may claim one tag before Oversight decides, so that strangers cannot make its row grow. */
export const MAX_CONTENDERS = 8;

/** What an item is in: the thing it is fitted into, or the container it is packed into. */
export function outerOf({ fittedInto, logistics }: ItemRow): string | undefined {
  return fittedInto ?? logistics?.container;
}

/**
 * The things an item is fitted or packed into, from the nearest to the outermost.
 *
 * @throws Refusal HL-2063 nested too deeply
 */
export function hostsOf(draft: Draft, item: ItemRow): ItemRow[] {
  const hosts: ItemRow[] = [];
  for (let outer = outerOf(item); outer !== undefined;) {
    require(hosts.length < MAX_NESTING, 'HL-2063');
    const host = draft.get(rowKey.item(outer));
    if (!host) throw new Error('what an item is in exists');
    hosts.push(host);
    outer = outerOf(host);
  }
  return hosts;
}

/**
 * The outermost thing that an item is in, or the item itself. Its custodian is that of all within.
 *
 * @throws Refusal HL-2063
 */
export function outermost(draft: Draft, item: ItemRow): ItemRow {
  return outerOf(item) === undefined ? item : (hostsOf(draft, item).at(-1) ?? item);
}

/** The item and the row of the table for a step, after the checks that the table asks for. */
export interface Allowed {
  readonly item: ItemRow;
  readonly step: Step;
  readonly creditCode: string;
}

/**
 * Checks a step on an item against the life cycle table: state, class, holder, role, licence, what must be given, and the
 * conditions that the item itself answers.
 *
 * @throws Refusal HL-2001, HL-2004, HL-2010 to HL-2012, HL-2020, HL-2021, HL-2030 to HL-2033, HL-2063, HL-2100, HL-2113,
 * HL-2158, HL-2176, those of the conditions and those that the table names for a state
 */
export function checkStep(draft: Draft, event: ItemEvent, moment: Moment): Allowed {
  const { creditCode, participant } = activeParticipant(moment.actor);
  requireLiving(participant, event.type, moment.time);
  const item = draft.get(rowKey.item(event.item));
  require(item, 'HL-2001');
  const step = stepOf(event.type, item.kind);
  require(step, 'HL-2004');
  require(!isGone(item) || step.afterEnd === true, step.outOfTurn?.[item.state] ?? 'HL-2011');
  requireUnpacked(draft, item);
  require(item.hold === undefined || step.whileHeld === true, 'HL-2100');
  require(item.lot?.manifest === undefined, 'HL-2158');
  const who = whoTakes(step, item);
  if (who === 'custodian' || who === 'custodianOfHost')
    require(outermost(draft, item).custodian === creditCode, 'HL-2020');
  require(step.from.includes(item.state), step.outOfTurn?.[item.state] ?? 'HL-2010');
  if (step.classes) require(item.class !== undefined && step.classes.includes(item.class), 'HL-2113');
  const waiting = item.handover !== undefined && who === 'custodian' && event.type !== 'withdraw';
  require(!waiting || event.type === 'handover', 'HL-2021');
  checkRole(participant, step.roles, step.licence === true, licensedAs(draft, event, item), moment.time);
  for (const name of step.given) require(Object.hasOwn(event.data, name), 'HL-2012');
  if (step.conditions) checkConditions(step.conditions, item);
  if (staysQuestioned(item, event)) moment.notice('HL-2252');
  return { item, step, creditCode };
}

/**
 * The names of which a licence for a thing has one: its category, and for hazardous waste class and code. A part is taken apart, too, by
 * who is licensed for what it came out of: licences of dismantlers name vehicles, and those of processors units.
 */
function licensedAs(draft: Draft, { type }: ItemEvent, item: ItemRow): readonly string[] {
  const { kind, category, lot } = item;
  if (lot?.wasteCode !== undefined) return [category, ...wasteNames(lot.wasteCode)];
  if (kind !== 'part' || type !== 'dismantle') return [category];
  const read = (id: string): ItemRow | undefined => draft.peek(rowKey.item(id));
  const whole = originsOf(item, read).flatMap((id) => read(id) ?? []);
  return [category, ...whole.filter((each) => each.kind !== 'part').map((each) => each.category)];
}

/**
 * What lies in a container, or is fitted into something that does, takes no step of its own until it is taken out.
 *
 * @throws Refusal HL-2176
 */
export function requireUnpacked(draft: Draft, item: ItemRow): void {
  if (outerOf(item) === undefined) return;
  const around = [item, ...hostsOf(draft, item)];
  require(around.every(({ logistics }) => logistics?.container === undefined), 'HL-2176');
}

type Next = { -readonly [Name in keyof ItemRow]: ItemRow[Name] };

/** An item as the step has left it so far: a tag of something new may have marked it as contested. */
export function latest(draft: Draft, id: string, item: ItemRow): ItemRow {
  return draft.get(rowKey.item(id)) ?? item;
}

/**
 * Writes the item's next row: the change, the state and the class of the table, the link to its events.
 *
 * @param before the item as it is; what the event takes from it is `undefined` in the change, by which it is put back
 */
export function advance(
  draft: Draft,
  id: string,
  before: ItemRow,
  step: Pick<Step, 'to' | 'keeps' | 'toClass'> | undefined,
  moment: Moment,
  change: ItemChange,
): void {
  const all = step === undefined ? change : withStep(before.state, step, change);
  const members = Object.keys(all).sort() as ItemMember[];
  const row: Next = { ...before, count: before.count + 1, head: linkHead(before.head, moment.leaf) };
  // A member that was absent and stays so is not made: the engine reads rows several times faster that have the same members.
  for (const member of members) if (all[member] !== before[member]) setMember(row, member, all[member]);
  row.correction = factsAfter(before, row, members, moment);
  draft.put(rowKey.item(id), row);
}

function setMember<Name extends ItemMember>(row: Next, member: Name, value: Next[Name]): void {
  row[member] = value;
}

/** A change with the state and the class that the table names, where the step itself names none. */
function withStep(
  state: ItemState,
  { to, keeps, toClass }: Pick<Step, 'to' | 'keeps' | 'toClass'>,
  change: ItemChange,
): ItemChange {
  const all: { -readonly [Name in keyof ItemChange]: ItemChange[Name] } = { ...change };
  if (to !== undefined && keeps?.includes(state) !== true) all.state ??= to;
  if (toClass !== undefined) all.class ??= toClass;
  return all;
}

/** What a new item is made of. */
export interface NewItem {
  readonly id: string;
  readonly nonce: string;
  readonly row: Omit<ItemRow, 'state' | 'count' | 'head' | 'contested' | 'correction'>;
  readonly state?: ItemState | undefined;
}

/**
 * Brings an item into the ledger. A tag that another live item bears does not block it: both are contested and the
 * notice HL-2040 says so. A tag of an item that is no more is bound anew, with the notice HL-2042.
 *
 * @throws Refusal HL-2002 the id is taken, HL-2003 it derives from another key, HL-2041 too many claim one of its tags
 */
export function createItem(draft: Draft, created: NewItem, moment: Moment): void {
  require(itemIdOf(moment.actor.keyId, created.nonce) === created.id, 'HL-2003');
  require(draft.get(rowKey.item(created.id)) === undefined, 'HL-2002');
  const { state = 'registered' } = created;
  const head = linkHead('', moment.leaf);
  const row: ItemRow = { ...created.row, state, count: 1, head, correction: factsOfNew(moment) };
  draft.put(rowKey.item(created.id), row);
  for (const tag of created.row.tags ?? []) bindTag(draft, created.id, tag, moment);
}

function bindTag(draft: Draft, id: string, tag: Tag, moment: Moment): void {
  const key = rowKey.tag(tag);
  const bound = draft.get(key);
  const contenders = bound?.contenders ?? [];
  if (!bound || (bound.retired && contenders.length === 0)) {
    const kept = keptOf(bound);
    // What comes back by a correction is no other thing.
    if (kept.former !== undefined && kept.former !== id) moment.notice('HL-2042');
    draft.put(key, { item: id, ...kept });
    return;
  }
  if (bound.item === id || contenders.includes(id)) return; // the item names the tag twice
  require(contenders.length < MAX_CONTENDERS, 'HL-2041');
  draft.put(key, { ...bound, contenders: [...contenders, id] });
  for (const party of bound.retired ? [id] : [bound.item, id]) {
    const row = draft.get(rowKey.item(party));
    if (row) draft.put(rowKey.item(party), { ...row, contested: true });
  }
  moment.notice('HL-2040');
}

/** Most tags that an item may bear. */
const MAX_TAGS = 8;

/**
 * A further tag of an item that is on the ledger. One that it bears already is none.
 *
 * @returns the item with it
 * @throws Refusal HL-2132 it bears too many, HL-2041 too many claim it
 */
export function addTag(draft: Draft, id: string, item: ItemRow, tag: Tag, moment: Moment): ItemRow {
  const tags = item.tags ?? [];
  if (tags.some((each) => rowKey.tag(each) === rowKey.tag(tag))) return item;
  require(tags.length < MAX_TAGS, 'HL-2132');
  draft.put(rowKey.item(id), { ...item, tags: [...tags, tag] });
  bindTag(draft, id, tag, moment);
  return latest(draft, id, item);
}

/** What stays with a tag, whoever bears it next: the sale for which a core with it came back, and what bore it and is no more. */
export function keptOf(tag: TagRow | undefined): Pick<TagRow, 'offered' | 'former'> {
  if (tag === undefined) return {};
  const isOfGone = tag.retired === true && tag.voided !== true;
  const former = isOfGone ? tag.item : tag.former;
  return {
    ...(tag.offered === undefined ? {} : { offered: tag.offered }),
    ...(former === undefined ? {} : { former }),
  };
}

/**
 * Frees the tags of an item that is no more, so that a later registration is seen as a new thing. Where others claim the
 * tag too, the dispute goes on without it.
 */
export function retireTags(draft: Draft, id: string, item: ItemRow, how: 'gone' | 'voided' = 'gone'): void {
  for (const tag of item.tags ?? []) {
    const key = rowKey.tag(tag);
    const bound = draft.get(key);
    const voided = how === 'voided' ? { voided: true } : {};
    if (bound?.item === id) draft.put(key, { ...bound, ...voided, retired: true });
    else if (bound?.contenders?.includes(id) === true)
      draft.put(key, { ...withoutContender(bound, id), ...(how === 'gone' ? { former: id } : {}) });
  }
}

/** Binds the tags of an item again whose end is taken back. Who has registered one of them meanwhile disputes it now. */
export function reviveTags(draft: Draft, id: string, item: ItemRow, moment: Moment): void {
  for (const tag of item.tags ?? []) {
    const bound = draft.get(rowKey.tag(tag));
    if (bound?.item !== id) bindTag(draft, id, tag, moment);
    else {
      const { retired: _ended, ...live } = bound;
      draft.put(rowKey.tag(tag), live);
    }
  }
}

function withoutContender({ contenders, ...bound }: TagRow, id: string): TagRow {
  const left = contenders?.filter((each) => each !== id) ?? [];
  return left.length > 0 ? { ...bound, contenders: left } : bound;
}

export type ItemRule<T extends ItemEventType> = (
  draft: Draft,
  event: Extract<ItemEvent, { type: T }>,
  moment: Moment,
) => void;

/** A step of which the table says all: it changes the state or the class and nothing else. */
export const byTable: ItemRule<ItemEventType> = (draft, event, moment) => {
  const { item, step } = checkStep(draft, event, moment);
  advance(draft, event.item, item, step, moment, {});
};
