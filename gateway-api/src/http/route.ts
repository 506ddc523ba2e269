import type { Language } from '@huilian/core';
import type { Request, Response } from 'express';
import type { z } from 'zod';
import type { Caller } from '../auth/caller.js';
import type { Resource } from '../auth/access.js';
import type { Services } from '../services.js';

type Method = 'get' | 'post' | 'delete';

/** What one answer looks like, for the OpenAPI document. */
export interface ResponseShape {
  readonly description: string;
  readonly schema?: z.ZodType;
  /** Default `application/json`. */
  readonly mediaType?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** What a route takes as a body, and how its bytes look in the OpenAPI document. */
export interface BodyShape {
  readonly mediaTypes: readonly string[];
  readonly schema: z.ZodType;
  readonly description: string;
}

type Shape = z.ZodObject | undefined;
type Read<S extends Shape> = S extends z.ZodObject ? z.output<S> : Readonly<Record<string, never>>;

/** One request, validated. */
export interface Call<P extends Shape = Shape, Q extends Shape = Shape> {
  readonly params: Read<P>;
  readonly query: Read<Q>;
  /** The bytes of the body, bounded and inflated; empty without one. */
  readonly body: Uint8Array;
  readonly header: (name: string) => string | undefined;
  readonly caller: Caller;
  /** Credit code that lists must be narrowed to; `undefined` when the caller sees all. */
  readonly scope: string | undefined;
  readonly language: Language;
  readonly requestId: string;
  /** `http://host:port` as the client wrote it. */
  readonly origin: string;
  readonly services: Services;
  /** Fires when the client has gone away. */
  readonly signal: AbortSignal;
  readonly request: Request;
  readonly response: Response;
}

/** What a handler answers. `parties` are those whom the record concerns; the access table decides by them. */
export interface Reply {
  readonly status?: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** Credit codes of the participants that held, owned or touched what is answered. */
  readonly parties?: readonly string[];
  /** Said by a list that was narrowed to the scope of the call; then no parties are needed. */
  readonly scope?: 'narrowed';
}

/** A handler that wrote the answer itself (event streams, pages) says so. */
export const handled = Symbol('handled');

/** A route: validation, OpenAPI and handler in one object. */
interface Route<P extends Shape = Shape, Q extends Shape = Shape> {
  readonly method: Method;
  /** OpenAPI form: `/v1/items/{id}`. */
  readonly path: string;
  readonly name: string;
  readonly tag: string;
  readonly summary: string;
  readonly description?: string;
  /** Row of the access table. */
  readonly resource: Resource;
  readonly params?: P;
  readonly query?: Q;
  readonly body?: BodyShape;
  readonly responses: Readonly<Record<number, ResponseShape>>;
  /** Codes of problems that this route is known for, besides the common ones. */
  readonly problems?: readonly string[];
  handle(call: Call<P, Q>): Promise<Reply | typeof handled>;
}

/** Gives a route literal its types: `params` and `query` flow into the handler. */
export function route<P extends Shape = undefined, Q extends Shape = undefined>(
  definition: Route<P, Q>,
): AnyRoute {
  return definition;
}

/** A route whose shapes are no longer known to the compiler. */
export type AnyRoute = Route;
