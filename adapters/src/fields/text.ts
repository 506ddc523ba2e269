import { BOUNDS } from '../tables/bounds.js';
import type { Cell } from '../tables/cell.js';
import { fault, type Reading } from './reading.js';
import type { Code } from './code.js';
import type { Phrase } from './phrase.js';

/** A column of text. */
export interface TextField {
  readonly type: 'text';
  /** Characters at most. */
  readonly longest: number;
  /** A code or a number of a document: full-width characters are folded, and no blanks stand inside. */
  readonly isCode?: true;
  /** Small letters are written as capital ones: the code does not tell them apart. */
  readonly inCapitals?: true;
  /** The same the other way round. */
  readonly inSmallLetters?: true;
  /** What names a thing: an IMEI in clear is none. */
  readonly isSerial?: true;
  /** A cell may hold so many of them. */
  readonly several?: number;
  /** Codes by the names that people write for them in tables, where the text is none. */
  readonly words?: readonly Code[];
  /** What the whole text has to fit, and how a person is told. */
  readonly shape?: { readonly pattern: RegExp; readonly about: Phrase };
}

/**
 * Characters that do not show, steer a terminal or turn the direction of writing: controls with line breaks, formats, fillers, what a
 * program may leave out. And U+FFFD, which stands where an earlier program lost a character.
 */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Default_Ignorable_Code_Point}\ufff9-\uffff]/u;
const ALL_INVISIBLE = new RegExp(INVISIBLE, 'gu');

/** Full-width letters, digits, signs and blanks of ASCII as ASCII; the full-width yen sign as `¥`. */
export function folded(text: string): string {
  return text
    .replace(/[\uff01-\uff5e]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0))
    .replaceAll('\uffe5', '¥')
    .replace(/[\u3000\u00a0]/g, ' ');
}

/**
 * The text of a cell in NFC, without blanks around it.
 *
 * @returns or a fault: HL-9106 too long, HL-9107 invisible characters
 */
export function visibleText(text: string): Reading<string> {
  if (text.length > BOUNDS.cellCharacters) return fault('HL-9106', { limit: BOUNDS.cellCharacters });
  const value = text.normalize('NFC').trim();
  const [found] = INVISIBLE.exec(value) ?? [];
  return found === undefined ? { value } : fault('HL-9107', { character: codePoint(found) });
}

/** The text with what does not show spelled out, such as `\u202e`: good for a report. */
export function shownText(text: string): string {
  return text.replace(ALL_INVISIBLE, (found) =>
    Array.from({ length: found.length }, (_, at) => {
      const unit = found.charCodeAt(at).toString(16).padStart(4, '0');
      return `\\u${unit}`;
    }).join(''),
  );
}

function codePoint(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}

/**
 * Reads a text or a code. A spreadsheet program that takes a long code for a quantity keeps 15 digits of it and shows an exponent: such
 * a code is refused rather than guessed.
 *
 * @returns or a fault: HL-9106, HL-9107, HL-9108 not of the shape, HL-9109 digits lost
 */
export function readText(cell: Cell, field: TextField): Reading<string> {
  if (cell.kind === 'number') return field.isCode ? codeOfNumber(cell, field) : shaped(cell.digits, field);
  const read = visibleText(textOf(cell));
  if (read.fault) return read;
  const narrow = field.isCode ? folded(read.value).trim() : read.value;
  const text = cased(narrow, field);
  if (field.isCode && /^[0-9](?:\.[0-9]+)?E\+?[0-9]{1,3}$/i.test(text)) return fault('HL-9109');
  if (field.isCode && /\s/.test(text)) return fault('HL-9108');
  return shaped(text, field);
}

function cased(text: string, { inCapitals, inSmallLetters }: TextField): string {
  if (inCapitals) return text.toUpperCase();
  return inSmallLetters ? text.toLowerCase() : text;
}

function codeOfNumber(
  { digits, isDate, leastDigits = 0 }: Extract<Cell, { kind: 'number' }>,
  field: TextField,
): Reading<string> {
  if (isDate) return fault('HL-9108');
  // Fifteen digits are what a spreadsheet program keeps; of a longer code the rest are zeros that nobody wrote.
  if (digits.length >= 16 || digits.includes('.')) return fault('HL-9109');
  const read = shaped(digits.padStart(leastDigits, '0'), field);
  // With such a format the file itself says how many zeros stand before it.
  return read.fault || leastDigits > 0 ? read : { ...read, notice: { code: 'HL-9164' } };
}

function shaped(text: string, { longest, shape }: TextField): Reading<string> {
  const fits = text.length <= longest && (shape === undefined || shape.pattern.test(text));
  return fits ? { value: text } : fault('HL-9108');
}

/** What a cell shows, as text. */
export function textOf(cell: Cell): string {
  switch (cell.kind) {
    case 'text':
    case 'error':
      return cell.text;
    case 'number':
      return cell.digits;
    case 'boolean':
      return cell.value ? 'TRUE' : 'FALSE';
    case 'merged':
      return cell.content === undefined ? '' : textOf(cell.content);
    case 'formula':
      return '';
  }
}
