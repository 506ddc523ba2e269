import { OpenAPIRegistry, OpenApiGeneratorV31, extendZodWithOpenApi } from '@asteasolutions/zod-to-openapi';
import { z } from 'zod';
import { registerWebhooks } from '../webhooks/openapi.js';
import { problemSchema } from './problem.js';
import type { AnyRoute, ResponseShape } from './route.js';

extendZodWithOpenApi(z);

const problemCodes: Readonly<Record<number, string>> = {
  400: 'The request does not fit the interface.',
  401: 'A token is missing or not valid.',
  403: 'The access table does not allow it.',
  404: 'There is no such record.',
  413: 'A bound is passed.',
  429: 'Too many requests, or the queue is full; see Retry-After.',
  500: 'The gateway failed.',
  503: 'The ledger or the read model is away; see Retry-After.',
};

/** The OpenAPI 3.1 document of the routes. A pure function of them, so that it can be committed and compared. */
export function openApiDocument(routes: readonly AnyRoute[]): unknown {
  const registry = new OpenAPIRegistry();
  registry.registerComponent('securitySchemes', 'token', {
    type: 'http',
    scheme: 'bearer',
    bearerFormat: 'JWT',
    description:
      'From /v1/token with a JWT signed by a registered key (RFC 7523), or from the OpenID Connect issuer.',
  });
  for (const route of routes) registry.registerPath(pathOf(route));
  registerWebhooks(registry);
  return new OpenApiGeneratorV31(registry.definitions).generateDocument({
    openapi: '3.1.0',
    info: {
      title: 'Huilian gateway',
      version: '0.1.0',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
      description:
        'HTTP door to the ledger. Signed batches in, verdicts out; items, their history and genealogy; receipts and proofs that verify without this gateway. Errors are RFC 9457 problems with a stable code.',
    },
    servers: [{ url: '/', description: 'This gateway' }],
  });
}

type PathConfig = Parameters<OpenAPIRegistry['registerPath']>[0];

function pathOf(route: AnyRoute): PathConfig {
  const open = route.resource === 'public' || route.resource === 'submission';
  const problems = Object.entries(problemCodes).filter(([status]) => concerns(route, Number(status), open));
  return {
    method: route.method,
    path: route.path,
    operationId: route.name,
    tags: [route.tag],
    summary: route.summary,
    ...(route.description === undefined ? {} : { description: describe(route) }),
    // Not `[{}, …]`: a token changes nothing here, and readers would be shown a lock.
    security: open ? [] : [{ token: [] }],
    request: {
      ...(route.params === undefined ? {} : { params: route.params }),
      ...(route.query === undefined ? {} : { query: route.query }),
      ...(route.body === undefined ? {} : { body: bodyOf(route) }),
    },
    responses: {
      ...Object.fromEntries(
        Object.entries(route.responses).map(([status, shape]) => [status, responseOf(shape)]),
      ),
      ...Object.fromEntries(
        problems.map(([status, description]) => [
          status,
          { description, content: { 'application/problem+json': { schema: problemSchema } } },
        ]),
      ),
    },
  } as PathConfig;
}

function concerns(route: AnyRoute, status: number, open: boolean): boolean {
  if (Object.hasOwn(route.responses, status)) return false;
  if (status === 401 || status === 403) return !open || route.path === '/v1/token';
  if (status === 404) return route.params !== undefined;
  if (status === 413) return route.body !== undefined;
  return true;
}

function describe(route: AnyRoute): string {
  const codes = route.problems === undefined ? '' : `\n\nKnown for: ${route.problems.join(', ')}.`;
  return `${route.description ?? ''}${codes}`;
}

function bodyOf(route: AnyRoute): unknown {
  const { mediaTypes = [], schema, description } = route.body ?? {};
  return {
    required: true,
    description,
    content: Object.fromEntries(mediaTypes.map((type) => [type, { schema }])),
  };
}

function responseOf(shape: ResponseShape): unknown {
  const headers = Object.entries(shape.headers ?? {}).map(([name, description]) => [
    name,
    { description, schema: { type: 'string' } },
  ]);
  return {
    description: shape.description,
    ...(headers.length === 0 ? {} : { headers: Object.fromEntries(headers) as unknown }),
    ...(shape.schema === undefined
      ? {}
      : { content: { [shape.mediaType ?? 'application/json']: { schema: shape.schema } } }),
  };
}
