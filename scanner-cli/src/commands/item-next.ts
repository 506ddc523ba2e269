import {
  HuilianError,
  nextSteps,
  outerOf,
  rowKey,
  terms,
  type ItemRow,
  type Language,
  type LossRow,
  type NextStep,
  type ParticipantRow,
  type Row,
} from '@huilian/core';
import type { Context } from '../context.js';
import type { StoredKey } from '../keys/index.js';
import { findItem } from '../recording/find-item.js';
import { KnownRows, NotKnown } from '../recording/known-rows.js';
import { lossBearer } from '../recording/loss-bearer.js';
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
    const { row: item, losses } = await seen(context, key, known, id);
    const { roles } = await rowOf<ParticipantRow>(known, rowKey.participant(key.owner), id);
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

/** The item as this device may see it: itself, or of a vehicle that only bears a loss of this participant what is known of that. */
async function seen(
  context: Context,
  key: StoredKey,
  known: KnownRows,
  id: string,
): Promise<{ readonly row: ItemRow; readonly losses: ReadonlyMap<string, LossRow> | undefined }> {
  try {
    const row = await rowOf<ItemRow>(known, rowKey.item(id), id);
    return { row, losses: row.kind === 'vehicle' ? await known.losses(id) : undefined };
  } catch (error) {
    if (!isClosed(error)) throw error;
    const bearer = await lossBearer(gatewaysOf(context, key), id, key.owner);
    if (bearer === undefined) throw error;
    return bearer;
  }
}

/** @throws HuilianError why no gateway told, HL-7015 when none was asked, HL-2001 */
async function rowOf<R extends Row>(known: KnownRows, key: string, item: string): Promise<R> {
  let row: Row | undefined;
  try {
    row = await known.row(key);
  } catch (error) {
    if (!(error instanceof NotKnown)) throw error;
    throw error.cause instanceof HuilianError ? error.cause : new HuilianError('HL-7015');
  }
  if (row === undefined) throw new HuilianError('HL-2001', { item });
  return row as R;
}

function isClosed(error: unknown): boolean {
  return error instanceof HuilianError && error.code === 'HL-4020';
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
