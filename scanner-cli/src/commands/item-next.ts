import {
  HuilianError,
  nextSteps,
  outerOf,
  rowKey,
  terms,
  type ItemRow,
  type Language,
  type NextStep,
  type ParticipantRow,
  type Row,
} from '@huilian/core';
import { findItem } from '../recording/find-item.js';
import { KnownRows } from '../recording/known-rows.js';
import { gatewaysOf, keyOf } from '../session.js';
import type { Command } from './command.js';

/** `huilian item next ITEM`: what may happen to it next, by the tables; works from what the device knows when offline. */
export const itemNext: Command = {
  name: 'item next',
  arguments: '<item>',
  summary: {
    zh: '提示物品接下来可以进行的步骤',
    en: 'tell what may happen to an item next, and who may do it',
  },
  run: async (context, _options, text = '') => {
    const key = await keyOf(context);
    const known = new KnownRows(context, gatewaysOf(context, key));
    const id = await findItem(context, text);
    const item = await rowOf<ItemRow>(known, rowKey.item(id), id);
    const { roles } = await rowOf<ParticipantRow>(known, rowKey.participant(key.owner), id);
    const losses = item.kind === 'vehicle' ? await known.losses(id) : undefined;
    const steps = nextSteps(item, await around(known, item), { creditCode: key.owner, roles }, losses);
    const shown = steps.map(({ step: { event, roles: who, given, licence }, mine }) => ({
      event,
      mine,
      roles: who,
      given,
      licence: licence === true,
    }));
    context.output.data(
      { item: id, state: item.state, steps: shown },
      nextText(steps, context.output.language),
    );
  },
};

async function rowOf<R extends Row>(known: KnownRows, key: string, item: string): Promise<R> {
  const row = await known.row(key);
  if (row === undefined) throw new HuilianError('HL-2001', { item });
  return row as R;
}

/** What an item is fitted into, and what that is in, from the nearest to the outermost. */
async function around(known: KnownRows, item: ItemRow): Promise<readonly ItemRow[]> {
  const found: ItemRow[] = [];
  for (let outer = item.fittedInto; outer !== undefined;) {
    const row = await rowOf<ItemRow>(known, rowKey.item(outer), outer);
    found.push(row);
    outer = outerOf(row);
  }
  return found;
}

/** Own steps first, then those of others. */
function nextText(steps: readonly NextStep[], language: Language): string {
  const name = terms(language);
  const line = ({ step }: NextStep): string => {
    const by = step.roles === undefined ? name.who(step.who) : step.roles.map(name.role).join(name.separator);
    const given = step.given.length === 0 ? '' : `  ${step.given.join(', ')}`;
    return `  ${name.event(step.event)} ${step.event}${given}  (${by})`;
  };
  const part = (head: string, mine: boolean): string[] => {
    const lines = steps.filter((each) => each.mine === mine).map(line);
    return lines.length === 0 ? [] : [head, ...lines];
  };
  const [own, others] =
    language === 'en' ? ['you may record', 'others may record'] : ['本企业可记录', '其他方可记录'];
  return [...part(own, true), ...part(others, false)].join('\n');
}
