import { APPLIANCE_TYPES, type ItemEvent } from '@huilian/core';
import { expected, type Context } from '../context.js';
import { itemEvent } from '../recording/event.js';
import { choice, text, texts, type CommandOption, type Options } from './command.js';
import { digestOf, evidenceOf, evidenceOption, grams, tagOf, whole } from './item-events.js';
import { cites, step } from './step.js';
import { versionOf } from './table-version.js';

type Received = Extract<ItemEvent, { type: 'receiveUnit' }>['data'];

const options: readonly CommandOption[] = [
  { flags: '--mass <grams>', about: { zh: '称重（克）', en: 'mass as weighed, in grams' }, required: true },
  {
    flags: '--type <type>',
    about: { zh: '型式；该类别分型时必填', en: 'type, where its category is divided into types' },
    choices: APPLIANCE_TYPES,
  },
  {
    flags: '--nameplate <photo>',
    about: {
      zh: '铭牌照片：按厂家序列号识别；没有照片的按本厂标签识别',
      en: 'photograph of the nameplate: told by its serial; without one it is told by the label of the plant',
    },
  },
  { flags: '--label <tag>', about: { zh: '本厂标签', en: 'the label of the plant' } },
  {
    flags: '--missing <part>',
    about: {
      zh: '缺少的部件，可重复；主要零部件须附照片（--evidence）',
      en: 'part that is missing; may be repeated; a required one needs a photograph (--evidence)',
    },
    many: true,
  },
  {
    flags: '--screen <inches>',
    about: { zh: '屏幕尺寸（英寸），如 21.5', en: 'screen in inches, such as 21.5' },
  },
  {
    flags: '--capacity <grams>',
    about: { zh: '洗涤容量，如 7kg', en: 'capacity of a washing machine, such as 7kg' },
  },
  { flags: '--volume <litres>', about: { zh: '容积（升）', en: 'volume in litres' } },
  { flags: '--cooling <watts>', about: { zh: '制冷量（瓦）', en: 'cooling power in watts' } },
  {
    flags: '--parts-version <number>',
    about: { zh: '主要零部件表 requiredParts 的版本', en: 'version of the table requiredParts' },
  },
  evidenceOption,
];

/** Tenths of an inch of a text such as `21.5`. @throws HuilianError HL-7031 */
function tenthInches(given: Options): number | undefined {
  const inches = text(given, 'screen');
  if (inches === undefined) return undefined;
  const [, units, tenths = '0'] = /^([1-9][0-9]{0,2})(?:\.([0-9]))?$/.exec(inches) ?? [];
  if (units === undefined) throw expected('--screen', '21, 21.5');
  return Number(units) * 10 + Number(tenths);
}

/** Only what was measured. */
function measuresOf(given: Options): Partial<Received> {
  const measured = {
    screenTenthInches: tenthInches(given),
    capacityGrams: grams(given, 'capacity'),
    volumeLitres: whole(given, 'volume'),
    coolingWatts: whole(given, 'cooling'),
  };
  return Object.fromEntries(Object.entries(measured).filter(([, value]) => value !== undefined));
}

async function received(context: Context, given: Options): Promise<Received> {
  const nameplate = text(given, 'nameplate');
  const label = text(given, 'label');
  const type = choice(given, 'type', APPLIANCE_TYPES);
  const missing = texts(given, 'missing');
  return {
    massGrams: grams(given, 'mass') ?? 0,
    identity: nameplate === undefined ? 'label' : 'serial',
    ...(nameplate === undefined ? {} : { nameplate: await digestOf(nameplate) }),
    ...(type === undefined ? {} : { type }),
    ...measuresOf(given),
    ...(missing.length === 0 ? {} : { missing: [...missing] }),
    partsVersion: await versionOf(context, given, 'partsVersion', 'requiredParts'),
    ...(label === undefined ? {} : { label: tagOf(label) }),
    ...(await evidenceOf(given)),
  };
}

export const applianceReceive = step(
  'appliance receive',
  { zh: '入厂称重：型式、参数、缺少的部件', en: 'weigh units in: type, measure, what is missing' },
  options,
  async (context, item, given) =>
    itemEvent(context, 'receiveUnit', item, await received(context, given), cites(given)),
);
