import { HuilianError, rowKey } from '@huilian/core';
import { z } from 'zod';
import { route } from '../http/route.js';
import { pageReply } from './pages.js';
import { creditCode, fresh, keyId, linkHeader, paged, terms } from './schemas.js';

const licence = z.object({
  number: z.string(),
  kind: terms.role,
  categories: z.array(z.string()),
  annualCapacity: z.int(),
  validFrom: z.int(),
  validTo: z.int(),
  authority: z.string(),
  countersignedBy: z
    .string()
    .optional()
    .meta({ description: 'Key of Oversight; without it the licence allows nothing.' }),
});

const participant = z
  .object({
    creditCode: z.string(),
    name: z.string(),
    mspId: z.string(),
    province: z.string(),
    roles: z.array(terms.role),
    licences: z.array(licence),
    status: z.enum(['active', 'suspended']),
  })
  .meta({ id: 'Participant' });

const key = z
  .object({
    keyId: z.string(),
    publicKey: z.object({
      kty: z.literal('EC').optional(),
      crv: z.literal('P-256').optional(),
      x: z.string(),
      y: z.string(),
    }),
    kind: terms.keyKind,
    mspId: z.string(),
    owner: z.string(),
    validTo: z.int().optional(),
    root: z
      .string()
      .optional()
      .meta({ description: 'First key of the line by which an administrator was registered.' }),
    lastSequence: z.int().optional().meta({ description: 'Set when the key is revoked.' }),
  })
  .meta({ id: 'Key' });

export const directoryRoutes = [
  route({
    method: 'get',
    path: '/v1/participants',
    name: 'listParticipants',
    tag: 'Directory',
    summary: 'Participants with their roles and licences',
    resource: 'directory',
    query: paged,
    responses: {
      200: {
        description: 'A page of participants.',
        schema: z.object({ participants: z.array(participant), next: z.string().optional() }),
        headers: linkHeader,
      },
    },
    handle: async (call) => {
      const page = await call.services.readModel.participants(call.query);
      return pageReply(call, 'participants', page, ({ id, row }) => ({ creditCode: id, ...row }));
    },
  }),
  route({
    method: 'get',
    path: '/v1/participants/{creditCode}',
    name: 'getParticipant',
    tag: 'Directory',
    summary: 'One participant',
    resource: 'directory',
    params: z.object({ creditCode }),
    query: fresh,
    responses: { 200: { description: 'The participant.', schema: participant } },
    problems: ['HL-4040'],
    handle: async ({ params, services }) => {
      const row = await services.readModel.row(rowKey.participant(params.creditCode));
      if (row === undefined) throw new HuilianError('HL-4040', params);
      return { body: { creditCode: params.creditCode, ...row } };
    },
  }),
  route({
    method: 'get',
    path: '/v1/participants/{creditCode}/keys',
    name: 'listKeys',
    tag: 'Directory',
    summary: 'Keys of a participant',
    resource: 'directory',
    params: z.object({
      creditCode: z
        .string()
        .regex(/^[A-Za-z0-9]{2,40}$/)
        .meta({ description: 'Credit code, or organisation for its administrators.' }),
    }),
    query: paged,
    responses: {
      200: {
        description: 'A page of keys.',
        schema: z.object({ keys: z.array(key), next: z.string().optional() }),
        headers: linkHeader,
      },
    },
    handle: async (call) => {
      const page = await call.services.readModel.keysOf(call.params.creditCode, call.query);
      return pageReply(call, 'keys', page, ({ id, row }) => ({ keyId: id, ...row }));
    },
  }),
  route({
    method: 'get',
    path: '/v1/keys/{keyId}',
    name: 'getKey',
    tag: 'Directory',
    summary: 'One key',
    resource: 'directory',
    params: z.object({ keyId }),
    query: fresh,
    responses: { 200: { description: 'The key.', schema: key } },
    problems: ['HL-4040'],
    handle: async ({ params, services }) => {
      const row = await services.readModel.row(rowKey.key(params.keyId));
      if (row === undefined) throw new HuilianError('HL-4040', params);
      return { body: { keyId: params.keyId, ...row } };
    },
  }),
];
