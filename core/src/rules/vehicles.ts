import { factsWith } from '../model/facts/insurance.js';
import { rowKey } from '../model/row-keys.js';
import { activeParticipant, checkRole } from './actor.js';
import { balance, bringOut, massLeft, massOf, takeOut } from './dismantling.js';
import { packsNamed } from './packs.js';
import { recordedEvent } from './recorded-event.js';
import { advance, checkStep, latest, retireTags, type ItemRule } from './item.js';
import { require } from './refusal.js';
import { endHold, holdRivals, isHeldItself } from './rivals.js';
import { namedTable } from './rule-tables.js';
import { categoriesOf, supervisionByRegister, supervisionOf } from './supervision.js';
import { eventCheck, isQuestionedAs } from './undo.js';
import { isAssembly, isLicensedDismantler } from './ways.js';

/**
 * The salvage is sold: from then on it goes to the buyer and to nobody else. A buyer who does not take it over is none any more when it is
 * sold again.
 *
 * @throws Refusal HL-2024, HL-2112, HL-2307
 */
export const sellSalvage: ItemRule<'sellSalvage'> = (draft, event, moment) => {
  const { item, step, creditCode } = checkStep(draft, event, moment);
  const { to } = event.data;
  const buyer = draft.get(rowKey.participant(to));
  require(buyer, 'HL-2024');
  require(item.totalLoss !== 'mustScrap' || isLicensedDismantler(buyer, item, moment.time), 'HL-2112');
  // Whoever holds it for its owner gives it back before another one buys it.
  require(item.state !== 'salvageSold' || item.owner === creditCode, 'HL-2307');
  if (item.consignee !== undefined && item.consignee !== to) moment.notice('HL-2305');
  advance(draft, event.item, item, step, moment, { consignee: to });
};

/** Repaired and found fit: its loss is over. A vehicle that was a total loss bears that for ever. @throws Refusal HL-2112 */
export const returnToUse: ItemRule<'returnToUse'> = (draft, event, moment) => {
  const { item, step } = checkStep(draft, event, moment);
  require(item.totalLoss !== 'mustScrap', 'HL-2112');
  const rebuilt = item.totalLoss === undefined ? item.rebuilt : true;
  advance(draft, event.item, item, step, moment, {
    rebuilt,
    insurance: factsWith(item.insurance, { loss: undefined }),
  });
};

/**
 * A dismantler takes it in: weighed, its assemblies counted, its packs named, and under supervision where that is due. What it is
 * registered as was typed by somebody; who takes it in may say what it is, and is licensed for that, too.
 *
 * @throws Refusal HL-2031, HL-2160, HL-2163, HL-2164, HL-2173
 */
export const receive: ItemRule<'receive'> = (draft, event, moment) => {
  const { item, step } = checkStep(draft, event, moment);
  const { massGrams, assemblies } = event.data;
  const categories = categoriesOf(item, event.data.category, moment);
  const { participant } = activeParticipant(moment.actor);
  const [, ...seen] = categories;
  for (const each of seen) checkRole(participant, step.roles, step.licence === true, each, moment.time);
  const battery = packsNamed(draft, event.item, categories, event.data);
  advance(draft, event.item, item, step, moment, {
    massGrams,
    ...(assemblies === undefined ? {} : { assemblies }),
    ...supervisionOf(draft, categories, event.data, moment),
    ...(battery === undefined ? {} : { battery }),
  });
};

/**
 * 报废机动车回收证明. Where one stands that was declared wrong, another one with a number of its own takes its place: issued by who issued
 * the wrong one, whoever holds the vehicle by then, and named in `replaces`.
 *
 * @throws Refusal HL-2118, HL-2275, HL-2254 to HL-2256
 */
export const issueCertificate: ItemRule<'issueCertificate'> = (draft, event, moment) => {
  const { item, step, creditCode } = checkStep(draft, event, moment);
  const { number } = event.data;
  if (item.certificate !== undefined) {
    const wrong = event.replaces ?? '';
    require(isQuestionedAs(item.correction, event.type, eventCheck(wrong)), 'HL-2254');
    const { keyId = '' } = recordedEvent(draft, wrong) ?? {};
    require(draft.get(rowKey.key(keyId))?.owner === creditCode, 'HL-2255');
    require(number !== item.certificate, 'HL-2256');
  }
  advance(draft, event.item, item, step, moment, { certificate: number });
};

