import { canonicalText, sha256Hex, unpackGroup, utf8, type SignedBatch } from '@huilian/core';
import { isBatch } from './shapes.js';

/** A batch of a transaction's argument, with the canonical texts of its parts. */
export interface GroupedBatch {
  readonly batch: SignedBatch;
  readonly header: string;
  /** Of the event at an index. */
  readonly eventText: (index: number) => string;
}

/** The batches of the argument of `record`. What cannot be read is an anomaly. */
export function readGroup(argument: Uint8Array | undefined, anomalies: string[]): GroupedBatch[] {
  try {
    const values = unpackGroup(argument ?? new Uint8Array()) as readonly unknown[];
    const batches = values.filter(isBatch);
    if (batches.length < values.length) anomalies.push('the argument holds what is no batch');
    return batches.map((batch) => ({
      batch,
      header: canonicalText(batch.header),
      eventText: (index) => textAgain(batch.events[index]),
    }));
  } catch (error) {
    anomalies.push(`the argument is not a group: ${error instanceof Error ? error.message : String(error)}`);
    return [];
  }
}

/** The digest of a batch, from the canonical text of its header. */
export function digestOf(header: string): string {
  return sha256Hex(utf8(header));
}

/** A name that the engine may have moved to the front: objects give digits first, whatever their text said. */
const digits = /[{,]"[0-9]+":/;

/**
 * The canonical text of a value that was read from one. Its members are in order already, so plain writing gives the same
 * text in a third of the time, unless a name is a number.
 */
function textAgain(value: unknown): string {
  const text = JSON.stringify(value);
  return digits.test(text) ? canonicalText(value) : text;
}
