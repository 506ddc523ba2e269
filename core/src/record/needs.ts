import { parseEventId } from '../ids/event-id.js';
import { mentionsOf } from '../model/concerns.js';
import { isAdministration, type EventOf, type ItemEvent, type LedgerEvent } from '../model/events.js';
import { rowKey } from '../model/row-keys.js';
import type { ItemRow } from '../model/rows.js';
import { saleId } from '../model/sale.js';
import type { Tag } from '../tags/tag.js';
import { LINE_STEPS } from '../rules/appliance-ways.js';
import { REQUIRED_PARTS } from '../rules/appliances.js';
import { SECOND_LIFE_CAPACITY } from '../rules/batteries.js';
import { CORRECTION_TERM } from '../rules/corrections.js';
import { MASS_TOLERANCE, type Output } from '../rules/dismantling.js';
import type { Draft } from '../rules/draft.js';
import { HAZARDOUS_CATEGORIES } from '../rules/hazardous.js';
import { keysInForce, LIST_OF_VERSIONS } from '../rules/in-force.js';
import { CORE_DEPOSIT, STATE_PILOT } from '../rules/old-for-reman.js';
import { MAX_NESTING, originOf as originOfItem } from '../rules/item.js';
import { MANIFEST_NUMBER, numberTag } from '../rules/manifests.js';
import { CERTIFICATE_AFTER } from '../rules/vehicles.js';
import { keyIdOf } from '../bytes/signature.js';

/** Most rows that a transaction may touch. */
export const MAX_ROWS = 2000;

/** Keys of the rows that judging an event needs, as far as the event itself tells. */
export function keysOfEvent(event: LedgerEvent): string[] {
  const keys = specificKeys(event);
  if ('item' in event) keys.push(rowKey.item(event.item));
  if (event.cites !== undefined) keys.push(...batchOf(event.cites));
  if (event.replaces !== undefined) keys.push(...batchOf(event.replaces));
  return keys;
}

/**
 * Keys of rows that events may change, as far as the events tell: two groups that share one must not be under way at once. Rows
 * that are only read, such as a receiver's entry, are left out unless an administrator changes them.
 */
export function rowsChanged(events: readonly LedgerEvent[]): ReadonlySet<string> {
  return new Set(
    events.flatMap((event) =>
      isAdministration(event) ? keysOfEvent(event) : keysOfEvent(event).filter(isOfItems),
    ),
  );
}

function isOfItems(key: string): boolean {
  return ['item/', 'loss/', 'reman/', 'tag/'].some((prefix) => key.startsWith(prefix));
}

/** Number of rows that events name by themselves; judging them may touch more. */
export function rowsNamed(events: readonly LedgerEvent[]): number {
  return new Set(events.flatMap(keysOfEvent)).size;
}

