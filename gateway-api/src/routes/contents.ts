import { HuilianError } from '@huilian/core';
import { z } from 'zod';
import { route } from '../http/route.js';
import type { ItemRecord } from '../ports.js';
import type { Services } from '../services.js';
import { itemOf, relative, showRelative } from './items.js';
import { pageReply } from './pages.js';
import { itemId, linkHeader, paged } from './schemas.js';
import { partiesOf } from './within.js';

/** Ids of the containers on the way and of the thing that was listed last: sixteen levels of nesting and itself. */
const cursorForm = /^hl1[0-9a-z]{27}(\.hl1[0-9a-z]{27}){0,17}$/;

export const contentsRoutes = [
  route({
    method: 'get',
    path: '/v1/items/{id}/contents',
    name: 'getContents',
    tag: 'Items',
    summary: 'What lies in a container, and in the containers in it, to any depth',
    description: 'In the order of the events that packed it; what lies in a box stands behind the box.',
    resource: 'item',
    params: z.object({ id: itemId }),
    query: paged.extend({
      cursor: z.string().max(600).optional().meta({ description: 'Where the page begins.' }),
    }),
    responses: {
      200: {
        description: 'A page of contents.',
        schema: z.object({
          contents: z.array(relative.extend({ container: z.string(), depth: z.int() })),
          next: z.string().optional(),
        }),
        headers: linkHeader,
      },
    },
    problems: ['HL-2001', 'HL-5024'],
    handle: async (call) => {
      const { services, params, query } = call;
      const found = await itemOf(services, params.id);
      const path = pathIn(query.cursor);
      const records = await contentsAfter(services, params.id, path, query.limit + 1);
      const page = records.slice(0, query.limit);
      const last = page.at(-1);
      const next = records.length > query.limit && last ? last.path.join('.') : undefined;
      const reply = pageReply(
        call,
        'contents',
        { records: page, ...(next ? { next } : {}) },
        show(params.id),
      );
      return { ...reply, parties: await partiesOf(services, found) };
    },
  }),
];

/** @throws HuilianError HL-5024 */
function pathIn(cursor: string | undefined): readonly string[] {
  if (cursor === undefined) return [];
  if (!cursorForm.test(cursor)) throw new HuilianError('HL-5024');
  return cursor.split('.');
}

/** A thing in a container, and the way to it: ids from the container that was asked about, without it, to the thing. */
interface Content {
  readonly record: ItemRecord;
  readonly path: readonly string[];
}

function show(root: string): (content: Content) => unknown {
  return ({ record, path }) => ({
    ...showRelative(record),
    container: path.at(-2) ?? root,
    depth: path.length,
  });
}

/**
 * The next things in a container in pre-order: a box, then what is in it.
 *
 * @param last the way to the thing that was listed last; none to begin
 */
async function contentsAfter(
  { readModel }: Services,
  root: string,
  last: readonly string[],
  limit: number,
): Promise<readonly Content[]> {
  const found: Content[] = [];
  // One level a container that is being listed: its way, and what of it was listed last.
  const levels = [root, ...last].map((_, depth) => ({ path: last.slice(0, depth), after: last[depth] }));
  for (let level = levels.at(-1); level !== undefined && found.length < limit; level = levels.at(-1)) {
    const { path, after } = level;
    const records = await readModel.packed(path.at(-1) ?? root, after, limit - found.length);
    const [filled] = records.filter(({ row }) => row.logistics?.goods !== undefined);
    const upTo = filled === undefined ? records.length : records.indexOf(filled) + 1;
    for (const record of records.slice(0, upTo)) found.push({ record, path: [...path, record.id] });
    if (filled === undefined) {
      levels.pop();
      continue;
    }
    level.after = filled.id;
    levels.push({ path: [...path, filled.id], after: undefined });
  }
  return found;
}
