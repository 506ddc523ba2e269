import { canonicalText } from '@huilian/core';
import type { View } from '../views/declare.js';
import type { Document, Put } from './store.js';

const fieldsByView = new WeakMap<View, readonly Field[]>();

/** A declared field, its name as it is written, and its last value with its text. */
interface Field {
  readonly field: string;
  readonly name: string;
  value: unknown;
  text: string;
}

/**
 * The canonical text of a document of a view (RFC 8785).
 *
 * @throws as `canonicalText`, and RangeError for a field that is not declared
 */
export function documentText({ view, document, texts }: Put): string {
  let text = '';
  let written = 0;
  for (const known of fieldsOf(view)) {
    const value = document[known.field];
    if (value === undefined) continue;
    text += text === '' ? known.name : `,${known.name}`;
    text += texts?.[known.field] ?? textOf(known, value);
    written += 1;
  }
  if (written < Object.keys(document).length && written < countOf(document))
    throw new RangeError(`A document of the view ${view.name} has a field that is not declared.`);
  return `{${text}}`;
}

/** Documents of one batch have many a value in common. Objects are not kept: they could be large. */
function textOf(known: Field, value: unknown): string {
  if (typeof value === 'object') return canonicalText(value);
  if (value !== known.value) {
    known.text = canonicalText(value);
    known.value = value;
  }
  return known.text;
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
