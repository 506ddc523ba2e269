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
import { bindSet, labelUnit, receiveUnit } from './appliances.js';
import { grade, remanufacture } from './classes.js';
import { recycle, repurpose, takeInBattery, testBattery } from './batteries.js';
import { accept, handover, refuse, withdraw } from './custody.js';
import { settleDifference } from './differences.js';
import { dismantle, dispose } from './dismantling.js';
import type { Draft } from './draft.js';
import { decideFinding } from './findings.js';
import { fit, remove } from './fitting.js';
import { byTable } from './item.js';
import { registerKey, revokeKey } from './keys.js';
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
import { Refusal, require } from './refusal.js';
import { inspect, register } from './registration.js';
import {
  cancelRegistration,
  declareTotalLoss,
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
  markReused: byTable,
  designateCore: byTable,
  grade,
  remanufacture,
  reportDamage: byTable,
  assess: byTable,
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

/**
 * Judges one event and writes its effect into the draft, or nothing when it is refused.
 *
 * @param seen true when the event that `cites` names was refused; undefined when nothing is cited
 */
export function applyEvent(
  draft: Draft,
  event: LedgerEvent,
  moment: Moment,
  seen: boolean | undefined,
): Verdict {
  try {
    require(seen !== false, 'HL-2080');
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
