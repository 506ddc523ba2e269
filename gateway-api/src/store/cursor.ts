import { HuilianError } from '@huilian/core';
import type { Scalar } from '../views/declare.js';

const defaultLimit = 50;
const greatestLimit = 1_000;

/**
 * Where a page ended: the value of the order field and the key of its last document. Both come from the ledger, so a
 * cursor is good at every gateway of the network. The text is base64url of JSON and means nothing to its user.
 */
export interface Cursor {
  readonly order: Scalar;
  readonly key: string;
}

export function writeCursor(cursor: Cursor): string {
  return Buffer.from(JSON.stringify([cursor.order, cursor.key])).toString('base64url');
}

/** @throws HL-5024 when the text was not made by `writeCursor`. */
export function readCursor(text: string): Cursor {
  try {
    const parsed: unknown = JSON.parse(Buffer.from(text, 'base64url').toString());
    if (Array.isArray(parsed) && parsed.length === 2) {
      const [order, key] = parsed as unknown[];
      if (isScalar(order) && typeof key === 'string') return { order, key };
    }
  } catch {
    // Not JSON: the same fault as JSON of another shape.
  }
  throw new HuilianError('HL-5024');
}

/** The number of documents of a page: what was asked for within 1 to 1 000. */
export function boundLimit(limit: number | undefined): number {
  return Math.min(Math.max(1, limit ?? defaultLimit), greatestLimit);
}

function isScalar(value: unknown): value is Scalar {
  return typeof value === 'string' || typeof value === 'boolean' || Number.isSafeInteger(value);
}
