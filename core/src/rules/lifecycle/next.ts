import type { ItemEventType } from '../../model/events.js';
import type { LogisticsFacts } from '../../model/facts/logistics.js';
import type { ItemRow } from '../../model/rows.js';
import type { Role } from '../../model/terms.js';
import { isGone, lifecycle, type Step } from './index.js';

/** Somebody who looks at an item: its enterprise and the roles of that. */
export interface Looker {
  readonly creditCode: string;
  readonly roles: readonly Role[];
}

/** A step that the tables list for an item as it stands. */
export interface NextStep {
  readonly step: Step;
  /** True when the one who looks may take it, as far as holder and roles go; licences and conditions are told by the check. */
  readonly mine: boolean;
}

/**
 * What may happen to an item next, by its life cycle table. A scanner prompts with it.
 *
 * @param holder who holds it: of a fitted item who holds what it is fitted into
 */
export function nextSteps(item: ItemRow, holder: string, looker: Looker): readonly NextStep[] {
  // What lies in a container takes no step of its own.
  if (item.logistics?.container !== undefined) return [];
  const gone = isGone(item);
  return lifecycle
    .filter((step) => (!gone || step.afterEnd === true) && isOpen(step, item))
    .map((step) => ({ step, mine: isFor(step, holder, looker) }));
}

function isOpen(step: Step, item: ItemRow): boolean {
  if (!step.kinds.includes(item.kind) || !step.from.includes(item.state)) return false;
  if (item.hold !== undefined && step.whileHeld !== true) return false;
  if (step.classes && (item.class === undefined || !step.classes.includes(item.class))) return false;
  if (!isOnRoute(step, item) || !isCertifiedAsDue(step, item)) return false;
  if (step.event === 'withdraw') return item.handover !== undefined;
  if (!isOpenFor(step.event, item.logistics ?? {})) return false;
  return item.handover === undefined || step.who !== 'custodian';
}

/** Of an appliance: the steps of the way that it was sorted for, and not those of the other. */
function isOnRoute({ conditions = [] }: Step, { appliance }: ItemRow): boolean {
  if (conditions.includes('forReuse')) return appliance?.route === 'reuse';
  return !conditions.includes('forProcessing') || appliance?.route === 'process';
}

/** Of a vehicle: a certificate is issued once, and what follows upon it waits for it. */
function isCertifiedAsDue({ conditions = [] }: Step, { certificate }: ItemRow): boolean {
  if (conditions.includes('notCertified')) return certificate === undefined;
  return !conditions.includes('certified') || certificate !== undefined;
}

/** Whether there is something to take out, to retire, to settle, to take back. */
function isOpenFor(event: ItemEventType, { goods, difference, paperBy }: LogisticsFacts): boolean {
  if (event === 'unpack') return goods !== undefined;
  if (event === 'retireContainer') return goods === undefined;
  if (event === 'settleDifference') return difference !== undefined;
  return event !== 'receiveOnPaper' || paperBy !== undefined;
}

function isFor(step: Step, holder: string, { creditCode, roles }: Looker): boolean {
  if (step.roles && !step.roles.some((role) => roles.includes(role))) return false;
  if (step.who === 'anyone') return true;
  return step.who === 'receiver' ? holder !== creditCode : holder === creditCode;
}
