import { expected } from '../context.js';
import { newItem } from '../keys/index.js';
import { itemEvent } from '../recording/event.js';
import { findItems } from '../recording/find-item.js';
import { recordEvents } from '../recording/record-events.js';
import { keyOf } from '../session.js';
import { named, texts, type Command, type CommandOption, type Options } from './command.js';
import {
  digestOf,
  evidenceOf,
  evidenceOption,
  grams,
  recordingOptions,
  tagOf,
  whole,
  wholeOf,
} from './item-events.js';
import { balanceOf, lossOption, toleranceOf, toleranceOption } from './mass-balance.js';
import { outputOf, outputOption, outputsOf, sortedOf, whatCameOut } from './outputs.js';
import { sourceOf, sourceOption } from './registration.js';
import { cites, step } from './step.js';
import { weighingOf, weighingOptions } from './weighing.js';

const balance: readonly CommandOption[] = [lossOption, toleranceOption];
const withOption: CommandOption = {
  flags: '--with <item>',
  about: { zh: '一同投入的其他批次，可重复', en: 'another lot that goes in; may be repeated' },
  many: true,
};
const single: CommandOption = {
  flags: '--output <output>',
  about: { zh: '产出 lot:类别:克[/件数][:标签]', en: 'what comes out, lot:CATEGORY:GRAMS[/PIECES][:TAG]' },
  required: true,
};
const sorted: CommandOption = {
  ...outputOption,
  about: {
    zh: '产出 种类:类别:克[/件数][:标签]，种类为 device、part、battery 或 lot，可重复',
    en: 'what came out, KIND:CATEGORY:GRAMS[/PIECES][:TAG], kind device, part, battery or lot; may be repeated',
  },
};
const pieces: CommandOption = { flags: '--pieces <number>', about: { zh: '件数', en: 'pieces counted' } };

function piecesOf(options: Options): { pieces?: number } {
  const counted = whole(options, 'pieces');
  return counted === undefined ? {} : { pieces: counted };
}

/** `television:40`, or a category alone. @throws HuilianError HL-7031 */
function mixOf(options: Options): { category: string; pieces?: number }[] {
  return texts(options, 'mix').map((each) => {
    const [, category, count] = /^([A-Za-z][A-Za-z0-9]*)(?::([0-9]+))?$/.exec(each) ?? [];
    if (category === undefined) throw expected('--mix', 'television:40');
    return { category, ...(count === undefined ? {} : { pieces: wholeOf(count, '--mix') }) };
  });
}

/** `huilian intake truck`: a truck is weighed in; what is on it is sorted later. */
export const intakeTruck: Command = {
  name: 'intake truck',
  summary: { zh: '车辆过磅进厂，之后再分拣', en: 'weigh a truck in; its load is sorted later' },
  options: [
    { flags: '--ticket <number>', about: { zh: '磅单号', en: 'number of the ticket' }, required: true },
    {
      flags: '--ticket-file <file>',
      about: { zh: '磅单文件，只记录其摘要', en: 'the ticket, recorded by its digest' },
      required: true,
    },
    ...weighingOptions,
    {
      flags: '--mix <category>',
      about: {
        zh: '发货方申报的组成，如 television:40，可重复',
        en: 'declared mix, such as television:40; may be repeated',
      },
      many: true,
    },
    { flags: '--pieces <number>', about: { zh: '估计件数', en: 'estimated pieces' }, required: true },
    {
      flags: '--tag <text>',
      about: { zh: '标签内容，可重复', en: 'content of a tag; may be repeated' },
      many: true,
    },
    sourceOption,
    ...recordingOptions,
  ],
  run: async (context, options) => {
    const key = await keyOf(context);
    const { item, nonce } = newItem(key);
    const data = {
      nonce,
      tags: texts(options, 'tag').map(tagOf),
      ticket: named(options, 'ticket'),
      ticketHash: await digestOf(named(options, 'ticketFile')),
      weighing: weighingOf(options),
      mix: mixOf(options),
      estimatedPieces: whole(options, 'pieces') ?? 1,
      ...sourceOf(options),
    };
    await recordEvents(
      context,
      key,
      [itemEvent(context, 'intakeBatch', item, data, cites(options))],
      options,
    );
  },
};

