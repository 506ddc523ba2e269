import { rowKey } from '../model/row-keys.js';
import type { Difference, LogisticsFacts } from '../model/facts/logistics.js';
import type { ItemRow, OpenAcceptance, OpenHandover } from '../model/rows.js';
import type { EvidenceGrade } from '../model/terms.js';
import type { Moment } from './actor.js';
import { checkBatteryWay } from './battery-ways.js';
import { codeLackOf, tellsNoModel } from './coding.js';
import type { Draft } from './draft.js';
import { requireNoManifestDue } from './hazardous.js';
import { requireFreeOrigin } from './origins.js';
import { require } from './refusal.js';
import { bearerOf, checkWay, isCarrier } from './ways.js';

/** What an acceptance says, whenever it arrives. */
export type Receipt = Pick<OpenAcceptance, 'massGrams' | 'count' | 'exceptions' | 'service'>;

/** Whose the thing is that changes hands: of a loaded container whose the goods are, undefined when they are of several. */
export function ownerOf({ owner, logistics }: ItemRow): string | undefined {
  return logistics?.goods === undefined ? owner : logistics.goods.owner;
}

/**
 * Whose a thing is once it has changed hands. What is consigned becomes the consignee's when it arrives, not before. Goods of
 * several owners stay theirs.
 */
function ownerAfter(item: ItemRow, { to, keepOwnership }: OpenHandover): string | undefined {
  const owner = ownerOf(item);
  if (item.consignee !== undefined) return to === item.consignee ? to : owner;
  return keepOwnership === true || owner !== item.custodian ? owner : to;
}

/** Whether a thing comes back to its owner from who only held it: the consignee did not take it. That is no sale. */
function comesBack(item: ItemRow, { to }: OpenHandover): boolean {
  const owner = ownerOf(item);
  return owner === to && owner !== item.custodian;
}

/**
 * Whether a thing may go there at all; a container, whether all that is in it may.
 *
 * @throws Refusal HL-2024, HL-2283, HL-2284, HL-2104 to HL-2107, HL-2111, HL-2112, HL-2115, HL-2149, HL-2167, HL-2168, HL-2178, HL-2313, HL-2314
 */
export function checkPassing(draft: Draft, item: ItemRow, handover: OpenHandover, moment: Moment): void {
  const { to } = handover;
  requireNoManifestDue(draft, item, moment.time);
  const receiver = draft.get(rowKey.participant(to));
  require(receiver, 'HL-2024');
  require(receiver.status === 'active', 'HL-2283');
  const returns = comesBack(item, handover);
  const named = item.consignee ?? handover.consignee;
  const consignee = named === undefined ? undefined : draft.get(rowKey.participant(named));
  require(named === undefined || consignee, 'HL-2024');
  require(to === named ||
    named === undefined ||
    item.consignee === undefined ||
    returns ||
    isCarrier(receiver, moment.time), 'HL-2107');
  const goods = item.logistics?.goods;
  const several = goods !== undefined && (goods.mixed === true || goods.owner === undefined);
  require(goods?.mixed !== true && !(several && named !== undefined), 'HL-2178');
  const owns = ownerAfter(item, handover) === to;
  const passing = { receiver, owns, consignee, returns, time: moment.time };
  const codeLack = codeLackOf(draft, item);
  checkWay(codeLack === undefined ? item : { ...item, codeLack }, passing);
  checkBatteryWay(item, passing);
  for (const bound of goods?.bounds ?? []) checkWay(bearerOf(bound), passing);
  requireFree(draft, item);
  if (!returns && moment.event.type === 'handover' && tellsNoModel(item)) moment.notice('HL-2315');
}

/**
 * A part stands still as long as what it came out of does, and a container as long as that of an assembly in it.
 *
 * @throws Refusal HL-2115
 */
