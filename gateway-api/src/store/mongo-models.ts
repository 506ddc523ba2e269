import { Schema, type Connection, type IndexDefinition, type Model, type SchemaDefinition } from 'mongoose';
import { z } from 'zod';
import type { Index, View } from '../views/declare.js';
import type { Checkpoint, Document } from './store.js';

/** A document as it lies in a collection: its key, the block that wrote it last, its fields. */
export interface Stored extends Record<string, unknown> {
  readonly _id: string;
  readonly _block: number;
}

/** The checkpoint as it is stored. */
export interface StoredCheckpoint extends Checkpoint {
  readonly _id: string;
}

/** One record of a block being applied, see `MongoRedo`: the head, or one piece of what is to be written. */
export interface StoredRedo {
  /** The block's number for the head, `block.token.piece` for a piece. */
  readonly _id: string;
  readonly token: string;
  /** The head alone: how many pieces there are, and the checkpoint to be set, as JSON. */
  readonly pieces?: number;
  readonly checkpoint?: string;
  /** A piece alone: JSON, so that no name in it means anything to MongoDB. */
  readonly writes?: string;
}

/** Makes the mongoose model of a view: its fields by the zod schema, its indexes by the declaration. */
export function modelOf(connection: Connection, view: View): Model<Stored> {
  const schema = new Schema<Stored>(
    { _id: String, _block: Number, ...fieldsOf(view) },
    {
      collection: view.name,
      id: false,
      versionKey: false,
      minimize: false,
      strict: 'throw',
      autoIndex: false,
      autoCreate: false,
    },
  );
  for (const [name, index] of Object.entries(view.indexes)) {
    const keys = keysOf(view, index);
    // Every collection has the index of its key alone.
    if (Object.keys(keys).join() !== '_id') schema.index(keys, { name });
  }
  return connection.model<Stored>(view.name, schema);
}

/** The model of the checkpoint. */
export function checkpointModel(connection: Connection): Model<StoredCheckpoint> {
  const schema = new Schema<StoredCheckpoint>(
    { _id: String, ledger: String, projection: String, number: Number, hash: String, time: Number },
    { collection: '_checkpoint', id: false, versionKey: false, autoIndex: false, autoCreate: false },
  );
  return connection.model<StoredCheckpoint>('_checkpoint', schema);
}

/** The model of the pieces of a block being applied. */
export function redoModel(connection: Connection): Model<StoredRedo> {
  const schema = new Schema<StoredRedo>(
    { _id: String, token: String, pieces: Number, checkpoint: String, writes: String },
    { collection: '_redo', id: false, versionKey: false, autoIndex: false, autoCreate: false },
  );
  return connection.model<StoredRedo>('_redo', schema);
}

/** The document of a view as it is stored. */
export function toStored(key: string, block: number, document: Document): Stored {
  return { ...(wrap(document) as Document), _id: key, _block: block };
}

/** The document of a view as it was put. */
export function fromStored(stored: Stored): Document {
  const own = Object.entries(stored).filter(([name]) => name !== '_id' && name !== '_block');
  return unwrap(Object.fromEntries(own)) as Document;
}

/** Stands around an array that lies directly in an array: servers that only speak MongoDB's protocol may refuse those. */
const wrapper = '#';

function wrap(value: unknown): unknown {
  if (Array.isArray(value))
    return value.map((member) => (Array.isArray(member) ? { [wrapper]: wrap(member) } : wrap(member)));
  return isObject(value) ? mapMembers(value, wrap) : value;
}

function unwrap(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(unwrap);
  if (!isObject(value)) return value;
  return Array.isArray(value[wrapper]) ? unwrap(value[wrapper]) : mapMembers(value, unwrap);
}

function mapMembers(object: Document, change: (value: unknown) => unknown): Document {
  // An absent member may be undefined, which MongoDB would keep as null.
  const members = Object.entries(object).filter(([, member]) => member !== undefined);
  return Object.fromEntries(members.map(([name, member]) => [name, change(member)]));
}

function isObject(value: unknown): value is Document {
  return typeof value === 'object' && value !== null;
}

/** The name of a field in a collection: the key of a view is its `_id`. */
export function fieldName(view: View, field: string): string {
  return field === view.key ? '_id' : field;
}

/** The fields that order an index: its order field and the key, or the key alone. */
export function orderFields(view: View, index: Index): readonly string[] {
  return index.order === undefined || index.order === view.key ? ['_id'] : [index.order, '_id'];
}

function keysOf(view: View, index: Index): IndexDefinition {
  const names = [...index.fields.map((field) => fieldName(view, field)), ...orderFields(view, index)];
  return Object.fromEntries(names.map((name) => [name, 1 as const]));
}

function fieldsOf(view: View): SchemaDefinition<Stored> {
  const fields: Record<string, { type: unknown }> = {};
  for (const [name, type] of Object.entries(view.schema.shape)) fields[name] = { type: mongooseType(type) };
  return fields;
}

/** Plain fields are cast and checked; anything composed is kept as it is. */
function mongooseType(type: unknown): unknown {
  if (type instanceof z.ZodOptional || type instanceof z.ZodNullable) return mongooseType(type.unwrap());
  if (type instanceof z.ZodString || type instanceof z.ZodEnum) return String;
  if (type instanceof z.ZodNumber) return Number;
  if (type instanceof z.ZodBoolean) return Boolean;
  return Schema.Types.Mixed;
}
