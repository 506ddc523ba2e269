import { rowKey } from '../model/row-keys.js';
import type { ItemRow, OpenAcceptance, OpenHandover } from '../model/rows.js';
import type { Draft } from './draft.js';
import { advance, checkStep, type ItemRule } from './item.js';
import type { Moment } from './actor.js';
import { require } from './refusal.js';

/** Acceptances that may wait for a handover; a stranger's cannot crowd out the right one for long. */
const MAX_WAITING = 8;

const withoutHandover = { handover: undefined };

/**
 * Custody moves when both intents are there; with it the ownership, if it is the giver's to give and the giver does not
 * keep it. A carrier hands on what it holds and never becomes its owner, nor makes another one so.
 */
function move(draft: Draft, id: string, item: ItemRow, handover: OpenHandover, moment: Moment): void {
  const kept = handover.keepOwnership === true || item.owner !== item.custodian;
  const owner = kept ? item.owner : handover.to;
  const custodian = handover.to;
  const change = { handover: undefined, acceptances: undefined, custodian, owner };
  advance(draft, id, item, undefined, moment, change);
}

/** The giver's intent. It moves custody at once if the receiver's acceptance arrived first. */
export const handover: ItemRule<'handover'> = (draft, event, moment) => {
  const { item, creditCode } = checkStep(draft, event, moment);
  const { to } = event.data;
  require(item.handover === undefined, 'HL-2022');
  require(to !== creditCode, 'HL-2023');
  require(draft.get(rowKey.participant(to)), 'HL-2024');
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
