import {
  ASSEMBLIES,
  HOLD_REASONS,
  INCOMPLETE_REASONS,
  parseBatteryCode,
  type Assembly,
  type ItemEvent,
} from '@huilian/core';
import { expected } from '../context.js';
import { itemEvent } from '../recording/event.js';
import { choice, chosen, flag, named, text, texts, type CommandOption, type Options } from './command.js';
import { creditCode, evidenceOf, evidenceOption, grams, whole, wholeOf } from './item-events.js';
import { damageSteps } from './damage-steps.js';
import { balanceOf, lossOption, toleranceOption } from './mass-balance.js';
import { outputOption, outputsOf, whatCameOut } from './outputs.js';
import { sourceOf, sourceOption } from './registration.js';
import { cites, step } from './step.js';

const weighed: CommandOption = {
  flags: '--mass <grams>',
  about: { zh: '称重（克）', en: 'mass as weighed, in grams' },
  required: true,
};

type Received = Extract<ItemEvent, { type: 'receive' }>['data'];
type Assemblies = Received['assemblies'];

/** `engine:1`, may be repeated. @throws HuilianError HL-7031 */
function assembliesOf(options: Options): { assemblies?: Assemblies } {
  const counts = texts(options, 'assembly').map((each): [Assembly, number] => {
    const [, name, count = ''] = /^([A-Za-z]+):([0-9]+)$/.exec(each) ?? [];
    const assembly = ASSEMBLIES.find((known) => known === name);
    if (assembly === undefined) throw expected('--assembly', `${ASSEMBLIES.join(', ')}: engine:1`);
    return [assembly, wholeOf(count, '--assembly')];
  });
  return counts.length === 0 ? {} : { assemblies: Object.fromEntries(counts) };
}

/** Codes of packs, or why one is not there. @throws HuilianError HL-1045 */
function packsOf(options: Options): Pick<Received, 'packs' | 'incompleteVehicle'> {
  const packs = texts(options, 'pack').map((code) => parseBatteryCode(code.replace(/^battery:/i, '')).code);
  const reason = choice(options, 'incomplete', INCOMPLETE_REASONS);
  return {
    ...(packs.length === 0 ? {} : { packs }),
    ...(reason === undefined ? {} : { incompleteVehicle: reason }),
  };
}

const categoryOption: CommandOption = {
  flags: '--category <code>',
  about: {
    zh: '所见车辆的类别；与登记不符的，以较严的规定为准',
    en: 'category of the vehicle as it is seen; where it was registered as another, the stricter rule holds',
  },
};

function categoryOf(options: Options): { category?: string } {
  const category = text(options, 'category');
  return category === undefined ? {} : { category };
}