/** `huilian lot …`: lots of material. */
export const lotSteps = [
  step(
    'lot sort',
    { zh: '分拣进厂批次为单台、零部件和料笼', en: 'sort a truck load into units, parts and cages' },
    [sorted, toleranceOption],
    async (context, item, options, key) => {
      const outputs = texts(options, 'output').map((output) => sortedOf(output, key));
      const data = { outputs, ...(await toleranceOf(context, options)) };
      return itemEvent(context, 'sort', item, data, cites(options));
    },
    whatCameOut,
  ),
  step(
    'lot close',
    { zh: '结束分拣：产出与残余合计等于净重', en: 'close the sorting: outputs and residue are the net' },
    [
      { flags: '--residue <grams>', about: { zh: '残余（克）', en: 'residue in grams' }, required: true },
      toleranceOption,
    ],
    async (context, item, options) => {
      const data = { residueGrams: grams(options, 'residue') ?? 0, ...(await toleranceOf(context, options)) };
      return itemEvent(context, 'closeSorting', item, data, cites(options));
    },
  ),
  step(
    'lot weigh',
    { zh: '称重批次', en: 'weigh a lot' },
    [...weighingOptions, pieces, ...balance, evidenceOption],
    async (context, item, options) => {
      const data = {
        weighing: weighingOf(options),
        ...piecesOf(options),
        ...(await balanceOf(context, options)),
        ...(await evidenceOf(options)),
      };
      return itemEvent(context, 'weigh', item, data, cites(options));
    },
  ),
  step(
    'lot sample',
    { zh: '取样：样品成为单独批次', en: 'take a sample, which is a lot of its own' },
    [
      single,
      { flags: '--number <number>', about: { zh: '样品编号', en: 'number of the sample' }, required: true },
      evidenceOption,
    ],
    async (context, item, options, key) => {
      const output = outputOf(named(options, 'output'), key);
      const data = { output, number: named(options, 'number'), ...(await evidenceOf(options)) };
      return itemEvent(context, 'sample', item, data, cites(options));
    },
    whatCameOut,
  ),
  step(
    'lot split',
    { zh: '分批', en: 'split a lot into several of the same material' },
    [outputOption, ...balance],
    async (context, item, options, key) => {
      const data = { outputs: outputsOf(options, key), ...(await balanceOf(context, options)) };
      return itemEvent(context, 'split', item, data, cites(options));
    },
    whatCameOut,
  ),
  step(
    'lot merge',
    { zh: '并批：同一材料的几个批次合为一个', en: 'merge lots of one material into one' },
    [{ ...withOption, required: true }, single, ...balance],
    async (context, item, options, key) => {
      const others = [...(await findItems(context, texts(options, 'with')))];
      const data = {
        others,
        output: outputOf(named(options, 'output'), key),
        ...(await balanceOf(context, options)),
      };
      return itemEvent(context, 'merge', item, data, cites(options));
    },
    whatCameOut,
  ),
  step(
    'lot transform',
    { zh: '加工转化：一个或几个批次成为其他材料', en: 'transform one or several lots into other materials' },
    [
      { flags: '--process <code>', about: { zh: '工艺代码', en: 'code of the process' }, required: true },
      withOption,
      outputOption,
      ...balance,
      evidenceOption,
    ],
    async (context, item, options, key) => {
      const given = texts(options, 'with');
      const data = {
        process: named(options, 'process'),
        ...(given.length === 0 ? {} : { others: [...(await findItems(context, given))] }),
        outputs: outputsOf(options, key),
        ...(await balanceOf(context, options)),
        ...(await evidenceOf(options)),
      };
      return itemEvent(context, 'transform', item, data, cites(options));
    },
    whatCameOut,
  ),
];
