import { canonicalText, sha256Hex, utf8, type Json } from '@huilian/core';

/** One entry of the journal: a line of text that carries a check over itself and all lines before it. */
export interface Line {
  readonly chain: string;
  readonly json: string;
}

const CHAIN = 16;

/** The check of a line: first 16 hex characters of SHA-256 over the check of the line before and the content. */
export function lineAfter(previous: string, value: unknown): Line {
  const json = canonicalText(value);
  return { chain: chainOf(previous, json), json };
}

function chainOf(previous: string, json: string): string {
  return sha256Hex(utf8(`${previous} ${json}`)).slice(0, CHAIN);
}

/** The line as it stands in the file. */
export function lineText({ chain, json }: Line): string {
  return `${chain} ${json}\n`;
}

/** What a copy of the journal holds as far as its lines check. */
export interface Content {
  readonly lines: readonly Line[];
  /** Length of the good lines in bytes. */
  readonly goodBytes: number;
  /** Length of the file in bytes. */
  readonly bytes: number;
  /** `cut`: only the end of the last line is missing. `damaged`: something else does not check. */
  readonly fault?: 'cut' | 'damaged';
}

/** Reads lines up to the first that does not check. */
export function readLines(file: Uint8Array): Content {
  const lines: Line[] = [];
  let at = 0;
  while (at < file.length) {
    const end = file.indexOf(0x0a, at);
    if (end < 0) return { lines, goodBytes: at, bytes: file.length, fault: 'cut' };
    const line = readLine(file.subarray(at, end), lines.at(-1)?.chain ?? '');
    if (!line) return { lines, goodBytes: at, bytes: file.length, fault: 'damaged' };
    lines.push(line);
    at = end + 1;
  }
  return { lines, goodBytes: at, bytes: file.length };
}

function readLine(bytes: Uint8Array, previous: string): Line | undefined {
  const text = Buffer.from(bytes).toString('utf8');
  const line = { chain: text.slice(0, CHAIN), json: text.slice(CHAIN + 1) };
  return text[CHAIN] === ' ' && chainOf(previous, line.json) === line.chain ? line : undefined;
}

/** A value found in a damaged file. */
export interface Salvaged {
  readonly value: Json;
  /** True when its check fits that of the line before. Otherwise only what proves itself may be taken from it. */
  readonly sound: boolean;
}

/** What can be saved from a damaged file: every line that is still JSON. */
export function salvage(file: Uint8Array): Salvaged[] {
  let previous = '';
  return Buffer.from(file)
    .toString('utf8')
    .split('\n')
    .flatMap((text) => {
      const chain = text.slice(0, CHAIN);
      const json = text.slice(CHAIN + 1);
      const sound = text[CHAIN] === ' ' && chainOf(previous, json) === chain;
      previous = chain;
      try {
        return [{ value: JSON.parse(json) as Json, sound }];
      } catch {
        return [];
      }
    });
}
