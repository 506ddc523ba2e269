import { CHINA_OFFSET } from '@huilian/core';
import type { Field } from '../fields/field.js';
import type { NumberStyle } from '../fields/decimal.js';
import type { Phrase } from '../fields/phrase.js';

/** A column of a format, as data: its page in the docs, its reading and what a person is told come from here. */
export interface Column {
  /** Name in JSON. */
  readonly name: string;
  /** Headers by which it is known; the first of each language is shown. Width, case, blanks and a unit in brackets do not matter. */
  readonly headers: {
    readonly zh: readonly [string, ...string[]];
    readonly en: readonly [string, ...string[]];
  };
  readonly field: Field;
  readonly required: boolean;
  /** Rows that are one message say it once: in one of them, or in all alike. */
  readonly saidOnce?: true;
  /** Standard or order that it comes from. */
  readonly source: Phrase;
}

/** Columns that are members of an entry of a message's list. */
export interface EntryColumns {
  /** Of the list. */
  readonly name: string;
  readonly columns: readonly string[];
  /** Those that an entry has when a row begins one, though the column need not be filled in each row. */
  readonly required: readonly string[];
  /** Of these, at least one is in each entry. */
  readonly anyOf?: readonly string[];
  /** Entries that one message takes. */
  readonly least: number;
  readonly most: number;
  /** The first entry stands beside the list: the member of the message that has its only column as its name. */
  readonly isFirstBeside?: true;
  /** All entries stand in the one cell of their only column. */
  readonly isOneCell?: true;
}

/** A table that a kind of system sends. */
export interface TableFormat {
  readonly name: string;
  /** Raised whenever a table that was read before would be read otherwise. */
  readonly version: number;
  readonly title: Phrase;
  readonly source: Phrase;
  readonly columns: readonly Column[];
  /** Names of the columns that together stand once in a file. Those that are not required may be empty. */
  readonly key: readonly string[];
  /** How its senders write numbers, when they all do alike. */
  readonly numbers?: NumberStyle;
  /** Names of columns of which at least one is filled in each row. */
  readonly anyOf?: readonly string[];
  /** Columns that are members of the one entry of a list, or of all where they stand in one cell. */
  readonly list?: EntryColumns;
  /** Names of columns in which rows are alike that together are one message, each with one entry of its list. */
  readonly rowsJoin?: readonly string[];
  /** Name of the column of the day on which it happened, where no column says the time. */
  readonly happenedOn?: string;
  /** Headers of columns that hold personal data and are not read even where they are sent. */
  readonly leftOut: readonly string[];
}

/** The key of a row as a person reads it; parts that are empty are left out. */
export function keyText({ columns, key }: TableFormat, values: Readonly<Record<string, unknown>>): string {
  const shown = key.map((name) => {
    const value = values[name];
    const isTime = columns.find((column) => column.name === name)?.field.type === 'time';
    if (typeof value === 'number') return isTime ? minuteOf(value) : String(value);
    return typeof value === 'string' ? value : '';
  });
  return shown.filter((part) => part !== '').join(' ');
}

/** A time at UTC+8, as the cell may have it. */
function minuteOf(seconds: number): string {
  return new Date((seconds + CHINA_OFFSET) * 1000).toISOString().slice(0, 16).replace('T', ' ');
}

/** How a column is called in each language. */
export function titleOf({ headers }: Column): Phrase {
  return { zh: headers.zh[0], en: headers.en[0] };
}
