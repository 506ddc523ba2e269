import { randomUUID } from 'node:crypto';
import type { AnyBulkWriteOperation, Model } from 'mongoose';
import { mongo } from 'mongoose';
import { groupBy } from './documents.js';
import { toStored, type Stored, type StoredRedo } from './mongo-models.js';
import type { Checkpoint, Document } from './store.js';

/** A document to be written: its collection's model, key and content. */
export interface Write {
  readonly model: Model<Stored>;
  readonly key: string;
  readonly document: Document;
}

/** A write as it lies in a redo record: the collection by name. */
type Recorded = readonly [name: string, key: string, document: Document];

const charactersPerPiece = 4_000_000;
const operationsPerBulk = 500;
const duplicateKey = 11_000;
const greatestRounds = 20;

/**
 * Exactly once in effect on a MongoDB server without transactions.
 *
 * What a block does is written down first, then done, then the checkpoint moves. A process that dies between leaves the
 * record, and whoever opens the store next does the same writes again. That matters because a fold reads what was there
 * before (an old state, a count): it must never see half of the block that it folds. The first record of a block wins, so
 * two gateways in front of one database do the same, also when one took several blocks together. Each document holds the
 * number of the block that wrote it (of several the first), and only an older one is replaced, so a slow gateway
 * overwrites nothing.
 */
export class MongoRedo {
  readonly #records: Model<StoredRedo>;
  readonly #models: ReadonlyMap<string, Model<Stored>>;

  constructor(records: Model<StoredRedo>, models: ReadonlyMap<string, Model<Stored>>) {
    this.#records = records;
    this.#models = models;
  }

  /** Writes down what a block does, or several from this one on, unless somebody has done so before. */
  async record(block: number, checkpoint: Checkpoint, writes: readonly Write[]): Promise<void> {
    const token = randomUUID();
    const pieces = inPieces(writes);
    for (const [i, piece] of pieces.entries()) {
      await this.#records.create([{ _id: pieceId(block, token, i), token, writes: piece }]);
    }
    const head = { _id: String(block), token, pieces: pieces.length, checkpoint: JSON.stringify(checkpoint) };
    try {
      await this.#records.create([head]);
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
      await this.#records.deleteMany({ token });
    }
  }

  /**
   * Does what is written down for a block, or for several from this one on.
   *
   * @returns the checkpoint to be set; undefined when nothing is written down, or another gateway was faster
   */
  async redo(block: number): Promise<Checkpoint | undefined> {
    const head = await this.#records.findById(String(block)).lean<StoredRedo>();
    if (head?.checkpoint === undefined) return undefined;
    for (let i = 0; i < (head.pieces ?? 0); i++) {
      const piece = await this.#records.findById(pieceId(block, head.token, i)).lean<StoredRedo>();
      if (piece?.writes === undefined) return undefined;
      await this.#write(block, JSON.parse(piece.writes) as Recorded[]);
    }
    return JSON.parse(head.checkpoint) as Checkpoint;
  }

  /** Forgets the records of a block and of those before. */
  async forget(block: number): Promise<void> {
    const records = await this.#records.find({}, { _id: 1 }).lean<{ _id: string }[]>();
    const old = records.map((record) => record._id).filter((id) => Number(id.split('.', 1)[0]) <= block);
    // The heads go first: a head without its pieces must not be found.
    old.sort((a, b) => a.length - b.length);
    for (const id of old) await this.#records.deleteOne({ _id: id });
  }

  async #write(block: number, recorded: readonly Recorded[]): Promise<void> {
    for (const [name, writes] of groupBy(recorded, ([view]) => view)) {
      const model = this.#models.get(name);
      if (model === undefined) throw new RangeError(`The store was opened without the view ${name}.`);
      for (let i = 0; i < writes.length; i += operationsPerBulk) {
        await writeOlder(model, block, writes.slice(i, i + operationsPerBulk));
      }
    }
  }
}

/** Writes the documents whose stored form is of an older block, and those that are missing. */
async function writeOlder(model: Model<Stored>, block: number, writes: readonly Recorded[]): Promise<void> {
  for (let round = 1; ; round++) {
    const keys = writes.map(([, key]) => key);
    const there = await model.find({ _id: { $in: keys } }, { _block: 1 }).lean<Stored[]>();
    const blocks = new Map(there.map((stored) => [stored._id, stored._block]));
    const due = writes.filter(([, key]) => (blocks.get(key) ?? -1) < block);
    if (due.length === 0) return;
    const operations = due.map(([, key, document]): AnyBulkWriteOperation<Stored> => {
      const replacement = toStored(key, block, document);
      if (!blocks.has(key)) return { insertOne: { document: replacement } };
      return { replaceOne: { filter: { _id: key, _block: { $lt: block } }, replacement } };
    });
    try {
      await model.bulkWrite(operations, { ordered: true });
      return;
    } catch (error) {
      // Another gateway inserted one of them meanwhile: look again.
      if (!isDuplicateKey(error) || round === greatestRounds) throw error;
    }
  }
}

function pieceId(block: number, token: string, piece: number): string {
  return `${block}.${token}.${piece}`;
}

function inPieces(writes: readonly Write[]): readonly string[] {
  const pieces: string[] = [];
  let texts: string[] = [];
  let characters = 0;
  for (const { model, key, document } of writes) {
    const text = JSON.stringify([model.modelName, key, document]);
    if (characters + text.length > charactersPerPiece && texts.length > 0) {
      pieces.push(`[${texts.join(',')}]`);
      texts = [];
      characters = 0;
    }
    texts.push(text);
    characters += text.length;
  }
  pieces.push(`[${texts.join(',')}]`);
  return pieces;
}

function isDuplicateKey(error: unknown): boolean {
  return error instanceof mongo.MongoServerError && error.code === duplicateKey;
}

/** Inserts a document unless there is one with its id. */
export async function insertIfMissing<T extends { readonly _id: string }>(
  model: Model<T>,
  document: T,
): Promise<void> {
  try {
    await model.insertMany([document]);
  } catch (error) {
    if (!isDuplicateKey(error)) throw error;
  }
}
