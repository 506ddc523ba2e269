import { HuilianError } from '@huilian/core';
import { z } from 'zod';
import { route } from '../http/route.js';
import { pageReply } from './pages.js';
import { linkHeader } from './schemas.js';

const statePage = z.object({ rows: z.array(z.tuple([z.string(), z.unknown()])), bookmark: z.string() });

export const ledgerRoutes = [
  route({
    method: 'get',
    path: '/v1/ledger',
    name: 'getLedger',
    tag: 'Ledger',
    summary: 'Which ledger this is, and how far the read model has come',
    resource: 'public',
    responses: {
      200: {
        description: 'The ledger.',
        schema: z
          .object({
            ledger: z.string(),
            block: z.int().meta({ description: 'Last block in the read model, -1 before the first.' }),
          })
          .meta({ id: 'Ledger' }),
      },
    },
    handle: async ({ services }) => ({
      body: { ledger: services.ledgerId, block: await services.readModel.height() },
    }),
  }),
  route({
    method: 'get',
    path: '/v1/blocks/{number}',
    name: 'getBlock',
    tag: 'Ledger',
    summary: 'Raw bytes of a block',
    resource: 'ledger',
    params: z.object({ number: z.coerce.number().int().min(0).meta({ type: 'integer' }) }),
    responses: {
      200: {
        description: 'A common.Block of Hyperledger Fabric in protobuf.',
        schema: z.string().meta({ format: 'binary' }),
        mediaType: 'application/octet-stream',
      },
    },
    problems: ['HL-4040', 'HL-5001'],
    handle: async ({ params, services, signal }) => {
      const { number } = params;
      if (number >= (await services.ledger.height())) throw new HuilianError('HL-4040', { block: number });
      for await (const { bytes } of services.ledger.blocks(number, { to: number, signal })) {
        return {
          body: bytes,
          headers: { 'Content-Type': 'application/octet-stream', 'Cache-Control': 'private, max-age=86400' },
        };
      }
      throw new HuilianError('HL-5001');
    },
  }),
  route({
    method: 'get',
    path: '/v1/state',
    name: 'listState',
    tag: 'Ledger',
    summary: 'Rows of the world state in the order of their keys',
    description: 'Read from a peer, not from the read model, so that a verifier can compare the two.',
    resource: 'ledger',
    query: z.object({
      limit: z.coerce.number().int().min(1).max(1000).default(500).meta({ type: 'integer' }),
      cursor: z
        .string()
        .max(400)
        .default('')
        .meta({ description: 'Key to begin with; from the Link header of the page before.' }),
    }),
    responses: {
      200: {
        description: 'A page of rows: key and row.',
        schema: z
          .object({ rows: z.array(z.tuple([z.string(), z.looseObject({})])), next: z.string().optional() })
          .meta({ id: 'StatePage' }),
        headers: linkHeader,
      },
    },
    problems: ['HL-5001', 'HL-5012'],
    handle: async (call) => {
      const { cursor, limit } = call.query;
      const answer = await call.services.ledger.evaluate('State:page', [cursor, String(limit)]);
      const { rows, bookmark } = statePage.parse(JSON.parse(Buffer.from(answer).toString()));
      return pageReply(
        call,
        'rows',
        { records: rows, ...(bookmark === '' ? {} : { next: bookmark }) },
        (row) => row,
      );
    },
  }),
];
