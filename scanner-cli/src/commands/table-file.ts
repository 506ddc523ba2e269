import { readFile, realpath, stat } from 'node:fs/promises';
import { extname } from 'node:path';
import {
  beginReport,
  formats,
  NUMBER_STYLES,
  REPORT_KINDS,
  TABLE_BOUNDS,
  type ImportOptions,
  type ReportKind,
  type TableFormat,
} from '@huilian/adapters';
import { HuilianError } from '@huilian/core';
import { expected, usage, type Context } from '../context.js';
import { pepperIfSet } from '../pepper.js';
import { choice, named, text, type CommandOption, type Options } from './command.js';
import { ReportFile } from './table-report.js';

/** What the commands about a table's file share. */

export const tableOptions: readonly CommandOption[] = [
  {
    flags: '--format <name>',
    about: { zh: '表格格式', en: 'format of the table' },
    choices: Object.keys(formats),
    required: true,
  },
  {
    flags: '--report <file>',
    about: { zh: '逐行报告（.csv、.xlsx、.json）', en: 'report of each row (.csv, .xlsx, .json)' },
  },
  { flags: '--sheet <name>', about: { zh: '只读取该工作表', en: 'read only this sheet' } },
  {
    flags: '--numbers <style>',
    about: {
      zh: '数的写法：point 为 1,234.5，comma 为 1.234,5',
      en: 'style of numbers: point is 1,234.5, comma is 1.234,5',
    },
    choices: NUMBER_STYLES,
  },
];

/** The format that the options name. @throws HuilianError HL-7031 */
export function formatOf(options: Options): TableFormat {
  const format = formats[named(options, 'format')];
  if (!format) throw expected('--format <name>', Object.keys(formats).join(', '));
  return format;
}

/** The file, unless it is too large to be looked at. */
export async function bytesOf(file: string): Promise<Uint8Array> {
  try {
    const { size } = await stat(file);
    if (size > TABLE_BOUNDS.fileBytes)
      throw new HuilianError('HL-9005', { file, limit: TABLE_BOUNDS.fileBytes, found: size });
    return await readFile(file);
  } catch (cause) {
    throw cause instanceof HuilianError ? cause : new HuilianError('HL-7032', { file }, { cause });
  }
}

export function importOptions(context: Context, options: Options, fileName: string): ImportOptions {
  const sheet = text(options, 'sheet');
  const numbers = choice(options, 'numbers', NUMBER_STYLES);
  // A day is a day at UTC+8; no vehicle was taken in tomorrow.
  const today = new Date(context.now() + 28_800_000).toISOString().slice(0, 10);
  const imeiPepper = pepperIfSet(context);
  return {
    fileName,
    today,
    ...(imeiPepper === undefined ? {} : { imeiPepper }),
    ...(sheet === undefined ? {} : { sheet }),
    ...(numbers === undefined ? {} : { numbers }),
  };
}

export async function reportOf(
  path: string | undefined,
  file: string,
  { output }: Context,
): Promise<ReportFile | undefined> {
  if (path === undefined) return undefined;
  const ending = extname(path).slice(1).toLowerCase();
  const kind = REPORT_KINDS.find((each): each is ReportKind => each === ending);
  if (!kind) throw expected('--report <file>', REPORT_KINDS.map((each) => `.${each}`).join(', '));
  // A report over the table that it is about would destroy what the sender has sent.
  if ((await realpath(path).catch(() => undefined)) === (await realpath(file)))
    throw usage('--report <file>', path);
  return new ReportFile(path, beginReport(kind, output.language));
}
