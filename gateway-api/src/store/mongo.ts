import mongoose, { type AnyBulkWriteOperation, type Connection, type Model } from 'mongoose';
import { canonicalText, HuilianError } from '@huilian/core';
import type { DocumentOf, IndexOf, View, WhereOf } from '../views/declare.js';
import { checkpointOf, firstOf, place } from './check.js';
import { boundLimit, readCursor } from './cursor.js';
import { inDigestOrder, StoreDigest } from './digest.js';
import { groupBy, indexOf, keyOf, orderOf, pageOf, wanted } from './documents.js';
import {
  checkpointModel,
  fieldName,
  fromStored,
  modelOf,
  orderFields,
  redoModel,
  toStored,
  type Stored,
  type StoredCheckpoint,
} from './mongo-models.js';
import { insertIfMissing, MongoRedo, type Write } from './mongo-redo.js';
import type { Applied, BlockEffects, Checkpoint, Page, Put, Query, Store } from './store.js';

const checkpointId = 'checkpoint';
const defaultDatabase = 'huilian';
/** Shorter than the readiness check waits, so that `/readyz` can name the store that is away. */
const selectionMilliseconds = 3_000;
const operationsPerBulk = 1_000;
/** A connection string may list several hosts, so it is not always a URL. */
const withDatabase = /^mongodb(\+srv)?:\/\/[^/?]+\/[^/?]+/;
/** The number of a checkpoint whose store is being emptied. */
const beingEmptied = -1;

/**
 * The read model in MongoDB. A block is one transaction where the server has them (a replica set or a sharded cluster),
 * else it goes through {@link MongoRedo}. Several gateways may share one database.
 */
export class MongoStore implements Store {
  readonly kind = 'mongodb';
  readonly #connection: Connection;
  readonly #views: readonly View[];
  readonly #models: ReadonlyMap<string, Model<Stored>>;
  readonly #checkpoints: Model<StoredCheckpoint>;
  readonly #redo: MongoRedo;
  readonly #transactions: boolean;

  private constructor(connection: Connection, views: readonly View[], transactions: boolean) {
    this.#connection = connection;
    this.#views = views;
    this.#transactions = transactions;
    this.#models = new Map(views.map((view) => [view.name, modelOf(connection, view)]));
    this.#checkpoints = checkpointModel(connection);
    this.#redo = new MongoRedo(redoModel(connection), this.#models);
  }

  /**
   * Connects and makes the collections and indexes that are missing.
   *
   * @param uri a MongoDB connection string; without a database in it the database is `huilian`
   * @throws HL-5022 when the server cannot be reached
   */
  static async open(uri: string, views: readonly View[]): Promise<MongoStore> {
    return guarded(async () => {
      const options = {
        serverSelectionTimeoutMS: selectionMilliseconds,
        autoIndex: false,
        autoCreate: false,
      };
      const named = withDatabase.test(uri);
      const connection = await mongoose
        .createConnection(uri, named ? options : { ...options, dbName: defaultDatabase })
        .asPromise();
      const hello = await connection.db?.admin().command({ hello: 1 });
      const store = new MongoStore(
        connection,
        views,
        hello?.['setName'] !== undefined || hello?.['msg'] === 'isdbgrid',
      );
      await store.#prepare();
      return store;
    });
  }

