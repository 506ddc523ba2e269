import type { Row, Sheet, Table } from '../cell.js';
import { Archive } from './archive.js';
import { readMerges } from './merges.js';
import { readSharedStrings } from './shared-strings.js';
import { SheetReader } from './sheet.js';
import { readStyles } from './styles.js';
import { readWorkbook } from './workbook.js';
import { parseXml } from './xml.js';

/**
 * An XLSX file (ECMA-376), transitional or strict. Formulas are told and never evaluated; nothing outside of the file is fetched.
 *
 * @throws HuilianError HL-9001, HL-9003, HL-9004, HL-9006
 */
export async function readXlsx(bytes: Uint8Array): Promise<Table> {
  const archive = await Archive.open(bytes);
  const workbook = await readWorkbook(archive);
  const texts = workbook.sharedStrings ? await readSharedStrings(archive, workbook.sharedStrings) : [];
  const styles = workbook.styles ? await readStyles(archive, workbook.styles) : [];
  const sheets = workbook.sheets.map(({ name, hidden, part }): Sheet => {
    const hiddenColumns = new Set<number>();
    async function* rows(): AsyncGenerator<Row, void, undefined> {
      const merges = await readMerges(archive, part);
      const reader = new SheetReader({ name, texts, styles, merges }, hiddenColumns);
      for await (const _piece of parseXml(archive, part, reader)) yield* reader.rows.splice(0);
    }
    return { name, hidden, hiddenColumns, rows };
  });
  return { kind: 'xlsx', dateSystem: workbook.dateSystem, sheets };
}
