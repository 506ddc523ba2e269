import { EXCEPTION_REASONS, type EventOf, type ExceptionReason } from '@huilian/core';
import { expected, type Context } from '../context.js';
import { findItem } from '../recording/find-item.js';
import { texts, type CommandOption, type Options } from './command.js';
import { whole } from './item-events.js';

/** What an acceptance of a container says beyond its mass. */
export const receiptOptions: readonly CommandOption[] = [
  {
    flags: '--count <number>',
    about: { zh: '载具中清点的件数', en: 'of a container: things counted in it' },
  },
  {
    flags: '--except <reason:item>',
    about: {
      zh: `载具中不接收的物品：原因:物品，可重复；原因：${EXCEPTION_REASONS.join('、')}`,
      en: `of a container: what is left with the giver, REASON:ITEM; may be repeated; reasons: ${EXCEPTION_REASONS.join(', ')}`,
    },
    many: true,
  },
];

type Receipt = Pick<EventOf<'accept'>['data'], 'count' | 'exceptions'>;

/** @throws HuilianError HL-7031, and what a text that names no item throws */
export async function receiptOf(context: Context, options: Options): Promise<Receipt> {
  const count = whole(options, 'count');
  const byReason = new Map<ExceptionReason, string[]>();
  for (const exception of texts(options, 'except')) {
    const colon = exception.indexOf(':');
    const reason = EXCEPTION_REASONS.find((known) => known === exception.slice(0, colon));
    if (reason === undefined) throw expected('--except', 'REASON:ITEM');
    const item = await findItem(context, exception.slice(colon + 1));
    byReason.set(reason, [...(byReason.get(reason) ?? []), item]);
  }
  const exceptions = [...byReason].map(([reason, items]) => ({ reason, items }));
  return {
    ...(count === undefined ? {} : { count }),
    ...(exceptions.length === 0 ? {} : { exceptions }),
  };
}
