import { columns, required } from '../columns/index.js';
import type { MessageType, Source } from '../message-type.js';
import {
  balanced,
  balancedOutputs,
  constant,
  evidence,
  field,
  lot,
  newLot,
  outputs,
  same,
} from '../sources.js';
import { balance, outputsList } from './shared.js';

const number = required(columns.lotNumber);
const scale = [
  required(columns.grossGrams),
  required(columns.tareGrams),
  required(columns.netGrams),
  required(columns.scale),
  required(columns.calibratedUntil),
] as const;
const weighing: Source = {
  object: same('grossGrams', 'tareGrams', 'netGrams', 'scale', 'calibratedUntil'),
};
const madeLot = [
  required(columns.newLotNumber),
  required(columns.category),
  required(columns.massGrams),
  columns.pieces,
] as const;
const output: Source = {
  made: { kind: constant('lot'), ...same('category', 'massGrams', 'pieces') },
  tags: newLot,
};
const others = {
  name: 'others',
  title: { zh: '其他投入批次', en: 'further lots that go in' },
  source: columns.lotNumber.source,
  columns: [number],
  least: 1,
  most: 40,
} as const;

/** Lots of material: truck loads, sorting, scales, and what one lot becomes. */
export const lotMessages: readonly MessageType[] = [
  {
    name: 'truckWeighedIn',
    version: 1,
    title: { zh: '整车过磅入厂', en: 'truck weighed in' },
    systems: ['scrappedVehicle'],
    columns: [
      number,
      required(columns.ticket),
      required(columns.ticketSha256),
      ...scale,
      required(columns.estimatedPieces),
      columns.sourceKind,
      columns.slip,
    ],
    lists: [
      {
        name: 'mix',
        title: { zh: '申报构成', en: 'declared mix' },
        source: columns.declaredCategory.source,
        columns: [required(columns.declaredCategory), columns.pieces],
        least: 0,
        most: 20,
      },
    ],
    tableKey: ['lotNumber'],
    events: [
      {
        type: 'intakeBatch',
        item: lot,
        creates: true,
        data: {
          tags: { array: [{ tag: { scheme: 'serial', field: 'lotNumber' } }] },
          ...same('ticket', 'estimatedPieces'),
          ticketHash: field('ticketSha256'),
          weighing,
          mix: {
            list: 'mix',
            each: { object: { category: field('declaredCategory'), ...same('pieces') } },
            always: true,
          },
          source: {
            when: 'sourceKind',
            then: { object: { kind: field('sourceKind'), slip: field('slip') } },
          },
        },
      },
    ],
  },
  {
    name: 'loadSorted',
    version: 1,
    title: { zh: '分选', en: 'load sorted' },
    systems: ['scrappedVehicle'],
    columns: [number, required(columns.toleranceVersion)],
    lists: [outputsList],
    tableKey: ['lotNumber', 'kind', 'category', 'newLotNumber', 'unitSerial', 'unitLabel', 'time'],
    events: [{ type: 'sort', item: lot, data: { outputs, ...same('toleranceVersion') } }],
  },
  {
    name: 'sortingClosed',
    version: 1,
    title: { zh: '分选结束', en: 'sorting closed' },
    systems: ['scrappedVehicle'],
    columns: [number, required(columns.residueGrams), required(columns.toleranceVersion)],
    tableKey: ['lotNumber'],
    events: [{ type: 'closeSorting', item: lot, data: same('residueGrams', 'toleranceVersion') }],
  },
  {
    name: 'lotRegistered',
    version: 1,
    title: { zh: '材料批次登记', en: 'lot registered' },
    systems: ['scrappedVehicle', 'oldForReman'],
    columns: [number, required(columns.category), required(columns.massGrams)],
    tableKey: ['lotNumber'],
    events: [
      {
        type: 'register',
        item: lot,
        registers: true,
        data: { kind: constant('lot'), ...same('category', 'massGrams') },
      },
    ],
  },
  {
    name: 'lotWeighed',
    version: 1,
    title: { zh: '批次称重', en: 'lot weighed' },
    systems: ['scrappedVehicle'],
    columns: [number, ...scale, columns.pieces, ...balance, columns.evidenceSha256],
    tableKey: ['lotNumber', 'time'],
    events: [{ type: 'weigh', item: lot, data: { weighing, ...same('pieces'), ...balanced, ...evidence } }],
  },
  {
    name: 'lotSampled',
    version: 1,
    title: { zh: '批次取样', en: 'lot sampled' },
    systems: ['scrappedVehicle'],
    columns: [number, ...madeLot, required(columns.sampleNumber), columns.evidenceSha256],
    tableKey: ['lotNumber', 'sampleNumber'],
    events: [{ type: 'sample', item: lot, data: { output, number: field('sampleNumber'), ...evidence } }],
  },
  {
    name: 'lotSplit',
    version: 1,
    title: { zh: '批次拆分', en: 'lot split' },
    systems: ['scrappedVehicle'],
    columns: [number, ...balance],
    lists: [outputsList],
    tableKey: ['lotNumber', 'newLotNumber'],
    rowsJoin: ['lotNumber'],
    events: [{ type: 'split', item: lot, data: balancedOutputs }],
  },
  {
    name: 'lotsMerged',
    version: 1,
    title: { zh: '批次合并', en: 'lots merged' },
    systems: ['scrappedVehicle'],
    columns: [number, ...madeLot, ...balance],
    lists: [{ ...others, isFirstBeside: true }],
    tableKey: ['newLotNumber', 'lotNumber'],
    rowsJoin: ['newLotNumber'],
    events: [
      {
        type: 'merge',
        item: lot,
        data: { others: { list: 'others', each: { item: lot } }, output, ...balanced },
      },
    ],
  },
  {
    name: 'lotTransformed',
    version: 1,
    title: { zh: '材料加工', en: 'lot transformed' },
    systems: ['scrappedVehicle'],
    columns: [number, required(columns.process), ...balance, columns.evidenceSha256],
    lists: [outputsList, { ...others, least: 0 }],
    tableKey: ['lotNumber', 'newLotNumber'],
    rowsJoin: ['lotNumber'],
    events: [
      {
        type: 'transform',
        item: lot,
        data: {
          others: { list: 'others', each: { item: lot } },
          ...same('process'),
          ...balancedOutputs,
          ...evidence,
        },
      },
    ],
  },
  {
    name: 'lotDisposed',
    version: 1,
    title: { zh: '批次处置', en: 'lot disposed of' },
    systems: ['scrappedVehicle'],
    columns: [number, required(columns.disposalMethod), columns.evidenceSha256],
    tableKey: ['lotNumber'],
    events: [{ type: 'dispose', item: lot, data: { method: field('disposalMethod'), ...evidence } }],
  },
];
