import { columns, required } from '../columns/index.js';
import type { MessageType } from '../message-type.js';
import { evidence, field, same, vin } from '../sources.js';

/** What an insurer's claims system sends beside what all do. */
export const insuranceMessages: readonly MessageType[] = [
  {
    name: 'lossAssessed',
    version: 1,
    title: { zh: '定损', en: 'loss assessed' },
    systems: ['insurance'],
    columns: [required(columns.vin), required(columns.lossNumber), columns.evidenceSha256],
    tableKey: ['vin', 'lossNumber'],
    events: [{ type: 'assess', item: vin, data: { loss: field('lossNumber'), ...evidence } }],
  },
  {
    name: 'totalLossDeclared',
    version: 1,
    title: { zh: '认定全损', en: 'total loss declared' },
    systems: ['insurance'],
    columns: [
      required(columns.vin),
      required(columns.lossNumber),
      required(columns.totalLoss),
      columns.evidenceSha256,
    ],
    tableKey: ['vin', 'lossNumber'],
    events: [
      {
        type: 'declareTotalLoss',
        item: vin,
        data: { loss: field('lossNumber'), ...same('totalLoss'), ...evidence },
      },
    ],
  },
  {
    name: 'salvageSold',
    version: 1,
    title: { zh: '残值出售', en: 'salvage sold' },
    systems: ['insurance'],
    columns: [required(columns.vin), required(columns.buyer)],
    events: [{ type: 'sellSalvage', item: vin, data: { to: field('buyer') } }],
  },
];