/** The police strike it off the register (注销登记), and may say as what it was registered there. */
export const cancelRegistration: ItemRule<'cancelRegistration'> = (draft, event, moment) => {
  const { item, step } = checkStep(draft, event, moment);
  const categories = categoriesOf(item, event.data.category, moment);
  advance(draft, event.item, item, step, moment, {
    registrationCancelled: true,
    ...supervisionByRegister(draft, item, categories, moment),
  });
};

/** Name of the table that says when the certificate is due: `{"after": "receipt"}`, or `"dismantling"`. Unconfirmed. */
export const CERTIFICATE_AFTER = { name: 'certificateAfter', province: 'CN' } as const;

/**
 * Fluids and hazardous parts come out first, and nothing that is to wait for the supervisor.
 *
 * @throws Refusal HL-2281 an assembly, HL-2312 nothing but parts, HL-2119 without the certificate, where no table says that it may follow
 */
export const depollute: ItemRule<'depollute'> = (draft, event, moment) => {
  const allowed = checkStep(draft, event, moment);
  if (allowed.item.certificate === undefined) {
    const { certificateVersion: version } = event.data;
    require(version !== undefined, 'HL-2119');
    require(namedTable(draft, CERTIFICATE_AFTER, version, moment)['after'] === 'dismantling', 'HL-2119');
  }
  const { outputs } = event.data;
  require(!outputs.some(({ category }) => isAssembly(category)), 'HL-2281');
  takeOut(draft, event, allowed, moment);
  // With a door alone a car would be called drained.
  const isDrainedNow = outputs.some(({ kind }) => kind !== 'part');
  require(isDrainedNow || allowed.item.state === 'depolluted', 'HL-2312');
};

/** What is left is weighed: all that came out, the hulk and the loss are what was taken in. @throws Refusal HL-2050 */
export const leaveHulk: ItemRule<'leaveHulk'> = (draft, event, moment) => {
  const { item, step } = checkStep(draft, event, moment);
  const { massGrams, lossGrams, toleranceVersion } = event.data;
  const out = (item.takenGrams ?? 0) + massGrams + lossGrams;
  balance(draft, item.massGrams, out, toleranceVersion, moment);
  advance(draft, event.item, item, step, moment, { takenGrams: (item.massGrams ?? 0) - massGrams });
};

/** The hulk becomes fractions; the vehicle is no more. */
export const shred: ItemRule<'shred'> = (draft, event, moment) => {
  const { item, step, creditCode } = checkStep(draft, event, moment);
  const { outputs, lossGrams, toleranceVersion } = event.data;
  require(outputs.length > 0, 'HL-2052');
  balance(draft, massLeft(item), massOf(outputs) + lossGrams, toleranceVersion, moment);
  retireTags(draft, event.item, item);
  bringOut(draft, { id: event.item, item }, outputs, creditCode, moment);
  advance(draft, event.item, latest(draft, event.item, item), step, moment, {});
};

/**
 * It stands still until the police release it; what is held for itself is not held again. Where its VIN is disputed, all that claim it
 * stand still with it: else the car moves on under its other registration.
 *
 * @throws Refusal HL-2100
 */
export const hold: ItemRule<'hold'> = (draft, event, moment) => {
  const { item, step } = checkStep(draft, event, moment);
  require(!isHeldItself(item), 'HL-2100');
  holdRivals(draft, event.item, item, event.data.reason);
  advance(draft, event.item, item, step, moment, { hold: event.data.reason, heldWith: undefined });
};

/** The police end the hold that it bears, and all that stands still with it goes on. @throws Refusal HL-2109 */
export const release: ItemRule<'release'> = (draft, event, moment) => {
  const { item, step } = checkStep(draft, event, moment);
  require(item.hold, 'HL-2109');
  advance(draft, event.item, item, step, moment, endHold(draft, event.item, item, moment));
};

/** The supervisor was there and signs. */
export const witness: ItemRule<'witness'> = (draft, event, moment) => {
  const { item, step } = checkStep(draft, event, moment);
  advance(draft, event.item, item, step, moment, { supervision: 'witnessed' });
};
