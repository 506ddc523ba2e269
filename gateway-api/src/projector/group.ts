import {
  canonicalText,
  sha256Hex,
  unpackGroup,
  utf8,
  type BatchHeader,
  type SignedBatch,
} from '@huilian/core';
import { rememberText } from '../store/texts.js';
import { isBatch } from './shapes.js';

/** A batch of a transaction's argument, with the canonical texts of its events. */
export interface GroupedBatch {
  readonly batch: SignedBatch;
  /** The canonical text of the event at an index. */
  readonly texts: (index: number) => string;
}

/** The batches of the argument of `record`. What cannot be read is an anomaly. */
export function readGroup(argument: Uint8Array | undefined, anomalies: string[]): GroupedBatch[] {
  try {
    const values = unpackGroup(argument ?? new Uint8Array()) as readonly unknown[];
    const batches = values.filter(isBatch);
    if (batches.length < values.length) anomalies.push('the argument holds what is no batch');
    return batches.map((batch) => ({ batch, texts: (index) => canonicalText(batch.events[index]) }));
  } catch (error) {
    anomalies.push(`the argument is not a group: ${error instanceof Error ? error.message : String(error)}`);
    return [];
  }
}

/** As `batchDigest`; the header's text is remembered for its document. */
export function digestOfHeader(header: BatchHeader): string {
  const text = canonicalText(header);
  rememberText(header, text);
  return sha256Hex(utf8(text));
}
