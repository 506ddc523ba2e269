import { MOST_PACKED } from '@huilian/core';
import type { Phrase } from '../../fields/phrase.js';
import { columns, required } from '../columns/index.js';
import type { EventMapping, ListField, MessageType } from '../message-type.js';
import { anything, constant, container, field, packable, same } from '../sources.js';
import { SYSTEMS } from '../system.js';
import { THINGS, thingColumns } from './things.js';

const containers = [columns.containerNumber, columns.sscc] as const;
const CONTAINERS = containers.map(({ name }) => name);

/** Names what lies in a container; a vehicle or a traction battery is not packed. */
const within = [
  columns.partSerial,
  columns.lotNumber,
  columns.unitSerial,
  columns.unitLabel,
  columns.imei,
  columns.innerContainer,
] as const;
const WITHIN = within.map(({ name }) => name);

const contents: ListField = {
  name: 'contents',
  title: { zh: '载具内的物品', en: 'what is in it' },
  source: columns.containerNumber.source,
  columns: within,
  anyOf: WITHIN,
  least: 1,
  most: MOST_PACKED,
};
const exceptions: ListField = {
  name: 'exceptions',
  title: { zh: '未收的物品', en: 'what is not taken' },
  source: columns.containerNumber.source,
  columns: [required(columns.exceptionReason), ...within],
  anyOf: WITHIN,
  least: 0,
  most: MOST_PACKED,
};

/** Things go in or come out. A row of a table is one thing: each has its own verdict. */
function packing(name: string, title: Phrase, type: EventMapping['type']): MessageType {
  return {
    name,
    version: 1,
    title,
    systems: SYSTEMS,
    columns: containers,
    lists: [contents],
    anyOf: CONTAINERS,
    tableKey: [...CONTAINERS, ...WITHIN, 'time'],
    events: [{ type, item: container, data: { items: { list: 'contents', each: { item: packable } } } }],
  };
}

/** Pallets, cages, boxes and trucks, and what may follow when something changes hands. */
export const containerMessages: readonly MessageType[] = [
  {
    name: 'containerRegistered',
    version: 1,
    title: { zh: '载具登记', en: 'container registered' },
    systems: SYSTEMS,
    columns: [...containers, required(columns.containerCategory), columns.massGrams],
    anyOf: CONTAINERS,
    tableKey: CONTAINERS,
    events: [
      {
        type: 'register',
        item: container,
        registers: true,
        data: {
          kind: constant('container'),
          category: field('containerCategory'),
          ...same('massGrams'),
        },
      },
    ],
  },
  packing('goodsPacked', { zh: '装入载具', en: 'goods packed' }, 'pack'),
  packing('goodsUnpacked', { zh: '取出载具', en: 'goods unpacked' }, 'unpack'),
  {
    name: 'containerAccepted',
    version: 1,
    title: { zh: '接收载具', en: 'container accepted' },
    systems: SYSTEMS,
    columns: [...containers, required(columns.sender), columns.countedThings, columns.massGrams],
    lists: [exceptions],
    anyOf: CONTAINERS,
    tableKey: [...CONTAINERS, 'sender', 'exceptionReason', ...WITHIN, 'time'],
    rowsJoin: [...CONTAINERS, 'sender', 'time'],
    events: [
      {
        type: 'accept',
        item: container,
        data: {
          from: field('sender'),
          ...same('count', 'massGrams'),
          exceptions: {
            groups: 'exceptions',
            by: 'exceptionReason',
            as: 'reason',
            into: 'items',
            each: { item: packable },
          },
        },
      },
    ],
  },
  {
    name: 'containerRetired',
    version: 1,
    title: { zh: '载具停用', en: 'container retired' },
    systems: SYSTEMS,
    columns: containers,
    anyOf: CONTAINERS,
    tableKey: CONTAINERS,
    events: [{ type: 'retireContainer', item: container, data: {} }],
  },
  {
    name: 'goodsWithdrawn',
    version: 1,
    title: { zh: '撤回移交', en: 'handover withdrawn' },
    systems: SYSTEMS,
    columns: thingColumns,
    anyOf: THINGS,
    tableKey: [...THINGS, 'time'],
    events: [{ type: 'withdraw', item: anything, data: {} }],
  },
  {
    name: 'differenceSettled',
    version: 1,
    title: { zh: '交接差异了结', en: 'difference settled' },
    systems: SYSTEMS,
    columns: [...thingColumns, required(columns.settlementReason)],
    anyOf: THINGS,
    tableKey: [...THINGS, 'time'],
    events: [{ type: 'settleDifference', item: anything, data: { reason: field('settlementReason') } }],
  },
];
