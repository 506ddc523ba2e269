import { parseEventId } from '../ids/event-id.js';
import { isAdministration, type EventOf, type LedgerEvent } from '../model/events.js';
import { rowKey } from '../model/row-keys.js';
import type { ItemRow } from '../model/rows.js';
import type { Tag } from '../tags/tag.js';
import { LINE_STEPS } from '../rules/appliance-ways.js';
import { REQUIRED_PARTS } from '../rules/appliances.js';
import { SECOND_LIFE_CAPACITY } from '../rules/batteries.js';
import { MASS_TOLERANCE } from '../rules/dismantling.js';
import type { Draft } from '../rules/draft.js';
import { eventOfFinding } from '../rules/findings.js';
import { MAX_NESTING, originOf as originOfItem, outerOf as outerOfItem } from '../rules/item.js';
import { CERTIFICATE_AFTER } from '../rules/vehicles.js';
import { keyIdOf } from '../bytes/signature.js';

/** Most rows that a transaction may touch. */
export const MAX_ROWS = 2000;

/** Keys of the rows that judging an event needs, as far as the event itself tells. */
export function keysOfEvent(event: LedgerEvent): string[] {
  const keys = specificKeys(event);
  if ('item' in event) keys.push(rowKey.item(event.item));
  if (event.cites !== undefined) keys.push(...batchOf(event.cites));
  return keys;
}

/** The row of the batch that an event stands in. */
function batchOf(eventId: string): string[] {
  const place = parseEventId(eventId);
  return place ? [rowKey.batch(place.keyId, place.sequence)] : [];
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
  return key.startsWith('item/') || key.startsWith('tag/');
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
      return [...certificateOrder(event.data.certificateVersion), ...rowsOfOutputs(event.data.outputs)];
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
    case 'fit':
      return [rowKey.item(event.data.into)];
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
    case 'pack':
    case 'unpack':
      return event.data.items.map(rowKey.item);
    case 'accept':
      return (event.data.exceptions ?? []).flatMap(({ items }) => items.map(rowKey.item));
    case 'acceptOnBehalf':
      return participants(event.data.creditCode);
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
    case 'rule.approve':
      return [rowKey.rule(event.data.name, event.data.province, event.data.version)];
    case 'tag.award':
      return [rowKey.tag(event.data.tag)];
    case 'finding.decide':
      return batchOf(eventOfFinding(event.data.finding));
    default:
      return [];
  }
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
  version: number,
): string[] {
  return [rowKey.rule(name, province, version)];
}

function labels(label: Tag | undefined): string[] {
  return label === undefined ? [] : [rowKey.tag(label)];
}

function certificateOrder(version: number | undefined): string[] {
  return version === undefined
    ? []
    : [rowKey.rule(CERTIFICATE_AFTER.name, CERTIFICATE_AFTER.province, version)];
}

function packTags(packs: readonly string[] = []): Tag[] {
  return packs.map((value) => ({ scheme: 'battery', value }));
}

function rowsOfOutputs(outputs: EventOf<'depollute'>['data']['outputs']): string[] {
  return outputs.flatMap(({ item, tags }) => [rowKey.item(item), ...(tags ?? []).map(rowKey.tag)]);
}

/**
 * Keys that the rows read so far make necessary for an event: what its item is fitted into, tags that end with it, the
 * item that bears a claimed tag. Only what the rule reads, so that strangers who claim a tag cannot make an item costly.
 */
export function keysBehind(draft: Draft, event: LedgerEvent): readonly string[] {
  const specific = specificKeysBehind(draft, event);
  const hosts = 'item' in event ? hostsOf(draft, event.item) : none;
  return hosts.length === 0 ? specific : [...hosts, ...specific];
}

/** Most events need nothing more. */
const none: readonly string[] = [];

