import mongoose, { Schema, type Connection, type Model } from 'mongoose';
import { HuilianError } from '@huilian/core';
import type { Change, Expected, NewWebhook, WebhookStore } from './store.js';
import type { Progress, Settings, Webhook } from './webhook.js';

const defaultDatabase = 'huilian';
const selectionMilliseconds = 3_000;
/** A connection string may list several hosts, so it is not always a URL. */
const withDatabase = /^mongodb(\+srv)?:\/\/[^/?]+\/[^/?]+/;

/** As it lies in the collection. Settings and progress are JSON, so that no name in them means anything to MongoDB. */
interface Stored {
  readonly _id: string;
  readonly ledger: string;
  readonly owner: string;
  readonly revision: number;
  readonly holder: string;
  readonly beat: number;
  readonly settings: string;
  readonly progress: string;
}

/** Webhooks in a collection of the database that holds the read model. Several gateways may share it. */
export class MongoWebhooks implements WebhookStore {
  readonly exclusive = false;
  readonly #model: Model<Stored>;

  private constructor(
    private readonly connection: Connection,
    private readonly ledger: string,
  ) {
    this.#model = modelOf(connection);
  }

  /** @throws HL-5022 when the server cannot be reached */
  static open(uri: string, ledger: string): Promise<MongoWebhooks> {
    return guarded(async () => {
      const options = {
        serverSelectionTimeoutMS: selectionMilliseconds,
        autoIndex: false,
        autoCreate: false,
        maxPoolSize: 8,
      };
      const connection = await mongoose
        .createConnection(uri, withDatabase.test(uri) ? options : { ...options, dbName: defaultDatabase })
        .asPromise();
      const store = new MongoWebhooks(connection, ledger);
      await store.#model.createCollection();
      return store;
    });
  }

  list(owner?: string): Promise<readonly Webhook[]> {
    return guarded(async () => {
      const filter = owner === undefined ? { ledger: this.ledger } : { ledger: this.ledger, owner };
      const found = await this.#model.find(filter).sort({ _id: 1 }).lean<Stored[]>();
      return found.map(read);
    });
  }

  get(id: string): Promise<Webhook | undefined> {
    return guarded(async () => {
      const found = await this.#model.findOne({ _id: id, ledger: this.ledger }).lean<Stored>();
      return found === null ? undefined : read(found);
    });
  }

  insert({ id, owner, settings, progress }: NewWebhook): Promise<void> {
    return guarded(async () => {
      await this.#model.create({
        _id: id,
        ledger: this.ledger,
        owner,
        revision: 1,
        holder: '',
        beat: 0,
        settings: JSON.stringify(settings),
        progress: JSON.stringify(progress),
      });
    });
  }

  change(id: string, { revision, holder }: Expected, change: Change): Promise<boolean> {
    return guarded(async () => {
      const { settings, progress } = change;
      const { matchedCount } = await this.#model.updateOne(
        { _id: id, ledger: this.ledger, revision, ...(holder === undefined ? {} : { holder }) },
        {
          $set: {
            revision: change.revision,
            ...(settings === undefined ? {} : { settings: JSON.stringify(settings) }),
            ...(progress === undefined ? {} : { progress: JSON.stringify(progress) }),
          },
        },
      );
      return matchedCount > 0;
    });
  }

  claim(id: string, seen: Pick<Webhook, 'holder' | 'beat'>, holder: string): Promise<boolean> {
    return guarded(async () => {
      const { matchedCount } = await this.#model.updateOne(
        { _id: id, ledger: this.ledger, holder: seen.holder, beat: seen.beat },
        { $set: { holder, beat: seen.beat + 1 } },
      );
      return matchedCount > 0;
    });
  }

  remove(id: string): Promise<boolean> {
    return guarded(async () => {
      const { deletedCount } = await this.#model.deleteOne({ _id: id, ledger: this.ledger });
      return deletedCount > 0;
    });
  }

  async close(): Promise<void> {
    await this.connection.close();
  }
}

function modelOf(connection: Connection): Model<Stored> {
  const schema = new Schema<Stored>(
    {
      _id: String,
      ledger: String,
      owner: String,
      revision: Number,
      holder: String,
      beat: Number,
      settings: String,
      progress: String,
    },
    {
      collection: '_webhook',
      id: false,
      versionKey: false,
      strict: 'throw',
      autoIndex: false,
      autoCreate: false,
    },
  );
  return connection.model<Stored>('_webhook', schema);
}

function read({ _id: id, owner, revision, holder, beat, settings, progress }: Stored): Webhook {
  return {
    id,
    owner,
    revision,
    holder,
    beat,
    settings: JSON.parse(settings) as Settings,
    progress: JSON.parse(progress) as Progress,
  };
}

/** Every fault of the server is HL-5022. */
async function guarded<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new HuilianError('HL-5022', { store: 'mongodb', reason }, { cause });
  }
}
