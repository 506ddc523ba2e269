import { catalogue, describe, type Details, type ErrorCode } from '@huilian/core';
import { shownText } from '../fields/text.js';
import type { Phrase } from '../fields/phrase.js';

/** Where something stands in a file, as a person finds it there. */
export interface Place {
  readonly sheet?: string;
  readonly row?: number;
  /** Letters of the column. */
  readonly column?: string;
  /** Header of the column, as in the file. */
  readonly header?: string;
}

/** What is wrong with a row or a file, or worth a remark. */
export interface Issue {
  readonly code: ErrorCode;
  readonly name: string;
  /** A remark refuses nothing. */
  readonly kind: 'refusal' | 'remark';
  readonly place: Place;
  /** What stands there, cut, with what does not show spelled out. */
  readonly found?: string;
  readonly allowed?: Phrase;
  readonly message: Phrase;
}

const LONGEST_FOUND = 80;

/** Puts an issue together; the message says what happened, the facts and what to do next. */
export function issue(
  code: ErrorCode,
  place: Place,
  about: { readonly found?: string; readonly allowed?: Phrase; readonly details?: Details } = {},
): Issue {
  const { name, exit } = catalogue[code];
  const { found, allowed, details = {} } = about;
  return {
    code,
    name,
    kind: exit === 0 ? 'remark' : 'refusal',
    place,
    ...(found === undefined ? {} : { found: cutText(found) }),
    ...(allowed === undefined ? {} : { allowed }),
    message: { zh: describe(code, details, 'zh-CN'), en: describe(code, details, 'en') },
  };
}

function cutText(text: string): string {
  const start = text.slice(0, LONGEST_FOUND + 1).toWellFormed();
  return shownText(start.length > LONGEST_FOUND ? `${start.slice(0, LONGEST_FOUND).toWellFormed()}…` : start);
}
