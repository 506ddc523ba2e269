import { HuilianError } from '@huilian/core';
import type { Cell } from '../cell.js';
import { Areas } from './areas.js';
import { plainDigits } from './number.js';
import { parseRange, parseReference } from './reference.js';
import { RichText, unescaped } from './shared-strings.js';
import type { CellStyle } from './styles.js';
import type { Attributes } from './xml.js';

/** What cells refer to. */
export interface CellSurroundings {
  readonly name: string;
  readonly texts: readonly string[];
  readonly styles: readonly CellStyle[];
}

/** Longest text of a number, a truth value or an error value. */
const LONGEST_VALUE = 400;

/** Puts one cell after the other together from its tags: `<c r="B5" s="1" t="s"><f>…</f><v>3</v></c>`. */
export class CellReader {
  readonly #formulas = new Areas();
  readonly #inline = new RichText();
  #row = 0;
  #column = -1;
  #type = 'n';
  #style = 0;
  #value = '';
  #inValue = false;
  #isFormula = false;

  constructor(private readonly surroundings: CellSurroundings) {}

  beginRow(): void {
    this.#column = -1;
  }

  /** @throws HuilianError HL-9003 a cell that stands in another row, or before the one before it */
  begin({ r, t, s }: Attributes, row: number): void {
    const place = r === undefined ? { row, column: this.#column + 1 } : parseReference(r);
    if (place.row !== row || place.column <= this.#column) this.fail('cells out of order');
    this.#row = row;
    this.#column = place.column;
    this.#type = t ?? 'n';
    this.#style = Number(s ?? 0);
    this.#value = '';
    this.#inValue = false;
    this.#inline.clear();
    this.#isFormula = this.#formulas
      .at(row)
      .some(({ columns: [first, last] }) => first <= place.column && place.column <= last);
  }

  open(name: string, { t, ref }: Attributes): void {
    this.#inline.open(name);
    if (name === 'v') this.#inValue = true;
    if (name !== 'f') return;
    this.#isFormula = true;
    // The results of such a formula fill an area, and only its first cell says so.
    if ((t === 'array' || t === 'dataTable') && ref !== undefined) this.#formulas.add(parseRange(ref));
  }

  text(text: string): void {
    this.#inline.add(text);
    // Texts that no other cell shares may stand here, too.
    if (this.#inValue && this.#value.length <= LONGEST_TEXT) this.#value += text.slice(0, LONGEST_TEXT);
  }

  close(name: string): void {
    this.#inline.close(name);
    if (name === 'v') this.#inValue = false;
  }

  /** @throws HuilianError HL-9003 a value that does not fit the type of the cell */
  end(): { column: number; cell: Cell | undefined } {
    return { column: this.#column, cell: this.#isFormula ? { kind: 'formula' } : this.cell() };
  }

  private cell(): Cell | undefined {
    switch (this.#type) {
      case 'inlineStr':
        return text(this.#inline.value);
      case 's':
        return this.#value === '' ? undefined : text(this.shared());
      case 'str':
      case 'd':
        return text(unescaped(this.#value));
      case 'b':
        return this.#value === '' ? undefined : { kind: 'boolean', value: this.#value.trim() === '1' };
      case 'e':
        return { kind: 'error', text: this.#value.slice(0, LONGEST_VALUE) };
      default:
        return this.#value === '' ? undefined : this.number();
    }
  }

  private shared(): string {
    const shared = /^[0-9]{1,9}$/.test(this.#value)
      ? this.surroundings.texts[Number(this.#value)]
      : undefined;
    return shared ?? this.fail('shared text');
  }

  private number(): Cell {
    const digits = plainDigits(this.#value.trim());
    if (digits === undefined) return this.fail('number');
    const { isDate = false, digits: least } = this.surroundings.styles[this.#style] ?? {};
    return least === undefined
      ? { kind: 'number', digits, isDate }
      : { kind: 'number', digits, isDate, leastDigits: least };
  }

  private fail(reason: string): never {
    throw new HuilianError('HL-9003', { sheet: this.surroundings.name, row: this.#row, reason });
  }
}

const LONGEST_TEXT = 32_768 * 7;

function text(value: string): Cell | undefined {
  return value === '' ? undefined : { kind: 'text', text: value };
}
