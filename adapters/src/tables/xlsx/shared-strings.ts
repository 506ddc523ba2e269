import { HuilianError } from '@huilian/core';
import { BOUNDS } from '../bounds.js';
import type { Archive } from './archive.js';
import { readXml } from './xml.js';

/**
 * The texts that cells of all sheets name by their numbers (ECMA-376 part 1, 18.4). Runs of one text with different fonts are
 * put together; what is only there to say how a text is pronounced is left out.
 *
 * @throws HuilianError HL-9006 more than may stay in memory
 */
export async function readSharedStrings(archive: Archive, part: string): Promise<readonly string[]> {
  const texts: string[] = [];
  const text = new RichText();
  let characters = 0;
  await readXml(archive, part, {
    open: (name) => {
      if (name === 'si') text.clear();
      text.open(name);
    },
    text: (piece) => text.add(piece),
    close: (name) => {
      text.close(name);
      if (name !== 'si') return;
      characters += text.value.length + 1;
      if (characters > BOUNDS.sharedCharacters)
        throw new HuilianError('HL-9006', { part, limit: BOUNDS.sharedCharacters });
      texts.push(text.value);
    },
  });
  return texts;
}

/** Puts together a text of several runs, `<r><t>…</t></r>`, without its phonetic runs, `<rPh>`. */
export class RichText {
  #text = '';
  #inText = false;
  #inPhonetic = false;

  /** The text; one that is too long for a cell is cut behind the first character that is too many. */
  get value(): string {
    return unescaped(this.#text);
  }

  clear(): void {
    this.#text = '';
  }

  open(name: string): void {
    if (name === 'rPh') this.#inPhonetic = true;
    if (name === 't') this.#inText = true;
  }

  add(piece: string): void {
    if (!this.#inText || this.#inPhonetic || this.#text.length > LONGEST) return;
    this.#text += piece.length > LONGEST ? piece.slice(0, LONGEST + 1) : piece;
  }

  close(name: string): void {
    if (name === 'rPh') this.#inPhonetic = false;
    if (name === 't') this.#inText = false;
  }
}

/** A character may be written with seven. */
const LONGEST = BOUNDS.cellCharacters * 7;

/** `_x000D_` stands for a character that XML cannot hold (ECMA-376 part 1, 22.9.2.19). */
export function unescaped(text: string): string {
  return text.includes('_x')
    ? text.replace(/_x([0-9A-Fa-f]{4})_/g, (_all, code: string) => String.fromCharCode(parseInt(code, 16)))
    : text;
}
