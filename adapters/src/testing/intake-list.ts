import { HuilianError, vinCheckDigit } from '@huilian/core';
import type { TableFormat } from '../formats/format.js';
import { formats } from '../formats/index.js';
import {
  importTable,
  type ImportOptions,
  type ImportSummary,
  type RowResult,
} from '../formats/import-table.js';
import { sheetData, workbook, type CellXml } from './workbook.js';

/** An intake list of a dismantling enterprise as files, for what is said of reading any list. */

function formatNamed(name: string): TableFormat {
  const found = formats[name];
  if (!found) throw new Error(name);
  return found;
}
const format = formatNamed('scrappedVehicleIntake');

/** A valid VIN of its own for each number. */
export function vin(number: number): string {
  const bare = `LSVAM418_C2${String(number).padStart(6, '0')}`;
  return bare.replace('_', vinCheckDigit(bare.replace('_', '0')));
}

/** The required columns. */
export const HEADER = ['回收证明编号', '车架号', '车辆类型', '回收日期', '净重(kg)', '车主类型'];
/** A row that is whole. */
export const row = (number: number, mass: CellXml = '1250.5'): CellXml[] => [
  `ZM-${String(number).padStart(5, '0')}`,
  vin(number),
  '小型轿车',
  '2026/3/2',
  mass,
  '个人',
];

/** How a file was read, and each row. */
export interface Told {
  readonly summary: ImportSummary;
  readonly results: readonly RowResult[];
}

/** Reads a file. */
export async function told(bytes: Uint8Array, options: ImportOptions = {}): Promise<Told> {
  const results: RowResult[] = [];
  const summary = await importTable(format, bytes, options, (result) => {
    results.push(result);
  });
  return { summary, results };
}

const quoted = (cell: CellXml): string =>
  typeof cell === 'object' ? '' : `"${String(cell).replaceAll('"', '""')}"`;
export const csv = (...rows: CellXml[][]): Buffer =>
  Buffer.from(rows.map((cells) => cells.map(quoted).join(',')).join('\r\n'));
export const xlsx = (...rows: CellXml[][]): Promise<Buffer> =>
  workbook([{ name: '台账', xml: sheetData(rows) }]);

/** Rows by number with their status, and the codes of their issues with the column. */
export const short = ({ results }: Told): unknown[] =>
  results.map(({ place, status, issues }) => [
    place.row,
    status,
    ...issues.map((each) => `${each.place.column ?? ''} ${each.code}`.trim()),
  ]);

/** The error with which a file is refused as a whole. */
export async function refused(bytes: Uint8Array, options: ImportOptions = {}): Promise<HuilianError> {
  try {
    await told(bytes, options);
  } catch (error) {
    if (error instanceof HuilianError) return error;
    throw error;
  }
  throw new Error('was read');
}
