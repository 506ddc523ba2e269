import type { Code } from '../../fields/code-list.js';
import type { Field } from '../../fields/field.js';
import type { Phrase } from '../../fields/phrase.js';
import { GB_34014 } from '../../fields/standards.js';
import type { TextField } from '../../fields/text.js';
import type { Column } from '../../formats/format.js';
import { CATEGORY_WORDS } from './category-words.js';

/** Pieces of which members of messages are put together. */

export const HUILIAN: Phrase = { zh: '回链数据字典', en: 'Huilian data dictionary' };

/** Makes the column a required one. */
export const required = (column: Column): Column => ({ ...column, required: true });

export function column(
  name: string,
  field: Field,
  zh: readonly [string, ...string[]],
  en: readonly [string, ...string[]],
  source: Phrase = HUILIAN,
): Column {
  return { name, field, headers: { zh, en }, required: false, source };
}

/** A number of a document: printable ASCII, as events carry it. */
export const reference: Field = {
  type: 'text',
  longest: 40,
  isCode: true,
  shape: {
    pattern: /^[!-~]{1,40}$/,
    about: { zh: '1 至 40 位可见 ASCII 字符', en: '1 to 40 visible ASCII characters' },
  },
};
export const category: TextField = {
  type: 'text',
  longest: 40,
  isCode: true,
  shape: {
    pattern: /^[A-Za-z][A-Za-z0-9]{0,39}$/,
    about: { zh: '字母开头的字母和数字', en: 'letters and digits that begin with a letter' },
  },
};
/** A category of parts, materials or appliances, which a table may name in words. */
export const namedCategory: TextField = { ...category, words: CATEGORY_WORDS };
export const serial: Field = {
  type: 'text',
  longest: 60,
  isCode: true,
  inCapitals: true,
  isSerial: true,
  shape: {
    pattern: /^[!-.0-`{-~]{1,60}$/,
    about: {
      zh: '1 至 60 位可见 ASCII 大写字符，不含“/”',
      en: '1 to 60 visible ASCII characters in capitals, without “/”',
    },
  },
};
export const mass = (most: number): Field => ({ type: 'quantity', measure: 'mass', least: 0, most });
export const count: Field = { type: 'integer', least: 0, most: 8 };

export function codes<C extends string>(
  names: readonly C[],
  words: Readonly<Record<C, Phrase>>,
): readonly Code[] {
  return names.map((code) => ({ code, name: words[code] }));
}

/** A number from 1 on. */
export const number = (most: number): Field => ({ type: 'integer', least: 1, most });
/** A number that names something: a line, a version of it. */
export const ordinal = (most: number): Field => ({ type: 'integer', least: 1, most, isName: true });
/** Version of a rule table. */
export const version = ordinal(9999);
/** Money in fen; what stands in a table is in yuan unless the header says otherwise. */
export const fen: Field = { type: 'quantity', measure: 'money', least: 0, most: 100_000_000_00 };
/** Something that is so, or is not said. */
export const yes: Field = {
  type: 'codeList',
  codes: [{ code: 'yes', name: { zh: '是', en: 'yes' }, also: ['true', '1', '√'] }],
};
export const digest: Field = {
  type: 'text',
  longest: 64,
  isCode: true,
  inSmallLetters: true,
  shape: {
    pattern: /^[0-9a-f]{64}$/,
    about: { zh: 'SHA-256，64 位小写十六进制', en: 'SHA-256, 64 hexadecimal digits in small letters' },
  },
};

/** Code of a traction battery, as pack, module or cell. */
export const packCode = column(
  'packCode',
  {
    type: 'text',
    longest: 24,
    isCode: true,
    inCapitals: true,
    shape: {
      // The register gave a maker 04Q; behind the maker's code there is no Q.
      pattern: /^[0-9A-HJ-NP-Z]{3}[PMC][0-9A-HJ-NPR-Z]{20}$/,
      about: { zh: '24 位动力电池编码', en: 'a code of 24 characters' },
    },
  },
  ['动力电池包编码', '电池包编码', '电池编码'],
  ['pack code', 'batteryCode', 'packNo'],
  GB_34014,
);
