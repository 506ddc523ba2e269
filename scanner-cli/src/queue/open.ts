import { mkdir } from 'node:fs/promises';
import { HuilianError } from '@huilian/core';
import { keyFolder, type StoredKey } from '../keys/index.js';
import { Queue, type QueueOptions } from './queue.js';

/**
 * Opens the queue of a key and checks every batch in it: its bytes, its signature, and that it links to the one before.
 *
 * @param home folder of the device
 * @throws HuilianError HL-7026 the key's lane is kept elsewhere, HL-7010 damaged beyond mending, HL-7012 disk full, HL-7013 another
 * process does not let go
 */
export async function openQueue(home: string, key: StoredKey, options: QueueOptions = {}): Promise<Queue> {
  const queue = await queueOf(home, key, options);
  queue.lane();
  return queue;
}

/** As {@link openQueue}, for a queue that is damaged. @throws as `Queue.recover` */
export async function recoverQueue(home: string, key: StoredKey, options: QueueOptions = {}) {
  return (await queueOf(home, key, options)).recover();
}

async function queueOf(home: string, key: StoredKey, options: QueueOptions): Promise<Queue> {
  if (key.laneElsewhere) throw new HuilianError('HL-7026', { name: key.name });
  const folder = keyFolder(home, key.name);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  return new Queue(folder, key, options);
}
