import type { z } from 'zod';

/** A value that an index can hold. */
export type Scalar = string | number | boolean;

/** Equality on `fields`, then in the order of `order` (and of the key, which alone orders when `order` is absent). */
export interface Index {
  readonly fields: readonly string[];
  readonly order?: string;
  /** True when few documents have the first of `fields`; the others are not found by this index. */
  readonly sparse?: true;
}

/**
 * A view of the read model, declared once for every store: the shape of its documents, the field that is their key, and
 * the fields by which they are found. Documents are JSON with integers only, so that they have canonical bytes.
 */
export interface View {
  /** The name of the table or collection. */
  readonly name: string;
  readonly schema: z.ZodObject;
  /** The field, an ASCII text, that names a document in its view. */
  readonly key: string;
  readonly indexes: Readonly<Record<string, Index>>;
}

/** What a view's documents are. */
export type DocumentOf<V extends View> = z.output<V['schema']>;

/** The names of a view's indexes. */
export type IndexOf<V extends View> = keyof V['indexes'] & string;

/** The values that must be given to look into an index: one for each of its fields. */
export type WhereOf<V extends View, I extends IndexOf<V>> = {
  readonly [F in V['indexes'][I]['fields'][number]]: Scalar;
};

type FieldOf<S extends z.ZodObject> = keyof z.output<S> & string;
type IndexesOf<S extends z.ZodObject> = Readonly<
  Record<
    string,
    { readonly fields: readonly FieldOf<S>[]; readonly order?: FieldOf<S>; readonly sparse?: true }
  >
>;

/** Declares a view. The types of the key and of the indexes are checked against the schema. */
export function declareView<
  const N extends string,
  S extends z.ZodObject,
  const K extends FieldOf<S>,
  const I extends IndexesOf<S>,
>(view: { name: N; schema: S; key: K; indexes: I }): { name: N; schema: S; key: K; indexes: I } {
  return view;
}

/** The fields of a view that a store keeps beside the document to find it. The key is not among them. */
export function indexedFields(view: View): readonly string[] {
  const fields = new Set<string>();
  for (const index of Object.values(view.indexes)) {
    for (const field of index.fields) fields.add(field);
    if (index.order !== undefined) fields.add(index.order);
  }
  fields.delete(view.key);
  return [...fields].sort();
}
