import { HuilianError, REFUSAL_REASONS, rowKey, type ItemRow } from '@huilian/core';
import { expected, type Context } from '../context.js';
import { newItem } from '../keys/index.js';
import { itemEvent } from '../recording/event.js';
import { findItem, findItems } from '../recording/find-item.js';
import { KnownRows, NotKnown } from '../recording/known-rows.js';
import { recordEvents } from '../recording/record-events.js';
import { gatewaysOf, keyOf } from '../session.js';
import { choice, chosen, named, texts, type Command, type CommandOption, type Options } from './command.js';
import { creditCode, evidenceOf, evidenceOption, gramsOf, recordingOptions, wholeOf } from './item-events.js';
import { cites, step } from './step.js';

const lotOption: CommandOption = {
  flags: '--lot <item>',
  about: {
    zh: '联单上的批次，可重复；不写则为联单上的全部批次',
    en: 'lot of the manifest; may be repeated; all of them if left out',
  },
  many: true,
};

/** The lots that are named, or those of the manifest as this device knows it. @throws HuilianError HL-7035 not known here */
async function lotsOf(context: Context, manifest: string, options: Options): Promise<string[]> {
  const given = texts(options, 'lot');
  if (given.length > 0) return [...(await findItems(context, given))];
  const known = new KnownRows(context, gatewaysOf(context, await keyOf(context)));
  try {
    const row = (await known.row(rowKey.item(manifest))) as ItemRow | undefined;
    return [...(row?.manifest?.lots ?? [])];
  } catch (cause) {
    if (!(cause instanceof NotKnown)) throw cause;
    throw new HuilianError('HL-7035', { tag: manifest }, { cause });
  }
}

/** `huilian manifest open`: these lots, by this carrier, to this handler. */
const manifestOpen: Command = {
  name: 'manifest open',
  summary: { zh: '开具危险废物转移联单，每车次一份', en: 'open a hazardous-waste manifest for one trip' },
  options: [
    {
      flags: '--number <number>',
      about: { zh: '国家系统给出的联单编号', en: 'number that the national system gave out' },
      required: true,
    },
    {
      flags: '--carrier <code>',
      about: { zh: '承运人信用代码', en: 'credit code of the carrier' },
      required: true,
    },
    {
      flags: '--handler <code>',
      about: { zh: '接受人信用代码', en: 'credit code of the handler' },
      required: true,
    },
    {
      flags: '--lot <lot>',
      about: {
        zh: '危废代码=批次，如 900-045-49=serial:CAGE-7，可重复',
        en: 'WASTECODE=LOT, such as 900-045-49=serial:CAGE-7; may be repeated',
      },
      many: true,
      required: true,
    },
    evidenceOption,
    ...recordingOptions,
  ],
  run: async (context, options) => {
    const key = await keyOf(context);
    const { item, nonce } = newItem(key);
    const lots = [];
    for (const each of texts(options, 'lot')) {
      const [, wasteCode = '', lot] = /^([0-9]{3}-[0-9]{3}-[0-9]{2})=(.+)$/.exec(each) ?? [];
      if (lot === undefined) throw expected('--lot', '900-045-49=LOT');
      lots.push({ item: await findItem(context, lot), wasteCode });
    }
    const data = {
      nonce,
      number: named(options, 'number').toUpperCase(),
      carrier: creditCode(options, 'carrier'),
      handler: creditCode(options, 'handler'),
      lots,
      ...(await evidenceOf(options)),
    };
    const event = itemEvent(context, 'openManifest', item, data, cites(options));
    await recordEvents(context, key, [event], options);
  },
};

/** `9700kg=LOT`, or `9700kg/12=LOT` with the pieces. @throws HuilianError HL-7031 */
async function arrivedOf(context: Context, each: string) {
  const [, mass, count, lot] = /^([^=/]+)(?:\/([^=]+))?=(.+)$/.exec(each) ?? [];
  if (mass === undefined || lot === undefined) throw expected('--lot', 'GRAMS[/PIECES]=LOT');
  return {
    item: await findItem(context, lot),
    massGrams: gramsOf(mass, '--lot'),
    ...(count === undefined ? {} : { pieces: wholeOf(count, '--lot') }),
  };
}

