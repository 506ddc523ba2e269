import {
  COVERS,
  HuilianError,
  PART_CLASSES,
  type ItemEvent,
  type LossRow,
  type PartClass,
} from '@huilian/core';
import { expected } from '../context.js';
import { itemEvent } from '../recording/event.js';
import { findItem } from '../recording/find-item.js';
import { gatewaysOf, keyOf, read } from '../session.js';
import { chosen, named, text, texts, type Command, type CommandOption, type Options } from './command.js';
import { creditCode, evidenceOf, evidenceOption, loss, wholeOf } from './item-events.js';
import { lossText } from './loss-text.js';
import { fenOf, openingsOption, sealAmount } from './openings.js';
import { cites, step } from './step.js';

const claim: CommandOption = {
  flags: '--claim <number>',
  about: { zh: '本公司的案件号', en: 'your number of the claim' },
  required: true,
};

const ofClaim = (options: Options): { loss: string; claim: string } => ({
  loss: named(options, 'loss'),
  claim: named(options, 'claim'),
});

type Approved = Extract<ItemEvent, { type: 'approveLines' }>['data']['lines'][number];

/** `1:1:3500.00:door:1:newPart+secondHandPart:D-1+D-2`; from the category on it may be left out. @throws HuilianError HL-7031 */
async function approvedLine(options: Options, given: string): Promise<Approved> {
  const [line = '', version = '', yuan = '', category, quantity = '', classes = '', numbers] =
    given.split(':');
  const part =
    category === undefined
      ? {}
      : {
          part: {
            category,
            quantity: wholeOf(quantity, '--line'),
            classes: classes.split('+').map(classOf),
            ...(numbers === undefined ? {} : { numbers: numbers.split('+') }),
          },
        };
  const known = { line: wholeOf(line, '--line'), version: wholeOf(version, '--line'), ...part };
  return { ...known, amount: await sealAmount(options, fenOf(yuan, '--line')) };
}

function classOf(name: string): PartClass {
  const known = PART_CLASSES.find((each) => each === name);
  if (known === undefined) throw expected('--line', PART_CLASSES.join(', '));
  return known;
}

/** `1:2`: a line and its version. @throws HuilianError HL-7031 */
function lineOf(given: string): { line: number; version: number } {
  const [line = '', version = ''] = given.split(':');
  return { line: wholeOf(line, '--line'), version: wholeOf(version, '--line') };
}

const lossShow: Command = {
  name: 'loss show',
  arguments: '<vehicle> <loss>',
  summary: { zh: '显示赔案：案件、项目与赔付', en: 'show a loss: its claims, lines and payments' },
  run: async (context, _options, vehicle = '', number = '') => {
    const id = await findItem(context, vehicle);
    const gateways = gatewaysOf(context, await keyOf(context));
    const path = `/v1/losses/${id}/${encodeURIComponent(number)}`;
    const found = await read<LossRow>(gateways, path);
    if (found === undefined) throw new HuilianError('HL-2200', { item: id, number });
    context.output.data(found, lossText(number, found, context.output.language));
  },
};

/** `huilian loss …`: claims, approved lines and payments of a loss, on the vehicle that it befell. */
export const lossSteps: readonly Command[] = [
  step(
    'loss claim',
    { zh: '立案并主张损失项目', en: 'claim damage lines under a kind of cover' },
    [
      loss,
      claim,
      {
        flags: '--cover <cover>',
        about: {
          zh: '险种：交强险、车损险、商业三者险，或代位追偿',
          en: 'kind of cover, or recourse against another insurer',
        },
        choices: COVERS,
        required: true,
      },
      {
        flags: '--line <number>',
        about: { zh: '损失项目，可重复', en: 'damage line; may be repeated' },
        many: true,
      },
      {
        flags: '--against <code>',
        about: { zh: '被追偿保险公司信用代码', en: 'of recourse: credit code of the other insurer' },
      },
      evidenceOption,
    ],
    async (context, item, options) => {
      const cover = chosen(options, 'cover', COVERS);
      const data = {
        ...ofClaim(options),
        cover,
        lines: texts(options, 'line').map((each) => wholeOf(each, '--line')),
        ...(text(options, 'against') === undefined ? {} : { against: creditCode(options, 'against') }),
        ...(await evidenceOf(options)),
      };
      return itemEvent(context, 'claimLines', item, data, cites(options));
    },
  ),
  step(
    'loss approve',
    {
      zh: '核定维修项目；增补定损为下一版本',
      en: 'approve lines for repair; a supplement is the next version',
    },
    [
      loss,
      claim,
      {
        flags: '--line <line>',
        about: {
          zh: '项目:版本:元[:类别:数量:件别+件别[:零件号+等同号]]，可重复',
          en: 'LINE:VERSION:YUAN[:CATEGORY:QUANTITY:CLASS+CLASS[:NUMBER+NUMBER]]; may be repeated',
        },
        many: true,
        required: true,
      },
      openingsOption,
      evidenceOption,
    ],
    async (context, item, options) => {
      const lines: Approved[] = [];
      for (const given of texts(options, 'line')) lines.push(await approvedLine(options, given));
      const data = { ...ofClaim(options), lines, ...(await evidenceOf(options)) };
      return itemEvent(context, 'approveLines', item, data, cites(options));
    },
  ),
  step(
    'loss pay',
    { zh: '赔付损失项目', en: 'pay damage lines, each once' },
    [
      loss,
      claim,
      {
        flags: '--line <line>',
        about: { zh: '项目:版本，可重复', en: 'LINE:VERSION; may be repeated' },
        many: true,
        required: true,
      },
      { flags: '--amount <yuan>', about: { zh: '赔付金额（元）', en: 'amount in yuan' }, required: true },
      {
        flags: '--insurer <code>',
        about: {
          zh: '追偿案件：追偿方信用代码',
          en: 'of recourse: credit code of the insurer whose claim it is',
        },
      },
      openingsOption,
      evidenceOption,
    ],
    async (context, item, options) => {
      const data = {
        ...ofClaim(options),
        ...(text(options, 'insurer') === undefined ? {} : { insurer: creditCode(options, 'insurer') }),
        lines: texts(options, 'line').map(lineOf),
        amount: await sealAmount(options, fenOf(named(options, 'amount'), '--amount')),
        ...(await evidenceOf(options)),
      };
      return itemEvent(context, 'payLines', item, data, cites(options));
    },
  ),
  lossShow,
  step(
    'vehicle registration',
    { zh: '公安车管：变更登记已办理', en: 'police: the registration was changed for an engine or frame' },
    [
      {
        flags: '--part <item>',
        about: { zh: '装入的发动机或车架', en: 'the engine or frame' },
        required: true,
      },
      evidenceOption,
    ],
    async (context, item, options) => {
      const part = await findItem(context, named(options, 'part'));
      const data = { part, ...(await evidenceOf(options)) };
      return itemEvent(context, 'changeRegistration', item, data, cites(options));
    },
  ),
];
