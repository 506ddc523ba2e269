import { z } from 'zod';
import { HttpError } from '../http/problem.js';
import { route } from '../http/route.js';

const checkResult = z.object({
  name: z.string(),
  ready: z.boolean(),
  code: z.string().optional(),
  facts: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
});

const report = z.object({ ready: z.boolean(), checks: z.array(checkResult) }).meta({ id: 'Readiness' });

export const systemRoutes = [
  route({
    method: 'get',
    path: '/healthz',
    name: 'health',
    tag: 'System',
    summary: 'Whether the process runs',
    resource: 'public',
    responses: { 200: { description: 'It runs.', schema: z.object({ status: z.literal('ok') }) } },
    handle: () => Promise.resolve({ body: { status: 'ok' }, headers: { 'Cache-Control': 'no-store' } }),
  }),
  route({
    method: 'get',
    path: '/readyz',
    name: 'readiness',
    tag: 'System',
    summary: 'Whether it can serve, and what is missing if not',
    resource: 'public',
    responses: {
      200: { description: 'Ready.', schema: report },
      503: { description: 'Not ready; the checks say what is missing.', schema: report },
    },
    handle: async ({ services }) => {
      const body = await services.readiness.report();
      const headers = { 'Cache-Control': 'no-store', ...(body.ready ? {} : { 'Retry-After': '2' }) };
      return { status: body.ready ? 200 : 503, body, headers };
    },
  }),
  route({
    method: 'get',
    path: '/metrics',
    name: 'metrics',
    tag: 'System',
    summary: 'Numbers in the form of Prometheus',
    resource: 'public',
    responses: { 200: { description: 'Numbers.', schema: z.string(), mediaType: 'text/plain' } },
    handle: async ({ services: { config, metrics } }) => {
      if (!config.METRICS) throw new HttpError('HL-4002');
      return {
        body: await metrics.registry.metrics(),
        headers: { 'Content-Type': metrics.registry.contentType },
      };
    },
  }),
];
