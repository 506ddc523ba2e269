import { HuilianError, type ErrorCode } from '@huilian/core';

/** The first thing that is not as it must be, with what is needed to check it by hand. */
export interface Difference {
  readonly code: ErrorCode;
  readonly block: number;
  /** Transaction id. */
  readonly transaction?: string;
  /** Position of the transaction in its block. */
  readonly index?: number;
  /** What was compared: a key, a signature, a hash. */
  readonly what: string;
  readonly expected: string;
  readonly found: string;
  /** Names to values: hashes, signatures and keys in hex or base64. */
  readonly evidence: Readonly<Record<string, string | number>>;
}

/** Thrown by a check; ends the verification. */
export class DifferenceFound extends HuilianError {
  constructor(readonly difference: Difference) {
    const { block, what, expected, found } = difference;
    super(difference.code, { block, what, expected, found });
  }
}

export interface Place {
  readonly block: number;
  readonly transaction?: string;
  readonly index?: number;
}

/** Ends the verification with a difference. */
export function differ(
  code: ErrorCode,
  place: Place,
  what: string,
  expected: string,
  found: string,
  evidence: Difference['evidence'] = {},
): never {
  throw new DifferenceFound({ code, ...place, what, expected, found, evidence });
}

/** Ends the verification unless both are the same. */
export function same(
  code: ErrorCode,
  place: Place,
  what: string,
  expected: string | number,
  found: string | number,
  evidence: Difference['evidence'] = {},
): void {
  if (expected !== found) differ(code, place, what, String(expected), String(found), evidence);
}

export function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}

export function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64');
}

/** Runs a check; what in the block cannot be read, which an altered byte can bring about anywhere, is a difference too. */
export function readable<T>(place: Place, check: () => T): T {
  try {
    return check();
  } catch (error) {
    if (error instanceof HuilianError) throw error;
    return differ(
      'HL-6021',
      place,
      'encoding',
      'a readable block',
      error instanceof Error ? error.message : String(error),
    );
  }
}
