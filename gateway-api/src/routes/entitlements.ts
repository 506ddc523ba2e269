import { CORE_GRADES, HuilianError, rowKey, saleId, type SaleRow } from '@huilian/core';
import { z } from 'zod';
import { route } from '../http/route.js';
import type { Named } from '../ports.js';
import type { Services } from '../services.js';
import { pageReply } from './pages.js';
import { creditCode, etagHeader, fresh, linkHeader, paged } from './schemas.js';

const graded = z
  .object({ grade: z.enum(CORE_GRADES), missing: z.array(z.string()).optional() })
  .meta({ id: 'GradedCore', description: 'The grade of a core, and what it lacks.' });

const saleShape = z
  .object({
    seller: z.string(),
    sale: z.string(),
    line: z.int(),
    product: z.string().meta({ description: 'The remanufactured part that was sold.' }),
    category: z.string(),
    price: z.string().meta({ description: 'Commitment to the opened prices, SHA-256 in hex.' }),
    time: z.int().meta({ description: 'Ledger time of the sale, seconds since 1970.' }),
    statePilotVersion: z.int().optional().meta({ description: 'Version of the table `statePilot`.' }),
    coreDepositVersion: z.int().optional().meta({ description: 'Version of the table `coreDeposit`.' }),
    core: z.string().optional().meta({ description: 'The core that came back.' }),
    returned: z.int().optional(),
    statePilot: graded.optional().meta({ description: 'Claimed on this grade.' }),
    coreDeposit: z
      .array(graded)
      .optional()
      .meta({ description: 'Claimed on these grades: a correction adds one, and its difference is due.' }),
  })
  .meta({
    id: 'SaleForCore',
    description: 'A line of a sale for an old part, and what was claimed for the core.',
  });

export const entitlementRoutes = [
  route({
    method: 'get',
    path: '/v1/entitlements',
    name: 'listEntitlements',
    tag: 'Old for reman',
    summary: 'Sales for an old part',
    description: 'A participant lists its own sales; Oversight all, or those of one seller.',
    resource: 'entitlement',
    query: paged.extend({ seller: creditCode.optional() }),
    responses: {
      200: {
        description: 'A page of sales.',
        schema: z.object({ sales: z.array(saleShape), next: z.string().optional() }),
        headers: linkHeader,
      },
    },
    problems: ['HL-5024'],
    handle: async (call) => {
      const { seller } = call.query;
      const page = await call.services.readModel.sales(call.scope ?? seller, call.query);
      return { ...pageReply(call, 'sales', page, showSale), scope: 'narrowed' };
    },
  }),
  route({
    method: 'get',
    path: '/v1/entitlements/{seller}/{sale}/{line}',
    name: 'getEntitlement',
    tag: 'Old for reman',
    summary: 'One line of a sale, and what was claimed for its core',
    resource: 'entitlement',
    params: z.object({
      seller: creditCode,
      sale: z.string().min(1).max(40).meta({ description: 'Number of the sale, percent-encoded.' }),
      line: z.coerce.number().int().min(1).max(999).meta({ type: 'integer' }),
    }),
    query: fresh,
    responses: { 200: { description: 'The line.', schema: saleShape, headers: etagHeader } },
    problems: ['HL-2229'],
    handle: async ({ params, services }) => {
      const row = await services.readModel.row(rowKey.reman(saleId(params)));
      if (row === undefined) throw new HuilianError('HL-2229', params);
      return { body: { ...params, ...row }, parties: await readersOf(services, params.seller, row) };
    },
  }),
];

/** The seller, and the parties of the part and of the core: who made it, who graded. */
async function readersOf(
  { readModel }: Services,
  seller: string,
  { product, core }: SaleRow,
): Promise<readonly string[]> {
  const [part, old] = await Promise.all([
    readModel.item(product),
    core === undefined ? Promise.resolve(undefined) : readModel.item(core),
  ]);
  return [seller, ...(part?.parties ?? []), ...(old?.parties ?? [])];
}

/** The id of a line is `seller/sale/line`; a number of a sale may hold slashes. */
function showSale({ id, row }: Named<SaleRow>) {
  const [, seller = '', sale = '', line = ''] = /^([^/]+)\/(.+)\/(\d{3})$/.exec(id) ?? [];
  return { seller, sale, line: Number(line), ...row };
}