export function requireFree(draft: Draft, item: ItemRow): void {
  requireFreeOrigin(draft, item);
  for (const origin of item.logistics?.goods?.origins ?? [])
    require(draft.get(rowKey.item(origin))?.hold === undefined, 'HL-2115');
}

/** What a change of hands makes of a row: its members that change. */
export function passed(
  item: ItemRow,
  handover: OpenHandover,
  receipt: Receipt,
  moment: Moment,
): Partial<ItemRow> {
  const custodian = handover.to;
  const after = ownerAfter(item, handover);
  const { goods } = item.logistics ?? {};
  // It has arrived, or is back where it came from, or goes on to whom it was sent.
  const ends = custodian === item.consignee || comesBack(item, handover);
  const consignee = ends ? undefined : (item.consignee ?? handover.consignee);
  const logistics: LogisticsFacts = {
    evidence: gradeOf(handover.service, receipt.service),
    differences: differencesAfter(item, handover, receipt),
    // A container stays whose it is while things are in it: they change owners, not it.
    goods: goods && { ...goods, owner: after, moves: goods.moves + 1 },
  };
  if (logistics.evidence === 'B') moment.notice('HL-2197');
  const owner = goods === undefined ? (after ?? item.owner) : item.owner;
  return {
    handover: undefined,
    acceptances: stillWaiting(item, custodian),
    custodian,
    owner,
    consignee,
    logistics,
  };
}

/**
 * Acceptances that wait for a later handover: what the third in a chain signs may arrive before what the first two did. Those
 * from who has given it away, and the receiver's own, are over.
 */
function stillWaiting({ acceptances, custodian: giver }: ItemRow, receiver: string): ItemRow['acceptances'] {
  const waiting = acceptances?.filter(({ by, from }) => from !== giver && by !== receiver);
  return waiting?.length ? waiting : undefined;
}

/** A change of hands is proved as well as the weaker of its two signatures. */
function gradeOf(giver: true | undefined, receiver: true | undefined): EvidenceGrade {
  return giver === true || receiver === true ? 'B' : 'A';
}

/** Marks an intent that a gateway's service key signed for its party. */
export function serviceOf({ actor }: Moment): { service?: true } {
  return actor.key.kind === 'service' ? { service: true } : {};
}

/** Most differences of one thing that stand at a time, so that its row stays short. */
const MAX_DIFFERENCES = 8;

/** Whether a change of hands leaves no more differences than a row keeps. */
export function mayDiffer(item: ItemRow, handover: OpenHandover, receipt: Receipt): boolean {
  const open = item.logistics?.differences?.length ?? 0;
  return open < MAX_DIFFERENCES || differenceOf(item, handover, receipt) === undefined;
}

/** What is open between two hands stays so when the thing goes on. */
function differencesAfter(
  item: ItemRow,
  handover: OpenHandover,
  receipt: Receipt,
): readonly Difference[] | undefined {
  const found = differenceOf(item, handover, receipt);
  const open = item.logistics?.differences;
  return found === undefined ? open : [...(open ?? []), found];
}

/** Where the two sides do not name the same. A side that named nothing does not differ; the giver's silence is the row's mass. */
function differenceOf(
  item: ItemRow,
  handover: OpenHandover,
  { massGrams: acceptedGrams, count: acceptedCount }: Receipt,
): Difference | undefined {
  const handedOverGrams = handover.massGrams ?? item.massGrams;
  const handedOverCount = item.logistics?.goods?.count ?? 0;
  const differ = (a: number | undefined, b: number | undefined): boolean =>
    a !== undefined && b !== undefined && a !== b;
  const mass = differ(handedOverGrams, acceptedGrams) ? { handedOverGrams, acceptedGrams } : {};
  const count = differ(handedOverCount, acceptedCount) ? { handedOverCount, acceptedCount } : {};
  const found = { ...mass, ...count };
  return Object.keys(found).length === 0 ? undefined : { from: item.custodian, to: handover.to, ...found };
}
