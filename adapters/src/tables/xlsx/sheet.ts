import { HuilianError } from '@huilian/core';
import { BOUNDS } from '../bounds.js';
import { isFilled, type Cell, type Merge, type PlainCell, type Row } from '../cell.js';
import { Areas } from './areas.js';
import { CellReader } from './cell-reader.js';
import type { CellStyle } from './styles.js';
import { isTrue, type Attributes, type XmlHandler } from './xml.js';

/** What has to be known before rows are read. */
export interface SheetSurroundings {
  readonly name: string;
  readonly texts: readonly string[];
  readonly styles: readonly CellStyle[];
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
  /** What the first cell of merged cells holds. */
  readonly #contents = new WeakMap<Merge, PlainCell>();
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
    for (const merge of this.#merges.at(this.#row)) this.cover(merge);
    const { name } = this.surroundings;
    if (this.#cells.some((cell) => this.isOwn(cell)))
      this.rows.push({ sheet: name, row: this.#row, cells: this.#cells, hidden: this.#hidden });
  }

  /** A row into which nothing but merged cells of rows above reach is as empty as one without them. */
  private isOwn(cell: Cell | undefined): boolean {
    if (cell?.kind !== 'merged') return isFilled(cell);
    return cell.content !== undefined && cell.range.rows[0] === this.#row;
  }

  private cover(range: Merge): void {
    const {
      rows: [first],
      columns: [from, to],
    } = range;
    const corner = this.#row === first ? this.#cells[from] : undefined;
    if (corner !== undefined && corner.kind !== 'merged') this.#contents.set(range, corner);
    const content = this.#contents.get(range);
    for (let column = from; column <= Math.min(to, BOUNDS.columns - 1); column++) {
      const held = column === from && content !== undefined ? { content } : {};
      this.put(column, { kind: 'merged', range, ...held });
    }
  }

  private put(column: number, cell: Cell): void {
    while (this.#cells.length <= column) this.#cells.push(undefined);
    this.#cells[column] = cell;
  }
}
