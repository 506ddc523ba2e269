import type { Language } from '@huilian/core';
import { stringify } from 'csv-stringify';
import type { Report } from './report-writer.js';
import { reportLines, reportTitles } from './report-line.js';
import { stopped, written } from './written.js';

/**
 * A report that opens with a double click: with a byte order mark, or Excel takes it for GBK; and with an apostrophe before a text that
 * a spreadsheet program would take for a formula, because what was found in a stranger's file stands in it.
 */
export function csvReport(language: Language): Report {
  const content = stringify({ bom: true, record_delimiter: 'windows', escape_formulas: true });
  content.write(reportTitles(language));
  return {
    content,
    add: async (result) => {
      for (const line of reportLines(result, language)) await written(content, line);
    },
    end: () => {
      content.end();
    },
    stop: (reason) => {
      stopped(content, reason);
    },
  };
}
