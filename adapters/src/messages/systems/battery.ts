import { columns, required } from '../columns/index.js';
import type { MessageType } from '../message-type.js';
import { balanced, balancedOutputs, battery, constant, evidence, field, same, vin } from '../sources.js';
import { balance, outputsList } from './shared.js';

const pack = required(columns.packCode);

/** Traction batteries on their way from the car into a second life or to recycling. */
export const batteryMessages: readonly MessageType[] = [
  {
    name: 'batteryRegistered',
    version: 1,
    title: { zh: '动力电池登记', en: 'traction battery registered' },
    systems: ['scrappedVehicle', 'repair'],
    columns: [pack, required(columns.category), columns.massGrams],
    tableKey: ['packCode'],
    events: [
      {
        type: 'register',
        item: battery,
        registers: true,
        data: { kind: constant('battery'), ...same('category', 'massGrams') },
      },
    ],
  },
  {
    name: 'packDeclaredMissing',
    version: 1,
    title: { zh: '声明电池包缺失', en: 'pack declared missing' },
    systems: ['scrappedVehicle'],
    columns: [required(columns.vin), pack, required(columns.incompleteReason), columns.evidenceSha256],
    tableKey: ['vin', 'packCode'],
    events: [
      {
        type: 'declarePackMissing',
        item: vin,
        data: { pack: field('packCode'), reason: field('incompleteReason'), ...evidence },
      },
    ],
  },
  {
    name: 'batteryCollected',
    version: 1,
    title: { zh: '动力电池回收', en: 'battery collected' },
    systems: ['scrappedVehicle', 'repair'],
    columns: [pack, columns.slip],
    tableKey: ['packCode', 'time'],
    events: [{ type: 'collectBattery', item: battery, data: same('slip') }],
  },
  {
    name: 'batteryReceived',
    version: 1,
    title: { zh: '动力电池入厂', en: 'battery taken in' },
    systems: ['scrappedVehicle'],
    columns: [pack, required(columns.massGrams), required(columns.toleranceVersion), columns.evidenceSha256],
    tableKey: ['packCode', 'time'],
    events: [
      {
        type: 'takeInBattery',
        item: battery,
        data: { ...same('massGrams', 'toleranceVersion'), ...evidence },
      },
    ],
  },
  {
    name: 'batteryTested',
    version: 1,
    title: { zh: '余能检测', en: 'residual capacity tested' },
    systems: ['scrappedVehicle'],
    columns: [
      pack,
      required(columns.capacityPermille),
      required(columns.capacityTable),
      columns.defect,
      columns.evidenceSha256,
    ],
    tableKey: ['packCode', 'time'],
    events: [
      {
        type: 'testBattery',
        item: battery,
        data: {
          ...same('capacityPermille', 'defect'),
          tableVersion: field('capacityTable'),
          ...evidence,
        },
      },
    ],
  },
  {
    name: 'batteryRepurposed',
    version: 1,
    title: { zh: '制成梯次利用产品', en: 'made into a second-life product' },
    systems: ['scrappedVehicle'],
    columns: [
      pack,
      required(columns.newPackCode),
      required(columns.category),
      required(columns.massGrams),
      columns.addedGrams,
      ...balance,
      columns.evidenceSha256,
    ],
    tableKey: ['packCode'],
    events: [
      {
        type: 'repurpose',
        item: battery,
        data: {
          product: {
            made: { kind: constant('battery'), ...same('category', 'massGrams') },
            tags: [{ scheme: 'battery', field: 'newPackCode' }],
          },
          ...same('addedGrams'),
          ...balanced,
          ...evidence,
        },
      },
    ],
  },
  {
    name: 'batteryDismantled',
    version: 1,
    title: { zh: '电池包拆解', en: 'battery taken apart' },
    systems: ['scrappedVehicle'],
    columns: [pack, ...balance],
    lists: [outputsList],
    events: [{ type: 'dismantle', item: battery, data: balancedOutputs }],
  },
  {
    name: 'batteryRecycled',
    version: 1,
    title: { zh: '电池再生利用', en: 'battery recycled' },
    systems: ['scrappedVehicle'],
    columns: [pack, ...balance, columns.evidenceSha256],
    lists: [outputsList],
    events: [{ type: 'recycle', item: battery, data: { ...balancedOutputs, ...evidence } }],
  },
  {
    name: 'traceReported',
    version: 1,
    title: { zh: '上报溯源平台', en: 'reported to the traceability platform' },
    systems: ['scrappedVehicle', 'repair'],
    columns: [pack, required(columns.traceNumber)],
    tableKey: ['packCode', 'traceNumber'],
    events: [{ type: 'reportTrace', item: battery, data: { number: field('traceNumber') } }],
  },
];