function specificKeysBehind(draft: Draft, event: LedgerEvent): readonly string[] {
  switch (event.type) {
    case 'register':
      return event.data.tags.flatMap((tag) => bearerOf(draft, tag));
    case 'receive':
      return packTags(event.data.packs).flatMap((tag) => bearerOf(draft, tag));
    case 'depollute':
    case 'dismantle':
    case 'shred':
    case 'recycle':
      return [
        ...(itemOf(draft, event.item)?.kind === 'battery' ? originOf(draft, event.item) : none),
        ...tagsOf(draft, event.item),
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
      return [...tagsOf(draft, event.item), ...bearersOf(draft, [event.data.product])];
    case 'dispose':
    case 'sellRefurbished':
    case 'retireContainer':
      return tagsOf(draft, event.item);
    case 'receiveUnit':
    case 'labelUnit':
      return event.data.label === undefined ? none : bearerOf(draft, event.data.label);
    case 'lineStep':
      return lineStepsOf(draft, event.item);
    case 'closeUnit':
      return [...lineStepsOf(draft, event.item), ...tagsOf(draft, event.item)];
    case 'handover':
      return [
        ...originsOf(draft, event.item),
        ...participants(itemOf(draft, event.item)?.consignee),
        ...exceptedBy(draft, event.item, event.data.to),
      ];
    case 'accept':
      return [
        ...originsOf(draft, event.item),
        ...partiesOfHandover(draft, event.item),
        ...(event.data.exceptions ?? []).flatMap(({ items }) => items.flatMap((id) => hostsOf(draft, id))),
      ];
    case 'acceptOnBehalf':
      return originsOf(draft, event.item);
    case 'pack':
    case 'unpack':
      return [
        ...participants(itemOf(draft, event.item)?.consignee),
        ...event.data.items.flatMap((id) => [
          ...originsOf(draft, id),
          ...participants(itemOf(draft, id)?.consignee),
        ]),
      ];
    case 'fit':
      return [...originOf(draft, event.item), ...hostsOf(draft, event.data.into)];
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

function outerOf(item: ItemRow | undefined): string | undefined {
  return item && outerOfItem(item);
}

/** What an item is fitted or packed into, and that in turn, as far as it is known yet. */
function hostsOf(draft: Draft, id: string): readonly string[] {
  let outer = outerOf(itemOf(draft, id));
  if (outer === undefined) return none;
  const hosts: string[] = [];
  while (outer !== undefined && hosts.length <= MAX_NESTING) {
    hosts.push(rowKey.item(outer));
    outer = outerOf(itemOf(draft, outer));
  }
  return hosts;
}

/** The table of steps that an appliance was issued under. */
function lineStepsOf(draft: Draft, id: string): string[] {
  return table(LINE_STEPS, itemOf(draft, id)?.appliance?.stepsVersion ?? 0);
}

function tagsOf(draft: Draft, id: string): string[] {
  return (itemOf(draft, id)?.tags ?? []).map(rowKey.tag);
}

/** What a part came out of: while that is held, the part stands still. */
function originOf(draft: Draft, id: string): string[] {
  const item = itemOf(draft, id);
  const origin = item && originOfItem(item);
  return origin === undefined ? [] : [rowKey.item(origin)];
}

/** The same, and of a container what the assemblies in it came out of. */
function originsOf(draft: Draft, id: string): string[] {
  const origins = itemOf(draft, id)?.logistics?.goods?.origins ?? none;
  return [...originOf(draft, id), ...origins.map(rowKey.item)];
}

/** What an acceptance that waits for this handover leaves with the giver, and the containers around it. */
function exceptedBy(draft: Draft, id: string, to: string): string[] {
  const acceptance = itemOf(draft, id)?.acceptances?.find(({ by }) => by === to);
  const excepted = acceptance?.exceptions?.flatMap(({ items }) => items) ?? none;
  return excepted.flatMap((each) => [rowKey.item(each), ...hostsOf(draft, each)]);
}

/** Whom an open handover names. */
function partiesOfHandover(draft: Draft, id: string): string[] {
  const item = itemOf(draft, id);
  return item?.handover === undefined
    ? []
    : participants(item.handover.to, item.consignee, item.handover.consignee);
}

function bearersOf(draft: Draft, outputs: EventOf<'depollute'>['data']['outputs']): string[] {
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
