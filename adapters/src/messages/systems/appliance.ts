import type { Column } from '../../formats/format.js';
import { columns, required } from '../columns/index.js';
import type { EventMapping, ListField, MessageType, Source } from '../message-type.js';
import { balancedOutputs, constant, evidence, field, same, unit } from '../sources.js';
import { outputsList } from './shared.js';

const units = [columns.unitSerial, columns.unitLabel, columns.imei] as const;
const UNITS = units.map(({ name }) => name);

/** The parts that are not there at intake. */
const missing: ListField = {
  name: 'missing',
  title: { zh: '缺失零部件', en: 'parts that are missing' },
  source: columns.missingPart.source,
  columns: [required(columns.missingPart)],
  least: 0,
  most: 12,
};

const given = (member: string): Readonly<Record<string, Source>> => ({
  [member]: { object: { kind: field('sourceKind'), slip: field('slip') } },
});

/** A message about a unit that becomes one event. */
function about(
  name: string,
  title: MessageType['title'],
  type: EventMapping['type'],
  members: readonly Column[],
  data: EventMapping['data'],
  more: Pick<MessageType, 'lists' | 'tableKey'> = { tableKey: [...UNITS, 'time'] },
): MessageType {
  return {
    name,
    version: 1,
    title,
    systems: ['scrappedVehicle'],
    columns: [...units, ...members],
    anyOf: UNITS,
    ...more,
    events: [{ type, item: unit, data }],
  };
}

/** A message about two units that are one, such as a desktop computer and its monitor. */
function set(
  name: string,
  title: MessageType['title'],
  type: EventMapping['type'],
  tableKey: readonly string[],
): MessageType {
  return {
    name,
    version: 1,
    title,
    systems: ['scrappedVehicle'],
    columns: [required(columns.unitLabel), required(columns.partnerLabel)],
    tableKey,
    events: [
      {
        type,
        item: [{ scheme: 'serial', field: 'unitLabel' }],
        data: { partner: { item: [{ scheme: 'serial', field: 'partnerLabel' }] } },
      },
    ],
  };
}

/** Appliances from the household to the line or the second-hand shelf. */
export const applianceMessages: readonly MessageType[] = [
  {
    name: 'unitRegistered',
    version: 1,
    title: { zh: '电器登记', en: 'unit registered' },
    systems: ['scrappedVehicle'],
    columns: [...units, required(columns.applianceCategory)],
    anyOf: UNITS,
    tableKey: UNITS,
    events: [
      {
        type: 'register',
        item: unit,
        registers: true,
        data: { kind: constant('device'), category: field('applianceCategory') },
      },
    ],
  },
  about(
    'unitCollected',
    { zh: '电器回收', en: 'unit collected' },
    'collectUnit',
    [required(columns.sourceKind), required(columns.slip)],
    given('source'),
  ),
  about(
    'unitReceived',
    { zh: '电器入厂', en: 'unit taken in' },
    'receiveUnit',
    [
      required(columns.massGrams),
      required(columns.identity),
      columns.nameplateSha256,
      columns.applianceType,
      columns.screenTenthInches,
      columns.capacityGrams,
      columns.volumeLitres,
      columns.coolingWatts,
      required(columns.partsVersion),
      columns.evidenceSha256,
    ],
    {
      ...same(
        'massGrams',
        'identity',
        'screenTenthInches',
        'capacityGrams',
        'volumeLitres',
        'coolingWatts',
        'partsVersion',
      ),
      nameplate: field('nameplateSha256'),
      type: field('applianceType'),
      missing: { list: 'missing', each: field('missingPart') },
      label: { tag: { scheme: 'serial', field: 'unitLabel' } },
      ...evidence,
    },
    { lists: [missing], tableKey: [...UNITS, 'time'] },
  ),
  {
    name: 'unitLabelled',
    version: 1,
    title: { zh: '补贴企业标签', en: 'unit labelled' },
    systems: ['scrappedVehicle'],
    columns: [required(columns.unitSerial), required(columns.unitLabel)],
    tableKey: ['unitSerial', 'unitLabel'],
    events: [
      {
        type: 'labelUnit',
        item: unit,
        data: { label: { tag: { scheme: 'serial', field: 'unitLabel' } } },
      },
    ],
  },
  set('setBound', { zh: '配套成套', en: 'set bound' }, 'bindSet', ['unitLabel', 'partnerLabel']),
  set('setUnbound', { zh: '解除配套', en: 'set taken apart' }, 'unbindSet', [
    'unitLabel',
    'partnerLabel',
    'time',
  ]),
  about(
    'unitSorted',
    { zh: '电器分选', en: 'unit sorted' },
    'triage',
    [required(columns.route), columns.evidenceSha256],
    { ...same('route'), ...evidence },
  ),
  about(
    'dataErased',
    { zh: '数据清除', en: 'data erased' },
    'eraseData',
    [required(columns.erasureMethod), columns.evidenceSha256],
    { method: field('erasureMethod'), ...evidence },
  ),
  about(
    'unitTested',
    { zh: '功能检测', en: 'unit tested' },
    'testUnit',
    [required(columns.unitTest), columns.evidenceSha256],
    { result: field('unitTest'), ...evidence },
  ),
  about(
    'unitRefurbished',
    { zh: '翻新', en: 'unit refurbished' },
    'refurbish',
    [required(columns.mark), columns.evidenceSha256],
    { ...same('mark'), ...evidence },
  ),
  about(
    'unitSold',
    { zh: '旧货销售', en: 'unit sold second-hand' },
    'sellRefurbished',
    [required(columns.sourceKind), required(columns.slip)],
    given('buyer'),
  ),
  about(
    'unitStocked',
    { zh: '入库', en: 'unit stored' },
    'stockUnit',
    [required(columns.place)],
    same('place'),
  ),
  about(
    'unitIssued',
    { zh: '上线', en: 'unit issued to the line' },
    'issueToLine',
    [required(columns.productionLine), required(columns.stepsVersion)],
    { line: field('productionLine'), ...same('stepsVersion') },
  ),
  about(
    'lineStepDone',
    { zh: '完成工序', en: 'step of the line done' },
    'lineStep',
    [required(columns.lineStep), columns.evidenceSha256],
    { step: field('lineStep'), ...evidence },
    { tableKey: [...UNITS, 'lineStep', 'time'] },
  ),
  about(
    'unitDismantled',
    { zh: '电器拆解', en: 'unit dismantled' },
    'dismantle',
    [required(columns.lossGrams), required(columns.toleranceVersion)],
    balancedOutputs,
    { lists: [outputsList] },
  ),
  about('unitClosed', { zh: '拆解完成', en: 'unit closed' }, 'closeUnit', [], {}),
];
