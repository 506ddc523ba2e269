import { join } from 'node:path';
import { MongoWebhooks } from './mongo.js';
import { SqliteWebhooks } from './sqlite.js';
import type { WebhookStore } from './store.js';

export interface WebhookStoreOptions {
  /** The environment's `MONGODB_URI`; not set: SQLite. */
  readonly mongodbUri?: string | undefined;
  /** Where the SQLite file `webhooks.sqlite` lies. */
  readonly directory: string;
  /** SHA-256 of the genesis block's header, hex: webhooks of another ledger are left alone. */
  readonly ledger: string;
}

/** Opens the store that the configuration names. @throws HL-5022 when it cannot be opened */
export async function openWebhookStore(options: WebhookStoreOptions): Promise<WebhookStore> {
  const { mongodbUri, directory, ledger } = options;
  if (mongodbUri !== undefined) return MongoWebhooks.open(mongodbUri, ledger);
  return SqliteWebhooks.open(join(directory, 'webhooks.sqlite'), ledger);
}
