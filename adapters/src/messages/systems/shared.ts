import { columns, required } from '../columns/index.js';
import type { ListField, MessageType } from '../message-type.js';
import {
  anything,
  evidence,
  field,
  keepsOwner,
  part,
  partOrBattery,
  registersVehicle,
  same,
  vin,
} from '../sources.js';
import { SYSTEMS } from '../system.js';
import { THINGS, thingColumns } from './things.js';

const { evidenceSha256 } = columns;

/** What was lost of what is brought out, and the table that says how much may be. */
export const balance = [required(columns.lossGrams), required(columns.toleranceVersion)] as const;

/** What comes out of a vehicle, an appliance, a battery or a lot. */
export const outputsList: ListField = {
  name: 'outputs',
  title: { zh: '产出', en: 'outputs' },
  source: { zh: 'GB 22128《报废机动车回收拆解企业技术规范》', en: 'GB 22128' },
  columns: [
    columns.outputKind,
    required(columns.category),
    required(columns.massGrams),
    columns.pieces,
    columns.partSerial,
    columns.packCode,
    columns.newLotNumber,
    columns.unitSerial,
    columns.unitLabel,
  ],
  least: 1,
  most: 40,
};

/** What comes out by dismantling a vehicle: parts with their model as well. */
export const dismantledList: ListField = { ...outputsList, columns: [...outputsList.columns, columns.model] };

/** Messages that several systems send. */
export const sharedMessages: readonly MessageType[] = [
  {
    name: 'vehicleRegistered',
    version: 1,
    title: { zh: '车辆登记', en: 'vehicle registered' },
    systems: ['insurance', 'repair', 'scrappedVehicle'],
    columns: [required(columns.vin), required(columns.vehicleType)],
    tableKey: ['vin'],
    events: [registersVehicle],
  },
  {
    name: 'lossReported',
    version: 1,
    title: { zh: '出险登记', en: 'loss reported' },
    systems: ['insurance', 'repair'],
    columns: [required(columns.vin), required(columns.lossNumber), columns.lossDay, evidenceSha256],
    tableKey: ['vin', 'lossNumber'],
    events: [
      {
        type: 'reportDamage',
        item: vin,
        data: { loss: field('lossNumber'), day: { day: 'lossDay' }, ...evidence },
      },
    ],
  },
  {
    name: 'vehicleHeld',
    version: 1,
    title: { zh: '车辆锁定', en: 'vehicle held' },
    systems: ['insurance', 'repair', 'scrappedVehicle'],
    columns: [required(columns.vin), required(columns.holdReason), evidenceSha256],
    tableKey: ['vin', 'holdReason', 'time'],
    events: [{ type: 'hold', item: vin, data: { reason: field('holdReason'), ...evidence } }],
  },
  {
    name: 'partInspected',
    version: 1,
    title: { zh: '零部件检验', en: 'part inspected' },
    systems: ['repair', 'oldForReman', 'scrappedVehicle'],
    columns: [columns.partSerial, columns.packCode, required(columns.result), evidenceSha256],
    anyOf: ['partSerial', 'packCode'],
    tableKey: ['partSerial', 'packCode', 'time'],
    events: [{ type: 'inspect', item: partOrBattery, data: { ...same('result'), ...evidence } }],
  },
  {
    name: 'partCoded',
    version: 1,
    title: { zh: '零部件编码', en: 'part coded' },
    systems: ['repair', 'oldForReman', 'scrappedVehicle'],
    columns: [required(columns.partSerial), columns.partCode, columns.model],
    anyOf: ['partCode', 'model'],
    tableKey: ['partSerial', 'partCode', 'time'],
    events: [
      {
        type: 'codePart',
        item: part,
        data: { label: { tag: { scheme: 'serial', field: 'partCode' } }, ...same('model') },
      },
    ],
  },
  {
    name: 'partMarked',
    version: 1,
    title: { zh: '回用件标识', en: 'part marked as reused' },
    systems: ['repair', 'scrappedVehicle'],
    columns: [required(columns.partSerial), required(columns.mark), evidenceSha256],
    tableKey: ['partSerial'],
    events: [{ type: 'markReused', item: part, data: { ...same('mark'), ...evidence } }],
  },
  {
    name: 'coreDesignated',
    version: 1,
    title: { zh: '定为再制造旧件', en: 'part designated as a core' },
    systems: ['repair', 'oldForReman', 'scrappedVehicle'],
    columns: [required(columns.partSerial)],
    tableKey: ['partSerial'],
    events: [{ type: 'designateCore', item: part, data: {} }],
  },
  {
    name: 'goodsSent',
    version: 1,
    title: { zh: '移交', en: 'goods sent' },
    systems: SYSTEMS,
    columns: [
      ...thingColumns,
      required(columns.receiver),
      columns.consignee,
      columns.massGrams,
      columns.keepsOwner,
    ],
    anyOf: THINGS,
    tableKey: [...THINGS, 'receiver', 'time'],
    events: [
      {
        type: 'handover',
        item: anything,
        data: { to: field('receiver'), ...same('consignee', 'massGrams'), ...keepsOwner },
      },
    ],
  },
  {
    name: 'goodsAccepted',
    version: 1,
    title: { zh: '接收', en: 'goods accepted' },
    systems: SYSTEMS,
    columns: [...thingColumns, required(columns.sender), columns.massGrams],
    anyOf: THINGS,
    tableKey: [...THINGS, 'sender', 'time'],
    events: [{ type: 'accept', item: anything, data: { from: field('sender'), ...same('massGrams') } }],
  },
  {
    name: 'goodsRefused',
    version: 1,
    title: { zh: '拒收', en: 'goods refused' },
    systems: SYSTEMS,
    columns: [...thingColumns, required(columns.sender), required(columns.refusalReason)],
    anyOf: THINGS,
    tableKey: [...THINGS, 'sender', 'time'],
    events: [
      {
        type: 'refuse',
        item: anything,
        data: { from: field('sender'), reason: field('refusalReason') },
      },
    ],
  },
];
