import { columns, required } from '../columns/index.js';
import type { MessageType, TagField } from '../message-type.js';
import { evidence, field, same } from '../sources.js';

const core: readonly TagField[] = [{ scheme: 'serial', field: 'coreSerial' }];
const product: readonly TagField[] = [{ scheme: 'serial', field: 'productSerial' }];
const sale = [required(columns.seller), required(columns.saleNumber), required(columns.saleLine)] as const;
const ofSale = { ...same('seller'), sale: field('saleNumber'), line: field('saleLine') } as const;

/** What the system of an old-for-reman scheme sends beside what all do. */
export const oldForRemanMessages: readonly MessageType[] = [
  {
    name: 'coreGraded',
    version: 1,
    title: { zh: '旧件分级', en: 'core graded' },
    systems: ['oldForReman'],
    columns: [required(columns.coreSerial), required(columns.grade), columns.evidenceSha256],
    lists: [
      {
        name: 'missing',
        title: { zh: '缺失零部件', en: 'what the core lacks' },
        source: columns.missingPart.source,
        columns: [required(columns.missingPart)],
        least: 0,
        most: 16,
      },
    ],
    tableKey: ['coreSerial'],
    events: [
      {
        type: 'grade',
        item: core,
        data: { ...same('grade'), missing: { list: 'missing', each: field('missingPart') }, ...evidence },
      },
    ],
  },
  {
    name: 'coreRemanufactured',
    version: 1,
    title: { zh: '再制造完成', en: 'core remanufactured' },
    systems: ['oldForReman'],
    columns: [
      required(columns.coreSerial),
      required(columns.productSerial),
      required(columns.category),
      required(columns.massGrams),
      required(columns.mark),
      columns.addedGrams,
      columns.evidenceSha256,
    ],
    tableKey: ['coreSerial'],
    events: [
      {
        type: 'remanufacture',
        item: core,
        data: {
          product: {
            made: { kind: { constant: 'part' }, ...same('category', 'massGrams') },
            tags: product,
          },
          ...same('mark', 'addedGrams'),
          ...evidence,
        },
      },
    ],
  },
  {
    name: 'productSold',
    version: 1,
    title: { zh: '以旧换再销售', en: 'remanufactured part sold for an old one' },
    systems: ['oldForReman', 'repair'],
    columns: [
      required(columns.productSerial),
      ...sale,
      required(columns.priceFen),
      required(columns.corePriceFen),
      required(columns.depositFen),
      required(columns.salt),
      columns.statePilotVersion,
      columns.coreDepositVersion,
    ],
    tableKey: ['seller', 'saleNumber', 'saleLine'],
    events: [
      {
        type: 'sellRemanufactured',
        item: product,
        data: {
          ...ofSale,
          price: { commitment: 'price' },
          ...same('statePilotVersion', 'coreDepositVersion'),
        },
      },
    ],
  },
  {
    name: 'coreReturned',
    version: 1,
    title: { zh: '旧件返还', en: 'core returned' },
    systems: ['oldForReman', 'repair'],
    columns: [required(columns.coreSerial), ...sale, required(columns.productSerial), columns.evidenceSha256],
    tableKey: ['seller', 'saleNumber', 'saleLine'],
    events: [
      {
        type: 'receiveCore',
        item: core,
        data: { ...ofSale, product: { item: product }, ...evidence },
      },
    ],
  },
  {
    name: 'entitlementClaimed',
    version: 1,
    title: { zh: '兑付以旧换再权益', en: 'entitlement claimed' },
    systems: ['oldForReman', 'repair'],
    columns: [
      required(columns.productSerial),
      required(columns.coreSerial),
      ...sale,
      required(columns.scheme),
    ],
    tableKey: ['seller', 'saleNumber', 'saleLine', 'scheme', 'time'],
    events: [
      {
        type: 'claimEntitlement',
        item: product,
        data: { ...ofSale, ...same('scheme'), core: { item: core } },
      },
    ],
  },
];
