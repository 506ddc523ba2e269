import { dictionary, publishedSchemas } from '@huilian/adapters';
import { HuilianError } from '@huilian/core';
import { z } from 'zod';
import { route } from '../http/route.js';

const lasting = { 'Cache-Control': 'public, max-age=300' } as const;

/** Made when they are first asked for: they do not change while the gateway runs. */
let schemas: ReadonlyMap<string, object> | undefined;

function published(): ReadonlyMap<string, object> {
  schemas ??= new Map(publishedSchemas().map(({ name, schema }) => [name, schema]));
  return schemas;
}

export const dictionaryRoutes = [
  route({
    method: 'get',
    path: '/v1/dictionary',
    name: 'getDictionary',
    tag: 'Reference',
    summary: 'Data dictionary: messages of partners, events, lists of codes',
    description:
      'Each field with its names in Chinese and English, its list of codes and the standard it comes from.',
    resource: 'public',
    responses: {
      200: {
        description: 'The dictionary.',
        schema: z.looseObject({
          version: z.int(),
          messages: z.array(z.looseObject({ name: z.string(), version: z.int() })),
          events: z.array(z.looseObject({ type: z.string() })),
          codeLists: z.array(z.looseObject({ name: z.string() })),
        }),
      },
    },
    handle: () => Promise.resolve({ body: dictionary(), headers: lasting }),
  }),
  route({
    method: 'get',
    path: '/v1/schemas',
    name: 'listSchemas',
    tag: 'Reference',
    summary: 'Names of the JSON Schemas of messages, reports and events',
    resource: 'public',
    responses: { 200: { description: 'The names.', schema: z.object({ schemas: z.array(z.string()) }) } },
    handle: () => Promise.resolve({ body: { schemas: [...published().keys()] }, headers: lasting }),
  }),
  route({
    method: 'get',
    path: '/v1/schemas/{name}',
    name: 'getSchema',
    tag: 'Reference',
    summary: 'One JSON Schema (2020-12)',
    resource: 'public',
    params: z.object({ name: z.string().max(60) }),
    responses: {
      200: { description: 'The schema.', schema: z.looseObject({}), mediaType: 'application/schema+json' },
    },
    problems: ['HL-4040'],
    handle: ({ params }) => {
      const schema = published().get(params.name);
      if (schema === undefined) throw new HuilianError('HL-4040', { name: params.name });
      return Promise.resolve({
        body: schema,
        headers: { ...lasting, 'Content-Type': 'application/schema+json' },
      });
    },
  }),
];
