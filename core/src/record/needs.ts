import { parseEventId } from '../ids/event-id.js';
import type { LedgerEvent } from '../model/events.js';
import { rowKey } from '../model/row-keys.js';
import type { ItemRow, Row, TagRow } from '../model/rows.js';
import { MASS_TOLERANCE } from '../rules/dismantling.js';
import { keyIdOf } from '../bytes/signature.js';

/** Keys of the rows that judging an event needs, as far as the event itself tells. */
export function keysOfEvent(event: LedgerEvent): string[] {
  const keys = specificKeys(event);
  if ('item' in event) keys.push(rowKey.item(event.item));
  const cited = event.cites === undefined ? undefined : parseEventId(event.cites);
  if (cited) keys.push(rowKey.batch(cited.keyId, cited.sequence));
  return keys;
}

function specificKeys(event: LedgerEvent): string[] {
  switch (event.type) {
    case 'register':
      return event.data.tags.map(rowKey.tag);
    case 'handover':
      return [rowKey.participant(event.data.to)];
    case 'dismantle':
      return [
        rowKey.rule(MASS_TOLERANCE.name, MASS_TOLERANCE.province, event.data.toleranceVersion),
        ...event.data.outputs.flatMap((output) => [
          rowKey.item(output.item),
          ...(output.tags ?? []).map(rowKey.tag),
        ]),
      ];
    case 'fit':
      return [rowKey.item(event.data.into)];
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
    default:
      return [];
  }
}

/**
 * Keys that a row in hand makes necessary: an item's tags (they are retired with it), what it is fitted into, and the
 * items that a tag names.
 */
export function keysOfRow(key: string, row: Row): string[] {
  if (key.startsWith('item/')) {
    const { tags, fittedInto } = row as ItemRow;
    return [...(tags ?? []).map(rowKey.tag), ...(fittedInto === undefined ? [] : [rowKey.item(fittedInto)])];
  }
  if (key.startsWith('tag/')) {
    const { item, contenders } = row as TagRow;
    return [item, ...(contenders ?? [])].map(rowKey.item);
  }
  return [];
}