  async apply(block: BlockEffects): Promise<Applied> {
    return guarded(() => (this.#transactions ? this.#applyInTransaction(block) : this.#applyByRedo(block)));
  }

  async get<V extends View>(view: V, key: string): Promise<DocumentOf<V> | undefined> {
    return guarded(async () => {
      const stored = await this.#model(view).findById(key).lean<Stored>();
      return stored === null ? undefined : (fromStored(stored) as DocumentOf<V>);
    });
  }

  async getMany<V extends View>(
    view: V,
    keys: readonly string[],
  ): Promise<ReadonlyMap<string, DocumentOf<V>>> {
    if (keys.length === 0) return new Map();
    return guarded(async () => {
      const found = await this.#model(view)
        .find({ _id: { $in: [...keys] } })
        .lean<Stored[]>();
      return new Map(found.map((stored) => [stored._id, fromStored(stored) as DocumentOf<V>]));
    });
  }

  async find<V extends View, I extends IndexOf<V>>(
    view: V,
    name: I,
    query: Query<WhereOf<V, I>>,
  ): Promise<Page<DocumentOf<V>>> {
    const index = indexOf(view, name);
    const limit = boundLimit(query.limit);
    const compare = query.descending === true ? '$lt' : '$gt';
    const filter: Record<string, unknown> = {};
    for (const field of index.fields) filter[fieldName(view, field)] = wanted(query.where, field);
    if (query.after !== undefined) {
      const cursor = readCursor(query.after);
      const order = orderOf(view, index);
      if (order === view.key) filter['_id'] = { [compare]: cursor.key };
      else
        filter['$or'] = [
          { [order]: { [compare]: cursor.order } },
          { [order]: cursor.order, _id: { [compare]: cursor.key } },
        ];
    }
    const direction = query.descending === true ? (-1 as const) : (1 as const);
    const sort = Object.fromEntries(orderFields(view, index).map((field) => [field, direction]));
    return guarded(async () => {
      const found = await this.#model(view)
        .find(filter)
        .sort(sort)
        .limit(limit + 1)
        .lean<Stored[]>();
      return pageOf(
        view,
        index,
        found.map((stored) => fromStored(stored) as DocumentOf<V>),
        limit,
      );
    });
  }

  async scan<V extends View>(view: V, after: string, limit: number): Promise<readonly DocumentOf<V>[]> {
    return guarded(async () => {
      const found = await this.#model(view)
        .find({ _id: { $gt: after } })
        .sort({ _id: 1 })
        .limit(limit)
        .lean<Stored[]>();
      return found.map((stored) => fromStored(stored) as DocumentOf<V>);
    });
  }

  async checkpoint(): Promise<Checkpoint | undefined> {
    return guarded(async () => {
      const stored = await this.#checkpoints.findById(checkpointId).lean<StoredCheckpoint>();
      return stored?.number === beingEmptied ? undefined : lastBlock(stored);
    });
  }

  async digest(): Promise<string> {
    return guarded(async () => {
      const digest = new StoreDigest(await this.checkpoint());
      for (const view of inDigestOrder(this.#views)) {
        for await (const stored of this.#model(view).find().sort({ _id: 1 }).lean<Stored[]>().cursor()) {
          digest.add(view, canonicalText(fromStored(stored)));
        }
      }
      return digest.hex();
    });
  }

  async reset(): Promise<void> {
    await guarded(async () => {
      const emptying = { ledger: '', projection: '', number: beingEmptied, hash: '', time: 0 };
      await this.#checkpoints.replaceOne({ _id: checkpointId }, emptying, { upsert: true });
      for (const model of this.#models.values()) await model.deleteMany({});
      await this.#redo.forget(Number.MAX_SAFE_INTEGER);
      await this.#checkpoints.deleteMany({});
    });
  }

  async close(): Promise<void> {
    await this.#connection.close();
  }

  async #applyInTransaction(block: BlockEffects): Promise<Applied> {
    return this.#connection.transaction(async (session) => {
      const stored = await this.#checkpoints.findById(checkpointId).session(session).lean<StoredCheckpoint>();
      const here = place(block, lastBlock(stored));
      if (here !== 'next') return here;
      // Written first, so that two gateways collide here and not after the work.
      await this.#checkpoints.replaceOne(
        { _id: checkpointId },
        { ...checkpointOf(block) },
        { upsert: true, session },
      );
      for (const [view, puts] of groupBy(block.puts, (put) => put.view)) {
        for (let i = 0; i < puts.length; i += operationsPerBulk) {
          const operations = puts.slice(i, i + operationsPerBulk).map((put) => upsert(block.number, put));
          await this.#model(view).bulkWrite(operations, { ordered: true, session });
        }
      }
      return 'applied';
    });
  }

  async #applyByRedo(block: BlockEffects): Promise<Applied> {
    const stored = await this.#checkpoints.findById(checkpointId).lean<StoredCheckpoint>();
    const here = place(block, lastBlock(stored));
    if (here !== 'next') return here;
    const writes = block.puts.map(({ view, document }): Write => ({
      model: this.#model(view),
      key: keyOf(view, document),
      document,
    }));
    await this.#redo.record(firstOf(block), checkpointOf(block), writes);
    await this.#finish();
    return 'applied';
  }

  /** Does what is written down for the next block, moves the checkpoint, forgets the record. */
  async #finish(): Promise<void> {
    if (this.#transactions) return;
    const last = (await this.checkpoint())?.number;
    const first = last === undefined ? 0 : last + 1;
    const checkpoint = await this.#redo.redo(first);
    if (checkpoint === undefined) return;
    if (last === undefined) await insertIfMissing(this.#checkpoints, { _id: checkpointId, ...checkpoint });
    else await this.#checkpoints.updateOne({ _id: checkpointId, number: last }, { $set: checkpoint });
    await this.#redo.forget(first);
  }

  /** Makes what is missing and ends what was begun. */
  async #prepare(): Promise<void> {
    for (const model of this.#models.values()) {
      await model.createCollection();
      await model.createIndexes();
    }
    // A transaction should not have to make a collection.
    await this.#checkpoints.createCollection();
    const stored = await this.#checkpoints.findById(checkpointId).lean<StoredCheckpoint>();
    if (stored?.number === beingEmptied) await this.reset();
    await this.#finish();
  }

  #model(view: View): Model<Stored> {
    const model = this.#models.get(view.name);
    if (model === undefined) throw new RangeError(`The store was opened without the view ${view.name}.`);
    return model;
  }
}

/** The checkpoint in a store's terms. @throws HL-5022 while another gateway empties the store */
function lastBlock(stored: StoredCheckpoint | null): Checkpoint | undefined {
  if (stored === null) return undefined;
  if (stored.number === beingEmptied)
    throw new HuilianError('HL-5022', { store: 'mongodb', reason: 'being rebuilt' });
  const { ledger, projection, number, hash, time } = stored;
  return { ledger, projection, number, hash, time };
}

function upsert(block: number, { view, document }: Put): AnyBulkWriteOperation<Stored> {
  const key = keyOf(view, document);
  return { replaceOne: { filter: { _id: key }, replacement: toStored(key, block, document), upsert: true } };
}

/** Every fault of the server is HL-5022; errors of ours pass. */
async function guarded<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    if (cause instanceof HuilianError || cause instanceof RangeError) throw cause;
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new HuilianError('HL-5022', { store: 'mongodb', reason }, { cause });
  }
}
