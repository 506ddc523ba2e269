import type { Cell } from '../tables/cell.js';
import { fault, type Reading } from './reading.js';
import { folded, readText, textOf, type TextField } from './text.js';

/** What people put between codes in one cell, line breaks among them. */
const BETWEEN = /[\s,;|/、，；]+/;

/**
 * Reads a cell that may hold several codes, such as the packs of a bus.
 *
 * @param most codes that it may hold
 * @returns the codes with a blank between them; or a fault: those of `readText`, and HL-9108 for too many
 */
export function readSeveral(cell: Cell, field: TextField, most: number): Reading<string> {
  if (cell.kind !== 'text') return readText(cell, field);
  const parts = folded(textOf(cell))
    .split(BETWEEN)
    .filter((part) => part !== '');
  if (parts.length > most) return fault('HL-9108', { limit: most, found: parts.length });
  const codes: string[] = [];
  for (const text of parts) {
    const read = readText({ kind: 'text', text }, field);
    if (read.fault) return read;
    codes.push(read.value);
  }
  return { value: codes.join(' ') };
}

/** The codes of a cell. */
export function codesIn(value: string | number): readonly string[] {
  return String(value).split(' ');
}
