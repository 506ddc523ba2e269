import {
  FINDING_KINDS,
  FINDING_OUTCOMES,
  FINDING_STATUSES,
  FINDINGS,
  HuilianError,
  type Finding,
} from '@huilian/core';
import { z } from 'zod';
import { route } from '../http/route.js';
import { showPosition } from '../views/position.js';
import { pageReply } from './pages.js';
import { creditCode, fresh, itemId, linkHeader, paged, verdict } from './schemas.js';

const words = z.object({ zh: z.string(), en: z.string() });

const decision = z.object({
  event: z.string(),
  outcome: z.enum(FINDING_OUTCOMES),
  reason: z.string(),
  by: z.string(),
  time: z.int(),
});

const findingShape = z
  .object({
    id: z.string().meta({ description: '`kind.keyId.sequence.index`.' }),
    kind: z.enum(FINDING_KINDS),
    title: words,
    source: words.meta({ description: 'The rule that it rests on.' }),
    event: z.string().meta({ description: 'Id of the event that gave it.' }),
    position: z.string(),
    type: z.string(),
    verdict,
    party: z.string().meta({ description: 'Who signed that event, or whose stock it is about.' }),
    time: z.int().meta({ description: 'Ledger time, seconds since 1970.' }),
    items: z
      .array(z.string())
      .meta({ description: 'What it is about, the event’s own item first where it is one of them.' }),
    evidence: z.record(z.string(), z.union([z.string(), z.int(), z.array(z.string())])),
    status: z.enum(FINDING_STATUSES),
    decision: decision.optional(),
    earlier: z
      .array(decision)
      .optional()
      .meta({ description: 'Decisions that a later one revised, oldest first.' }),
  })
  .meta({ id: 'Finding', description: 'Something on record that somebody has to look at.' });

export const findingRoutes = [
  route({
    method: 'get',
    path: '/v1/findings',
    name: 'listFindings',
    tag: 'Findings',
    summary: 'What the record shows that somebody has to look at, the latest first',
    description:
      'Derived from the ledger alone, so that a verifier finds the same. Oversight sees all; a participant those that its own events gave, or its own stock.',
    resource: 'finding',
    query: paged.extend({
      kind: z.enum(FINDING_KINDS).optional(),
      item: itemId.optional(),
      party: creditCode
        .optional()
        .meta({ description: 'Who signed the event that gave it, or whose stock it is about.' }),
      status: z.enum(FINDING_STATUSES).optional(),
    }),
    responses: {
      200: {
        description: 'A page of findings.',
        schema: z.object({ findings: z.array(findingShape), next: z.string().optional() }),
        headers: linkHeader,
      },
    },
    problems: ['HL-5024'],
    handle: async (call) => {
      const { query, scope, services } = call;
      const { kind, item, status, limit, cursor } = query;
      if (scope !== undefined && query.party !== undefined && query.party !== scope)
        return { body: { findings: [] }, scope: 'narrowed' };
      const filter = { kind, item, status, party: scope ?? query.party };
      const page = await services.readModel.findings(filter, { limit, cursor });
      return { ...pageReply(call, 'findings', page, show), scope: 'narrowed' };
    },
  }),
  route({
    method: 'get',
    path: '/v1/findings/{finding}',
    name: 'getFinding',
    tag: 'Findings',
    summary: 'One finding with its evidence, and what Oversight decided',
    resource: 'finding',
    params: z.object({ finding: z.string().min(1).max(120) }),
    query: fresh,
    responses: { 200: { description: 'The finding.', schema: findingShape } },
    problems: ['HL-2262'],
    handle: async ({ params, services }) => {
      const found = await services.readModel.finding(params.finding);
      if (found === undefined) throw new HuilianError('HL-2262', params);
      return { body: show(found), parties: [found.party] };
    },
  }),
];

function show(finding: Finding) {
  const { title, source } = FINDINGS[finding.kind];
  return { ...finding, position: showPosition(finding.position), title, source };
}
