import type { ItemEvent } from '@huilian/core';
import { usage } from '../context.js';
import { newItem, type StoredKey } from '../keys/index.js';
import { texts, type CommandOption, type Options } from './command.js';
import { gramsOf, tagOf } from './item-events.js';

/** What comes out of an item. */
export type Output = Extract<ItemEvent, { type: 'dismantle' }>['data']['outputs'][number];

export const outputOption: CommandOption = {
  flags: '--output <output>',
  about: {
    zh: '产出 种类:类别:克[:标签]，种类为 part、battery 或 lot，可重复',
    en: 'what came out, KIND:CATEGORY:GRAMS[:TAG], kind part, battery or lot; may be repeated',
  },
  many: true,
  required: true,
};

/** The outputs that options name, each with a new id. @throws HuilianError HL-7031 */
export function outputsOf(options: Options, key: StoredKey): Output[] {
  return texts(options, 'output').map((output) => outputOf(output, key));
}

/** An output by its text. @throws HuilianError HL-7031 */
export function outputOf(output: string, key: StoredKey): Output {
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

/** What a person is shown of an output. */
export function outputShown({ item, kind, category, massGrams }: Output) {
  return { item, kind, category, massGrams };
}