function specificKeys(event: LedgerEvent): string[] {
  switch (event.type) {
    case 'register':
      return event.data.tags.map(rowKey.tag);
    case 'handover':
      return participants(event.data.to, event.data.consignee);
    case 'sellSalvage':
      return participants(event.data.to);
    case 'receive':
      return packTags(event.data.packs).map(rowKey.tag);
    case 'depollute':
      return [
        ...table(CERTIFICATE_AFTER, event.data.certificateVersion),
        ...rowsOfOutputs(event.data.outputs),
      ];
    case 'dismantle':
    case 'shred':
    case 'recycle':
      return [...tolerance(event.data.toleranceVersion), ...rowsOfOutputs(event.data.outputs)];
    case 'repurpose':
      return [...tolerance(event.data.toleranceVersion), ...rowsOfOutputs([event.data.product])];
    case 'testBattery':
      return [rowKey.rule(SECOND_LIFE_CAPACITY.name, SECOND_LIFE_CAPACITY.province, event.data.tableVersion)];
    case 'leaveHulk':
    case 'takeInBattery':
      return tolerance(event.data.toleranceVersion);
    case 'remanufacture':
      return rowsOfOutputs([event.data.product]);
    case 'reportDamage':
    case 'assess':
    case 'declareTotalLoss':
    case 'approveLines':
    case 'payLines':
      return [rowKey.loss(event.item, event.data.loss)];
    case 'claimLines':
      return [rowKey.loss(event.item, event.data.loss), ...participants(event.data.against)];
    case 'sellRemanufactured':
      return [rowKey.reman(saleId(event.data)), ...table(STATE_PILOT, event.data.statePilotVersion)].concat(
        table(CORE_DEPOSIT, event.data.coreDepositVersion),
      );
    case 'receiveCore':
      return [rowKey.reman(saleId(event.data))];
    case 'claimEntitlement':
      return [rowKey.reman(saleId(event.data)), rowKey.item(event.data.core)];
    case 'fit':
      return [rowKey.item(event.data.into), ...lossOfRepair(event.data)];
    case 'receiveUnit':
      return [...table(REQUIRED_PARTS, event.data.partsVersion), ...labels(event.data.label)];
    case 'labelUnit':
      return labels(event.data.label);
    case 'bindSet':
      return [rowKey.item(event.data.partner)];
    case 'issueToLine':
      return table(LINE_STEPS, event.data.stepsVersion);
    case 'remove':
      return [rowKey.item(event.data.from)];
    case 'intakeBatch':
      return event.data.tags.map(rowKey.tag);
    case 'sort':
    case 'split':
      return [...tolerance(event.data.toleranceVersion), ...rowsOfOutputs(event.data.outputs)];
    case 'closeSorting':
    case 'weigh':
      return tolerance(event.data.toleranceVersion);
    case 'sample':
      return rowsOfOutputs([event.data.output]);
    case 'merge':
    case 'transform':
      return [
        ...tolerance(event.data.toleranceVersion),
        ...mentionsOf(event).map(rowKey.item),
        ...rowsOfOutputs(event.type === 'merge' ? [event.data.output] : event.data.outputs),
      ];
    case 'openManifest':
      return [
        ...mentionsOf(event).map(rowKey.item),
        ...participants(event.data.carrier, event.data.handler),
        rowKey.tag(numberTag(event.data.number)),
      ];
    case 'carryManifest':
    case 'acceptManifest':
    case 'refuseManifest':
    case 'cancelManifest':
      return mentionsOf(event).map(rowKey.item);
    case 'correct':
    case 'agreeCorrection':
      return [
        ...batchOf(event.data.event),
        ...signerOf(event.data.event),
        rowKey.rule(CORRECTION_TERM.name, CORRECTION_TERM.province, event.data.termVersion),
        ...(event.data.outputs ?? []).map(rowKey.item),
      ];
    case 'classifyRefusal':
      return batchOf(event.data.event);
    case 'participant.register':
    case 'participant.suspend':
    case 'participant.reinstate':
    case 'licence.grant':
    case 'licence.countersign':
      return [rowKey.participant(event.data.creditCode)];
    case 'key.register':
      return [rowKey.participant(event.data.owner), rowKey.key(keyIdOf(event.data.publicKey))];
    case 'key.revoke':
      return [rowKey.key(event.data.keyId), rowKey.lane(event.data.keyId)];
    case 'rule.propose':
      return [rowKey.rule(event.data.name, event.data.province, event.data.version)];
    case 'rule.approve':
      return [LIST_OF_VERSIONS, event.data.version].map((version) =>
        rowKey.rule(event.data.name, event.data.province, version),
      );
    case 'tag.award':
      return [rowKey.tag(event.data.tag)];
    default:
      return [];
  }
}

function batchOf(eventId: string): string[] {
  const place = parseEventId(eventId);
  return place ? [rowKey.batch(place.keyId, place.sequence)] : [];
}

function signerOf(eventId: string): string[] {
  const place = parseEventId(eventId);
  return place ? [rowKey.key(place.keyId)] : [];
}

function participants(...codes: readonly (string | undefined)[]): string[] {
  return codes.flatMap((creditCode) => (creditCode === undefined ? [] : [rowKey.participant(creditCode)]));
}

/** A step that names no version is refused before it reads a table. */
function tolerance(version = 0): string[] {
  return table(MASS_TOLERANCE, version);
}

function table(
  { name, province }: { readonly name: string; readonly province: string },
  version: number | undefined,
): string[] {
  return version === undefined ? [] : [rowKey.rule(name, province, version)];
}

function labels(label: Tag | undefined): string[] {
  return label === undefined ? [] : [rowKey.tag(label)];
}

function packTags(packs: readonly string[] = []): Tag[] {
  return packs.map((value) => ({ scheme: 'battery', value }));
}

