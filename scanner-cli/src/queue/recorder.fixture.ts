import { itemEvent } from './device.testing.js';
import { Queue } from './queue.js';
import type { StoredKey } from '../keys/index.js';

/** A process that records without end and reports each number once it is kept; a test kills it. */
const [, , directory = '', key = ''] = process.argv;
const stored = JSON.parse(key) as StoredKey;
for (let time = 1; ; time++) {
  const [batch] = await new Queue(directory, stored).record([itemEvent(stored, time)], time);
  process.stdout.write(`${batch?.sequence ?? 0}\n`);
}
