import type { ItemEvent } from '@huilian/core';
import { expected, type Context } from '../context.js';
import { newItem, type StoredKey } from '../keys/index.js';
import type { EventNote } from '../recording/record-events.js';
import { texts, type CommandOption, type Options } from './command.js';
import { gramsOf, tagOf, wholeOf } from './item-events.js';

/** What comes out of an item. */
export type Output = Extract<ItemEvent, { type: 'dismantle' }>['data']['outputs'][number];

type SortedOutput = Extract<ItemEvent, { type: 'sort' }>['data']['outputs'][number];

const FORM = 'KIND:CATEGORY:GRAMS[/PIECES][:TAG]';

export const outputOption: CommandOption = {
  flags: '--output <output>',
  about: {
    zh: '产出 种类:类别:克[/件数][:标签]，种类为 part、battery 或 lot，可重复',
    en: 'what came out, KIND:CATEGORY:GRAMS[/PIECES][:TAG], kind part, battery or lot; may be repeated',
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
  const read = sortedOf(output, key);
  if (read.kind === 'device') throw expected('--output', FORM);
  return { ...read, kind: read.kind };
}

/** What comes out of a truck load, units as well. @throws HuilianError HL-7031 */
export function sortedOf(output: string, key: StoredKey): SortedOutput {
  const [, kind, category = '', mass = '', count, tag] =
    /^(part|battery|lot|device):([^:]+):([^:/]+)(?:\/([^:]+))?(?::(.+))?$/.exec(output) ?? [];
  if (kind === undefined) throw expected('--output', FORM);
  return {
    ...newItem(key),
    kind: kind as SortedOutput['kind'],
    category,
    massGrams: gramsOf(mass, '--output'),
    ...(count === undefined ? {} : { pieces: wholeOf(count, '--output') }),
    ...(tag === undefined ? {} : { tags: [tagOf(tag)] }),
  };
}

/** What a person is shown of an output. */
export function outputShown({ item, kind, category, massGrams }: SortedOutput) {
  return { item, kind, category, massGrams };
}

/** What a step brought out, to be shown beside its event. */
export function whatCameOut(_context: Context, event: ItemEvent): Promise<EventNote> {
  return Promise.resolve({ outputs: broughtOut(event).map(outputShown) });
}

function broughtOut(event: ItemEvent): readonly SortedOutput[] {
  switch (event.type) {
    case 'depollute':
    case 'shred':
    case 'recycle':
    case 'sort':
    case 'split':
    case 'transform':
      return event.data.outputs;
    case 'sample':
    case 'merge':
      return [event.data.output];
    case 'repurpose':
      return [event.data.product];
    default:
      return [];
  }
}
