import { catalogue, lifecycle, type ErrorCode } from '@huilian/core';
import { z } from 'zod';
import { accessTable } from '../auth/access.js';
import { route } from '../http/route.js';
import { knownCode, terms } from './schemas.js';

const text = z.object({ what: z.string(), next: z.string() });
const errorRow = z
  .object({ code: z.string(), name: z.string(), http: z.int(), exit: z.int(), 'zh-CN': text, en: text })
  .meta({ id: 'ErrorRow' });

const step = z
  .object({
    event: z.string(),
    kinds: z.array(terms.kind),
    from: z.array(terms.state),
    to: terms.state.optional(),
    who: z.string(),
    roles: z.array(terms.role).optional(),
    licence: z.boolean().optional(),
    given: z.array(z.string()),
  })
  .meta({ id: 'Step', description: 'One row of the life cycle: event, states before and after, who may.' });

const accessRow = z.object({
  resource: z.string(),
  what: z.string(),
  anonymous: z.string(),
  participant: z.string(),
  oversight: z.string(),
});

const lasting = { 'Cache-Control': 'public, max-age=300' } as const;

function rowOf(code: ErrorCode) {
  const { name, http, exit, zh, en } = catalogue[code];
  return { code, name, http, exit, 'zh-CN': zh, en };
}

export const catalogueRoutes = [
  route({
    method: 'get',
    path: '/v1/errors',
    name: 'listErrors',
    tag: 'Reference',
    summary: 'Closed list of error codes, in Chinese and English',
    resource: 'public',
    responses: { 200: { description: 'All codes.', schema: z.object({ errors: z.array(errorRow) }) } },
    handle: () => {
      const errors = (Object.keys(catalogue) as ErrorCode[]).sort().map(rowOf);
      return Promise.resolve({ body: { errors }, headers: lasting });
    },
  }),
  route({
    method: 'get',
    path: '/v1/errors/{code}',
    name: 'getError',
    tag: 'Reference',
    summary: 'One error code',
    resource: 'public',
    params: z.object({ code: z.string().max(20) }),
    responses: { 200: { description: 'The code.', schema: errorRow } },
    handle: async ({ params }) => Promise.resolve({ body: rowOf(knownCode(params.code)), headers: lasting }),
  }),
  route({
    method: 'get',
    path: '/v1/lifecycles',
    name: 'listLifecycles',
    tag: 'Reference',
    summary: 'The life cycle as a table',
    resource: 'public',
    responses: { 200: { description: 'All steps.', schema: z.object({ steps: z.array(step) }) } },
    handle: () => Promise.resolve({ body: { steps: lifecycle }, headers: lasting }),
  }),
  route({
    method: 'get',
    path: '/v1/access',
    name: 'getAccess',
    tag: 'Reference',
    summary: 'Who may read what, as a table',
    resource: 'public',
    responses: { 200: { description: 'The table.', schema: z.object({ access: z.array(accessRow) }) } },
    handle: () => {
      const access = Object.entries(accessTable).map(([resource, row]) => ({ resource, ...row }));
      return Promise.resolve({ body: { access }, headers: lasting });
    },
  }),
];
