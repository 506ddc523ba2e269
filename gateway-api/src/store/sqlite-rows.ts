import { z } from 'zod';
import { indexedFields, type View } from '../views/declare.js';
import { keyOf } from './documents.js';
import type { Document } from './store.js';

/** A value that SQLite takes and gives back. */
export type Parameter = string | number | null;

/** A row as it is read, by the names of its columns. */
export type Row = Document & { readonly '#key': string; readonly '#document': string };

/**
 * Takes the documents of one view apart into the columns of its table and puts them together again. What has a column of
 * its own is not written a second time: most of what a block costs is bytes.
 */
export class RowForm {
  readonly #view: View;
  readonly #columns: readonly { readonly field: string; readonly isBoolean: boolean }[];
  /** The fields that have no column. */
  readonly #others: readonly { readonly field: string; readonly name: string }[];

  constructor(view: View) {
    this.#view = view;
    const indexed = indexedFields(view);
    this.#columns = indexed.map((field) => ({ field, isBoolean: isBoolean(view.schema.shape[field]) }));
    this.#others = Object.keys(view.schema.shape)
      .filter((field) => field !== view.key && !indexed.includes(field))
      .map((field) => ({ field, name: JSON.stringify(field) }));
  }

  /** The key, the indexed fields, the rest as JSON. */
  write(document: Document): Parameter[] {
    const row: Parameter[] = [keyOf(this.#view, document)];
    for (const { field } of this.#columns) row.push(column(document[field]));
    row.push(this.#rest(document));
    return row;
  }

  /** Written member by member, which is faster than to make an object and to write that. */
  #rest(document: Document): string {
    let text = '';
    for (const { field, name } of this.#others) {
      const value = document[field];
      if (value !== undefined) text += `${text === '' ? '' : ','}${name}:${JSON.stringify(value)}`;
    }
    return `{${text}}`;
  }

  read(row: Row): Document {
    const document = JSON.parse(row['#document']) as Record<string, unknown>;
    document[this.#view.key] = row['#key'];
    for (const { field, isBoolean } of this.#columns) {
      const value = row[field];
      if (value !== null) document[field] = isBoolean ? value === 1 : value;
    }
    return document;
  }
}

/** SQLite has no booleans, and an absent field is NULL. */
export function column(value: unknown): Parameter {
  if (typeof value === 'boolean') return value ? 1 : 0;
  return typeof value === 'string' || typeof value === 'number' ? value : null;
}

function isBoolean(type: unknown): boolean {
  return type instanceof z.ZodOptional ? isBoolean(type.unwrap()) : type instanceof z.ZodBoolean;
}
