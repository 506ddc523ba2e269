import type { Cell } from '../tables/cell.js';
import type { Code } from './code.js';
import { fault, type Reading } from './reading.js';
import { folded, textOf, visibleText } from './text.js';

export type { Code };

/** A column that holds one of a list of codes, or its name in Chinese or English. */
export interface CodeListField {
  readonly type: 'codeList';
  readonly codes: readonly Code[];
}

/** By the list, because a list is looked into two hundred thousand times. */
const known = new WeakMap<readonly Code[], ReadonlyMap<string, string>>();

/** @returns the code; or a fault: HL-9106, HL-9107, HL-9140 */
export function readCode(cell: Cell, { codes }: CodeListField): Reading<string> {
  const text = visibleText(textOf(cell));
  if (text.fault) return text;
  const value = namesOf(codes).get(plain(text.value));
  return value === undefined ? fault('HL-9140') : { value };
}

function namesOf(codes: readonly Code[]): ReadonlyMap<string, string> {
  const before = known.get(codes);
  if (before) return before;
  const names = new Map(
    codes.flatMap(({ code, name, also = [] }) =>
      [code, name.zh, name.en, ...also].map((each) => [plain(each), code] as const),
    ),
  );
  known.set(codes, names);
  return names;
}

/** Width, case and blanks do not tell names apart. */
function plain(text: string): string {
  return folded(text).toLowerCase().replace(/\s+/g, '');
}
