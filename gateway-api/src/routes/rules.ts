import { HuilianError, rowKey, type RuleRow } from '@huilian/core';
import { z } from 'zod';
import { route } from '../http/route.js';
import type { Named } from '../ports.js';
import { pageReply } from './pages.js';
import { fresh, linkHeader, paged } from './schemas.js';

const cell = z.union([z.int(), z.string(), z.array(z.union([z.int(), z.string()]))]);

const rule = z
  .object({
    name: z.string(),
    province: z.string(),
    version: z.int(),
    from: z.int().meta({ description: 'In force from, seconds since 1970.' }),
    table: z.record(z.string(), cell),
    proposedBy: z.string(),
    approvedBy: z
      .string()
      .optional()
      .meta({ description: 'Second key; without it the table is not in force.' }),
  })
  .meta({ id: 'RuleTable' });

const name = z.string().regex(/^[A-Za-z][A-Za-z0-9]{0,39}$/);

const listed = {
  200: {
    description: 'A page of tables.',
    schema: z.object({ rules: z.array(rule), next: z.string().optional() }),
    headers: linkHeader,
  },
};

export const ruleRoutes = [
  route({
    method: 'get',
    path: '/v1/rules',
    name: 'listRules',
    tag: 'Reference',
    summary: 'Rule tables in all versions',
    resource: 'public',
    query: paged,
    responses: listed,
    handle: async (call) =>
      pageReply(call, 'rules', await call.services.readModel.rules(undefined, call.query), showRule),
  }),
  route({
    method: 'get',
    path: '/v1/rules/{name}',
    name: 'listRuleVersions',
    tag: 'Reference',
    summary: 'All versions of one rule table',
    resource: 'public',
    params: z.object({ name }),
    query: paged,
    responses: listed,
    handle: async (call) =>
      pageReply(call, 'rules', await call.services.readModel.rules(call.params.name, call.query), showRule),
  }),
  route({
    method: 'get',
    path: '/v1/rules/{name}/{province}/{version}',
    name: 'getRule',
    tag: 'Reference',
    summary: 'One version of a rule table',
    resource: 'public',
    params: z.object({
      name,
      province: z
        .string()
        .regex(/^(CN|[0-9]{6})$/)
        .meta({ description: 'GB/T 2260 code, or CN for the whole country.' }),
      version: z.coerce.number().int().min(0).max(9999).meta({
        type: 'integer',
        description: '0 for the list of approved versions: since when each is in force.',
      }),
    }),
    query: fresh,
    responses: { 200: { description: 'The table.', schema: rule } },
    problems: ['HL-3040'],
    handle: async ({ params, services }) => {
      const row = await services.readModel.row(rowKey.rule(params.name, params.province, params.version));
      if (row === undefined) throw new HuilianError('HL-3040', params);
      return { body: { ...params, ...row } };
    },
  }),
  route({
    method: 'get',
    path: '/v1/rulesets/active',
    name: 'getActiveRuleset',
    tag: 'Reference',
    summary: 'Number of the ruleset in force',
    resource: 'public',
    query: fresh,
    responses: {
      200: {
        description: 'The ruleset.',
        schema: z
          .object({ number: z.int(), proposed: z.object({ number: z.int(), by: z.string() }).optional() })
          .meta({ id: 'Ruleset' }),
      },
    },
    handle: async ({ services }) => ({
      body: (await services.readModel.row(rowKey.activeRuleset)) ?? { number: 1 },
    }),
  }),
];

/** The id of a rule is `name/province/version`. */
function showRule({ id, row }: Named<RuleRow>) {
  const [table = '', province = '', version = ''] = id.split('/');
  return { name: table, province, version: Number(version), ...row };
}
