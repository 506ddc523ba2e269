import { z } from 'zod';
import {
  code,
  evidence,
  grams,
  hash,
  itemId,
  nonce,
  output,
  outputs,
  pieces,
  reference,
  seconds,
  sortedOutput,
  source,
  tableVersion,
  tags,
} from '../fields.js';

/** What a scale said, and until when it may be believed. */
const weighing = z.strictObject({
  grossGrams: grams,
  tareGrams: grams,
  netGrams: grams,
  scale: reference,
  calibratedUntil: seconds,
});

const balanced = { lossGrams: grams, toleranceVersion: tableVersion };
/** Lots that go in together with the one that the event is about. */
const others = z.array(itemId).max(40);

/** Steps of lots of material, and of truck loads that become units and lots. */
export const lotEvents = {
  intakeBatch: z.strictObject({
    nonce,
    tags,
    /** Of the weighbridge; the truck's plate is not on the ledger. */
    ticket: reference,
    ticketHash: hash,
    weighing,
    /** What the sender says is in it. */
    mix: z.array(z.strictObject({ category: code, pieces: pieces.optional() })).max(20),
    estimatedPieces: pieces,
    source,
  }),
  sort: z.strictObject({ outputs: z.array(sortedOutput).max(40), toleranceVersion: tableVersion }),
  closeSorting: z.strictObject({ residueGrams: grams, toleranceVersion: tableVersion }),
  split: z.strictObject({ outputs, ...balanced }),
  merge: z.strictObject({ others, output, ...balanced }),
  transform: z.strictObject({ others: others.optional(), process: code, outputs, ...balanced, evidence }),
  sample: z.strictObject({ output, number: reference, evidence }),
  weigh: z.strictObject({ weighing, pieces: pieces.optional(), ...balanced, evidence }),
} as const;