/** The loss under which a part is fitted. */
function lossOfRepair({ into, repair }: EventOf<'fit'>['data']): string[] {
  return repair === undefined ? [] : [rowKey.loss(repair.vehicle ?? into, repair.loss)];
}

function rowsOfOutputs(outputs: readonly Pick<Output, 'item' | 'tags'>[]): string[] {
  return outputs.flatMap(({ item, tags }) => [rowKey.item(item), ...(tags ?? []).map(rowKey.tag)]);
}

/**
 * Keys that the rows read so far make necessary for an event: what its item is fitted into, tags that end with it, the
 * item that bears a claimed tag. Only what the rule reads, so that strangers who claim a tag cannot make an item costly.
 */
export function keysBehind(draft: Draft, event: LedgerEvent, time: number): readonly string[] {
  const specific = specificKeysBehind(draft, event, time);
  const hosts = 'item' in event ? stepsOn(event).flatMap((id) => hostsOf(draft, id)) : none;
  return hosts.length === 0 ? specific : [...hosts, ...specific];
}

/** The items that take a step of an event: most often the one that it names, or several lots at once. */
function stepsOn(event: ItemEvent): readonly string[] {
  switch (event.type) {
    case 'merge':
      return [event.item, ...event.data.others];
    case 'transform':
      return [event.item, ...(event.data.others ?? [])];
    case 'openManifest':
      return event.data.lots.map(({ item }) => item);
    default:
      return [event.item];
  }
}

/** Most events need nothing more. */
const none: readonly string[] = [];

function specificKeysBehind(draft: Draft, event: LedgerEvent, time: number): readonly string[] {
  switch (event.type) {
    case 'intakeBatch':
    case 'register':
      return event.data.tags.flatMap((tag) => bearerOf(draft, tag));
    case 'receive':
      return packTags(event.data.packs).flatMap((tag) => bearerOf(draft, tag));
    case 'depollute':
    case 'dismantle':
    case 'shred':
    case 'recycle':
      return [
        ...tagsOf(draft, event.item),
        ...originOf(draft, event.item),
        ...bearersOf(draft, event.data.outputs),
      ];
    case 'takeInBattery':
      return originOf(draft, event.item);
    case 'repurpose':
      return [
        ...originOf(draft, event.item),
        ...tagsOf(draft, event.item),
        ...bearersOf(draft, [event.data.product]),
      ];
    case 'remanufacture':
      return [
        ...tagsOf(draft, event.item),
        ...originOf(draft, event.item),
        ...bearersOf(draft, [event.data.product]),
      ];
    case 'dispose':
      return [
        ...tagsOf(draft, event.item),
        ...originOf(draft, event.item),
        ...wasteTable(draft, event.item, time),
      ];
    case 'receiveCore':
    case 'sellRefurbished':
      return tagsOf(draft, event.item);
    case 'receiveUnit':
    case 'labelUnit':
      return event.data.label === undefined ? none : bearerOf(draft, event.data.label);
    case 'lineStep':
      return lineStepsOf(draft, event.item);
    case 'closeUnit':
      return [...lineStepsOf(draft, event.item), ...tagsOf(draft, event.item)];
    case 'claimEntitlement':
      return table(CORE_DEPOSIT, draft.peek(rowKey.reman(saleId(event.data)))?.coreDepositVersion);
    case 'remove':
      return lossOfPart(draft, event.item);
    case 'handover':
      return [
        ...originOf(draft, event.item),
        ...participants(itemOf(draft, event.item)?.consignee),
        ...wasteTable(draft, event.item, time),
      ];
    case 'accept':
      return [
        ...originOf(draft, event.item),
        ...partiesOfHandover(draft, event.item),
        ...wasteTable(draft, event.item, time),
      ];
    case 'sort':
    case 'split':
      return [...tagsOf(draft, event.item), ...bearersOf(draft, event.data.outputs)];
    case 'sample':
      return bearersOf(draft, [event.data.output]);
    case 'merge':
      return [...tagsOfAll(draft, event.item, event.data.others), ...bearersOf(draft, [event.data.output])];
    case 'transform': {
      const { others = [], outputs } = event.data;
      return [
        ...tagsOfAll(draft, event.item, others),
        ...bearersOf(draft, outputs),
        ...keysInForce(draft, HAZARDOUS_CATEGORIES, time),
      ];
    }
    case 'openManifest':
      return [
        ...keysInForce(draft, HAZARDOUS_CATEGORIES, time),
        ...keysInForce(draft, MANIFEST_NUMBER, time),
      ];
    case 'acceptManifest':
      return participants(itemOf(draft, event.item)?.manifest?.handler);
    case 'closeSorting':
    case 'cancelManifest':
    case 'returnManifest':
      return tagsOf(draft, event.item);
    case 'fit':
      return [...originOf(draft, event.item), ...hostsOf(draft, event.data.into)];
    case 'correct':
    case 'agreeCorrection':
      return [
        ...lossOfPart(draft, event.item),
        ...[event.item, ...(event.data.outputs ?? [])].flatMap((id) => tagsOf(draft, id)),
        ...(itemOf(draft, event.item)?.tags ?? []).flatMap((tag) => bearerOf(draft, tag)),
      ];
    case 'tag.award':
      return partiesOf(draft, event.data.tag);
    case 'rule.approve': {
      const { name, province, version } = event.data;
      return keyOf(draft.peek(rowKey.rule(name, province, version))?.proposedBy);
    }
    case 'ruleset.approve':
      return keyOf(draft.peek(rowKey.activeRuleset)?.proposed?.by);
    default:
      return none;
  }
}

