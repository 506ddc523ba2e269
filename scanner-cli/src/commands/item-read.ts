import { HuilianError } from '@huilian/core';
import type { Context } from '../context.js';
import type { Gateway } from '../gateway/index.js';
import { findItem } from '../recording/find-item.js';
import { lossBearer } from '../recording/loss-bearer.js';
import { gatewaysOf, keyOf, read } from '../session.js';
import { flag, type Command } from './command.js';
import type { EventShown, Genealogy, Item } from './item-shown.js';
import { itemText, traceText, treeText } from './item-text.js';

async function source(
  context: Context,
  text: string,
): Promise<{ readonly id: string; readonly gateways: readonly Gateway[]; readonly owner: string }> {
  const key = await keyOf(context);
  return { id: await findItem(context, text), gateways: gatewaysOf(context, key), owner: key.owner };
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
    const { id, gateways, owner } = await source(context, text);
    const item = await shown(context, gateways, id, owner);
    context.output.data(item, itemText(item, context.output.language));
  },
};

/** The item; of a vehicle that only bears a loss of this participant what everybody may know of it. */
async function shown(
  context: Context,
  gateways: readonly Gateway[],
  id: string,
  creditCode: string,
): Promise<Item> {
  try {
    return await known<Item>(gateways, `/v1/items/${id}`, id);
  } catch (error) {
    if (!(error instanceof HuilianError) || error.code !== 'HL-4020') throw error;
    const bearer = await lossBearer(gateways, id, creditCode);
    if (bearer === undefined) throw error;
    const { kind, category, state, massGrams, inspection, hold, insurance } = bearer.row;
    context.output.talk({
      zh: `本企业未经手该车，只显示公开信息和当前赔案${hold === undefined ? '' : '；该车已被锁定'}；赔案详情：huilian loss show`,
      en: `Your participant never held the vehicle: this is what is public of it, and the loss that it bears${hold === undefined ? '' : '; it is on hold'}. The losses: huilian loss show`,
    });
    return {
      item: id,
      kind,
      category,
      state,
      ...(massGrams === undefined ? {} : { massGrams }),
      ...(inspection === undefined ? {} : { inspection }),
      ...(insurance === undefined ? {} : { insurance }),
    };
  }
}

/** `huilian item trace ITEM`: its events, and those of what it came out of. */
export const itemTrace: Command = {
  name: 'item trace',
  arguments: '<item>',
  summary: { zh: '追溯物品的全部事件及其来源', en: 'trace the events of an item back to where it came from' },
  options: [
    {
      flags: '--effective',
      about: {
        zh: '只列出有效的步骤，不列被拒绝和已更正的事件',
        en: 'only what has effect: neither what was refused nor what was declared wrong',
      },
    },
  ],
  run: async (context, options, text = '') => {
    const { id, gateways } = await source(context, text);
    const { item, ancestors } = await known<Genealogy>(gateways, `/v1/items/${id}/genealogy`, id);
    const trace = [];
    for (const each of [item, ...ancestors]) {
      trace.push({
        item: each.item,
        kind: each.kind,
        category: each.category,
        events: await historyOf(gateways, each.item, flag(options, 'effective')),
      });
    }
    context.output.data(
      { item: id, trace },
      trace.map((each) => traceText(each, context.output.language)).join('\n'),
    );
  },
};

/** All events of an item; undefined when the reader may not see them. */
async function historyOf(
  gateways: readonly Gateway[],
  id: string,
  effective: boolean,
): Promise<readonly EventShown[] | undefined> {
  const events: EventShown[] = [];
  let cursor: string | undefined;
  try {
    do {
      const next = cursor === undefined ? '' : `&cursor=${encodeURIComponent(cursor)}`;
      const page = await read<{ events: EventShown[]; next?: string }>(
        gateways,
        `/v1/items/${id}/history?limit=200${effective ? '&view=effective' : ''}${next}`,
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

/** `huilian item tree ITEM`: what it came out of, and what came out of it. */
export const itemTree: Command = {
  name: 'item tree',
  arguments: '<item>',
  summary: { zh: '显示来源与产出', en: 'show what an item came from and what came out of it' },
  run: async (context, _options, text = '') => {
    const { id, gateways } = await source(context, text);
    const tree = await known<Genealogy>(gateways, `/v1/items/${id}/genealogy`, id);
    context.output.data(tree, treeText(tree, context.output.language));
  },
};
