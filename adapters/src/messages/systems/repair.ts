import { columns, required } from '../columns/index.js';
import type { MessageType, Source } from '../message-type.js';
import { constant, evidence, field, part, partOrBattery, same, vin } from '../sources.js';

const partOrPack = [columns.partSerial, columns.packCode] as const;
const PART_OR_PACK = ['partSerial', 'packCode'];
/** The approved line that pays for what is fitted. */
const underLine: Source = {
  when: 'line',
  then: {
    object: {
      loss: field('lossNumber'),
      line: field('line'),
      version: field('lineVersion'),
      number: field('partNumber'),
    },
  },
};

/** What a repair shop's system sends beside what all do. */
export const repairMessages: readonly MessageType[] = [
  {
    name: 'partRegistered',
    version: 1,
    title: { zh: '零部件登记', en: 'part registered' },
    systems: ['repair', 'oldForReman', 'scrappedVehicle'],
    columns: [
      required(columns.partSerial),
      required(columns.category),
      required(columns.partClass),
      columns.massGrams,
      // Of the car that it was taken out of at a repair.
      columns.vin,
    ],
    tableKey: ['partSerial'],
    events: [
      {
        type: 'register',
        item: part,
        registers: true,
        data: {
          kind: constant('part'),
          class: field('partClass'),
          ...same('category', 'massGrams'),
          outOf: { when: 'vin', then: { item: vin } },
        },
      },
    ],
  },
  {
    name: 'vehicleInspected',
    version: 1,
    title: { zh: '车辆检验', en: 'vehicle inspected' },
    systems: ['repair', 'scrappedVehicle'],
    columns: [required(columns.vin), required(columns.result), columns.evidenceSha256],
    tableKey: ['vin', 'time'],
    events: [{ type: 'inspect', item: vin, data: { ...same('result'), ...evidence } }],
  },
  {
    name: 'vehicleReturned',
    version: 1,
    title: { zh: '修复后恢复使用', en: 'vehicle returned to use' },
    systems: ['repair'],
    columns: [required(columns.vin), columns.evidenceSha256],
    tableKey: ['vin', 'time'],
    events: [{ type: 'returnToUse', item: vin, data: { ...evidence } }],
  },
  {
    name: 'partFitted',
    version: 1,
    title: { zh: '零部件装用', en: 'part fitted' },
    systems: ['repair'],
    columns: [
      ...partOrPack,
      required(columns.vin),
      columns.lossNumber,
      columns.line,
      columns.lineVersion,
      columns.partNumber,
      columns.evidenceSha256,
    ],
    anyOf: PART_OR_PACK,
    tableKey: [...PART_OR_PACK, 'vin', 'time'],
    events: [
      {
        type: 'fit',
        item: partOrBattery,
        data: { into: { item: vin }, repair: underLine, ...evidence },
      },
    ],
  },
  {
    name: 'partRemoved',
    version: 1,
    title: { zh: '零部件拆下', en: 'part removed' },
    systems: ['repair'],
    columns: [...partOrPack, required(columns.vin), columns.massGrams, columns.model],
    anyOf: PART_OR_PACK,
    tableKey: [...PART_OR_PACK, 'vin', 'time'],
    events: [
      { type: 'remove', item: partOrBattery, data: { from: { item: vin }, ...same('massGrams', 'model') } },
    ],
  },
];
