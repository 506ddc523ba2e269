import { BATTERY_DEFECTS, INCOMPLETE_REASONS, parseBatteryCode } from '@huilian/core';
import { itemEvent } from '../recording/event.js';
import { choice, chosen, named, text } from './command.js';
import { evidenceOf, evidenceOption, grams, whole } from './item-events.js';
import { balanceOf, lossOption, toleranceOf, toleranceOption } from './mass-balance.js';
import { outputOf, outputOption, outputsOf, whatCameOut } from './outputs.js';
import { cites, step } from './step.js';
import { versionOf } from './table-version.js';

/** `huilian battery …`: from its removal to second life and recycling. */
export const batterySteps = [
  step(
    'battery collect',
    { zh: '回收退役或用毕的动力电池', en: 'collect a battery that is out of use' },
    [{ flags: '--slip <number>', about: { zh: '回收单号', en: 'number of the collection slip' } }],
    (context, item, options) => {
      const slip = text(options, 'slip');
      return itemEvent(context, 'collectBattery', item, slip === undefined ? {} : { slip }, cites(options));
    },
  ),
  step(
    'battery receive',
    { zh: '入库：称重并登记', en: 'take a battery in: weigh it' },
    [
      {
        flags: '--mass <grams>',
        about: { zh: '称重（克）', en: 'mass as weighed, in grams' },
        required: true,
      },
      toleranceOption,
      evidenceOption,
    ],
    async (context, item, options) => {
      const massGrams = grams(options, 'mass') ?? 0;
      const data = { massGrams, ...(await toleranceOf(context, options)), ...(await evidenceOf(options)) };
      return itemEvent(context, 'takeInBattery', item, data, cites(options));
    },
  ),
  step(
    'battery test',
    {
      zh: '检测剩余容量，判定梯次利用或再生利用',
      en: 'test the residual capacity: second life, or recycling',
    },
    [
      {
        flags: '--capacity <permille>',
        about: {
          zh: '剩余容量，额定容量的千分之几',
          en: 'residual capacity in thousandths of the nominal one',
        },
        required: true,
      },
      {
        flags: '--table-version <number>',
        about: { zh: '规则表 secondLifeCapacity 的版本', en: 'version of the table secondLifeCapacity' },
      },
      {
        flags: '--defect <defect>',
        about: { zh: '使其不合格的缺陷', en: 'defect for which it fails' },
        choices: BATTERY_DEFECTS,
      },
      evidenceOption,
    ],
    async (context, item, options) => {
      const defect = choice(options, 'defect', BATTERY_DEFECTS);
      const data = {
        capacityPermille: whole(options, 'capacity') ?? 0,
        tableVersion: await versionOf(context, options, 'tableVersion', 'secondLifeCapacity'),
        ...(defect === undefined ? {} : { defect }),
        ...(await evidenceOf(options)),
      };
      return itemEvent(context, 'testBattery', item, data, cites(options));
    },
  ),
  step(
    'battery repurpose',
    { zh: '梯次利用：一个电池成为一个产品', en: 'second life: one battery becomes one product' },
    [
      {
        flags: '--product <output>',
        about: { zh: '产品 battery:类别:克:新编码', en: 'the product, battery:CATEGORY:GRAMS:NEWCODE' },
        required: true,
      },
      { flags: '--added <grams>', about: { zh: '加装件（克）', en: 'mass of what was built in, in grams' } },
      lossOption,
      toleranceOption,
      evidenceOption,
    ],
    async (context, item, options, key) => {
      const addedGrams = grams(options, 'added');
      const data = {
        product: outputOf(named(options, 'product'), key),
        ...(addedGrams === undefined ? {} : { addedGrams }),
        ...(await balanceOf(context, options)),
        ...(await evidenceOf(options)),
      };
      return itemEvent(context, 'repurpose', item, data, cites(options));
    },
    whatCameOut,
  ),
  step(
    'battery recycle',
    { zh: '再生利用：成为材料批次', en: 'recycle a battery into fractions' },
    [outputOption, lossOption, toleranceOption, evidenceOption],
    async (context, item, options, key) => {
      const data = {
        outputs: outputsOf(options, key),
        ...(await balanceOf(context, options)),
        ...(await evidenceOf(options)),
      };
      return itemEvent(context, 'recycle', item, data, cites(options));
    },
    whatCameOut,
  ),
  step(
    'battery report',
    { zh: '记录已向国家溯源平台上传', en: 'record the report to the national traceability platform' },
    [
      {
        flags: '--number <number>',
        about: { zh: '平台回执号', en: 'number of the receipt of the platform' },
        required: true,
      },
    ],
    (context, item, options) =>
      itemEvent(context, 'reportTrace', item, { number: named(options, 'number') }, cites(options)),
  ),
  step(
    'battery missing',
    { zh: '说明车上登记的电池包实际缺失', en: 'say that a pack on the record of a vehicle is not there' },
    [
      {
        flags: '--pack <code>',
        about: { zh: '电池包编码', en: 'code of the pack' },
        required: true,
      },
      {
        flags: '--reason <reason>',
        about: { zh: '原因', en: 'reason' },
        choices: INCOMPLETE_REASONS,
        required: true,
      },
      evidenceOption,
    ],
    async (context, item, options) => {
      const data = {
        pack: parseBatteryCode(named(options, 'pack').replace(/^battery:/i, '')).code,
        reason: chosen(options, 'reason', INCOMPLETE_REASONS),
        ...(await evidenceOf(options)),
      };
      return itemEvent(context, 'declarePackMissing', item, data, cites(options));
    },
  ),
];
