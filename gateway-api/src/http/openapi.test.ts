import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { routes } from '../routes/index.js';
import { openApiDocument } from './openapi.js';

interface Document {
  readonly openapi: string;
  readonly paths: Record<
    string,
    Record<string, { operationId: string; responses: Record<string, unknown>; security: unknown[] }>
  >;
}

const document = openApiDocument(routes) as Document;

describe('the OpenAPI document', () => {
  it('is the one that is published', () => {
    const published = readFileSync(new URL('../../../docs/openapi.json', import.meta.url), 'utf8');
    expect(published).toBe(`${JSON.stringify(document, undefined, 2)}\n`);
  });

  it('has every route under a name of its own', () => {
    const operations = Object.values(document.paths).flatMap((path) => Object.values(path));
    expect(operations).toHaveLength(routes.length);
    expect(new Set(operations.map(({ operationId }) => operationId)).size).toBe(routes.length);
  });

  it('says which routes need a token', () => {
    expect(document.paths['/v1/items']?.['get']?.security).toEqual([{ token: [] }]);
    for (const path of ['/p/{item}', '/readyz']) expect(document.paths[path]?.['get']?.security).toEqual([]);
    expect(document.paths['/v1/batches']?.['post']?.security).toEqual([]);
  });

  it('describes problems for every route', () => {
    for (const path of Object.values(document.paths)) {
      for (const operation of Object.values(path)) expect(Object.keys(operation.responses)).toContain('500');
    }
  });
});
