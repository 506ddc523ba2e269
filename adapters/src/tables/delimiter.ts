import { DELIMITERS, type Delimiter } from './cell.js';

/** So much of the text is looked at. */
const SAMPLE = 64 * 1024;

/**
 * The delimiter that stands most often outside of quotes at the beginning of the text; a comma when there is none. A first line
 * `sep=;`, as Excel reads and writes it, decides.
 */
export function delimiterOf(text: string): Delimiter {
  const told = separatorLine(text);
  if (told) return told;
  const counts = new Map<string, number>(DELIMITERS.map((delimiter) => [delimiter, 0]));
  let quoted = false;
  for (const character of text.slice(0, SAMPLE)) {
    if (character === '"') quoted = !quoted;
    const count = quoted ? undefined : counts.get(character);
    if (count !== undefined) counts.set(character, count + 1);
  }
  return DELIMITERS.reduce((best, each) => ((counts.get(each) ?? 0) > (counts.get(best) ?? 0) ? each : best));
}

/** The delimiter that a first line `sep=;` names. */
export function separatorLine(text: string): Delimiter | undefined {
  const [, named] = /^"?sep=(.)"?\r?(?:\n|$)/i.exec(text) ?? [];
  return DELIMITERS.find((delimiter) => delimiter === named);
}
