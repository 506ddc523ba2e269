import { isAdministration, type LedgerEvent } from '../model/events.js';
import type { Moment } from './actor.js';
import {
  closeUnit,
  eraseData,
  issueToLine,
  lineStep,
  sellRefurbished,
  testUnit,
  triage,
} from './appliance-ways.js';
import { labelUnit, receiveUnit } from './appliances.js';
import { codePart } from './coding.js';
import { designateCore, grade, markReused, remanufacture } from './classes.js';
import { recycle, repurpose, takeInBattery, testBattery } from './batteries.js';
import { agreeCorrection, classifyRefusal, correct } from './correcting.js';
import { accept, handover, refuse, withdraw } from './custody.js';
import { settleDifference } from './differences.js';
import { dismantle, dispose } from './dismantling.js';
import type { Draft } from './draft.js';
import { decideFinding } from './findings.js';
import { fit, remove } from './fitting.js';
import { byTable } from './item.js';
import { registerKey, revokeKey } from './keys.js';
import { merge, sample, split, transform } from './lots.js';
import { approveLines, assess, claimLines, declareTotalLoss, payLines, reportDamage } from './losses.js';
import { claimEntitlement, receiveCore, sellRemanufactured } from './old-for-reman.js';
import { approveRule, approveRuleset, awardTag, proposeRule, proposeRuleset } from './oversight.js';
import { declarePackMissing } from './packs.js';
import { pack, retireContainer, unpack } from './packing.js';
import { acceptOnBehalf, receiveOnPaper } from './paper.js';
import {
  countersignLicence,
  grantLicence,
  registerParticipant,
  reinstateParticipant,
  suspendParticipant,
} from './participants.js';
import {
  acceptManifest,
  cancelManifest,
  carryManifest,
  openManifest,
  refuseManifest,
  returnManifest,
  takeBackLots,
} from './manifests.js';
import { changeRegistration } from './registration-change.js';
import { Refusal, require } from './refusal.js';
import { inspect, register } from './registration.js';
import { bindSet, unbindSet } from './sets.js';
import {
  cancelRegistration,
  depollute,
  hold,
  issueCertificate,
  leaveHulk,
  receive,
  release,
  returnToUse,
  sellSalvage,
  shred,
  witness,
} from './vehicles.js';
import { closeSorting, intakeBatch, sort, weigh } from './weighing.js';

type Rule = (draft: Draft, event: never, moment: Moment) => void;

/** One rule a type of event. */
const RULES: Readonly<Record<LedgerEvent['type'], Rule>> = {
  register,
  inspect,
  handover,
  withdraw,
  accept,
  refuse,
  pack,
  unpack,
  retireContainer,
  acceptOnBehalf,
  receiveOnPaper,
  settleDifference,
  dismantle,
  dispose,
  fit,
  remove,
  codePart,
  markReused,
  designateCore,
  grade,
  remanufacture,
  reportDamage,
  assess,
  declareTotalLoss,
  sellSalvage,
  returnToUse,
  surrender: byTable,
  receive,
  issueCertificate,
  cancelRegistration,
  depollute,
  leaveHulk,
  shred,
  hold,
  release,
  witness,
  collectUnit: byTable,
  receiveUnit,
  labelUnit,
  bindSet,
  unbindSet,
  triage,
  eraseData,
  testUnit,
  refurbish: byTable,
  sellRefurbished,
  stockUnit: byTable,
  issueToLine,
  lineStep,
  closeUnit,
  collectBattery: byTable,
  takeInBattery,
  testBattery,
  repurpose,
  recycle,
  reportTrace: byTable,
  declarePackMissing,
  intakeBatch,
  sort,
  closeSorting,
  weigh,
  sample,
  split,
  merge,
  transform,
  openManifest,
  carryManifest,
  acceptManifest,
  refuseManifest,
  cancelManifest,
  returnManifest,
  takeBackLots,
  claimLines,
  approveLines,
  payLines,
  changeRegistration,
  sellRemanufactured,
  receiveCore,
  claimEntitlement,
  correct,
  agreeCorrection,
  classifyRefusal,
  'participant.register': registerParticipant,
  'participant.suspend': suspendParticipant,
  'participant.reinstate': reinstateParticipant,
  'licence.grant': grantLicence,
  'licence.countersign': countersignLicence,
  'key.register': registerKey,
  'key.revoke': revokeKey,
  'rule.propose': proposeRule,
  'rule.approve': approveRule,
  'ruleset.propose': proposeRuleset,
  'ruleset.approve': approveRuleset,
  'tag.award': awardTag,
  'finding.decide': decideFinding,
};

/** What the rules say of an event: `accepted`, or the code of the refusal. */
export type Verdict = 'accepted' | `HL-${number}`;

/** What became of an event that another one names. */
export type NamedEvent = 'accepted' | 'refused' | 'unknown';

/**
 * Judges one event and writes its effect into the draft, or nothing when it is refused.
 *
 * @param named what became of the events that it cites and replaces; undefined where it names none
 */
export function applyEvent(
  draft: Draft,
  event: LedgerEvent,
  moment: Moment,
  named: { readonly cited?: NamedEvent | undefined; readonly replaced?: NamedEvent | undefined },
): Verdict {
  try {
    require(named.cited === undefined || named.cited === 'refused', 'HL-2080');
    require(named.replaced === undefined || named.replaced === 'accepted', 'HL-2251');
    if (isAdministration(event)) require(moment.actor.key.kind === 'administrator', 'HL-2090');
    RULES[event.type](draft, event as never, moment);
    draft.commit();
    return 'accepted';
  } catch (error) {
    draft.rollback();
    if (error instanceof Refusal) return error.code;
    throw error;
  }
}
