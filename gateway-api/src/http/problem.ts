import { HuilianError, type Details, type ErrorCode, type Language } from '@huilian/core';
import { z } from 'zod';

/** One fault of a request: where it is (JSON pointer, or `query/name`) and what is wrong. */
export interface Fault {
  readonly pointer: string;
  readonly detail: string;
}

/** A problem document (RFC 9457) with our stable code. */
export const problemSchema = z
  .object({
    type: z.string().describe('Address of the page about the code.'),
    title: z.string().describe('What happened, in the language of Accept-Language.'),
    status: z.int().describe('HTTP status.'),
    detail: z.string().describe('What to do next.'),
    code: z
      .string()
      .regex(/^HL-\d{4}$/)
      .describe('Stable code of the closed list, see /v1/errors.'),
    name: z.string().describe('Stable name of the code.'),
    requestId: z.string().describe('Names this request in the log of the gateway.'),
    facts: z
      .record(z.string(), z.union([z.string(), z.number()]))
      .optional()
      .describe('Facts that go with the code.'),
    errors: z
      .array(z.object({ pointer: z.string(), detail: z.string() }))
      .optional()
      .describe('Faulty fields.'),
  })
  .meta({ id: 'Problem', description: 'RFC 9457 problem document.' });

export type Problem = z.output<typeof problemSchema>;

/** An error with its HTTP clothes: faulty fields and headers such as Retry-After. */
export class HttpError extends HuilianError {
  constructor(
    code: ErrorCode,
    details: Details = {},
    readonly clothes: {
      readonly faults?: readonly Fault[];
      readonly headers?: Readonly<Record<string, string>>;
      readonly extra?: Readonly<Record<string, unknown>>;
    } = {},
    options?: ErrorOptions,
  ) {
    super(code, details, options);
  }
}

/** Makes the problem document of an error. What is not ours becomes HL-4099 and gives nothing away. */
export function problemOf(error: unknown, language: Language, requestId: string): Problem {
  const known = error instanceof HuilianError ? error : new HuilianError('HL-4099');
  const text = language === 'en' ? known.row.en : known.row.zh;
  const clothes = known instanceof HttpError ? known.clothes : {};
  return {
    type: `/v1/errors/${known.code}`,
    title: text.what,
    status: known.row.http,
    detail: text.next,
    code: known.code,
    name: known.row.name,
    requestId,
    ...(Object.keys(known.details).length > 0 ? { facts: { ...known.details } } : {}),
    ...(clothes.faults === undefined ? {} : { errors: [...clothes.faults] }),
    ...clothes.extra,
  };
}

/** Headers that go with an error. Every temporary one says when to come back. */
export function headersOf(error: unknown): Readonly<Record<string, string>> {
  const given = error instanceof HttpError ? (error.clothes.headers ?? {}) : {};
  const status = error instanceof HuilianError ? error.row.http : 500;
  const temporary = status === 503 || status === 504 || status === 429;
  const retry = temporary && given['Retry-After'] === undefined ? { 'Retry-After': '2' } : {};
  const challenge = status === 401 ? { 'WWW-Authenticate': 'Bearer realm="huilian"' } : {};
  return { ...retry, ...challenge, ...given };
}

/** Turns what zod found into faults with pointers. */
export function faultsOf(part: string, error: z.ZodError): Fault[] {
  return error.issues.map((issue) => ({
    pointer: `${part}/${issue.path.map(String).join('/')}`,
    detail: issue.message,
  }));
}
