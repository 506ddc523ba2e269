import { join } from 'node:path';
import type { Context } from '../context.js';
import { keyFolder, type StoredKey } from '../keys/index.js';
import { gatewaysOf, keyOf, queueOf } from '../session.js';
import { LaneLedger } from './lane-ledger.js';

/** The lane of the command's key as an adapter works with it. @throws as `openQueue` */
export async function laneLedgerOf(context: Context): Promise<LaneLedger> {
  const key = await keyOf(context);
  return new LaneLedger(key, await queueOf(context, key), gatewaysOf(context, key));
}

/** Where the inbox of a key lies: beside its queue. */
export function inboxOf({ config }: Context, { name }: Pick<StoredKey, 'name'>): string {
  return join(keyFolder(config.deviceHome, name), 'inbox.db');
}
