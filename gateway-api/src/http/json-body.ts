import { parseBounded } from '@huilian/core';
import type { z } from 'zod';
import { faultsOf, HttpError } from './problem.js';
import type { BodyShape } from './route.js';

/** A body of JSON, for a route. */
export function jsonBody(schema: z.ZodType, description: string): BodyShape {
  return { mediaTypes: ['application/json'], schema, description };
}

/** Reads a JSON body. @throws HuilianError HL-1002, HL-1003, HL-1006, HttpError HL-4001 with the faulty fields */
export function parseBody<S extends z.ZodObject>(schema: S, bytes: Uint8Array): z.output<S> {
  const read = schema.safeParse(parseBounded(bytes));
  if (!read.success) throw new HttpError('HL-4001', {}, { faults: faultsOf('body', read.error) });
  return read.data;
}
