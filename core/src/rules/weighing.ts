import type { EventOf } from '../model/events.js';
import type { LotFacts } from '../model/facts/lot.js';
import { activeParticipant, checkRole, requireLiving } from './actor.js';
import { balance, bringOut, massOf, massTolerance } from './dismantling.js';
import { advance, checkStep, createItem, latest, retireTags, type ItemRule } from './item.js';
import { MIXED_INTAKE, stepOf } from './lifecycle/index.js';
import { require } from './refusal.js';
import { settlesQuestion } from './undo.js';

/**
 * A weighing adds up and the scale was calibrated when it was made. That time is the signer's: a device may send it days later.
 *
 * @throws Refusal HL-2141, HL-2142
 */
function checkWeighing({ time, data: { weighing } }: EventOf<'intakeBatch' | 'weigh'>): void {
  const { grossGrams, tareGrams, netGrams, calibratedUntil } = weighing;
  require(grossGrams - tareGrams === netGrams, 'HL-2141');
  require(time <= calibratedUntil, 'HL-2142');
}

/** A truck is weighed in. What is on it is one lot until it is sorted. */
export const intakeBatch: ItemRule<'intakeBatch'> = (draft, event, moment) => {
  const { creditCode, participant } = activeParticipant(moment.actor);
  requireLiving(participant, event.type, moment.time);
  const step = stepOf('intakeBatch', 'lot');
  require(step, 'HL-2004');
  checkRole(participant, step.roles, step.licence === true, MIXED_INTAKE, moment.time);
  checkWeighing(event);
  const { nonce, tags, weighing } = event.data;
  const row = {
    kind: 'lot' as const,
    category: MIXED_INTAKE,
    custodian: creditCode,
    owner: creditCode,
    massGrams: weighing.netGrams,
    ...(tags.length === 0 ? {} : { tags }),
  };
  createItem(draft, { id: event.item, nonce, row, state: step.to }, moment);
};

/** Some of a truck load is sorted into units, parts, batteries and cages, and never more than it weighed. @throws Refusal HL-2050 */
export const sort: ItemRule<'sort'> = (draft, event, moment) => {
  const { item, step, creditCode } = checkStep(draft, event, moment);
  const { outputs, toleranceVersion } = event.data;
  require(outputs.length > 0, 'HL-2052');
  require(item.massGrams !== undefined, 'HL-2051');
  const takenGrams = (item.takenGrams ?? 0) + massOf(outputs);
  const permille = massTolerance(draft, toleranceVersion, moment);
  require((takenGrams - item.massGrams) * 1000 <= permille * item.massGrams, 'HL-2050');
  bringOut(draft, { id: event.item, item }, outputs, creditCode, moment);
  advance(draft, event.item, latest(draft, event.item, item), step, moment, { takenGrams });
};

/** What came out and the residue are the net of the truck. @throws Refusal HL-2050 */
export const closeSorting: ItemRule<'closeSorting'> = (draft, event, moment) => {
  const { item, step } = checkStep(draft, event, moment);
  const { residueGrams, toleranceVersion } = event.data;
  balance(draft, item.massGrams, (item.takenGrams ?? 0) + residueGrams, toleranceVersion, moment);
  retireTags(draft, event.item, item);
  advance(draft, event.item, item, step, moment, {});
};

/**
 * A lot is weighed again, or for the first time. However often that is done, it never weighs more than it should by what it
 * came from, within the tolerance.
 *
 * A lot that was not counted yet may be counted with it; the number then stands.
 *
 * @throws Refusal HL-2050, HL-2070, HL-2141, HL-2142, HL-2302
 */
export const weigh: ItemRule<'weigh'> = (draft, event, moment) => {
  const { item, step } = checkStep(draft, event, moment);
  checkWeighing(event);
  const { weighing, pieces, lossGrams, toleranceVersion } = event.data;
  const counted = item.lot?.pieces;
  const stands = counted === undefined || pieces === undefined || pieces === counted;
  require(stands || settlesQuestion(item, moment.event), 'HL-2302');
  const massGrams = weighing.netGrams;
  const book = item.lot?.bookGrams ?? item.massGrams;
  if (book !== undefined) balance(draft, book, massGrams + lossGrams, toleranceVersion, moment);
  const left = book === undefined ? massGrams : Math.max(0, book - lossGrams);
  const facts: LotFacts = {
    ...item.lot,
    ...(pieces === undefined ? {} : { pieces }),
    bookGrams: left === massGrams ? undefined : left,
  };
  advance(draft, event.item, item, step, moment, { massGrams, lot: facts });
};
