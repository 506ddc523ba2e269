import { columns, required } from '../columns/index.js';
import type { MessageType } from '../message-type.js';
import { constant, evidence, field, part, same, vin } from '../sources.js';

/** What a repair shop's system sends beside what all do. */
export const repairMessages: readonly MessageType[] = [
  {
    name: 'partRegistered',
    version: 1,
    title: { zh: '零部件登记', en: 'part registered' },
    systems: ['repair', 'oldForReman'],
    columns: [
      required(columns.partSerial),
      required(columns.category),
      required(columns.partClass),
      columns.massGrams,
    ],
    tableKey: ['partSerial'],
    events: [
      {
        type: 'register',
        item: part,
        registers: true,
        data: { kind: constant('part'), class: field('partClass'), ...same('category', 'massGrams') },
      },
    ],
  },
  {
    name: 'vehicleInspected',
    version: 1,
    title: { zh: '车辆检验', en: 'vehicle inspected' },
    systems: ['repair', 'scrappedVehicle'],
    columns: [required(columns.vin), required(columns.result), columns.evidenceSha256],
    events: [{ type: 'inspect', item: vin, data: { ...same('result'), ...evidence } }],
  },
  {
    name: 'vehicleReturned',
    version: 1,
    title: { zh: '修复后恢复使用', en: 'vehicle returned to use' },
    systems: ['repair'],
    columns: [required(columns.vin), columns.evidenceSha256],
    events: [{ type: 'returnToUse', item: vin, data: { ...evidence } }],
  },
  {
    name: 'partFitted',
    version: 1,
    title: { zh: '零部件装用', en: 'part fitted' },
    systems: ['repair'],
    columns: [required(columns.partSerial), required(columns.vin)],
    events: [{ type: 'fit', item: part, data: { into: { item: vin } } }],
  },
  {
    name: 'partRemoved',
    version: 1,
    title: { zh: '零部件拆下', en: 'part removed' },
    systems: ['repair'],
    columns: [required(columns.partSerial), required(columns.vin)],
    events: [{ type: 'remove', item: part, data: { from: { item: vin } } }],
  },
];
