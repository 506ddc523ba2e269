import { canonicalText } from '@huilian/core';
import type { View } from '../views/declare.js';
import type { Document } from './store.js';

/** Canonical texts of values that were read from them. Values of documents never change. */
const known = new WeakMap<object, string>();
const fieldsByView = new WeakMap<View, readonly Field[]>();

/** Notes from which canonical text a value was read, so that nobody writes it again. */
export function rememberText(value: object, text: string): void {
  known.set(value, text);
}

/** The canonical text of a value (RFC 8785). @throws as `canonicalText` */
export function textOf(value: unknown): string {
  return (typeof value === 'object' && value !== null ? known.get(value) : undefined) ?? canonicalText(value);
}

/** A declared field, its name as it is written, and its last value with its text. */
interface Field {
  readonly field: string;
  readonly name: string;
  value: unknown;
  text: string;
}

/**
 * The canonical text of a document of a view.
 *
 * @throws as `canonicalText`, and RangeError for a field that is not declared
 */
export function documentText(view: View, document: Document): string {
  let text = '';
  let written = 0;
  for (const known of fieldsOf(view)) {
    const value = document[known.field];
    if (value === undefined) continue;
    if (value !== known.value) {
      known.text = known.name + textOf(value);
      // Documents of one batch have many a value in common. Objects are not kept: they could be large.
      known.value = typeof value === 'object' ? undefined : value;
    }
    text += text === '' ? known.text : `,${known.text}`;
    written += 1;
  }
  if (written < Object.keys(document).length && written < countOf(document))
    throw new RangeError(`A document of the view ${view.name} has a field that is not declared.`);
  return `{${text}}`;
}

function countOf(document: Document): number {
  return Object.values(document).filter((value) => value !== undefined).length;
}

/** The declared fields in canonical order. */
function fieldsOf(view: View): readonly Field[] {
  const fields = fieldsByView.get(view);
  if (fields !== undefined) return fields;
  const sorted = Object.keys(view.schema.shape).sort();
  const named = sorted.map((field) => ({
    field,
    name: `${JSON.stringify(field)}:`,
    value: undefined,
    text: '',
  }));
  fieldsByView.set(view, named);
  return named;
}
