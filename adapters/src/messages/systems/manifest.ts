import type { Column } from '../../formats/format.js';
import { columns, required } from '../columns/index.js';
import type { ListField, MessageType, Source } from '../message-type.js';
import { evidence, field, lot, manifest, same } from '../sources.js';

const number = required(columns.manifestNumber);
const lotsOf = (...members: readonly Column[]): readonly ListField[] => [
  {
    name: 'lots',
    title: { zh: '批次', en: 'lots' },
    source: columns.manifestNumber.source,
    columns: [required(columns.lotNumber), ...members],
    least: 1,
    most: 20,
  },
];
const named: Source = { list: 'lots', each: { item: lot } };

/** As the national system exports it: a row for each lot, with the number of the manifest in each. */
const byLots = { tableKey: ['manifestNumber', 'lotNumber'], rowsJoin: ['manifestNumber'] };

/** The hazardous-waste manifest (转移联单). */
export const manifestMessages: readonly MessageType[] = [
  {
    name: 'manifestOpened',
    version: 1,
    title: { zh: '开具转移联单', en: 'manifest opened' },
    systems: ['scrappedVehicle'],
    columns: [number, required(columns.carrier), required(columns.handler), columns.evidenceSha256],
    lists: lotsOf(required(columns.wasteCode)),
    ...byLots,
    events: [
      {
        type: 'openManifest',
        item: manifest,
        creates: true,
        data: {
          number: field('manifestNumber'),
          ...same('carrier', 'handler'),
          lots: { list: 'lots', each: { object: { item: { item: lot }, ...same('wasteCode') } } },
          ...evidence,
        },
      },
    ],
  },
  {
    name: 'manifestCarried',
    version: 1,
    title: { zh: '联单承运', en: 'manifest carried' },
    systems: ['scrappedVehicle'],
    columns: [number],
    lists: lotsOf(),
    ...byLots,
    events: [{ type: 'carryManifest', item: manifest, data: { lots: named } }],
  },
  {
    name: 'manifestAccepted',
    version: 1,
    title: { zh: '联单接收', en: 'manifest accepted' },
    systems: ['scrappedVehicle'],
    columns: [number, columns.evidenceSha256],
    lists: lotsOf(required(columns.massGrams), columns.pieces),
    ...byLots,
    events: [
      {
        type: 'acceptManifest',
        item: manifest,
        data: {
          lots: { list: 'lots', each: { object: { item: { item: lot }, ...same('massGrams', 'pieces') } } },
          ...evidence,
        },
      },
    ],
  },
  {
    name: 'manifestRefused',
    version: 1,
    title: { zh: '联单退回', en: 'manifest turned back' },
    systems: ['scrappedVehicle'],
    columns: [number, required(columns.refusalReason), columns.evidenceSha256],
    lists: lotsOf(),
    ...byLots,
    events: [
      {
        type: 'refuseManifest',
        item: manifest,
        data: { lots: named, reason: field('refusalReason'), ...evidence },
      },
    ],
  },
  {
    name: 'lotsTakenBack',
    version: 1,
    title: { zh: '退回批次收回', en: 'lots taken back' },
    systems: ['scrappedVehicle'],
    columns: [number, columns.evidenceSha256],
    lists: lotsOf(),
    ...byLots,
    events: [{ type: 'takeBackLots', item: manifest, data: { lots: named, ...evidence } }],
  },
  {
    name: 'manifestCancelled',
    version: 1,
    title: { zh: '联单撤销', en: 'manifest cancelled' },
    systems: ['scrappedVehicle'],
    columns: [number],
    lists: lotsOf(),
    ...byLots,
    events: [{ type: 'cancelManifest', item: manifest, data: { lots: named } }],
  },
  {
    name: 'manifestReturned',
    version: 1,
    title: { zh: '联单回执', en: 'manifest returned signed' },
    systems: ['scrappedVehicle'],
    columns: [number, required(columns.evidenceSha256)],
    tableKey: ['manifestNumber'],
    events: [{ type: 'returnManifest', item: manifest, data: evidence }],
  },
];
