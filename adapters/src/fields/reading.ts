import { HuilianError, type Details, type ErrorCode } from '@huilian/core';

/** What is wrong with a cell, or worth a remark, before it is known where the cell stands. */
export interface Fault {
  readonly code: ErrorCode;
  readonly details?: Details;
}

/** A value, perhaps with a remark, or what is wrong. */
export type Reading<T> =
  { readonly value: T; readonly notice?: Fault; readonly fault?: undefined } | { readonly fault: Fault };

export function fault(code: ErrorCode, details?: Details): { readonly fault: Fault } {
  return { fault: details === undefined ? { code } : { code, details } };
}

/** What `read` gives, or the error of the closed list that it throws, as a fault. */
export function attempt<T>(read: () => Reading<T>): Reading<T> {
  try {
    return read();
  } catch (error) {
    if (error instanceof HuilianError) return fault(error.code);
    throw error;
  }
}
