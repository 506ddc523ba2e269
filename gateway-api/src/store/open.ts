import { join } from 'node:path';
import type { View } from '../views/declare.js';
import { MongoStore } from './mongo.js';
import { SqliteStore } from './sqlite.js';
import type { Store } from './store.js';

export interface StoreOptions {
  /** The environment's `MONGODB_URI`; not set: SQLite. */
  readonly mongodbUri?: string | undefined;
  /** Where the SQLite file `read-model.sqlite` lies. */
  readonly directory: string;
}

/** Opens the store that the configuration names. @throws HL-5022 when it cannot be opened */
export async function openStore(options: StoreOptions, views: readonly View[]): Promise<Store> {
  const { mongodbUri, directory } = options;
  if (mongodbUri !== undefined && mongodbUri !== '') return MongoStore.open(mongodbUri, views);
  return SqliteStore.open(join(directory, 'read-model.sqlite'), views, 'thread');
}
