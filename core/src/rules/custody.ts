import { rowKey } from '../model/row-keys.js';
import type { ItemRow, OpenAcceptance, OpenHandover } from '../model/rows.js';
import type { Draft } from './draft.js';
import { checkBatteryWay } from './battery-ways.js';
import { requireNoManifestDue } from './hazardous.js';
import { advance, checkStep, requireFreeOrigin, type ItemRule } from './item.js';
import type { Moment } from './actor.js';
import { require } from './refusal.js';
import { checkWay, isCarrier } from './ways.js';

/** Acceptances that may wait for a handover; a stranger's cannot crowd out the right one for long. */
const MAX_WAITING = 8;

const withoutHandover = { handover: undefined };

/**
 * Custody moves when both intents are there; with it the ownership, if it is the giver's to give and the giver does not
 * keep it. A carrier hands on what it holds and never becomes its owner, nor makes another one so.
 */
function move(draft: Draft, id: string, item: ItemRow, handover: OpenHandover, moment: Moment): void {
  const custodian = handover.to;
  const owner = ownerAfter(item, handover);
  // It has arrived, or goes on to whom it was sent.
  const consignee = custodian === item.consignee ? undefined : (item.consignee ?? handover.consignee);
  const change = { handover: undefined, acceptances: undefined, custodian, owner, consignee };
  advance(draft, id, item, undefined, moment, change);
}

/** Whose a thing is once it has changed hands. What is consigned becomes the consignee's when it arrives, not before. */
function ownerAfter(item: ItemRow, { to, keepOwnership }: OpenHandover): string {
  if (item.consignee !== undefined) return to === item.consignee ? to : item.owner;
  return keepOwnership === true || item.owner !== item.custodian ? item.owner : to;
}

/**
 * Whether the thing may go there at all.
 *
 * @throws Refusal HL-2024, HL-2104 to HL-2107, HL-2111, HL-2112, HL-2115, HL-2149, HL-2167, HL-2168
 */
function checkPassing(draft: Draft, item: ItemRow, handover: OpenHandover, moment: Moment): void {
  const { to } = handover;
  requireNoManifestDue(draft, item, moment.time);
  const receiver = draft.get(rowKey.participant(to));
  require(receiver, 'HL-2024');
  const named = item.consignee ?? handover.consignee;
  const consignee = named === undefined ? undefined : draft.get(rowKey.participant(named));
  require(named === undefined || consignee, 'HL-2024');
  require(to === named ||
    named === undefined ||
    item.consignee === undefined ||
    isCarrier(receiver), 'HL-2107');
  const owns = ownerAfter(item, handover) === to;
  const passing = { receiver, owns, consignee, time: moment.time };
  checkWay(item, passing);
  checkBatteryWay(item, passing);
}

/** The giver's intent. It moves custody at once if the receiver's acceptance arrived first. */
export const handover: ItemRule<'handover'> = (draft, event, moment) => {
  const { item, creditCode } = checkStep(draft, event, moment);
  const { to } = event.data;
  require(item.handover === undefined, 'HL-2022');
  require(to !== creditCode, 'HL-2023');
  checkPassing(draft, item, event.data, moment);
  requireFreeOrigin(draft, item);
  const accepted = item.acceptances?.some((waiting) => waiting.by === to && waiting.from === creditCode);
  if (accepted) return move(draft, event.item, item, event.data, moment);
  advance(draft, event.item, item, undefined, moment, { handover: event.data });
};

/** The giver takes an open handover back. */
export const withdraw: ItemRule<'withdraw'> = (draft, event, moment) => {
  const { item } = checkStep(draft, event, moment);
  require(item.handover, 'HL-2025');
  advance(draft, event.item, item, undefined, moment, withoutHandover);
};

/** The receiver's intent. Without a handover it waits, so that the order of arrival does not matter. */
export const accept: ItemRule<'accept'> = (draft, event, moment) => {
  const { item, creditCode } = checkStep(draft, event, moment);
  const { from, massGrams } = event.data;
  require(creditCode !== item.custodian, 'HL-2023');
  if (item.handover) {
    require(item.handover.to === creditCode && item.custodian === from, 'HL-2026');
    // A licence may have ended, or the vehicle that it came from may have been stopped, since it was handed over.
    checkPassing(draft, item, item.handover, moment);
    requireFreeOrigin(draft, item);
    return move(draft, event.item, item, item.handover, moment);
  }
  const waiting = item.acceptances ?? [];
  require(waiting.length < MAX_WAITING && !waiting.some(({ by }) => by === creditCode), 'HL-2027');
  const intent: OpenAcceptance = { by: creditCode, from, ...(massGrams === undefined ? {} : { massGrams }) };
  advance(draft, event.item, item, undefined, moment, { acceptances: [...waiting, intent] });
};

/** The receiver refuses what was handed over, or takes back an acceptance that still waits. Custody stays. */
export const refuse: ItemRule<'refuse'> = (draft, event, moment) => {
  const { item, creditCode } = checkStep(draft, event, moment);
  if (item.handover) {
    require(item.handover.to === creditCode && item.custodian === event.data.from, 'HL-2026');
    return advance(draft, event.item, item, undefined, moment, withoutHandover);
  }
  const left = item.acceptances?.filter(({ by }) => by !== creditCode) ?? [];
  require(left.length < (item.acceptances?.length ?? 0), 'HL-2025');
  const acceptances = left.length > 0 ? left : undefined;
  advance(draft, event.item, item, undefined, moment, { handover: undefined, acceptances });
};
