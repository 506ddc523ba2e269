import type { EventOf, ItemEventType } from '../model/events.js';
import { readUndos, undosBeneath, type CorrectionFacts, type Undo } from '../model/facts/correction.js';
import { rowKey } from '../model/row-keys.js';
import type { ItemRow } from '../model/rows.js';
import { activeParticipant, checkRole, type Moment } from './actor.js';
import { CORRECTION_TERM, MAX_CORRECTED } from './corrections.js';
import { endDisputesOf } from './disputes.js';
import type { Draft } from './draft.js';
import { leaveVehicle } from './fitting.js';
import { linkHead, outermost, retireTags, reviveTags, type ItemRule } from './item.js';
import { stepOf } from './lifecycle/index.js';
import { requireFree } from './passing.js';
import { recordedEvent, type RecordedEvent } from './recorded-event.js';
import { require } from './refusal.js';
import { namedTable } from './rule-tables.js';
import { becameOf, eventCheck, giverOf, putBack, questionOf } from './undo.js';

const DAY = 86_400;

type Correcting = EventOf<'correct' | 'agreeCorrection'>;

/** A wrong event, as the item that it changed sees it. */
interface Wrong extends RecordedEvent {
  readonly check: string;
  /** How a correction of it is remembered: by its check, and by its type where what it did stands. */
  readonly name: string;
  /** How it is taken back, when it is the last one and what it did can be put back. */
  readonly undo: Undo | undefined;
  /** Who has to sign: one party, or two. */
  readonly parties: ReadonlySet<string>;
}

/**
 * Declares an event wrong. Who recorded it does so alone as long as nothing stands on it; what it did is put back then. A
 * change of hands takes both hands. What the holder has built upon stays, by both signatures, and the item is questioned.
 *
 * @throws Refusal HL-2240 to HL-2249, HL-2253, HL-2257, HL-2001, HL-2020, HL-2021, HL-2070, HL-2100, HL-2115
 */
export const correct: ItemRule<'correct'> = (draft, event, moment) => {
  declareWrong(draft, event, moment);
};

/** The second signature, or the first: the order of arrival does not matter. @throws as {@link correct}, HL-2247 */
export const agreeCorrection: ItemRule<'agreeCorrection'> = (draft, event, moment) => {
  declareWrong(draft, event, moment);
};

function declareWrong(draft: Draft, event: Correcting, moment: Moment): void {
  const { creditCode } = activeParticipant(moment.actor);
  const item = draft.get(rowKey.item(event.item));
  require(item, 'HL-2001');
  require(item.hold === undefined, 'HL-2100');
  requireFree(draft, item);
  const wrong = wrongEvent(draft, item, event.data);
  require(wrong.parties.has(creditCode), 'HL-2243');
  requireInTime(draft, event, wrong, moment);
  const isTogether = wrong.parties.size > 1;
  require(isTogether || event.type === 'correct', 'HL-2247');
  if (isTogether && !isSignedByOther(item, wrong, creditCode)) {
    const open = { event: wrong.name, by: creditCode };
    return write(draft, event.item, item, moment, { ...item.correction, open });
  }
  if (wrong.undo === undefined) return question(draft, event.item, item, wrong, moment);
  takeBack(draft, event, item, { ...wrong, undo: wrong.undo }, moment);
}

/** @throws Refusal HL-2240 to HL-2242, HL-2253 */
function wrongEvent(draft: Draft, item: ItemRow, { event: id, eventType }: Correcting['data']): Wrong {
  const recorded = recordedEvent(draft, id);
  require(recorded?.verdict === 'accepted', 'HL-2240');
  const check = eventCheck(id);
  require(becameOf(item.correction, check) === undefined, 'HL-2241');
  const undos = readUndos(item.correction?.undo);
  const place = undos.findIndex(({ event }) => event === check);
  require(place <= 0, 'HL-2242');
  const undo = undos[place];
  const signer = draft.get(rowKey.key(recorded.keyId))?.owner;
  if (signer === undefined) throw new Error('who signed a recorded event has a key');
  const name = undo === undefined ? questionOf(check, typeOfWrong(item, eventType)) : check;
  return { ...recorded, check, name, undo, parties: partiesOf(draft, item, undo, signer) };
}

