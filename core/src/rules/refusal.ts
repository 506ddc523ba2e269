import type { ErrorCode } from '../messages/catalogue.js';

/** Thrown by a rule that refuses an event. Only the code goes on record. */
export class Refusal extends Error {
  constructor(readonly code: ErrorCode) {
    super(code);
  }
}

/** Refuses unless the condition holds. */
export function require(condition: unknown, code: ErrorCode): asserts condition {
  if (!condition) throw new Refusal(code);
}
