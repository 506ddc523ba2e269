import { creditCodeCheck, type LedgerEvent } from '@huilian/core';
import { Queue, type Signer } from './queue.js';

/** A process that records without end and reports each number once it is kept; a test kills it. */
const CODE = '91350211M000100Y4' + creditCodeCheck('91350211M000100Y4');
const [, , directory = '', signer = ''] = process.argv;
const queue = new Queue(directory, JSON.parse(signer) as Signer);
for (let time = 1; ; time++) {
  const event: LedgerEvent = { type: 'participant.reinstate', version: 1, time, data: { creditCode: CODE } };
  const [batch] = queue.record([event], time);
  process.stdout.write(`${batch?.header.sequence ?? 0}\n`);
}
