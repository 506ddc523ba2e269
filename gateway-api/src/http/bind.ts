import { createHash } from 'node:crypto';
import { Router, type Request, type RequestHandler, type Response } from 'express';
import { isErrorCode, type ErrorCode } from '@huilian/core';
import type { z } from 'zod';
import { admit, authorise } from '../auth/access.js';
import type { Services } from '../services.js';
import { BodyGate } from './body.js';
import { chooseLanguage } from './language.js';
import { callerOf, requestIdOf } from './identity.js';
import { faultsOf, HttpError, type Fault } from './problem.js';
import { handled, type AnyRoute, type BodyShape, type Call, type Reply } from './route.js';

/** Express router of the routes. What a route declares is checked here and nowhere else. */
export function bindRoutes(routes: readonly AnyRoute[], services: Services): Router {
  const gate = new BodyGate(services.config.BODIES_AT_ONCE);
  const router = Router({ caseSensitive: true, strict: true });
  for (const path of new Set(routes.map((route) => route.path))) {
    const here = routes.filter((route) => route.path === path);
    const place = router.route(expressPath(path));
    for (const route of here) place[route.method](handlerOf(route, services, gate));
    const allowed = here.flatMap(({ method }) => methods[method]).join(', ');
    place.all((request) => {
      throw new HttpError('HL-4003', { method: request.method }, { headers: { Allow: allowed } });
    });
  }
  return router;
}

const methods = { get: ['GET', 'HEAD'], post: ['POST'], delete: ['DELETE'] } as const;

function expressPath(path: string): string {
  return path.replaceAll(/\{(\w+)\}/g, ':$1');
}

function handlerOf(route: AnyRoute, services: Services, gate: BodyGate): RequestHandler {
  return async (request, response) => {
    const caller = callerOf(request);
    const scope = authorise(caller, route.resource);
    const { params, query } = checkParameters(route, request);
    if (route.body !== undefined) checkMediaType(route.body, request);
    const body =
      route.body === undefined ? new Uint8Array() : await gate.read(request, services.config.BODY_BYTES);
    const gone = new AbortController();
    response.once('close', () => {
      gone.abort();
    });
    const call: Call = {
      params,
      query,
      body,
      header: (name) => request.get(name),
      caller,
      scope,
      language: chooseLanguage(request.get('accept-language')),
      requestId: requestIdOf(request),
      origin: services.origin(request),
      services,
      signal: gone.signal,
      request,
      response,
    };
    await waitForBlock(query, services);
    const reply = await route.handle(call);
    if (reply === handled) return;
    if (reply.scope !== 'narrowed' || scope === undefined) admit(caller, route.resource, reply.parties);
    send(reply, request, response);
  };
}

/** `?minBlock=` of any route: a client that has just written reads what it wrote. */
async function waitForBlock(query: Readonly<Record<string, unknown>>, services: Services): Promise<void> {
  const { minBlock } = query;
  if (typeof minBlock === 'number')
    await services.readModel.waitFor(minBlock, services.config.MIN_BLOCK_WAIT_MS);
}

function checkParameters(
  route: AnyRoute,
  request: Request,
): { params: Record<string, never>; query: Record<string, never> } {
  const faults: Fault[] = [];
  let code: ErrorCode = 'HL-4001';
  const check = (schema: z.ZodObject | undefined, value: unknown, part: string): Record<string, never> => {
    const read = schema?.safeParse(value);
    if (read?.success === false) {
      faults.push(...faultsOf(part, read.error));
      code = ownCode(read.error) ?? code;
    }
    return (read?.data ?? {}) as Record<string, never>;
  };
  const params = check(route.params, request.params, 'path');
  const query = check(route.query, request.query, 'query');
  if (faults.length > 0) throw new HttpError(code, {}, { faults });
  return { params, query };
}

/** A schema may name the code of its fault (`params.code` of a refinement). */
function ownCode(error: z.ZodError): ErrorCode | undefined {
  for (const issue of error.issues) {
    const code: unknown = issue.code === 'custom' ? issue.params?.['code'] : undefined;
    if (typeof code === 'string' && isErrorCode(code)) return code;
  }
  return undefined;
}

function checkMediaType(body: BodyShape, request: Request): void {
  const given = (request.get('content-type') ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
  if (!body.mediaTypes.includes(given)) {
    throw new HttpError('HL-4005', { given: given.slice(0, 60), accepted: body.mediaTypes.join(', ') });
  }
}

function send(reply: Reply, request: Request, response: Response): void {
  response.status(reply.status ?? 200).set(reply.headers ?? {});
  if (reply.body === undefined) {
    response.end();
    return;
  }
  const bytes = bytesOf(reply.body, response);
  if (response.statusCode === 200 && isKnown(bytes, request, response)) {
    response.removeHeader('Content-Type');
    response.status(304).end();
  } else response.send(bytes);
}

function bytesOf(body: unknown, response: Response): Buffer {
  const type = body instanceof Uint8Array ? 'application/octet-stream' : 'application/json; charset=utf-8';
  if (!response.hasHeader('Content-Type')) response.set('Content-Type', type);
  if (body instanceof Uint8Array) return Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  return Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
}

/**
 * Sets a strong entity tag and compares it with If-None-Match (RFC 9110 section 13.1.2). Not left to Express, which does not
 * compare when the request says `no-cache`, as every `fetch` with If-None-Match does.
 */
function isKnown(bytes: Uint8Array, request: Request, response: Response): boolean {
  const tag = `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 27)}"`;
  response.set('ETag', tag);
  const known = (request.get('if-none-match') ?? '')
    .split(',')
    .map((each) => each.trim().replace(/^W\//, ''));
  return known.includes(tag) || known.includes('*');
}
