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
    const read = unpackGroup(argument ?? new Uint8Array());
    const batches = read.flatMap(({ value, eventTexts }): GroupedBatch[] =>
      isBatch(value)
        ? [
            {
              batch: value,
              header: canonicalText(value.header),
              eventText: (index) => eventTexts[index] ?? '',
            },
          ]
        : [],
    );
    if (batches.length < read.length) anomalies.push('the argument holds what is no batch');
    return batches;
  } catch (error) {
    anomalies.push(`the argument is not a group: ${error instanceof Error ? error.message : String(error)}`);
    return [];
  }
}

/** The digest of a batch, from the canonical text of its header. */
export function digestOf(header: string): string {
  return sha256Hex(utf8(header));
}
