import type { Role } from '../model/terms.js';
import { activeParticipant } from './actor.js';
import { advance, checkStep, type ItemRule } from './item.js';
import { require } from './refusal.js';

/** Who may settle a difference that is not their own. */
export const JUDGES: readonly Role[] = ['auditor', 'regulator'];

/**
 * A difference between what was handed over and what was accepted stands no longer: the giver or the holder yields, or an auditor
 * has looked.
 *
 * @throws Refusal HL-2188 none stands, HL-2189 it is not the signer's
 */
export const settleDifference: ItemRule<'settleDifference'> = (draft, event, moment) => {
  const { item, creditCode } = checkStep(draft, event, moment);
  const { difference, ...rest } = item.logistics ?? {};
  require(difference, 'HL-2188');
  const { roles } = activeParticipant(moment.actor).participant;
  const own = creditCode === difference.from || creditCode === item.custodian;
  require(own || roles.some((role) => JUDGES.includes(role)), 'HL-2189');
  advance(draft, event.item, item, undefined, moment, { logistics: rest });
};
