import type { Difference } from '../model/facts/logistics.js';
import type { Role } from '../model/terms.js';
import { activeParticipant } from './actor.js';
import { advance, checkStep, type ItemRule } from './item.js';
import { require } from './refusal.js';

/** Who may settle a difference that is not their own. */
export const JUDGES: readonly Role[] = ['auditor', 'regulator'];

/** Whether a party is one of the two hands of a difference. */
export function isBetween({ from, to }: Difference, creditCode: string): boolean {
  return from === creditCode || to === creditCode;
}

/**
 * Differences between what was handed over and what was accepted stand no longer: the giver or who accepted yields, or an auditor has
 * looked. All of the signer's are meant, or those of one giver's handovers; who holds the thing by now and took no part in them
 * has no say.
 *
 * @throws Refusal HL-2188 none stands, HL-2189 it is not the signer's
 */
export const settleDifference: ItemRule<'settleDifference'> = (draft, event, moment) => {
  const { item, creditCode } = checkStep(draft, event, moment);
  const { differences = [], ...rest } = item.logistics ?? {};
  const { from } = event.data;
  const meant = differences.filter((each) => from === undefined || each.from === from);
  require(meant.length > 0, 'HL-2188');
  const { roles } = activeParticipant(moment.actor).participant;
  const judges = roles.some((role) => JUDGES.includes(role));
  const settled = meant.filter((each) => judges || isBetween(each, creditCode));
  require(settled.length > 0, 'HL-2189');
  const left = differences.filter((each) => !settled.includes(each));
  const logistics = { ...rest, differences: left.length > 0 ? left : undefined };
  advance(draft, event.item, item, undefined, moment, { logistics });
};
