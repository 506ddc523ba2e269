import { loadKey, openQueue } from '@huilian/scanner-cli';
import { intakeOf } from './intake.js';

/** A device that records and pushes without end; a test kills it. It prints each number once it is kept. */
const [, , home = '', name = '', ...gateways] = process.argv;
const key = await loadKey(home, name);
for (let count = 1; ; count += 1) {
  const queue = await openQueue(home, key);
  const [batch] = await queue.record([intakeOf(key)]);
  process.stdout.write(`${String(batch?.sequence ?? 0)}\n`);
  if (count % 4 === 0) await queue.push(gateways);
}
