import { ITEM_KINDS, type ItemEvent, type ItemKind } from '@huilian/core';
import { expected, type Context } from '../context.js';
import { newItem, type StoredKey } from '../keys/index.js';
import { itemEvent } from '../recording/event.js';
import { findItem } from '../recording/find-item.js';
import { named, text, type CommandOption, type Options } from './command.js';
import { grams } from './item-events.js';

export const sourceOption: CommandOption = {
  flags: '--from <source>',
  about: {
    zh: '来源：household:单号、public:单号 或 participant:单号',
    en: 'source: household:SLIP, public:SLIP or participant:SLIP',
  },
};

/** Options that say what a new item is. */
export const newItemOptions: readonly CommandOption[] = [
  { flags: '--kind <kind>', about: { zh: '物品种类', en: 'kind of item' }, choices: ITEM_KINDS },
  {
    flags: '--category <code>',
    about: {
      zh: '类别代码，如 passengerCar、refrigerator',
      en: 'category, such as passengerCar or refrigerator',
    },
    required: true,
  },
  { flags: '--mass <grams>', about: { zh: '质量（克）', en: 'mass in grams' } },
  {
    flags: '--class <class>',
    about: { zh: '零部件类别：新件或旧件', en: 'class of a part: new or used' },
    choices: ['newPart', 'usedPart'],
  },
  sourceOption,
  {
    flags: '--out-of <item>',
    about: {
      zh: '零部件拆自哪辆在用车辆（维修时换下）',
      en: 'the registered car that a workshop takes the part out of',
    },
  },
];

type Registration = Extract<ItemEvent, { type: 'register' }>['data'];

/** The car that a part comes out of, if one is named. */
export async function carOf(context: Context, options: Options): Promise<Pick<Registration, 'outOf'>> {
  const car = text(options, 'outOf');
  return car === undefined ? {} : { outOf: await findItem(context, car) };
}

/** An event that brings one item with these tags into the ledger. */
export function registration(
  context: Context,
  key: StoredKey,
  options: Options,
  { tags, outOf }: Pick<Registration, 'tags' | 'outOf'>,
): ItemEvent {
  const kind = text(options, 'kind') as ItemKind | undefined;
  if (!kind) throw expected('--kind', ITEM_KINDS.join(', '));
  const { item, nonce } = newItem(key);
  const massGrams = grams(options, 'mass');
  const data: Registration = {
    kind,
    category: named(options, 'category'),
    nonce,
    tags,
    ...(massGrams === undefined ? {} : { massGrams }),
    ...classOf(kind, options),
    ...sourceOf(options),
    ...(outOf === undefined ? {} : { outOf }),
  };
  return itemEvent(context, 'register', item, data, text(options, 'cites'));
}

/** Where a thing came from. @throws HuilianError HL-7031 */
export function sourceOf(options: Options): Pick<Registration, 'source'> {
  return text(options, 'from') === undefined ? {} : { source: slipOf(options, 'from') };
}

/** Somebody who need not be on the ledger, by the number of a slip and never by a name. @throws HuilianError HL-7031 */
export function slipOf(options: Options, name: string): NonNullable<Registration['source']> {
  const [, kind, slip] = /^(household|public|participant):([!-~]{1,40})$/.exec(named(options, name)) ?? [];
  if (kind === undefined || slip === undefined)
    throw expected(`--${name}`, 'household:SLIP-0001, public:…, participant:…');
  return { kind: kind as 'household' | 'public' | 'participant', slip };
}

function classOf(kind: ItemKind, options: Options): Pick<Registration, 'class'> {
  if (kind !== 'part') return {};
  return { class: text(options, 'class') === 'newPart' ? 'newPart' : 'usedPart' };
}
