import { HuilianError, TIME_LIMITS } from '@huilian/core';
import { findItem } from '../recording/find-item.js';
import { gatewaysOf, keyOf, read } from '../session.js';
import type { Context } from '../context.js';
import { clockLine, clockText, type ClockShown } from './clock-text.js';
import { text, type Command, type CommandOption, type Options } from './command.js';

interface Page {
  readonly clocks: readonly ClockShown[];
  readonly next?: string;
}

const asOfOption: CommandOption = {
  flags: '--as-of <date>',
  about: {
    zh: '按该日（今天或以后）计算，如 2026-12-31',
    en: 'as they stand on this day, today or later, such as 2026-12-31',
  },
};

/** `huilian item clocks ITEM` */
export const itemClocks: Command = {
  name: 'item clocks',
  arguments: '<item>',
  summary: { zh: '显示物品的期限', en: 'show the time limits of an item' },
  options: [asOfOption],
  run: async (context, options, name = '') => {
    const id = await findItem(context, name);
    const clocks = await all(context, `/v1/items/${id}/clocks`, queryOf(options, ['asOf']));
    if (clocks === undefined) throw new HuilianError('HL-2001', { item: id });
    const { output } = context;
    output.list(
      { item: id, clocks },
      clocks.map((clock) => clockText(clock, output.language)),
      { zh: '该物品没有期限。', en: 'The item has no time limits.' },
    );
  },
};

/** `huilian clocks list` */
export const clocksList: Command = {
  name: 'clocks list',
  summary: {
    zh: '列出到期、逾期或已完成的期限',
    en: 'list time limits that are due, overdue, met or missed',
  },
  options: [
    {
      flags: '--status <status>',
      about: { zh: '状态，默认 overdue', en: 'which ones; overdue by default' },
      choices: ['due', 'overdue', 'met', 'late', 'unknown'],
    },
    { flags: '--before <date>', about: { zh: '到期日早于该日', en: 'whose last day lies before this one' } },
    { flags: '--party <code>', about: { zh: '企业信用代码', en: 'credit code of who started them' } },
    {
      flags: '--time-limit <name>',
      about: { zh: '期限名称', en: 'name of the time limit' },
      choices: TIME_LIMITS.map(({ name }) => name),
    },
    asOfOption,
  ],
  run: async (context, options) => {
    const query = queryOf(options, ['status', 'before', 'party', 'timeLimit', 'asOf']);
    const clocks = (await all(context, '/v1/clocks', query)) ?? [];
    const { output } = context;
    output.list(
      { clocks },
      clocks.map((clock) => clockLine(clock, output.language)),
      { zh: '没有此类期限。', en: 'There are no such time limits.' },
    );
  },
};

/** All pages of a list of clocks; undefined when there is no such item. */
async function all(
  context: Context,
  path: string,
  query: URLSearchParams,
): Promise<readonly ClockShown[] | undefined> {
  const gateways = gatewaysOf(context, await keyOf(context));
  const clocks: ClockShown[] = [];
  for (;;) {
    const page = await read<Page>(gateways, `${path}?${query.toString()}`);
    if (page === undefined) return undefined;
    clocks.push(...page.clocks);
    if (page.next === undefined) return clocks;
    query.set('cursor', page.next);
  }
}

/** The options that were given, as a query of full pages. */
export function queryOf(options: Options, names: readonly string[]): URLSearchParams {
  const query = new URLSearchParams({ limit: '200' });
  for (const name of names) {
    const value = text(options, name);
    if (value !== undefined) query.set(name, value);
  }
  return query;
}