/**
 * What a step did that nobody can put back is replaced by a step of its type; the record of the item does not tell that type.
 *
 * @throws Refusal HL-2253
 */
function typeOfWrong({ kind }: ItemRow, type: string | undefined): string {
  require(type !== undefined && stepOf(type as ItemEventType, kind) !== undefined, 'HL-2253');
  return type;
}

/** The signer; of a change of hands both hands; of what others may have built upon the signer and the holder. */
function partiesOf(draft: Draft, item: ItemRow, undo: Undo | undefined, signer: string): ReadonlySet<string> {
  if (undo === undefined) return new Set([signer, outermost(draft, item).custodian]);
  const giver = giverOf(undo);
  return new Set(giver === undefined ? [signer] : [giver, item.custodian]);
}

/** @throws Refusal HL-2070, HL-2071, HL-2244 */
function requireInTime(draft: Draft, { data }: Correcting, wrong: Wrong, moment: Moment): void {
  const { time } = moment;
  const table = namedTable(draft, CORRECTION_TERM, data.termVersion, moment);
  const days = wrong.parties.size > 1 ? table['together'] : table['alone'];
  require(typeof days === 'number', 'HL-2070');
  require(time <= wrong.time + days * DAY, 'HL-2244');
}

/**
 * Whether the other one has signed. One correction of an item is open at a time; who opened it may open another one instead.
 *
 * @throws Refusal HL-2245, HL-2246
 */
function isSignedByOther({ correction }: ItemRow, wrong: Wrong, creditCode: string): boolean {
  const open = correction?.open;
  if (open === undefined) return false;
  const { parties } = wrong;
  const same = isOpened(open.event, wrong);
  if (same && open.by !== creditCode && parties.has(open.by)) return true;
  require(!same || open.by !== creditCode, 'HL-2245');
  require(open.by === creditCode || !parties.has(open.by), 'HL-2246');
  return false;
}

/** Whether both mean the same event, and the same type of it where both name one. */
function isOpened(opened: string, { check, name }: Wrong): boolean {
  const [of, type] = opened.split(':');
  return of === check && (type === undefined || name === check || name === opened);
}

/**
 * What it did stands, and whoever meets the item learns that it is questioned: unless it was a hold, which has ended. No question makes
 * room for another one: it would be forgotten unanswered.
 *
 * @throws Refusal HL-2257
 */
function question(draft: Draft, id: string, item: ItemRow, wrong: Wrong, moment: Moment): void {
  const { name } = wrong;
  if (isEndedHold(draft, item, wrong)) {
    const { open: _settled, ...facts } = item.correction ?? {};
    return write(draft, id, item, moment, { ...facts, ...declared(item, name) });
  }
  const { questioned = [], open: _settled, ...facts } = item.correction ?? {};
  require(questioned.length < MAX_CORRECTED, 'HL-2257');
  const marked = [name, ...questioned];
  write(draft, id, item, moment, { ...facts, ...declared(item, name), questioned: marked });
}

/**
 * Whether the wrong event was a hold of the police, and the item is held no more. Others hold vehicles too, and do more with them than
 * that: that it was a hold is only their word.
 */
function isEndedHold(draft: Draft, { hold }: ItemRow, { check, name, keyId }: Wrong): boolean {
  if (hold !== undefined || name !== questionOf(check, 'hold')) return false;
  const signer = draft.get(rowKey.key(keyId))?.owner;
  const participant = signer === undefined ? undefined : draft.get(rowKey.participant(signer));
  return participant?.roles.includes('police') === true;
}

