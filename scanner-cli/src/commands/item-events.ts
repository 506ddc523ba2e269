import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { HuilianError, isCreditCode, tagOf as readTag, type Tag } from '@huilian/core';
import { expected, usage } from '../context.js';
import { named, text, texts, type CommandOption, type Options } from './command.js';

/** Pieces that the commands about items share. */

export const ITEMS = '<items...>';

export const recordingOptions: readonly CommandOption[] = [
  {
    flags: '--strict',
    about: {
      zh: '本机规则检查不通过时不记录',
      en: 'record nothing when the local check of the rules objects',
    },
  },
  {
    flags: '--cites <event>',
    about: { zh: '所引用的、此前被拒绝的事件编号', en: 'id of a refused event that this one offers again' },
  },
  {
    flags: '--replaces <event>',
    about: {
      zh: '所替代的、已声明有误的事件编号',
      en: 'id of an event that was declared wrong, in whose place this one stands',
    },
  },
];

/** The loss that a step is about. */
export const loss: CommandOption = {
  flags: '--loss <number>',
  about: { zh: '赔案号', en: 'number of the loss' },
  required: true,
};
export const evidenceOption: CommandOption = {
  flags: '--evidence <file>',
  about: {
    zh: '证据文件，只记录其摘要，可重复',
    en: 'file of evidence, recorded by its digest; may be repeated',
  },
  many: true,
};

/** @throws HuilianError HL-1031 */
export function creditCode(options: Options, name: string): string {
  const value = named(options, name);
  if (!isCreditCode(value)) throw new HuilianError('HL-1031', { option: `--${name}`, value });
  return value;
}

/** Grams of an option: `1240000`, or `1240kg`. @throws HuilianError HL-7031 */
export function grams(options: Options, name: string): number | undefined {
  const value = text(options, name);
  return value === undefined ? undefined : gramsOf(value, `--${name}`);
}

/**
 * A mass as it is typed: grams, or kilograms with their unit and at most three decimals. Full-width digits will do. Separators of
 * thousands will not: nobody can tell `1,350kg` from a comma for decimals.
 *
 * @throws HuilianError HL-7031
 */
export function gramsOf(value: string, option: string): number {
  const read = MASS.exec(value.normalize('NFKC').replaceAll(' ', '').toLowerCase());
  const [, whole = '', decimals = '', unit = ''] = read ?? [];
  const isKilograms = KILOGRAMS.includes(unit);
  if (!read || (decimals !== '' && !isKilograms)) throw expected(option, '48500, 48.5kg');
  return isKilograms ? Number(whole) * 1000 + Number(decimals.padEnd(3, '0')) : Number(whole);
}

const MASS = /^(0|[1-9][0-9]{0,11})(?:\.([0-9]{1,3}))?(g|克|kg|公斤|千克)?$/;
const KILOGRAMS: readonly string[] = ['kg', '公斤', '千克'];

/** Whole number of an option. @throws HuilianError HL-7031 */
export function whole(options: Options, name: string): number | undefined {
  const value = text(options, name);
  return value === undefined ? undefined : wholeOf(value, `--${name}`);
}

/** @throws HuilianError HL-7031 */
export function wholeOf(value: string, option: string): number {
  if (!/^(0|[1-9][0-9]{0,14})$/.test(value)) throw expected(option, '0, 1, 2, …');
  return Number(value);
}

/** Digests of evidence files. @throws HuilianError HL-7032 */
export async function evidenceOf(options: Options): Promise<{ evidence?: string[] }> {
  const files = texts(options, 'evidence');
  return files.length === 0 ? {} : { evidence: await Promise.all(files.map(digestOf)) };
}

/** SHA-256 of a file in hex. @throws HuilianError HL-7032 */
export async function digestOf(file: string): Promise<string> {
  const hash = createHash('sha256');
  try {
    await pipeline(createReadStream(file), hash);
  } catch (cause) {
    throw new HuilianError('HL-7032', { file }, { cause });
  }
  return hash.digest('hex');
}

/** A tag to be bound. @throws HuilianError HL-1030 to HL-1048, HL-7031 for the id of an item */
export function tagOf(content: string): Tag {
  const scanned = readTag(content);
  if (scanned.scheme === 'item') throw usage('tag', scanned.value);
  return { scheme: scanned.scheme, value: scanned.value };
}
