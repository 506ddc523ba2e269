import {
  messageType,
  runImport,
  SYSTEMS,
  type RowResult,
  type System,
  type TableFormat,
} from '@huilian/adapters';
import { HuilianError } from '@huilian/core';
import { inboxOf, laneLedgerOf } from '../adapter/open.js';
import { Exit, usage } from '../context.js';
import { random16 } from '../keys/index.js';
import { flag, text, type Command, type Options } from './command.js';
import { tableOpenings, TableOpenings } from './table-openings.js';
import { bytesOf, formatOf, importOptions, reportOf, tableOptions } from './table-file.js';
import { importText, issueText, summaryText } from './table-text.js';

/** Rows that are shown beside the summary; a report holds all of them. */
const SHOWN = 20;
const REFUSED = 3;
const WAITING = 5;
const TOLD_EVERY_MS = 5_000;

/** `huilian table import FILE`: brings the rows of a table onto the ledger, and says what became of each. */
export const tableImport: Command = {
  name: 'table import',
  arguments: '<file>',
  summary: {
    zh: '登记其他系统发来的表格；中断后再次运行即继续',
    en: 'record a table that another system sends; run again, it goes on where it stood',
  },
  options: [
    ...tableOptions,
    {
      flags: '--system <system>',
      about: { zh: '发送表格的系统', en: 'system that sends the table' },
      choices: SYSTEMS,
    },
    tableOpenings,
    {
      flags: '--again',
      about: {
        zh: '账本拒绝过的行原样重新提交（改过的行无需此项）',
        en: 'offer again what the ledger refused, though nothing was mended in the rows',
      },
    },
  ],
  run: async (context, options, file = '') => {
    const { output, config, now } = context;
    const format = formatOf(options);
    const system = systemOf(options, format);
    const bytes = await bytesOf(file);
    const openings = await TableOpenings.of(options, format, output.language);
    const report = await reportOf(text(options, 'report'), file, context);
    const ledger = await laneLedgerOf(context);
    const first: RowResult[] = [];
    const inbox = inboxOf(context, { name: config.HUILIAN_KEY });
    const given = {
      system,
      ledger,
      inbox,
      format,
      bytes,
      options: importOptions(context, options, file),
      now,
      isAgain: flag(options, 'again'),
      newSalt: random16,
    };
    let told = now();
    const progress = (left: number): void => {
      if (now() - told < TOLD_EVERY_MS) return;
      told = now();
      output.talk({ zh: `还剩 ${left} 条`, en: `${left} left` });
    };
    try {
      const outcome = await runImport({ ...given, progress }, async (result) => {
        if (result.status === 'refused' && first.length < SHOWN) first.push(result);
        openings?.add(result);
        await report?.add(result);
      });
      await openings?.keep();
      await report?.finish();
      const { summary, rows, held, isResumed } = outcome;
      for (const each of [...first.flatMap(({ issues }) => issues), ...summary.remarks])
        output.warn({ zh: issueText(each, 'zh-CN'), en: issueText(each, 'en') });
      const { language } = output;
      const lines = [
        ...summaryText(file, summary, language).split('\n').slice(0, -1),
        importText(rows, language),
      ];
      output.data(
        { file, ...summary, rows, isResumed, ...(held ? { held } : {}), firstRefused: first },
        lines.join('\n'),
      );
      if (held) output.error(new HuilianError(held));
      if (rows.waiting > 0) throw new Exit(WAITING);
      if (rows.refused > 0) throw new Exit(REFUSED);
    } catch (error) {
      if (!(error instanceof Exit)) await report?.discard();
      throw error;
    }
  },
};

function systemOf(options: Options, { name }: TableFormat): System {
  const systems = messageType(name)?.systems ?? [];
  const given = text(options, 'system');
  const system = systems.find((each) => given === undefined || each === given);
  if (!system) throw usage('--system <system>', systems.join(', '));
  return system;
}
