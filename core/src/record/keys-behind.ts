import { parseEventId } from '../ids/event-id.js';
import { type ItemEvent, type LedgerEvent } from '../model/events.js';
import { rowKey } from '../model/row-keys.js';
import type { ItemRow } from '../model/rows.js';
import { saleId } from '../model/sale.js';
import { LINE_STEPS } from '../rules/appliance-ways.js';
import { MASS_TOLERANCE } from '../rules/dismantling.js';
import type { Draft } from '../rules/draft.js';
import { HAZARDOUS_CATEGORIES, mayHideWaste } from '../rules/hazardous.js';
import { keysInForce } from '../rules/in-force.js';
import { CORE_DEPOSIT } from '../rules/old-for-reman.js';
import { MAX_NESTING, outerOf as outerOfItem } from '../rules/item.js';
import { MANIFEST_NUMBER, MANIFEST_TOLERANCE } from '../rules/manifests.js';
import { NEVER_REMANUFACTURED } from '../rules/remanufacturing.js';
import { SUPERVISED_CATEGORIES } from '../rules/supervision.js';

import {
  bearerOf,
  bearerOfLabel,
  bearersOf,
  claimantsOf,
  claimedTagsOf,
  heldTogether,
  itemOf,
  originOf,
  partiesOf,
  rivalsOf,
  tagsOf,
} from './claims.js';
import { participants, table, packTags } from './row-lists.js';

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
      return event.data.tags.flatMap((tag) => bearerOf(draft, tag));
    case 'register':
      return [
        ...event.data.tags.flatMap((tag) =>
          event.data.kind === 'vehicle' ? claimantsOf(draft, tag) : bearerOf(draft, tag),
        ),
        ...wasteAmong(draft, [event.data], time),
      ];
    case 'hold':
      return rivalsOf(draft, event.item);
    case 'release':
      return heldTogether(draft, event.item);
    case 'receive':
      return [
        ...packTags(event.data.packs).flatMap((tag) => bearerOf(draft, tag)),
        ...keysInForce(draft, SUPERVISED_CATEGORIES, time),
      ];
    case 'depollute':
    case 'dismantle':
    case 'shred':
    case 'recycle':
      return [
        ...tagsOf(draft, event.item),
        ...originOf(draft, event.item),
        ...bearersOf(draft, event.data.outputs),
        ...wasteAmong(draft, event.data.outputs, time),
      ];
    case 'takeInBattery':
    case 'sellRemanufactured':
    case 'markReused':
    case 'grade':
      return originOf(draft, event.item);
    case 'repurpose':
      return [
        ...originOf(draft, event.item),
        ...tagsOf(draft, event.item),
        ...bearersOf(draft, [event.data.product]),
      ];
    case 'cancelRegistration':
      return keysInForce(draft, SUPERVISED_CATEGORIES, time);
    case 'designateCore':
      return [...originOf(draft, event.item), ...keysInForce(draft, NEVER_REMANUFACTURED, time)];
    case 'remanufacture':
      return [
        ...keysInForce(draft, NEVER_REMANUFACTURED, time),
        ...keysInForce(draft, MASS_TOLERANCE, time),
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
    case 'codePart':
      return [
        ...tagsOf(draft, event.item),
        ...bearerOfLabel(draft, event.data.label),
        ...originOf(draft, event.item),
      ];
    case 'sellRefurbished':
    case 'retireContainer':
      return tagsOf(draft, event.item);
    case 'receiveUnit':
    case 'labelUnit':
      return bearerOfLabel(draft, event.data.label);
    case 'lineStep':
      return lineStepsOf(draft, event.item);
    case 'closeUnit':
      return [...lineStepsOf(draft, event.item), ...tagsOf(draft, event.item)];
    case 'claimEntitlement':
      return table(CORE_DEPOSIT, draft.peek(rowKey.reman(saleId(event.data)))?.coreDepositVersion);
    case 'remove':
      // It has come out of that from then on, and of what that came out of.
      return [...lossOfPart(draft, event.item), ...originOf(draft, event.data.from)];
    case 'handover':
      return [
        ...originsOf(draft, event.item),
        ...participants(itemOf(draft, event.item)?.consignee),
        ...exceptedBy(draft, event.item, event.data.to),
        ...wasteTable(draft, event.item, time),
      ];
    case 'accept':
      return [
        ...originsOf(draft, event.item),
        ...partiesOfHandover(draft, event.item),
        ...(event.data.exceptions ?? []).flatMap(({ items }) => items.flatMap((id) => hostsOf(draft, id))),
        ...wasteTable(draft, event.item, time),
      ];
    case 'acceptOnBehalf':
      return [...originsOf(draft, event.item), ...wasteTable(draft, event.item, time)];
    case 'pack':
    case 'unpack':
      return [
        ...participants(itemOf(draft, event.item)?.consignee),
        ...event.data.items.flatMap((id) => [
          ...originsOf(draft, id),
          ...participants(itemOf(draft, id)?.consignee),
          ...wasteTable(draft, id, time),
        ]),
      ];
    case 'sort':
      return [
        ...tagsOf(draft, event.item),
        ...bearersOf(draft, event.data.outputs),
        ...wasteAmong(draft, event.data.outputs, time),
      ];
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
      return [
        ...participants(itemOf(draft, event.item)?.manifest?.handler),
        ...keysInForce(draft, MANIFEST_TOLERANCE, time),
      ];
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
        ...originsOf(draft, event.item),
        ...[event.item, ...(event.data.outputs ?? [])].flatMap((id) => claimedTagsOf(draft, id)),
        ...(itemOf(draft, event.item)?.tags ?? []).flatMap((tag) => bearerOf(draft, tag)),
        ...signerOf(draft, event.data.event),
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

/** The enterprise that signed a recorded event. */
function signerOf(draft: Draft, eventId: string): string[] {
  const place = parseEventId(eventId);
  return participants(place && draft.peek(rowKey.key(place.keyId))?.owner);
}

/** The loss under which a part was fitted. */
function lossOfPart(draft: Draft, id: string): readonly string[] {
  const repair = itemOf(draft, id)?.insurance?.repair;
  return repair === undefined ? none : [rowKey.loss(repair.vehicle, repair.loss)];
}

function tagsOfAll(draft: Draft, id: string, others: readonly string[]): string[] {
  return [id, ...others].flatMap((each) => tagsOf(draft, each));
}

/** Whether a lot is hazardous waste is asked when it changes hands or ends. What is not there yet may become one in this transaction. */
function wasteTable(draft: Draft, id: string, time: number): string[] {
  const { kind = 'lot' } = itemOf(draft, id) ?? {};
  return kind === 'lot' ? keysInForce(draft, HAZARDOUS_CATEGORIES, time) : [];
}

/** Whether what enters the ledger is hazardous waste is asked of what would change hands without a manifest. */
function wasteAmong(
  draft: Draft,
  made: readonly Pick<ItemRow, 'kind' | 'tags'>[],
  time: number,
): readonly string[] {
  return made.some(mayHideWaste) ? keysInForce(draft, HAZARDOUS_CATEGORIES, time) : none;
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

function keyOf(keyId: string | undefined): string[] {
  return keyId === undefined ? [] : [rowKey.key(keyId)];
}
