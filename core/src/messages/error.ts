import { catalogue, type ErrorCode } from './catalogue.js';
import { detailName } from './detail-names.js';
import { wantedIn } from './forms.js';
import type { MessageRow } from './row.js';

/** Facts that go with an error: names to values, shown after the text. */
export type Details = Readonly<Record<string, string | number>>;

export type Language = 'zh-CN' | 'en';

/** Every error that a user can see. The code is stable; the text is looked up when it is shown. */
export class HuilianError extends Error {
  override readonly name = 'HuilianError';

  readonly details: Details;

  constructor(
    readonly code: ErrorCode,
    details: Details = {},
    options?: ErrorOptions,
  ) {
    const facts = wellFormed(details);
    super(describe(code, facts, 'en'), options);
    this.details = facts;
  }

  get row(): MessageRow {
    return catalogue[this.code];
  }

  /** What happened and what to do next, in the language asked for. */
  text(language: Language): string {
    return describe(this.code, this.details, language);
  }
}

/** A text of a stranger that was cut may end in half a character: the error must still be told. */
function wellFormed(details: Details): Details {
  const texts = Object.entries(details).map(([name, value]): [string, string | number] => [
    name,
    typeof value === 'string' ? value.toWellFormed() : value,
  ]);
  return Object.fromEntries(texts);
}

/** One line for a person: what happened, the facts, what to do next. */
export function describe(code: ErrorCode, details: Details, language: Language): string {
  if (language === 'en') {
    const { what, next } = catalogue[code].en;
    const facts = Object.entries(details).map(([name, value]) => `${name}: ${told(name, value, language)}`);
    return [what, ...(facts.length > 0 ? [`(${facts.join(', ')})`] : []), next].join(' ');
  }
  const { what, next } = catalogue[code].zh;
  const facts = Object.entries(details).map(
    ([name, value]) => `${detailName(name)}：${told(name, value, language)}`,
  );
  return `${what}${facts.length > 0 ? `（${facts.join('，')}）` : ''}${next}`;
}

function told(name: string, value: string | number, language: Language): string | number {
  return name === 'wanted' && typeof value === 'string' ? wantedIn(language, value) : value;
}
