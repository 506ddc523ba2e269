import { MOST_PACKED } from '@huilian/core';
import type { Context } from '../context.js';
import { itemEvent } from '../recording/event.js';
import { findItem, findItems } from '../recording/find-item.js';
import { recordEvents } from '../recording/record-events.js';
import { gatewaysOf, keyOf, read } from '../session.js';
import { kindText, stateText } from '../words.js';
import { text, type Command, type CommandOption } from './command.js';
import { ITEMS, recordingOptions } from './item-events.js';
import type { Item } from './item-shown.js';
import { cites, step } from './step.js';

type Packing = 'pack' | 'unpack';

/** A command that puts things into a container, or takes them out; as many events as they need. */
function packing(
  name: Packing,
  summary: Command['summary'],
  container: CommandOption & { name: string },
): Command {
  return {
    name,
    arguments: ITEMS,
    summary,
    options: [container, ...recordingOptions],
    run: async (context, options, ...things) => {
      const key = await keyOf(context);
      const into = await findItem(context, text(options, container.name) ?? '');
      const items = await findItems(context, things);
      const events = [];
      for (let i = 0; i < items.length; i += MOST_PACKED) {
        const some = [...items.slice(i, i + MOST_PACKED)];
        events.push(itemEvent(context, name, into, { items: some }, cites(options)));
      }
      await recordEvents(context, key, events, options);
    },
  };
}

interface Content extends Item {
  readonly container: string;
  readonly depth: number;
}

/** `huilian container contents CONTAINER`: what lies in it, to any depth. */
const contents: Command = {
  name: 'container contents',
  arguments: '<container>',
  summary: { zh: '列出载具中的物品', en: 'list what lies in a container' },
  run: async (context, _options, container = '') => {
    const id = await findItem(context, container);
    const found = await contentsOf(context, id);
    const { language } = context.output;
    context.output.list(
      { container: id, contents: found },
      found.map(
        ({ item, kind, category, state, depth }) =>
          `${'  '.repeat(depth - 1)}${item}  ${kindText(kind, language)} ${category} ${stateText(state, language)}`,
      ),
    );
  },
};

/** All pages. @throws HuilianError HL-2001, HL-4020 */
async function contentsOf(context: Context, id: string): Promise<readonly Content[]> {
  const gateways = gatewaysOf(context, await keyOf(context));
  const found: Content[] = [];
  for (let path: string | undefined = `/v1/items/${id}/contents?limit=200`; path !== undefined;) {
    const page: { contents: Content[]; next?: string } | undefined = await read(gateways, path);
    found.push(...(page?.contents ?? []));
    path = page?.next === undefined ? undefined : `/v1/items/${id}/contents?limit=200&cursor=${page.next}`;
  }
  return found;
}

/** Things in containers. */
export const containerSteps: readonly Command[] = [
  packing(
    'pack',
    { zh: '把物品装入载具', en: 'pack things into a container' },
    { name: 'into', flags: '--into <container>', about: { zh: '载具', en: 'the container' }, required: true },
  ),
  packing(
    'unpack',
    { zh: '从载具取出物品', en: 'take things out of a container' },
    { name: 'from', flags: '--from <container>', about: { zh: '载具', en: 'the container' }, required: true },
  ),
  contents,
  step(
    'container retire',
    { zh: '停用空载具', en: 'retire empty containers' },
    [],
    (context, item, options) => itemEvent(context, 'retireContainer', item, {}, cites(options)),
  ),
];