function itemOf(draft: Draft, id: string): ItemRow | undefined {
  return draft.peek(rowKey.item(id));
}

/** What an item is fitted into, and that in turn, as far as it is known yet. */
function hostsOf(draft: Draft, id: string): readonly string[] {
  let outer = itemOf(draft, id)?.fittedInto;
  if (outer === undefined) return none;
  const hosts: string[] = [];
  while (outer !== undefined && hosts.length <= MAX_NESTING) {
    hosts.push(rowKey.item(outer));
    outer = itemOf(draft, outer)?.fittedInto;
  }
  return hosts;
}

/** The table of steps that an appliance was issued under. */
function lineStepsOf(draft: Draft, id: string): string[] {
  return table(LINE_STEPS, itemOf(draft, id)?.appliance?.stepsVersion ?? 0);
}

/** The loss under which a part was fitted. */
function lossOfPart(draft: Draft, id: string): readonly string[] {
  const repair = itemOf(draft, id)?.insurance?.repair;
  return repair === undefined ? none : [rowKey.loss(repair.vehicle, repair.loss)];
}

function tagsOf(draft: Draft, id: string): string[] {
  return (itemOf(draft, id)?.tags ?? []).map(rowKey.tag);
}

function tagsOfAll(draft: Draft, id: string, others: readonly string[]): string[] {
  return [id, ...others].flatMap((each) => tagsOf(draft, each));
}

/** Whether a lot is hazardous waste is asked when it changes hands or ends. */
function wasteTable(draft: Draft, id: string, time: number): string[] {
  return itemOf(draft, id)?.kind === 'lot' ? keysInForce(draft, HAZARDOUS_CATEGORIES, time) : [];
}

/** What a part came out of: while that is held, the part stands still. */
function originOf(draft: Draft, id: string): string[] {
  const item = itemOf(draft, id);
  const origin = item && originOfItem(item);
  return origin === undefined ? [] : [rowKey.item(origin)];
}

/** Whom an open handover names. */
function partiesOfHandover(draft: Draft, id: string): string[] {
  const item = itemOf(draft, id);
  return item?.handover === undefined
    ? []
    : participants(item.handover.to, item.consignee, item.handover.consignee);
}

function bearersOf(draft: Draft, outputs: readonly Pick<Output, 'tags'>[]): string[] {
  return outputs.flatMap(({ tags }) => tags ?? []).flatMap((tag) => bearerOf(draft, tag));
}

function bearerOf(draft: Draft, tag: Tag): string[] {
  const bound = draft.peek(rowKey.tag(tag));
  return bound ? [rowKey.item(bound.item)] : [];
}

function keyOf(keyId: string | undefined): string[] {
  return keyId === undefined ? [] : [rowKey.key(keyId)];
}

/** The items that claim a tag, and their other tags, which may be in dispute too. */
function partiesOf(draft: Draft, tag: Tag): string[] {
  const row = draft.peek(rowKey.tag(tag));
  const parties = row ? [row.item, ...(row.contenders ?? [])] : [];
  return parties.flatMap((id) => [rowKey.item(id), ...tagsOf(draft, id)]);
}
