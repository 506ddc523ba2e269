import { ASSEMBLIES } from '@huilian/core';
import { scrappedVehicleIntake } from '../../formats/scrapped-vehicle-intake.js';
import { ORDINARY_TYPES } from '../../formats/vehicle-types.js';
import { assemblyColumns, columns, required } from '../columns/index.js';
import type { ListField, MessageType, Source } from '../message-type.js';
import {
  constant,
  dismantledOutputs,
  evidence,
  field,
  outputs,
  part,
  registersVehicle,
  same,
  vin,
} from '../sources.js';
import { dismantledList, outputsList } from './shared.js';

const assemblies: Source = {
  object: Object.fromEntries(ASSEMBLIES.map((assembly) => [assembly, field(`${assembly}Count`)])),
};
/** Of an electric vehicle. */
const packsList: ListField = {
  name: 'packs',
  title: { zh: '动力电池包', en: 'traction battery packs' },
  source: columns.packCode.source,
  columns: [required(columns.packCode)],
  least: 0,
  most: 16,
  isOneCell: true,
};
/**
 * What it is seen to be. The coarse type of ordinary cars says nothing beside the finer category that it is registered under, such as
 * `sedan` or `electricCar`: it would be a difference that is none, and ask for a licence of its own.
 */
const typeSeen: Source = { field: 'vehicleType', unless: ORDINARY_TYPES };
/** The packs of an electric vehicle by their codes, or why one is not there. */
const packsSeen: Readonly<Record<string, Source>> = {
  packs: { list: 'packs', each: field('packCode') },
  incompleteVehicle: field('incompleteReason'),
};
const surrendered: Source = { object: { kind: field('sourceKind'), slip: field('slip') } };

/** What the system of a dismantling enterprise sends beside what all do. */
export const scrappedVehicleMessages: readonly MessageType[] = [
  {
    name: scrappedVehicleIntake.name,
    version: scrappedVehicleIntake.version,
    title: scrappedVehicleIntake.title,
    systems: ['scrappedVehicle'],
    columns: [...scrappedVehicleIntake.columns, columns.incompleteReason],
    lists: [packsList],
    tableKey: scrappedVehicleIntake.key,
    events: [
      registersVehicle,
      { type: 'surrender', item: vin, data: {} },
      {
        type: 'receive',
        item: vin,
        data: { massGrams: field('netMassGrams'), category: typeSeen, ...packsSeen },
      },
      { type: 'issueCertificate', item: vin, data: { number: field('certificateNumber') } },
    ],
  },
  {
    name: 'vehicleSurrendered',
    version: 1,
    title: { zh: '交售报废', en: 'vehicle surrendered' },
    systems: ['scrappedVehicle', 'insurance', 'repair'],
    columns: [required(columns.vin), columns.sourceKind, columns.slip],
    tableKey: ['vin'],
    events: [{ type: 'surrender', item: vin, data: { source: surrendered } }],
  },
  {
    name: 'vehicleReceived',
    version: 1,
    title: { zh: '接收报废车', en: 'scrapped vehicle received' },
    systems: ['scrappedVehicle'],
    columns: [
      required(columns.vin),
      required(columns.netMassGrams),
      columns.vehicleType,
      ...assemblyColumns,
      columns.supervised,
      columns.incompleteReason,
      columns.evidenceSha256,
    ],
    lists: [packsList],
    tableKey: ['vin'],
    events: [
      {
        type: 'receive',
        item: vin,
        data: {
          massGrams: field('netMassGrams'),
          category: typeSeen,
          assemblies,
          supervised: { when: 'supervised', then: constant(true) },
          ...packsSeen,
          ...evidence,
        },
      },
    ],
  },
  {
    name: 'certificateIssued',
    version: 1,
    title: { zh: '出具回收证明', en: 'recycling certificate issued' },
    systems: ['scrappedVehicle'],
    columns: [required(columns.vin), required(columns.certificateNumber)],
    tableKey: ['certificateNumber'],
    events: [{ type: 'issueCertificate', item: vin, data: { number: field('certificateNumber') } }],
  },
  {
    name: 'vehicleDepolluted',
    version: 1,
    title: { zh: '预处理', en: 'vehicle depolluted' },
    systems: ['scrappedVehicle'],
    columns: [required(columns.vin)],
    lists: [outputsList],
    tableKey: ['vin', 'kind', 'category', 'partSerial', 'packCode', 'newLotNumber', 'time'],
    events: [{ type: 'depollute', item: vin, data: { outputs } }],
  },
  {
    name: 'vehicleDismantled',
    version: 1,
    title: { zh: '拆解', en: 'vehicle dismantled' },
    systems: ['scrappedVehicle'],
    columns: [required(columns.vin)],
    lists: [dismantledList],
    tableKey: ['vin', 'kind', 'category', 'partSerial', 'packCode', 'newLotNumber', 'time'],
    events: [{ type: 'dismantle', item: vin, data: { outputs: dismantledOutputs } }],
  },
  {
    name: 'hulkWeighed',
    version: 1,
    title: { zh: '称量车壳', en: 'hulk weighed' },
    systems: ['scrappedVehicle'],
    columns: [
      required(columns.vin),
      required(columns.massGrams),
      required(columns.lossGrams),
      required(columns.toleranceVersion),
    ],
    tableKey: ['vin'],
    events: [{ type: 'leaveHulk', item: vin, data: same('massGrams', 'lossGrams', 'toleranceVersion') }],
  },
  {
    name: 'hulkShredded',
    version: 1,
    title: { zh: '破碎', en: 'hulk shredded' },
    systems: ['scrappedVehicle'],
    columns: [required(columns.vin), required(columns.lossGrams), required(columns.toleranceVersion)],
    lists: [outputsList],
    tableKey: ['vin', 'newLotNumber'],
    rowsJoin: ['vin'],
    events: [{ type: 'shred', item: vin, data: { outputs, ...same('lossGrams', 'toleranceVersion') } }],
  },
  {
    name: 'registrationCancelled',
    version: 1,
    title: { zh: '注销登记', en: 'registration cancelled' },
    systems: ['scrappedVehicle'],
    columns: [required(columns.vin), columns.vehicleType, columns.evidenceSha256],
    tableKey: ['vin'],
    events: [
      {
        type: 'cancelRegistration',
        item: vin,
        data: { category: field('vehicleType'), ...evidence },
      },
    ],
  },
  {
    name: 'registrationChanged',
    version: 1,
    title: { zh: '变更登记', en: 'registration changed' },
    systems: ['scrappedVehicle'],
    columns: [required(columns.vin), required(columns.partSerial), columns.evidenceSha256],
    tableKey: ['vin', 'partSerial'],
    events: [{ type: 'changeRegistration', item: vin, data: { part: { item: part }, ...evidence } }],
  },
  {
    name: 'dismantlingWitnessed',
    version: 1,
    title: { zh: '监督解体签认', en: 'dismantling witnessed' },
    systems: ['scrappedVehicle'],
    columns: [required(columns.vin), required(columns.evidenceSha256)],
    tableKey: ['vin', 'time'],
    events: [{ type: 'witness', item: vin, data: evidence }],
  },
  {
    name: 'vehicleReleased',
    version: 1,
    title: { zh: '解除锁定', en: 'vehicle released' },
    systems: ['scrappedVehicle'],
    columns: [required(columns.vin), columns.evidenceSha256],
    tableKey: ['vin', 'time'],
    events: [{ type: 'release', item: vin, data: evidence }],
  },
];
