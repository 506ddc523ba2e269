import {
  importTable,
  withoutSalts,
  type ImportOptions,
  type ImportSummary,
  type RowResult,
  type TableFormat,
} from '@huilian/adapters';
import { Exit } from '../context.js';
import { text, type Command } from './command.js';
import { bytesOf, formatOf, importOptions, reportOf, tableOptions } from './table-file.js';
import type { ReportFile } from './table-report.js';
import { issueText, summaryText } from './table-text.js';

/** Refusals that are shown beside the summary; a report holds all of them. */
const SHOWN = 20;
const REFUSED = 3;

/** `huilian table check FILE`: reads a table that another system sends, and says what becomes of each row. */
export const tableCheck: Command = {
  name: 'table check',
  arguments: '<file>',
  summary: { zh: '检查其他系统发来的表格', en: 'check a table that another system sends' },
  options: tableOptions,
  run: async (context, options, file = '') => {
    const { output } = context;
    // Salts are made when the table is imported.
    const format = withoutSalts(formatOf(options));
    const bytes = await bytesOf(file);
    const report = await reportOf(text(options, 'report'), file, context);
    const first: RowResult[] = [];
    const summary = await readAll(format, bytes, importOptions(context, options, file), report, first);
    for (const { issues } of first)
      for (const issue of issues) output.warn({ zh: issueText(issue, 'zh-CN'), en: issueText(issue, 'en') });
    for (const remark of summary.remarks)
      output.warn({ zh: issueText(remark, 'zh-CN'), en: issueText(remark, 'en') });
    output.data({ file, ...summary, firstRefused: first }, summaryText(file, summary, output.language));
    if (summary.rows.refused > 0) throw new Exit(REFUSED);
  },
};

async function readAll(
  format: TableFormat,
  bytes: Uint8Array,
  options: ImportOptions,
  report: ReportFile | undefined,
  first: RowResult[],
): Promise<ImportSummary> {
  try {
    const summary = await importTable(format, bytes, options, async (result) => {
      if (result.status === 'refused' && first.length < SHOWN) first.push(result);
      await report?.add(result);
    });
    await report?.finish();
    return summary;
  } catch (error) {
    await report?.discard();
    throw error;
  }
}
