import { HuilianError } from '@huilian/core';
import type { NumberStyle } from '../fields/decimal.js';
import type { FieldSurroundings } from '../fields/field.js';
import { BOUNDS } from '../tables/bounds.js';
import { columnLetters, type Row, type Sheet, type Table } from '../tables/cell.js';
import { readTable, type TableOptions } from '../tables/read-table.js';
import { keyText, type TableFormat } from './format.js';
import { candidateOf, withRowsAbove, type Candidate, type Header } from './header.js';
import { issue, type Issue, type Place } from './issue.js';
import { JoinedRows, type Joined } from './joined-rows.js';
import { isHeaderAgain, isRemark, lacking } from './needed.js';
import { placeOf, readRow, type ReadRow, type Values } from './read-row.js';
import { Repeats } from './repeats.js';
import type { RowResult } from './row-result.js';

export interface ImportOptions extends TableOptions {
  /** Only the sheet of this name, hidden or not. */
  readonly sheet?: string;
  /** How the sender writes numbers, over what the format says. */
  readonly numbers?: NumberStyle;
  /** No later day is taken, such as `2026-03-02`. */
  readonly today?: string;
  /** Of the channel, for the IMEI of telephones. */
  readonly imeiPepper?: Uint8Array;
}

/** Is told a row and, where rows join, of one that is taken the whole message. */
export type EachRow = (result: RowResult, joined?: Joined) => void | Promise<void>;

export type { RowResult };

/** How the file was read. */
export interface ImportSummary {
  readonly format: string;
  readonly formatVersion: number;
  readonly kind: Table['kind'];
  readonly encoding?: string;
  readonly delimiter?: string;
  readonly dateSystem?: string;
  readonly sheets: readonly SheetSummary[];
  /** Remarks on the file as a whole. */
  readonly remarks: readonly Issue[];
  readonly rows: { readonly accepted: number; readonly refused: number; readonly repeated: number };
}

export interface SheetSummary {
  readonly name?: string;
  /** Last row of the header. */
  readonly headerRow: number;
  readonly columns: readonly { readonly name: string; readonly column: string; readonly header: string }[];
}

/**
 * Reads a file by a declared format: finds the header, reads every row behind it and tells what became of it. All visible sheets that
 * have the header are read.
 *
 * @param each is told the rows in order; nothing may be done for good with them before the promise is kept, because a file may turn out
 *   to be damaged behind them
 * @throws HuilianError those of `readTable` and `Sheet.rows`; HL-9011 no header, HL-9012 a column twice, HL-9013 no such sheet, HL-9014
 *   empty
 */
export async function importTable(
  format: TableFormat,
  bytes: Uint8Array,
  options: ImportOptions,
  each: EachRow,
): Promise<ImportSummary> {
  const table = await readTable(bytes, options);
  const run = new Import(format, table, options, each);
  for (const sheet of chosen(table, options.sheet)) await run.read(sheet);
  await run.end();
  return run.summary();
}

function chosen({ sheets }: Table, name: string | undefined): readonly Sheet[] {
  if (name === undefined) return sheets;
  const found = sheets.filter((sheet) => sheet.name === name);
  if (found.length > 0) return found;
  throw new HuilianError('HL-9013', {
    sheet: name,
    sheets: sheets.map((sheet) => sheet.name ?? '').join(', '),
  });
}

class Import {
  readonly #repeats: Repeats;
  readonly #joined: JoinedRows | undefined;
  readonly #sheets: SheetSummary[] = [];
  readonly #remarks: Issue[] = [];
  readonly #rows = { accepted: 0, refused: 0, repeated: 0, waiting: 0 };
  readonly #notRead: string[] = [];
  #closest: Candidate | undefined;

  constructor(
    private readonly format: TableFormat,
    private readonly table: Table,
    private readonly options: ImportOptions,
    private readonly each: EachRow,
  ) {
    this.#repeats = new Repeats(format.key, optionalIn(format));
    this.#joined = format.rowsJoin && new JoinedRows(format, format.rowsJoin);
  }

  async read(sheet: Sheet): Promise<void> {
    if (sheet.hidden && this.options.sheet === undefined) {
      this.#notRead.push(sheet.name ?? '');
      return;
    }
    const rows = sheet.rows();
    const found = await this.findHeader(rows, sheet);
    if (!found) return;
    const { header, behind } = found;
    this.describe(sheet, header);
    const surroundings = this.surroundings();
    if (behind) await this.take(behind, header, surroundings);
    for await (const row of rows) await this.take(row, header, surroundings);
  }

