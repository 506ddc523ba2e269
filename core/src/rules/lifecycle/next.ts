import type { LossRow } from '../../model/loss.js';
import type { ItemRow } from '../../model/rows.js';
import type { Role } from '../../model/terms.js';
import { isBetween, JUDGES } from '../differences.js';
import { ownerOf } from '../passing.js';
import { isReady } from '../ready.js';
import { isReadyInLosses } from '../ready-losses.js';
import { isGone, lifecycle, whoTakes, type Step } from './index.js';

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
 * What may happen to an item next: the steps of its table that can succeed now, as far as the item itself is concerned. A scanner prompts
 * with it. What is given, tables and licences may still refuse one.
 *
 * @param around what it is fitted into, and what that is in, from the nearest to the outermost
 * @param losses of a vehicle: all its losses by their numbers. Its row names only the one that it bears now; where they are not known,
 *   claims and payments are told as if there were others
 */
export function nextSteps(
  item: ItemRow,
  around: readonly ItemRow[],
  looker: Looker,
  losses?: ReadonlyMap<string, LossRow>,
): readonly NextStep[] {
  const all = [item, ...around];
  // What lies in a container, or is fitted into something that does, takes no step of its own; a lot on its way under a manifest
  // none but the manifest's.
  if (all.some(({ logistics }) => logistics?.container !== undefined)) return [];
  if (item.lot?.manifest !== undefined) return [];
  const gone = isGone(item);
  const { custodian } = all.at(-1) ?? item;
  const isReadyFor = ({ event }: Step, insurer?: string): boolean =>
    losses === undefined || isReadyInLosses(event, item, losses, insurer);
  return lifecycle
    .filter((step) => (!gone || step.afterEnd === true) && isOpen(step, item, around) && isReadyFor(step))
    .map((step) => ({
      step,
      mine: isFor(step, item, custodian, looker) && isReadyFor(step, looker.creditCode),
    }));
}

function isOpen(step: Step, item: ItemRow, around: readonly ItemRow[]): boolean {
  if (!step.kinds.includes(item.kind) || !step.from.includes(item.state)) return false;
  if (item.hold !== undefined && step.whileHeld !== true) return false;
  if (step.classes && (item.class === undefined || !step.classes.includes(item.class))) return false;
  if (step.who === 'custodianOfHost' && around.some((each) => each.hold ?? each.handover)) return false;
  const waits = item.handover !== undefined && whoTakes(step, item) === 'custodian';
  if (waits && step.event !== 'withdraw') return false;
  return isReady(step, item);
}

function isFor(step: Step, item: ItemRow, holder: string, { creditCode, roles }: Looker): boolean {
  if (step.roles && !step.roles.some((role) => roles.includes(role))) return false;
  switch (whoTakes(step, item)) {
    case 'custodian':
    case 'custodianOfHost':
      return holder === creditCode;
    case 'namedCarrier':
      return item.manifest?.carrier === creditCode;
    case 'namedHandler':
      return item.manifest?.handler === creditCode;
    case 'receiver':
      return holder !== creditCode && isForReceiver(step, item, creditCode);
    case 'anyone':
      return isForAnyone(step, item, { creditCode, roles });
  }
}

/** The table says "receiver" of whoever takes a thing over; which party that is stands on the item. */
function isForReceiver({ event }: Step, item: ItemRow, creditCode: string): boolean {
  if (event === 'receiveOnPaper')
    return item.logistics?.paperBy === creditCode || ownerOf(item) === creditCode;
  if (item.handover !== undefined) return item.handover.to === creditCode;
  const hasAccepted = item.acceptances?.some(({ by }) => by === creditCode) === true;
  return event === 'refuse' ? hasAccepted : !hasAccepted;
}

/** Some steps that need no holder are yet one's own: of both hands of a difference, of the seller. */
function isForAnyone({ event }: Step, item: ItemRow, { creditCode, roles }: Looker): boolean {
  if (event === 'claimEntitlement') return item.insurance?.sale?.startsWith(`${creditCode}/`) === true;
  if (event !== 'settleDifference') return true;
  const isOwn = item.logistics?.differences?.some((each) => isBetween(each, creditCode));
  return isOwn === true || roles.some((role) => JUDGES.includes(role));
}
