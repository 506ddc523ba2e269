import { parseEventId } from '../ids/event-id.js';
import { mentionsOf } from '../model/concerns.js';
import { isAdministration, type EventOf, type LedgerEvent } from '../model/events.js';
import { rowKey } from '../model/row-keys.js';
import { saleId } from '../model/sale.js';
import type { Tag } from '../tags/tag.js';
import { LINE_STEPS } from '../rules/appliance-ways.js';
import { REQUIRED_PARTS } from '../rules/appliances.js';
import { SECOND_LIFE_CAPACITY } from '../rules/batteries.js';
import { CORRECTION_TERM } from '../rules/corrections.js';
import { MASS_TOLERANCE, type Output } from '../rules/dismantling.js';
import { eventOfFinding } from '../rules/findings.js';
import { HAZARDOUS_CATEGORIES, mayHideWaste } from '../rules/hazardous.js';
import { LIST_OF_VERSIONS } from '../rules/in-force.js';
import { CORE_DEPOSIT, STATE_PILOT } from '../rules/old-for-reman.js';
import { numberTag } from '../rules/manifests.js';
import { CERTIFICATE_AFTER } from '../rules/vehicles.js';
import { keyIdOf } from '../bytes/signature.js';

import { keysOfNamedTable, participants, packTags } from './row-lists.js';

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

/** Where it is written since when which table of hazardous waste is in force. */
const listOfWaste = rowKey.rule(HAZARDOUS_CATEGORIES.name, HAZARDOUS_CATEGORIES.province, LIST_OF_VERSIONS);

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
  return ['item/', 'loss/', 'reman/', 'tag/'].some((prefix) => key.startsWith(prefix));
}

/** Number of rows that events name by themselves; judging them may touch more. */
export function rowsNamed(events: readonly LedgerEvent[]): number {
  return new Set(events.flatMap(keysOfEvent)).size;
}

function specificKeys(event: LedgerEvent): string[] {
  switch (event.type) {
    case 'register':
      return [
        ...event.data.tags.map(rowKey.tag),
        ...(mayHideWaste(event.data) ? [listOfWaste] : []),
        ...mentionsOf(event).map(rowKey.item),
      ];
    case 'handover':
      return participants(event.data.to, event.data.consignee);
    case 'sellSalvage':
      return participants(event.data.to);
    case 'receive':
      return packTags(event.data.packs).map(rowKey.tag);
    case 'issueCertificate':
      return event.replaces === undefined ? [] : signerOf(event.replaces);
    case 'depollute':
      return [
        ...keysOfNamedTable(CERTIFICATE_AFTER, event.data.certificateVersion),
        ...rowsOfOutputs(event.data.outputs),
      ];
    case 'dismantle':
    case 'shred':
    case 'recycle':
      return [...tolerance(event.data.toleranceVersion), ...rowsOfOutputs(event.data.outputs)];
    case 'repurpose':
      return [...tolerance(event.data.toleranceVersion), ...rowsOfOutputs([event.data.product])];
    case 'testBattery':
      return keysOfNamedTable(SECOND_LIFE_CAPACITY, event.data.tableVersion);
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
      return [
        rowKey.reman(saleId(event.data)),
        ...keysOfNamedTable(STATE_PILOT, event.data.statePilotVersion),
      ].concat(keysOfNamedTable(CORE_DEPOSIT, event.data.coreDepositVersion));
    case 'receiveCore':
      return [rowKey.reman(saleId(event.data)), ...labels(event.data.label)];
    case 'claimEntitlement':
      return [rowKey.reman(saleId(event.data)), rowKey.item(event.data.core)];
    case 'fit':
      return [rowKey.item(event.data.into), ...lossOfRepair(event.data)];
    case 'receiveUnit':
      return [...keysOfNamedTable(REQUIRED_PARTS, event.data.partsVersion), ...labels(event.data.label)];
    case 'labelUnit':
    case 'codePart':
      return labels(event.data.label);
    case 'bindSet':
    case 'unbindSet':
      return [rowKey.item(event.data.partner)];
    case 'issueToLine':
      return keysOfNamedTable(LINE_STEPS, event.data.stepsVersion);
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
    case 'takeBackLots':
    case 'refuseManifest':
    case 'cancelManifest':
      return mentionsOf(event).map(rowKey.item);
    case 'correct':
    case 'agreeCorrection':
      return [
        ...batchOf(event.data.event),
        ...signerOf(event.data.event),
        ...keysOfNamedTable(CORRECTION_TERM, event.data.termVersion),
        ...(event.data.outputs ?? []).map(rowKey.item),
      ];
    case 'classifyRefusal':
      return batchOf(event.data.event);
    case 'pack':
    case 'unpack':
      return event.data.items.map(rowKey.item);
    case 'accept':
      return (event.data.exceptions ?? []).flatMap(({ items }) => items.map(rowKey.item));
    case 'acceptOnBehalf':
    case 'receiveOnPaper':
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
      return [rowKey.rule(event.data.name, event.data.province, event.data.version)];
    case 'rule.approve':
      return [LIST_OF_VERSIONS, event.data.version].map((version) =>
        rowKey.rule(event.data.name, event.data.province, version),
      );
    case 'tag.award':
      return [rowKey.tag(event.data.tag)];
    case 'finding.decide':
      return batchOf(eventOfFinding(event.data.finding));
    default:
      return [];
  }
}

function signerOf(eventId: string): string[] {
  const place = parseEventId(eventId);
  return place ? [rowKey.key(place.keyId)] : [];
}

/** A step that names no version is refused before it reads a table. */
function tolerance(version = 0): string[] {
  return keysOfNamedTable(MASS_TOLERANCE, version);
}

function labels(label: Tag | undefined): string[] {
  return label === undefined ? [] : [rowKey.tag(label)];
}

/** The loss under which a part is fitted. */
function lossOfRepair({ into, repair }: EventOf<'fit'>['data']): string[] {
  return repair === undefined ? [] : [rowKey.loss(repair.vehicle ?? into, repair.loss)];
}

function rowsOfOutputs(outputs: readonly Pick<Output, 'item' | 'tags'>[]): string[] {
  return outputs.flatMap(({ item, tags }) => [rowKey.item(item), ...(tags ?? []).map(rowKey.tag)]);
}
