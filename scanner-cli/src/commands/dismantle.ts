import type { ItemEvent } from '@huilian/core';
import { usage } from '../context.js';
import { newItem, type StoredKey } from '../keys/index.js';
import { itemEvent } from '../recording/event.js';
import { findItem } from '../recording/find-item.js';
import { recordEvents } from '../recording/record-events.js';
import { keyOf } from '../session.js';
import { text, texts, type Command } from './command.js';
import { grams, gramsOf, recordingOptions, tagOf, whole } from './item-events.js';

type Output = Extract<ItemEvent, { type: 'dismantle' }>['data']['outputs'][number];

/** `huilian dismantle ITEM`: what came out of an item, with the mass of everything. */
export const dismantle: Command = {
  name: 'dismantle',
  arguments: '<item>',
  summary: { zh: '拆解物品，登记零部件与材料', en: 'dismantle an item into parts and fractions' },
  options: [
    {
      flags: '--output <output>',
      about: {
        zh: '产出 种类:类别:克[:标签]，种类为 part、battery 或 lot，可重复',
        en: 'what came out, KIND:CATEGORY:GRAMS[:TAG], kind part, battery or lot; may be repeated',
      },
      many: true,
      required: true,
    },
    { flags: '--loss <grams>', about: { zh: '损耗（克）', en: 'loss in grams' } },
    {
      flags: '--tolerance-version <number>',
      about: { zh: '质量允差表的版本', en: 'version of the table of mass tolerance' },
    },
    ...recordingOptions,
  ],
  run: async (context, options, item = '') => {
    const key = await keyOf(context);
    const outputs = texts(options, 'output').map((output) => outputOf(output, key));
    const data = {
      outputs,
      lossGrams: grams(options, 'loss') ?? 0,
      toleranceVersion: whole(options, 'toleranceVersion') ?? 1,
    };
    const event = itemEvent(
      context,
      'dismantle',
      await findItem(context, item),
      data,
      text(options, 'cites'),
    );
    await recordEvents(context, key, [event], options, [{ outputs: outputs.map(shown) }]);
  },
};

/** @throws HuilianError HL-7031 */
function outputOf(output: string, key: StoredKey): Output {
  const [, kind, category = '', mass = '', tag] =
    /^(part|battery|lot):([^:]+):([^:]+)(?::(.+))?$/.exec(output) ?? [];
  if (kind === undefined) throw usage('--output', 'KIND:CATEGORY:GRAMS[:TAG]');
  return {
    ...newItem(key),
    kind: kind as Output['kind'],
    category,
    massGrams: gramsOf(mass, '--output'),
    ...(tag === undefined ? {} : { tags: [tagOf(tag)] }),
  };
}

function shown({ item, kind, category, massGrams }: Output) {
  return { item, kind, category, massGrams };
}
