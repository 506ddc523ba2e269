import { CORE_GRADES } from '@huilian/core';
import { expected } from '../context.js';
import { itemEvent } from '../recording/event.js';
import { chosen, named, text, texts, type CommandOption } from './command.js';
import { evidenceOf, evidenceOption, grams, tagOf } from './item-events.js';
import { outputOf } from './outputs.js';
import { cites, step } from './step.js';

const mark: CommandOption = {
  flags: '--mark <text>',
  about: { zh: '标识上的编号', en: 'number of the mark on it' },
  required: true,
};

/** `huilian part …`: the codes of parts and their classes. */
export const partSteps = [
  step(
    'part code',
    { zh: '给零部件编码：贴标签、登记型号', en: 'code a part: bind a label, record its model' },
    [
      {
        flags: '--label <tag>',
        about: {
          zh: '标签；车架的须含原车识别代号',
          en: 'the label; that of a frame carries the VIN of its vehicle',
        },
      },
      { flags: '--model <text>', about: { zh: '型号', en: 'the model' } },
    ],
    (context, item, options) => {
      const label = text(options, 'label');
      const model = text(options, 'model');
      if (label === undefined && model === undefined) throw expected('part code', '--label, --model');
      const data = {
        ...(label === undefined ? {} : { label: tagOf(label) }),
        ...(model === undefined ? {} : { model }),
      };
      return itemEvent(context, 'codePart', item, data, cites(options));
    },
  ),
  step(
    'part mark',
    { zh: '把检验合格的旧件标识为回用件', en: 'mark a used part that is fit as reused' },
    [mark, evidenceOption],
    async (context, item, options) => {
      const data = { mark: named(options, 'mark'), ...(await evidenceOf(options)) };
      return itemEvent(context, 'markReused', item, data, cites(options));
    },
  ),
  step(
    'part core',
    { zh: '定为再制造旧件', en: 'designate a used part as a core' },
    [],
    (context, item, options) => itemEvent(context, 'designateCore', item, {}, cites(options)),
  ),
  step(
    'part grade',
    { zh: '旧件分级', en: 'grade a core' },
    [
      {
        flags: '--as <grade>',
        about: { zh: '等级，unfit 为不合格', en: 'grade; unfit fails' },
        choices: CORE_GRADES,
        required: true,
      },
      {
        flags: '--missing <code>',
        about: { zh: '缺少的部件，可重复', en: 'what the core lacks; may be repeated' },
        many: true,
      },
      evidenceOption,
    ],
    async (context, item, options) => {
      const grade = chosen(options, 'as', CORE_GRADES);
      const missing = texts(options, 'missing');
      const data = {
        grade,
        ...(missing.length === 0 ? {} : { missing: [...missing] }),
        ...(await evidenceOf(options)),
      };
      return itemEvent(context, 'grade', item, data, cites(options));
    },
  ),
  step(
    'part remanufacture',
    { zh: '再制造：一件旧件成为一件产品', en: 'remanufacture: one core becomes one product' },
    [
      {
        flags: '--product <output>',
        about: { zh: '产品 part:类别:克:标签', en: 'the product, part:CATEGORY:GRAMS:TAG' },
        required: true,
      },
      mark,
      {
        flags: '--added <grams>',
        about: { zh: '换装的新零件（克）', en: 'mass of the new parts, in grams' },
      },
      evidenceOption,
    ],
    async (context, item, options, key) => {
      const product = outputOf(named(options, 'product'), key);
      const addedGrams = grams(options, 'added');
      const data = {
        product,
        mark: named(options, 'mark'),
        ...(addedGrams === undefined ? {} : { addedGrams }),
        ...(await evidenceOf(options)),
      };
      return itemEvent(context, 'remanufacture', item, data, cites(options));
    },
  ),
];
