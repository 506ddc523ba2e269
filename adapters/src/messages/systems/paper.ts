import type { Phrase } from '../../fields/phrase.js';
import { columns, required } from '../columns/index.js';
import type { EventMapping, MessageType } from '../message-type.js';
import { anything, field, keepsOwner, same } from '../sources.js';
import { SYSTEMS } from '../system.js';
import { THINGS, thingColumns } from './things.js';

/** A change of hands with a party that is not on the ledger: an enterprise by its code and licence, a household by its slip. */
function onPaper(name: string, title: Phrase, type: EventMapping['type']): MessageType {
  return {
    name,
    version: 1,
    title,
    systems: SYSTEMS,
    columns: [
      ...thingColumns,
      required(columns.slipSha256),
      columns.paperParty,
      columns.paperLicence,
      columns.household,
      columns.massGrams,
      columns.keepsOwner,
    ],
    anyOf: THINGS,
    tableKey: [...THINGS, 'slipSha256'],
    events: [
      {
        type,
        item: anything,
        data: {
          document: field('slipSha256'),
          creditCode: field('paperParty'),
          licence: field('paperLicence'),
          ...same('household', 'massGrams'),
          ...keepsOwner,
        },
      },
    ],
  };
}

/** Custody of partners on paper. The slip itself stays where it is: its digest stands on the ledger. */
export const paperMessages: readonly MessageType[] = [
  onPaper('goodsGivenOnPaper', { zh: '凭单交出', en: 'goods given on paper' }, 'acceptOnBehalf'),
  onPaper('goodsReceivedOnPaper', { zh: '凭单收回', en: 'goods received on paper' }, 'receiveOnPaper'),
];
