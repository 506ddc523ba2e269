import { HuilianError } from '@huilian/core';
import { BOUNDS } from './bounds.js';
import type { Table } from './cell.js';
import { readCsv, type CsvOptions } from './read-csv.js';
import { readXlsx } from './xlsx/read-xlsx.js';

export interface TableOptions extends CsvOptions {
  /** Only its ending is used, and only where the content leaves a choice: `.tsv` is delimited by tabs. */
  readonly fileName?: string;
}

const ZIP = Buffer.from('PK\u0003\u0004');
/** Compound files: XLS, and XLSX files with a password. */
const COMPOUND = Buffer.from('d0cf11e0a1b11ae1', 'hex');
const ENCRYPTED = Buffer.from('EncryptedPackage', 'utf16le');
/** Many systems name a page of HTML `.xls` and call it an export. */
const MARKUP = /^\ufeff?\s*<(?:!doctype|html|table|\?xml|meta)/i;

/**
 * Reads a table that another system sends. The content decides what it is, not the name. Rows are read when they are asked for; until
 * the last one was read without an error, the file may still turn out to be damaged.
 *
 * @param bytes the whole file; may be changed by nobody while rows are read
 * @throws HuilianError HL-9001 of another kind, HL-9002 encoding unknown, HL-9003 damaged, HL-9004 encrypted, HL-9005 too large,
 *   HL-9006 inflates too far, HL-9014 empty
 */
export async function readTable(bytes: Uint8Array, options: TableOptions = {}): Promise<Table> {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (buffer.length > BOUNDS.fileBytes)
    throw new HuilianError('HL-9005', { limit: BOUNDS.fileBytes, found: buffer.length });
  if (buffer.length === 0) throw new HuilianError('HL-9014');
  if (buffer.subarray(0, ZIP.length).equals(ZIP)) return readXlsx(buffer);
  if (buffer.subarray(0, COMPOUND.length).equals(COMPOUND))
    throw buffer.includes(ENCRYPTED)
      ? new HuilianError('HL-9004')
      : new HuilianError('HL-9001', { kind: 'xls' });
  if (MARKUP.test(buffer.subarray(0, 256).toString('utf8')))
    throw new HuilianError('HL-9001', { kind: 'html' });
  const isTabbed = /\.(?:tsv|tab)$/i.test(options.fileName ?? '');
  return readCsv(buffer, isTabbed ? { delimiter: '\t', ...options } : options);
}