  /**
   * The first row that has all required columns, among the first rows with content; of a header that merged cells make several rows high
   * the last such row, where columns stand below the name of their group.
   *
   * @returns with the first row behind it, which had to be read to know
   */
  private async findHeader(
    rows: AsyncGenerator<Row, void, undefined>,
    sheet: Sheet,
  ): Promise<{ readonly header: Header; readonly behind?: Row } | undefined> {
    const seen: Row[] = [];
    let header: Header | undefined;
    while (header !== undefined || seen.length < BOUNDS.headerRows) {
      const next = await rows.next();
      if (next.done) break;
      if (header && next.value.row > header.lastRow) return { header, behind: next.value };
      const candidate = candidateOf(next.value, this.format);
      if (candidate.missing.length === 0) header = withRowsAbove(candidate.header, seen, next.value.row);
      else if (!header && candidate.missing.length < (this.#closest?.missing.length ?? Infinity))
        this.#closest = candidate;
      seen.push(next.value);
    }
    if (header) return { header };
    await rows.return();
    if (seen.length > 0) this.#notRead.push(sheet.name ?? '');
    return undefined;
  }

  private describe(sheet: Sheet, header: Header): void {
    const place = sheet.name === undefined ? {} : { sheet: sheet.name };
    const columns = header.columns.map(({ column, position, header: text }) => ({
      name: column.name,
      column: columnLetters(position),
      header: text,
    }));
    this.#sheets.push({
      ...(sheet.name === undefined ? {} : { name: sheet.name }),
      headerRow: header.lastRow,
      columns,
    });
    const remark = (code: 'HL-9030' | 'HL-9031' | 'HL-9033', names: readonly string[]): void => {
      if (names.length > 0)
        this.#remarks.push(issue(code, place, { details: { columns: names.join(', ') } }));
    };
    remark('HL-9030', header.unknown);
    remark('HL-9031', header.leftOut);
    const hidden = header.columns.filter(({ position }) => sheet.hiddenColumns.has(position));
    remark(
      'HL-9033',
      hidden.map(({ position, header: text }) => `${columnLetters(position)} ${text}`),
    );
  }

  private surroundings(): FieldSurroundings {
    const { dateSystem } = this.table;
    const { today, imeiPepper, numbers = this.format.numbers } = this.options;
    return {
      ...(dateSystem === undefined ? {} : { dateSystem }),
      ...(numbers === undefined ? {} : { numbers }),
      ...(today === undefined ? {} : { today }),
      ...(imeiPepper === undefined ? {} : { imeiPepper }),
    };
  }

  private async take(row: Row, header: Header, surroundings: FieldSurroundings): Promise<void> {
    const place = placeOf(row);
    if (isHeaderAgain(row, header)) {
      const again: RowResult = { status: 'repeated', place, issues: [issue('HL-9162', place)] };
      await this.toldInOrder(again, NOTHING);
      return;
    }
    const read = readRow(row, header, this.table.kind === 'csv', surroundings);
    if (isRemark(this.format, read, row)) await this.toldInOrder(remark(place), NOTHING);
    else await this.toldInOrder(this.judge(read, place), read);
  }

  /** Where rows join, each waits for the end of the file. */
  private async toldInOrder(result: RowResult, read: Pick<ReadRow, 'values' | 'filled'>): Promise<void> {
    if (this.#joined) this.#joined.add(result, read);
    else await this.tell(result);
  }

  /** All rows were read: what could not be told before is told now. */
  async end(): Promise<void> {
    for (const [result, joined] of this.#joined?.results() ?? []) await this.tell(result, joined);
  }

  private judge(read: ReadRow, place: Place): RowResult {
    const { values } = read;
    const issues = [...read.issues, ...lacking(this.format, read, place)];
    const isWhole = !issues.some(({ kind }) => kind === 'refusal');
    const earlier = this.#repeats.enter(values, isWhole, place);
    if (earlier?.isSame)
      return {
        status: 'repeated',
        place,
        issues: [issue('HL-9160', place, { details: first(earlier.place) })],
      };
    const twice = earlier ? [this.keyTwice(place, values, earlier.place)] : [];
    return isWhole && !earlier
      ? { status: 'accepted', place, values, issues }
      : { status: 'refused', place, issues: [...issues, ...twice] };
  }

  private keyTwice(place: Place, values: Values, earlier: Place): Issue {
    return issue('HL-9150', place, { found: keyText(this.format, values), details: first(earlier) });
  }

  private async tell(result: RowResult, joined?: Joined): Promise<void> {
    this.#rows[result.status] += 1;
    await this.each(result, joined);
  }

  /** @throws HuilianError HL-9011, HL-9014 */
  summary(): ImportSummary {
    const { encoding, delimiter, dateSystem, kind } = this.table;
    if (this.#sheets.length === 0) throw this.noHeader();
    const { repeated } = this.#rows;
    const remarks = [...this.#remarks];
    if (this.#notRead.length > 0)
      remarks.push(issue('HL-9032', {}, { details: { sheets: this.#notRead.join(', ') } }));
    if (repeated > 0) remarks.push(issue('HL-9034', {}, { details: { count: repeated } }));
    return {
      format: this.format.name,
      formatVersion: this.format.version,
      kind,
      ...(encoding === undefined ? {} : { encoding }),
      ...(delimiter === undefined ? {} : { delimiter }),
      ...(dateSystem === undefined ? {} : { dateSystem }),
      sheets: this.#sheets,
      remarks,
      rows: { accepted: this.#rows.accepted, refused: this.#rows.refused, repeated },
    };
  }

  private noHeader(): HuilianError {
    const closest = this.#closest;
    if (!closest) return new HuilianError('HL-9014');
    const missing = closest.missing.map(({ headers }) => `${headers.zh[0]} / ${headers.en[0]}`).join(', ');
    return new HuilianError('HL-9011', { row: closest.row, missing });
  }
}

/** What a row says that is no entry. */
const NOTHING: Pick<ReadRow, 'values' | 'filled'> = { values: {}, filled: new Set() };

function remark(place: Place): RowResult {
  return { status: 'refused', place, issues: [issue('HL-9111', place)] };
}

/** Columns of the key that a row may leave empty. */
function optionalIn({ columns, key }: TableFormat): readonly string[] {
  return columns.filter(({ name, required }) => !required && key.includes(name)).map(({ name }) => name);
}

/** Where the first of several rows stands, for a message. */
function first({ sheet, row = 0 }: Place): { firstRow: number; sheet?: string } {
  return sheet === undefined ? { firstRow: row } : { firstRow: row, sheet };
}
