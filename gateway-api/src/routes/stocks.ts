import { STOCK_LEVELS } from '@huilian/core';
import { z } from 'zod';
import { route } from '../http/route.js';
import { pageReply } from './pages.js';
import { creditCode, linkHeader, paged } from './schemas.js';

const stockShape = z
  .object({
    party: z.string(),
    category: z.string().meta({ description: 'As the lot that came last spells it.' }),
    grams: z.int(),
    level: z.enum(STOCK_LEVELS).meta({
      description:
        'Where it was beside the limit of the table `hazardousStorageLimits` when it changed last; `below` where there is none.',
    }),
  })
  .meta({ id: 'Stock', description: 'The mass of the lots of a category that a party has custody of.' });

export const stockRoutes = [
  route({
    method: 'get',
    path: '/v1/stocks',
    name: 'listStocks',
    tag: 'Findings',
    summary: 'What is in store by party and category of lots',
    description:
      'Book stock, by the rows of lots: what is left of none says 0. What lies in containers is not counted. A participant lists its own; Oversight all, or those of one party.',
    resource: 'stock',
    query: paged.extend({ party: creditCode.optional() }),
    responses: {
      200: {
        description: 'A page of stocks.',
        schema: z.object({ stocks: z.array(stockShape), next: z.string().optional() }),
        headers: linkHeader,
      },
    },
    problems: ['HL-5024'],
    handle: async (call) => {
      const { query, scope, services } = call;
      if (scope !== undefined && query.party !== undefined && query.party !== scope)
        return { body: { stocks: [] }, scope: 'narrowed' };
      const page = await services.readModel.stocks(scope ?? query.party, query);
      return { ...pageReply(call, 'stocks', page, (stock) => stock), scope: 'narrowed' };
    },
  }),
];
