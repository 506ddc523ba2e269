import type { Language } from '@huilian/core';
import { gatewaysOf, keyOf, read } from '../session.js';
import { say, type Phrase } from '../language.js';
import { queryOf } from './clocks.js';
import type { Command } from './command.js';

/** A stock as a gateway shows it. */
interface StockShown {
  readonly party: string;
  readonly category: string;
  readonly grams: number;
  readonly level: 'below' | 'near' | 'exceeded';
}

interface Page {
  readonly stocks: readonly StockShown[];
  readonly next?: string;
}

const LEVEL: Readonly<Record<StockShown['level'], Phrase | undefined>> = {
  below: undefined,
  near: { zh: '接近上限', en: 'near the limit' },
  exceeded: { zh: '超过上限', en: 'above the limit' },
};

/** `huilian stock list` */
const stockList: Command = {
  name: 'stock list',
  summary: {
    zh: '列出各类别批次的账面存量（克）',
    en: 'list what is in store by category of lots, in grams',
  },
  options: [{ flags: '--party <code>', about: { zh: '企业信用代码', en: 'credit code of who has it' } }],
  run: async (context, options) => {
    const gateways = gatewaysOf(context, await keyOf(context));
    const query = queryOf(options, ['party']);
    const stocks: StockShown[] = [];
    for (;;) {
      const page = await read<Page>(gateways, `/v1/stocks?${query.toString()}`);
      stocks.push(...(page?.stocks ?? []));
      if (page?.next === undefined) break;
      query.set('cursor', page.next);
    }
    const { output } = context;
    output.list(
      { stocks },
      stocks.map((stock) => lineOf(stock, output.language)),
      { zh: '没有存量。', en: 'Nothing is in store.' },
    );
  },
};

export const stockCommands: readonly Command[] = [stockList];

function lineOf({ party, category, grams, level }: StockShown, language: Language): string {
  const words = LEVEL[level];
  return `${party}  ${category}  ${grams} g${words === undefined ? '' : `  ${say(words, language)}`}`;
}
