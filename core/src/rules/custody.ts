import { rowKey } from '../model/row-keys.js';
import type { ItemRow, OpenAcceptance } from '../model/rows.js';
import type { Moment } from './actor.js';
import type { Draft } from './draft.js';
import { setAside, withinContainer } from './exceptions.js';
import { advance, checkStep, latest, type ItemRule } from './item.js';
import { checkPassing, mayDiffer, passed, serviceOf, type Receipt } from './passing.js';
import { require } from './refusal.js';
import { withoutUndo } from './undo.js';

/** Acceptances that may wait for a handover; a stranger's cannot crowd out the right one for long. */
export const MAX_WAITING = 8;

/** A thing whose handover is over, however it ended, is no exception any more. */
function withoutHandover({ logistics }: ItemRow): Partial<ItemRow> {
  const settled =
    logistics?.exception === undefined ? {} : { logistics: { ...logistics, exception: undefined } };
  return { handover: undefined, ...settled };
}

/**
 * Custody moves when both intents are there; with it the ownership, if it is the giver's to give and the giver does not
 * keep it. A carrier hands on what it holds and never becomes its owner, nor makes another one so. Of a container what the
 * receiver excepts stays behind first.
 */
function move(
  draft: Draft,
  id: string,
  item: ItemRow,
  { handover, receipt }: { handover: NonNullable<ItemRow['handover']>; receipt: Receipt },
  moment: Moment,
): void {
  const { exceptions = [] } = receipt;
  setAside(draft, { id, container: item, handover }, exceptions, moment);
  const rest = latest(draft, id, item);
  advance(draft, id, rest, undefined, moment, passed(rest, handover, receipt, moment));
  // What stayed behind has rows of its own: with them the change of hands is not put back as one.
  if (exceptions.length > 0) draft.put(rowKey.item(id), withoutUndo(latest(draft, id, rest)));
}

/** The giver's intent. It moves custody at once if the receiver's acceptance arrived first. */
export const handover: ItemRule<'handover'> = (draft, event, moment) => {
  const { item, creditCode } = checkStep(draft, event, moment);
  const { to } = event.data;
  require(item.handover === undefined, 'HL-2022');
  require(to !== creditCode, 'HL-2023');
  const given = { ...event.data, ...serviceOf(moment) };
  checkPassing(draft, item, given, moment);
  const receipt = item.acceptances?.find((waiting) => waiting.by === to && waiting.from === creditCode);
  // An acceptance that excepts what is not there, or differs once too often, would be refused now; the giver's intent is not, for that.
  const valid =
    receipt &&
    withinContainer(draft, event.item, receipt.exceptions ?? []) &&
    mayDiffer(item, given, receipt);
  if (valid === true) return move(draft, event.item, item, { handover: given, receipt }, moment);
  const others = item.acceptances?.filter((waiting) => waiting !== receipt);
  const acceptances = others?.length ? others : undefined;
  if (given.service) moment.notice('HL-2197');
  advance(draft, event.item, item, undefined, moment, {
    ...withoutHandover(item),
    handover: given,
    acceptances,
  });
};

/** The giver takes an open handover back. */
export const withdraw: ItemRule<'withdraw'> = (draft, event, moment) => {
  const { item } = checkStep(draft, event, moment);
  require(item.handover, 'HL-2025');
  advance(draft, event.item, item, undefined, moment, withoutHandover(item));
};

/** The receiver's intent. Without a handover it waits, so that the order of arrival does not matter. */
export const accept: ItemRule<'accept'> = (draft, event, moment) => {
  const { item, creditCode } = checkStep(draft, event, moment);
  const { from, massGrams, count, exceptions } = event.data;
  require(creditCode !== item.custodian, 'HL-2023');
  require(item.kind === 'container' || (count === undefined && exceptions === undefined), 'HL-2181');
  const intent: OpenAcceptance = {
    by: creditCode,
    from,
    ...(massGrams === undefined ? {} : { massGrams }),
    ...(count === undefined ? {} : { count }),
    ...(exceptions === undefined ? {} : { exceptions }),
    ...serviceOf(moment),
  };
  if (item.handover) {
    require(item.handover.to === creditCode && item.custodian === from, 'HL-2026');
    // A licence may have ended, or the vehicle that it came from may have been stopped, since it was handed over.
    checkPassing(draft, item, item.handover, moment);
    require(withinContainer(draft, event.item, exceptions ?? []), 'HL-2180');
    require(mayDiffer(item, item.handover, intent), 'HL-2191');
    return move(draft, event.item, item, { handover: item.handover, receipt: intent }, moment);
  }
  const waiting = item.acceptances ?? [];
  require(waiting.length < MAX_WAITING && !waiting.some(({ by }) => by === creditCode), 'HL-2027');
  if (intent.service) moment.notice('HL-2197');
  advance(draft, event.item, item, undefined, moment, { acceptances: [...waiting, intent] });
};

/** The receiver refuses what was handed over, or takes back an acceptance that still waits. Custody stays. */
export const refuse: ItemRule<'refuse'> = (draft, event, moment) => {
  const { item, creditCode } = checkStep(draft, event, moment);
  if (item.handover) {
    require(item.handover.to === creditCode && item.custodian === event.data.from, 'HL-2026');
    return advance(draft, event.item, item, undefined, moment, withoutHandover(item));
  }
  const left = item.acceptances?.filter(({ by }) => by !== creditCode) ?? [];
  require(left.length < (item.acceptances?.length ?? 0), 'HL-2025');
  const acceptances = left.length > 0 ? left : undefined;
  advance(draft, event.item, item, undefined, moment, { handover: undefined, acceptances });
};