/** @param name the check of the wrong event's id, with its type where what it did stands */
function declared({ correction }: ItemRow, name: string): Pick<CorrectionFacts, 'corrected'> {
  return { corrected: [name, ...(correction?.corrected ?? [])].slice(0, MAX_CORRECTED) };
}

/** Puts the item back as it was before the event. What the event had brought into the ledger is voided. */
function takeBack(
  draft: Draft,
  event: Correcting,
  item: ItemRow,
  wrong: Wrong & { readonly undo: Undo },
  moment: Moment,
): void {
  const { check, undo } = wrong;
  requireHeld(draft, item, moment);
  // What came out of another item is voided with the step on that, and with all else that came of it: or its mass would be nowhere.
  require(undo.was !== undefined || (item.parent ?? item.core) === undefined, 'HL-2248');
  voidOutputs(draft, event, wrong, moment);
  const { open: _settled, undo: _last, ...facts } = item.correction ?? {};
  if (undo.was === undefined) return annul(draft, event.item, item, check, moment);
  const beneath = undosBeneath(item.correction?.undo);
  const restored = putBack(item, undo.was);
  if (item.fittedInto !== undefined && restored.fittedInto === undefined)
    leaveVehicle(draft, event.item, item, item.fittedInto);
  write(draft, event.item, restored, moment, {
    ...facts,
    ...declared(item, check),
    ...(beneath && { undo: beneath }),
  });
  // A tag may have gone with what came out, or have ended with the item.
  if (undo.outputs !== undefined) reviveTags(draft, event.item, restored, moment);
}

/** What is within another thing must be within one that the corrector holds. @throws Refusal HL-2020, HL-2021 */
function requireHeld(draft: Draft, item: ItemRow, { actor }: Moment): void {
  if (item.fittedInto === undefined) return;
  const outer = outermost(draft, item);
  require(outer.custodian === actor.key.owner, 'HL-2020');
  require(outer.handover === undefined, 'HL-2021');
}

/**
 * All that came of the event is named and untouched since.
 *
 * @throws Refusal HL-2248 not all of them are named, HL-2249 something was done with one of them
 */
function voidOutputs(
  draft: Draft,
  { item, data }: Correcting,
  { check, undo }: Wrong & { readonly undo: Undo },
  moment: Moment,
): void {
  const named = new Set(data.outputs);
  require(named.size === (undo.outputs ?? 0), 'HL-2248');
  for (const id of named) {
    const row = draft.get(rowKey.item(id));
    require(row && (row.parent === item || row.core === item), 'HL-2248');
    const [last] = readUndos(row.correction?.undo);
    require(last?.event === check && last.was === undefined && row.hold === undefined, 'HL-2249');
    annul(draft, id, row, check, moment);
  }
}

/** An item that should not have been brought into the ledger is no more, and its tags were never its own. */
function annul(draft: Draft, id: string, item: ItemRow, check: string, moment: Moment): void {
  retireTags(draft, id, item, 'voided');
  if (item.contested === true) endDisputesOf(draft, id, item);
  const { handover: _open, acceptances: _waiting, ...rest } = item;
  write(draft, id, { ...rest, state: 'voided' }, moment, declared(item, check));
}

function write(draft: Draft, id: string, item: ItemRow, moment: Moment, correction: CorrectionFacts): void {
  const head = linkHead(item.head, moment.leaf);
  draft.put(rowKey.item(id), { ...item, count: item.count + 1, head, correction });
}

/** What a refused event was, as Oversight sees it. The item is not touched. @throws Refusal HL-2030, HL-2250 */
export const classifyRefusal: ItemRule<'classifyRefusal'> = (draft, event, moment) => {
  const { participant } = activeParticipant(moment.actor);
  checkRole(participant, ['auditor', 'regulator'], false, '', moment.time);
  require(recordedEvent(draft, event.data.event)?.verdict === 'refused', 'HL-2250');
};
