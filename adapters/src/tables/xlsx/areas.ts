import { HuilianError } from '@huilian/core';
import { BOUNDS } from '../bounds.js';
import type { Merge } from '../cell.js';

/**
 * Areas of a sheet, asked for row after row: those that touch the row at hand. Areas of one kind do not overlap, so a row is touched
 * by no more of them than there are columns, and a file in which it is, is a trap.
 */
export class Areas {
  readonly #waiting: Merge[];
  #touching: Merge[] = [];
  #row = 0;

  constructor(areas: readonly Merge[] = []) {
    this.#waiting = [...areas].sort((a, b) => b.rows[0] - a.rows[0]);
  }

  /** An area that begins in the row at hand. */
  add(area: Merge): void {
    this.#touching.push(area);
    this.check();
  }

  /** Areas that touch the row; rows are asked for in order. */
  at(row: number): readonly Merge[] {
    if (row === this.#row) return this.#touching;
    this.#row = row;
    for (let next = this.#waiting.at(-1); next && next.rows[0] <= row; next = this.#waiting.at(-1)) {
      this.#touching.push(next);
      this.#waiting.pop();
    }
    if (this.#touching.length > 0)
      this.#touching = this.#touching.filter(({ rows: [, last] }) => last >= row);
    this.check();
    return this.#touching;
  }

  private check(): void {
    if (this.#touching.length > BOUNDS.columns)
      throw new HuilianError('HL-9003', { row: this.#row, reason: 'overlapping areas' });
  }
}