/** `huilian vehicle …`: the life of a vehicle, from the road to the shredder. */
export const vehicleSteps = [
  ...damageSteps,
  step(
    'vehicle sell',
    { zh: '出售残值', en: 'sell the salvage' },
    [{ flags: '--to <code>', about: { zh: '买方信用代码', en: 'credit code of the buyer' }, required: true }],
    (context, item, options) =>
      itemEvent(context, 'sellSalvage', item, { to: creditCode(options, 'to') }, cites(options)),
  ),
  step(
    'vehicle return',
    { zh: '修复并检验合格后恢复使用', en: 'return a repaired vehicle to use' },
    [evidenceOption],
    async (context, item, options) =>
      itemEvent(context, 'returnToUse', item, await evidenceOf(options), cites(options)),
  ),
  step(
    'vehicle surrender',
    { zh: '交售报废', en: 'give a vehicle up to be scrapped' },
    [sourceOption],
    (context, item, options) => itemEvent(context, 'surrender', item, sourceOf(options), cites(options)),
  ),
  step(
    'vehicle receive',
    {
      zh: '接收报废车：称重并登记总成数量',
      en: 'take a scrapped vehicle in: weigh it, count its assemblies',
    },
    [
      weighed,
      {
        flags: '--assembly <count>',
        about: {
          zh: '总成数量，如 engine:1；未写明的各为一，可重复',
          en: 'number of an assembly, such as engine:1; one where nothing is said; may be repeated',
        },
        many: true,
      },
      {
        flags: '--pack <code>',
        about: {
          zh: '新能源汽车：动力电池包编码，可重复',
          en: 'of an electric vehicle: code of a battery pack; may be repeated',
        },
        many: true,
      },
      {
        flags: '--incomplete <reason>',
        about: { zh: '车上没有电池包的原因', en: 'why a battery pack is not there' },
        choices: INCOMPLETE_REASONS,
      },
      categoryOption,
      {
        flags: '--supervised',
        about: {
          zh: '须在监督下解体；规则表 supervisedCategories 所列类别无需注明',
          en: 'to be dismantled under supervision; so are the categories of the table supervisedCategories anyway',
        },
      },
      evidenceOption,
    ],
    async (context, item, options) => {
      const data = {
        massGrams: grams(options, 'mass') ?? 0,
        ...categoryOf(options),
        ...assembliesOf(options),
        ...packsOf(options),
        ...(flag(options, 'supervised') ? { supervised: true } : {}),
        ...(await evidenceOf(options)),
      };
      return itemEvent(context, 'receive', item, data, cites(options));
    },
  ),
  step(
    'vehicle certify',
    { zh: '出具报废机动车回收证明', en: 'issue the recycling certificate' },
    [
      {
        flags: '--number <number>',
        about: { zh: '证明编号', en: 'number of the certificate' },
        required: true,
      },
    ],
    (context, item, options) =>
      itemEvent(context, 'issueCertificate', item, { number: named(options, 'number') }, cites(options)),
  ),
  step(
    'vehicle cancel',
    { zh: '注销机动车登记（公安）', en: 'strike a vehicle off the register (police)' },
    [categoryOption, evidenceOption],
    async (context, item, options) => {
      const data = { ...categoryOf(options), ...(await evidenceOf(options)) };
      return itemEvent(context, 'cancelRegistration', item, data, cites(options));
    },
  ),
  step(
    'vehicle depollute',
    { zh: '预处理：排空液体、拆除危险部件', en: 'drain fluids and take out hazardous parts' },
    [
      outputOption,
      {
        flags: '--certificate-version <number>',
        about: {
          zh: '规则表 certificateAfter 的版本：证明可在拆解后出具时填写',
          en: 'version of the table certificateAfter that lets the certificate follow the dismantling',
        },
      },
    ],
    (context, item, options, key) => {
      const certificateVersion = whole(options, 'certificateVersion');
      const order = certificateVersion === undefined ? {} : { certificateVersion };
      return itemEvent(
        context,
        'depollute',
        item,
        { outputs: outputsOf(options, key), ...order },
        cites(options),
      );
    },
    whatCameOut,
  ),
  step(
    'vehicle hulk',
    { zh: '称量拆解后的车壳并核对质量平衡', en: 'weigh the hulk that is left; closes the balance' },
    [weighed, lossOption, toleranceOption],
    async (context, item, options) => {
      const data = { massGrams: grams(options, 'mass') ?? 0, ...(await balanceOf(context, options)) };
      return itemEvent(context, 'leaveHulk', item, data, cites(options));
    },
  ),
  step(
    'vehicle shred',
    { zh: '破碎车壳', en: 'shred the hulk into fractions' },
    [outputOption, lossOption, toleranceOption],
    async (context, item, options, key) =>
      itemEvent(
        context,
        'shred',
        item,
        { outputs: outputsOf(options, key), ...(await balanceOf(context, options)) },
        cites(options),
      ),
    whatCameOut,
  ),
  step(
    'vehicle hold',
    { zh: '锁定：不得进行任何步骤', en: 'hold a vehicle: nothing may be done with it' },
    [
      {
        flags: '--reason <reason>',
        about: { zh: '原因', en: 'reason' },
        choices: HOLD_REASONS,
        required: true,
      },
      evidenceOption,
    ],
    async (context, item, options) => {
      const reason = chosen(options, 'reason', HOLD_REASONS);
      return itemEvent(context, 'hold', item, { reason, ...(await evidenceOf(options)) }, cites(options));
    },
  ),
  step(
    'vehicle release',
    { zh: '解除锁定（公安）', en: 'release a held vehicle (police)' },
    [evidenceOption],
    async (context, item, options) =>
      itemEvent(context, 'release', item, await evidenceOf(options), cites(options)),
  ),
  step(
    'vehicle witness',
    { zh: '监督解体并签名（公安）', en: 'sign as the supervisor of the dismantling (police)' },
    [{ ...evidenceOption, required: true }],
    async (context, item, options) => {
      const { evidence = [] } = await evidenceOf(options);
      return itemEvent(context, 'witness', item, { evidence }, cites(options));
    },
  ),
];