/** `huilian manifest …`: the way of hazardous waste. A manifest is named by its id or as `manifest:NUMBER`. */
export const manifestSteps: readonly Command[] = [
  manifestOpen,
  step(
    'manifest carry',
    { zh: '承运人：装车起运', en: 'carrier: the lots are loaded' },
    [lotOption],
    async (context, item, options) =>
      itemEvent(
        context,
        'carryManifest',
        item,
        { lots: await lotsOf(context, item, options) },
        cites(options),
      ),
  ),
  step(
    'manifest accept',
    { zh: '接受人：称重接收', en: 'handler: weigh and accept' },
    [
      {
        flags: '--lot <lot>',
        about: {
          zh: '实际称重=批次，如 9700kg=serial:CAGE-7，可写件数 9700kg/12=…，可重复',
          en: 'GRAMS=LOT as weighed, such as 9700kg=serial:CAGE-7, or GRAMS/PIECES=LOT; may be repeated',
        },
        many: true,
        required: true,
      },
      {
        flags: '--send-back <lot>',
        about: { zh: '退回的批次，可重复', en: 'lot that goes back with the truck; may be repeated' },
        many: true,
      },
      {
        flags: '--reason <reason>',
        about: { zh: '退回原因', en: 'why it goes back' },
        choices: REFUSAL_REASONS,
      },
      evidenceOption,
    ],
    async (context, item, options) => {
      const lots = [];
      for (const each of texts(options, 'lot')) lots.push(await arrivedOf(context, each));
      const back = await Promise.all(texts(options, 'sendBack').map((lot) => findItem(context, lot)));
      const reason = choice(options, 'reason', REFUSAL_REASONS) ?? 'other';
      const refused = back.length === 0 ? {} : { refused: { lots: back, reason } };
      return itemEvent(
        context,
        'acceptManifest',
        item,
        { lots, ...refused, ...(await evidenceOf(options)) },
        cites(options),
      );
    },
  ),
  step(
    'manifest take-back',
    { zh: '移出人：收回退回的批次', en: 'sender: take back lots that were sent back' },
    [
      {
        flags: '--lot <lot>',
        about: { zh: '退回的批次，可重复', en: 'lot that was sent back; may be repeated' },
        many: true,
        required: true,
      },
      evidenceOption,
    ],
    async (context, item, options) => {
      const lots = await Promise.all(texts(options, 'lot').map((lot) => findItem(context, lot)));
      return itemEvent(
        context,
        'takeBackLots',
        item,
        { lots, ...(await evidenceOf(options)) },
        cites(options),
      );
    },
  ),
  step(
    'manifest refuse',
    { zh: '接受人：拒收退运', en: 'handler: turn the truck back' },
    [
      {
        flags: '--reason <reason>',
        about: { zh: '原因', en: 'reason' },
        choices: REFUSAL_REASONS,
        required: true,
      },
      lotOption,
      evidenceOption,
    ],
    async (context, item, options) => {
      const lots = await lotsOf(context, item, options);
      return itemEvent(
        context,
        'refuseManifest',
        item,
        { lots, reason: chosen(options, 'reason', REFUSAL_REASONS), ...(await evidenceOf(options)) },
        cites(options),
      );
    },
  ),
  step(
    'manifest cancel',
    {
      zh: '移出人：作废未起运或被退运的联单',
      en: 'sender: cancel before the truck leaves, or after it was turned back',
    },
    [lotOption],
    async (context, item, options) =>
      itemEvent(
        context,
        'cancelManifest',
        item,
        { lots: await lotsOf(context, item, options) },
        cites(options),
      ),
  ),
  step(
    'manifest return',
    { zh: '接受人：返还签字联单', en: 'handler: return the signed copy' },
    [{ ...evidenceOption, required: true }],
    async (context, item, options) => {
      const { evidence = [] } = await evidenceOf(options);
      return itemEvent(context, 'returnManifest', item, { evidence }, cites(options));
    },
  ),
];
