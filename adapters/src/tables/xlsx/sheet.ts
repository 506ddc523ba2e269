import { HuilianError } from '@huilian/core';
import { BOUNDS } from '../bounds.js';
import { isFilled, type Cell, type Merge, type Row } from '../cell.js';
import { Areas } from './areas.js';
import { CellReader } from './cell-reader.js';
import { isTrue, type Attributes, type XmlHandler } from './xml.js';

/** What has to be known before rows are read. */
export interface SheetSurroundings {
  readonly name: string;
  readonly texts: readonly string[];
  readonly dateStyles: readonly boolean[];
  readonly merges: readonly Merge[];
}

/**
 * Puts rows together from the tags of a sheet (ECMA-376 part 1, 18.3.1.73 and .4).
 *
 * Rows and cells have to stand in order, as all programs write them: two rows of one number would be two truths.
 */
export class SheetReader implements XmlHandler {
  /** Rows with content that were finished and not yet taken. */
  readonly rows: Row[] = [];
  readonly #merges: Areas;
  readonly #cell: CellReader;
  #row = 0;
  #hidden = false;
  #cells: (Cell | undefined)[] = [];

  /** @param hiddenColumns is filled with the positions of hidden columns */
  constructor(
    private readonly surroundings: SheetSurroundings,
    private readonly hiddenColumns: Set<number>,
  ) {
    this.#merges = new Areas(surroundings.merges);
    this.#cell = new CellReader(surroundings);
  }

  open(name: string, attributes: Attributes): void {
    if (name === 'col') this.openColumns(attributes);
    else if (name === 'row') this.openRow(attributes);
    else if (name === 'c') this.#cell.begin(attributes, this.#row);
    else this.#cell.open(name, attributes);
  }

  text(text: string): void {
    this.#cell.text(text);
  }

  close(name: string): void {
    if (name === 'c') this.closeCell();
    else if (name === 'row') this.closeRow();
    else this.#cell.close(name);
  }

  private openColumns({ min, max, hidden }: Attributes): void {
    if (!isTrue(hidden)) return;
    const last = Math.min(Number(max), BOUNDS.columns);
    for (let column = Number(min); column <= last; column++) this.hiddenColumns.add(column - 1);
  }

  private openRow({ r, hidden }: Attributes): void {
    const row = r === undefined ? this.#row + 1 : Number(r);
    const { name } = this.surroundings;
    if (!Number.isSafeInteger(row) || row <= this.#row)
      throw new HuilianError('HL-9003', { sheet: name, row: this.#row, reason: 'rows out of order' });
    if (row > BOUNDS.rows) throw new HuilianError('HL-9007', { sheet: name, limit: BOUNDS.rows });
    this.#row = row;
    this.#hidden = isTrue(hidden);
    this.#cells = [];
    this.#cell.beginRow();
  }

  private closeCell(): void {
    const { column, cell } = this.#cell.end();
    if (!isFilled(cell)) return;
    if (column >= BOUNDS.columns) {
      const { name } = this.surroundings;
      throw new HuilianError('HL-9008', { sheet: name, row: this.#row, limit: BOUNDS.columns });
    }
    this.put(column, cell);
  }

  private closeRow(): void {
    // A row of nothing but what is merged into it still belongs to somebody.
    for (const merge of this.#merges.at(this.#row)) this.cover(merge);
    const { name } = this.surroundings;
    if (this.#cells.some(isFilled))
      this.rows.push({ sheet: name, row: this.#row, cells: this.#cells, hidden: this.#hidden });
  }

  private cover({ rows: [first, last], columns: [from, to] }: Merge): void {
    for (let column = from; column <= Math.min(to, BOUNDS.columns - 1); column++) {
      const corner = this.#row === first && column === from ? this.#cells[column] : undefined;
      const text = corner?.kind === 'text' ? { text: corner.text } : {};
      this.put(column, { kind: 'merged', lastRow: last, ...text });
    }
  }

  private put(column: number, cell: Cell): void {
    while (this.#cells.length <= column) this.#cells.push(undefined);
    this.#cells[column] = cell;
  }
}
