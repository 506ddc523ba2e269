import { HuilianError, rowKey, TAG_SCHEMES } from '@huilian/core';
import { z } from 'zod';
import { jsonBody, parseBody } from '../http/json-body.js';
import { route } from '../http/route.js';
import { fresh } from './schemas.js';

const scheme = z.enum(TAG_SCHEMES);
const value = z.string().min(1).max(120);

const boundTag = z
  .object({
    scheme: z.string(),
    value: z.string(),
    item: z.string(),
    contenders: z.array(z.string()).optional(),
    retired: z.boolean().optional(),
    offered: z
      .string()
      .optional()
      .meta({ description: 'Sale for which a core with this tag came back: `seller/sale/line`.' }),
  })
  .meta({ id: 'BoundTag' });

const wanted = z
  .strictObject({ tags: z.array(z.strictObject({ scheme, value })).min(1).max(200) })
  .meta({ id: 'WantedTags' });

export const tagRoutes = [
  route({
    method: 'get',
    path: '/v1/tags/{scheme}/{value}',
    name: 'getTag',
    tag: 'Items',
    summary: 'Which item a tag names',
    resource: 'lookup',
    params: z.object({ scheme, value: value.meta({ description: 'Percent-encoded.' }) }),
    query: fresh,
    responses: { 200: { description: 'The tag is bound.', schema: boundTag } },
    problems: ['HL-4040'],
    handle: async ({ params, services }) => {
      const row = await services.readModel.row(rowKey.tag(params));
      if (row === undefined) throw new HuilianError('HL-4040', params);
      return { body: { ...params, ...row } };
    },
  }),
  route({
    method: 'post',
    path: '/v1/tags/lookup',
    name: 'lookUpTags',
    tag: 'Items',
    summary: 'Which items many tags name',
    description: 'For whoever has a list of things: one request in place of one for each tag.',
    resource: 'lookup',
    query: fresh,
    body: jsonBody(wanted, 'Up to 200 tags.'),
    responses: {
      200: {
        description: 'Those of the tags that are bound, in the order in which they were asked for.',
        schema: z.object({ tags: z.array(boundTag) }),
      },
    },
    problems: ['HL-4001'],
    handle: async ({ body, services }) => {
      const { tags } = parseBody(wanted, body);
      const keys = tags.map((tag) => rowKey.tag(tag));
      const rows = await services.readModel.rows(keys);
      const bound = tags.flatMap((tag, at) => {
        const row = rows[at];
        return row === undefined ? [] : [{ ...tag, ...row }];
      });
      return { body: { tags: bound } };
    },
  }),
];
