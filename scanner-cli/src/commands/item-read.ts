import { HuilianError } from '@huilian/core';
import type { Context } from '../context.js';
import type { Gateway } from '../gateway/index.js';
import { findItem } from '../recording/find-item.js';
import { gatewaysOf, keyOf, read } from '../session.js';
import type { Command } from './command.js';

interface Item {
  readonly item: string;
  readonly kind: string;
  readonly category: string;
  readonly state: string;
  readonly custodian?: string;
  readonly owner?: string;
  readonly massGrams?: number;
  readonly parent?: string;
  readonly fittedInto?: string;
  readonly contested?: boolean;
  readonly inspection?: string;
  readonly tags?: readonly { readonly scheme: string; readonly value: string }[];
}

interface EventShown {
  readonly id: string;
  readonly time: number;
  readonly block: number;
  readonly signer: string;
  readonly verdict: string;
  readonly notice?: string;
  readonly event: { readonly type: string };
}

interface Genealogy {
  readonly item: Item;
  readonly ancestors: readonly Item[];
  readonly fittedInto?: Item;
  readonly descendants: readonly (Item & { readonly parent: string; readonly depth: number })[];
  readonly complete: boolean;
}

async function source(
  context: Context,
  text: string,
): Promise<{ readonly id: string; readonly gateways: readonly Gateway[] }> {
  const key = await keyOf(context);
  return { id: await findItem(context, text), gateways: gatewaysOf(context, key) };
}

async function known<T>(gateways: readonly Gateway[], path: string, item: string): Promise<T> {
  const answer = await read<T>(gateways, path);
  if (answer === undefined) throw new HuilianError('HL-2001', { item });
  return answer;
}

/** `huilian item show ITEM` */
export const itemShow: Command = {
  name: 'item show',
  arguments: '<item>',
  summary: { zh: '显示物品现状', en: 'show an item as it stands' },
  run: async (context, _options, text = '') => {
    const { id, gateways } = await source(context, text);
    const item = await known<Item>(gateways, `/v1/items/${id}`, id);
    context.output.data(item, lines(item));
  },
};

function lines(item: Item): string {
  const tags = item.tags?.map(({ scheme, value }) => `${scheme}/${value}`).join(', ');
  return Object.entries({ ...item, tags })
    .filter(([, value]) => value !== undefined && typeof value !== 'object')
    .map(([name, value]) => `${name.padEnd(12)}${String(value)}`)
    .join('\n');
}

/** `huilian item trace ITEM`: its events, and those of what it came out of. */
export const itemTrace: Command = {
  name: 'item trace',
  arguments: '<item>',
  summary: { zh: '追溯物品的全部事件及其来源', en: 'trace the events of an item back to where it came from' },
  run: async (context, _options, text = '') => {
    const { id, gateways } = await source(context, text);
    const { item, ancestors } = await known<Genealogy>(gateways, `/v1/items/${id}/genealogy`, id);
    const trace = [];
    for (const each of [item, ...ancestors]) {
      trace.push({
        item: each.item,
        kind: each.kind,
        category: each.category,
        events: await historyOf(gateways, each.item),
      });
    }
    context.output.data({ item: id, trace }, trace.map((each) => traceText(each)).join('\n'));
  },
};

/** All events of an item; undefined when the reader may not see them. */
async function historyOf(
  gateways: readonly Gateway[],
  id: string,
): Promise<readonly EventShown[] | undefined> {
  const events: EventShown[] = [];
  let cursor: string | undefined;
  try {
    do {
      const next = cursor === undefined ? '' : `&cursor=${encodeURIComponent(cursor)}`;
      const page = await read<{ events: EventShown[]; next?: string }>(
        gateways,
        `/v1/items/${id}/history?limit=200${next}`,
      );
      events.push(...(page?.events ?? []));
      cursor = page?.next;
    } while (cursor !== undefined);
  } catch (error) {
    if (error instanceof HuilianError && error.code === 'HL-4020') return undefined;
    throw error;
  }
  return events;
}

function traceText(each: {
  item: string;
  kind: string;
  category: string;
  events: readonly EventShown[] | undefined;
}): string {
  const events = each.events?.map(
    ({ time, event, signer, verdict, block }) =>
      `  ${dateOf(time)}  ${event.type.padEnd(10)} ${signer}  ${verdict}  #${block}`,
  );
  return [`${each.item}  ${each.kind} ${each.category}`, ...(events ?? ['  HL-4020'])].join('\n');
}

/** Date and time at UTC+8, where a day of this ledger begins. */
function dateOf(time: number): string {
  return new Date((time + 28_800) * 1000).toISOString().slice(0, 16).replace('T', ' ');
}

/** `huilian item tree ITEM`: what it came out of, and what came out of it. */
export const itemTree: Command = {
  name: 'item tree',
  arguments: '<item>',
  summary: { zh: '显示来源与产出', en: 'show what an item came from and what came out of it' },
  run: async (context, _options, text = '') => {
    const { id, gateways } = await source(context, text);
    const tree = await known<Genealogy>(gateways, `/v1/items/${id}/genealogy`, id);
    context.output.data(tree, treeText(tree));
  },
};

function treeText({ item, ancestors, descendants, complete }: Genealogy): string {
  const above = [...ancestors].reverse();
  const text = [...above, item].map((each, depth) => branch(each, depth));
  const below = (parent: string, depth: number): string[] =>
    descendants
      .filter((each) => each.parent === parent)
      .flatMap((each) => [branch(each, depth), ...below(each.item, depth + 1)]);
  return [...text, ...below(item.item, above.length + 1), ...(complete ? [] : ['…'])].join('\n');
}

function branch(item: Item, depth: number): string {
  const mass = item.massGrams === undefined ? '' : `  ${item.massGrams} g`;
  return `${'  '.repeat(depth)}${item.item}  ${item.kind} ${item.category} ${item.state}${mass}`;
}
