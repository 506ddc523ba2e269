import { DISPOSAL_METHODS, REFUSAL_REASONS, rowKey, type ItemEvent, type ItemRow } from '@huilian/core';
import type { Context } from '../context.js';
import { itemEvent } from '../recording/event.js';
import { findItem } from '../recording/find-item.js';
import { KnownRows, NotKnown } from '../recording/known-rows.js';
import { massDifference } from '../recording/mass-difference.js';
import type { EventNote } from '../recording/record-events.js';
import { gatewaysOf, keyOf } from '../session.js';
import { chosen, flag, named, text, type CommandOption, type Options } from './command.js';
import { creditCode, evidenceOf, evidenceOption, grams } from './item-events.js';
import { repairOf, repairOptions } from './repair.js';
import { receiptOf, receiptOptions } from './receipt-options.js';
import { cites, step } from './step.js';

const mass: CommandOption = {
  flags: '--mass <grams>',
  about: { zh: '实际称重（克）', en: 'mass as weighed, in grams' },
};
const from: CommandOption = {
  flags: '--from <code>',
  about: { zh: '移交方信用代码', en: 'credit code of the giver' },
  required: true,
};

function massOf(options: Options): { massGrams?: number } {
  const massGrams = grams(options, 'mass');
  return massGrams === undefined ? {} : { massGrams };
}

/** How far the mass of an acceptance is from that of the open handover: both stand, and somebody should ask why. */
async function weighedDifference(context: Context, event: ItemEvent): Promise<EventNote> {
  if (event.type !== 'accept' || event.data.massGrams === undefined) return {};
  const known = new KnownRows(context, gatewaysOf(context, await keyOf(context)));
  const row = (await known.row(rowKey.item(event.item)).catch(notKnown)) as ItemRow | undefined;
  const handedOver = row?.handover?.massGrams;
  const difference = massDifference(handedOver, event.data.massGrams);
  if (difference === undefined || handedOver === undefined) return {};
  context.output.warn({ zh: `${event.item} ${difference.zh}`, en: `${event.item}: ${difference.en}` });
  return { massDifferenceGrams: event.data.massGrams - handedOver };
}

function notKnown(error: unknown): undefined {
  if (!(error instanceof NotKnown)) throw error;
}

export const inspect = step(
  'inspect',
  { zh: '记录检验结果', en: 'record the result of an inspection' },
  [
    {
      flags: '--result <result>',
      about: { zh: '合格或不合格', en: 'fit or unfit' },
      choices: ['fit', 'unfit'],
      required: true,
    },
    evidenceOption,
  ],
  async (context, item, options) => {
    const result = text(options, 'result') === 'fit' ? 'fit' : 'unfit';
    return itemEvent(context, 'inspect', item, { result, ...(await evidenceOf(options)) }, cites(options));
  },
);

export const handover = step(
  'handover',
  { zh: '移交给另一企业', en: 'hand over to another participant' },
  [
    {
      flags: '--to <code>',
      about: { zh: '接收方信用代码', en: 'credit code of the receiver' },
      required: true,
    },
    mass,
    {
      flags: '--keep-ownership',
      about: { zh: '只移交保管，不转移所有权', en: 'custody only; ownership stays' },
    },
    {
      flags: '--consignee <code>',
      about: {
        zh: '交承运人时：最终收货方信用代码',
        en: 'for a carrier: credit code of who is to own it in the end',
      },
    },
  ],
  (context, item, options) => {
    const data = {
      to: creditCode(options, 'to'),
      ...massOf(options),
      ...(flag(options, 'keepOwnership') ? { keepOwnership: true } : {}),
      ...(text(options, 'consignee') === undefined ? {} : { consignee: creditCode(options, 'consignee') }),
    };
    return itemEvent(context, 'handover', item, data, cites(options));
  },
);

export const withdraw = step(
  'withdraw',
  { zh: '撤回未被接收的移交', en: 'withdraw an open handover' },
  [],
  (context, item, options) => itemEvent(context, 'withdraw', item, {}, cites(options)),
);

export const accept = step(
  'accept',
  { zh: '接收移交', en: 'accept what was handed over' },
  [from, mass, ...receiptOptions],
  async (context, item, options) => {
    const data = {
      from: creditCode(options, 'from'),
      ...massOf(options),
      ...(await receiptOf(context, options)),
    };
    return itemEvent(context, 'accept', item, data, cites(options));
  },
  weighedDifference,
);

export const refuse = step(
  'refuse',
  { zh: '拒收移交', en: 'refuse what was handed over' },
  [
    from,
    {
      flags: '--reason <reason>',
      about: { zh: '原因', en: 'reason' },
      choices: REFUSAL_REASONS,
      required: true,
    },
  ],
  (context, item, options) => {
    const reason = chosen(options, 'reason', REFUSAL_REASONS);
    return itemEvent(context, 'refuse', item, { from: creditCode(options, 'from'), reason }, cites(options));
  },
);

export const fit = step(
  'fit',
  { zh: '把零部件装入另一物品', en: 'fit parts into another item' },
  [
    { flags: '--into <item>', about: { zh: '装入的物品', en: 'item it goes into' }, required: true },
    ...repairOptions,
    evidenceOption,
  ],
  async (context, item, options) => {
    const data = {
      into: await findItem(context, named(options, 'into')),
      ...(await repairOf(context, options)),
      ...(await evidenceOf(options)),
    };
    return itemEvent(context, 'fit', item, data, cites(options));
  },
);

export const remove = step(
  'remove',
  { zh: '从物品上拆下零部件', en: 'take fitted parts out again' },
  [{ flags: '--from <item>', about: { zh: '拆自的物品', en: 'item it comes out of' }, required: true }, mass],
  async (context, item, options) =>
    itemEvent(
      context,
      'remove',
      item,
      { from: await findItem(context, named(options, 'from')), ...massOf(options) },
      cites(options),
    ),
);

export const dispose = step(
  'dispose',
  { zh: '记录最终处置', en: 'record the final disposal' },
  [
    {
      flags: '--method <method>',
      about: { zh: '处置方式', en: 'method' },
      choices: DISPOSAL_METHODS,
      required: true,
    },
    evidenceOption,
  ],
  async (context, item, options) => {
    const method = chosen(options, 'method', DISPOSAL_METHODS);
    return itemEvent(context, 'dispose', item, { method, ...(await evidenceOf(options)) }, cites(options));
  },
);
