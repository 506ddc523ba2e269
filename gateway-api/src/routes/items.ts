import { claimantsOf, HuilianError, outerOf, parseTag, rowKey, type Tag } from '@huilian/core';
import { z } from 'zod';
import { ancestorsOf, descendantsOf } from '../genealogy.js';
import { clocksEnded } from '../clocks-ended.js';
import { route } from '../http/route.js';
import type { EventRecord, ItemRecord } from '../ports.js';
import type { Services } from '../services.js';
import { pastEvent } from './event-shape.js';
import { effective } from './effective.js';
import { itemShape } from './item-shape.js';
import { pageReply } from './pages.js';
import { questionsOf } from './questions.js';
import { creditCode, etagHeader, fresh, itemId, linkHeader, paged, terms } from './schemas.js';
import { holderOf, partiesOf } from './within.js';

export const relative = z
  .object({
    item: z.string(),
    kind: terms.kind,
    category: z.string(),
    state: terms.state,
    massGrams: z.int().optional(),
  })
  .meta({ id: 'Relative', description: 'What the public may know of a related item.' });

const genealogy = z
  .object({
    item: relative,
    ancestors: z.array(relative.extend({ child: z.string(), depth: z.int() })).meta({
      description: 'What it came out of and that in turn, nearest first; of a merged lot all that went in.',
    }),
    fittedInto: relative.optional(),
    descendants: z
      .array(relative.extend({ parent: z.string(), depth: z.int() }))
      .meta({ description: 'What came out of it and out of that, level by level.' }),
    complete: z.boolean().meta({ description: 'False when there are more than are listed.' }),
  })
  .meta({ id: 'Genealogy' });

export const itemRoutes = [
  route({
    method: 'get',
    path: '/v1/items',
    name: 'listItems',
    tag: 'Items',
    summary: 'Find items by kind, state, custodian or tag',
    description: 'A participant finds what it held, owned or touched; Oversight finds all.',
    resource: 'item',
    query: paged.extend({
      kind: terms.kind.optional(),
      state: terms.state.optional(),
      custodian: creditCode.optional(),
      tag: z.string().max(200).optional().meta({
        description:
          'Content of a tag as scanned: VIN, battery code, GS1 Digital Link, EPC URI, `serial:…`, item id.',
      }),
    }),
    responses: {
      200: {
        description: 'A page of items.',
        schema: z.object({ items: z.array(itemShape), next: z.string().optional() }),
        headers: linkHeader,
      },
    },
    problems: ['HL-5024', 'HL-1040'],
    handle: async (call) => {
      const { query, scope, services } = call;
      const { kind, state, custodian, limit, cursor } = query;
      if (query.tag !== undefined) {
        const found = await itemsOfTag(services, query.tag);
        const visible = found.filter(({ parties }) => scope === undefined || parties.includes(scope));
        return { body: { items: visible.map(showItem) }, scope: 'narrowed' };
      }
      const page = await services.readModel.items(
        { kind, state, custodian, party: scope },
        { limit, cursor },
      );
      return { ...pageReply(call, 'items', page, showItem), scope: 'narrowed' };
    },
  }),
  route({
    method: 'get',
    path: '/v1/items/{id}',
    name: 'getItem',
    tag: 'Items',
    summary: 'One item as it stands',
    resource: 'item',
    params: z.object({ id: itemId }),
    query: fresh,
    responses: { 200: { description: 'The item.', schema: itemShape, headers: etagHeader } },
    problems: ['HL-2001'],
    handle: async ({ params, services }) => {
      const found = await itemOf(services, params.id);
      const questions = await questionsOf(services, found);
      const heldBy = outerOf(found.row) === undefined ? {} : { heldBy: await holderOf(services, found) };
      const body = { ...showItem(found), ...heldBy, ...(questions.length === 0 ? {} : { questions }) };
      return { body, parties: await partiesOf(services, found) };
    },
  }),
  route({
    method: 'get',
    path: '/v1/items/{id}/history',
    name: 'getHistory',
    tag: 'Items',
    summary: 'Events about an item, oldest first',
    description:
      'Refused events are among them: a refusal is a record. What was declared wrong is marked. `view=effective` leaves out what had no effect, or has none any more; a page may then be short.',
    resource: 'item',
    params: z.object({ id: itemId }),
    query: paged.extend({ view: z.enum(['journal', 'effective']).default('journal') }),
    responses: {
      200: {
        description: 'A page of events.',
        schema: z.object({ events: z.array(pastEvent), next: z.string().optional() }),
        headers: linkHeader,
      },
    },
    problems: ['HL-2001', 'HL-5024'],
    handle: async (call) => {
      const found = await itemOf(call.services, call.params.id);
      const page = await call.services.readModel.history(call.params.id, call.query);
      const shown =
        call.query.view === 'effective' ? { ...page, records: page.records.filter(effective) } : page;
      const ended = await clocksEnded(call.services.readModel, call.params.id);
      const show = (record: EventRecord) => {
        const clocks = ended.get(record.id);
        return clocks === undefined ? record : { ...record, clocks };
      };
      return { ...pageReply(call, 'events', shown, show), parties: await partiesOf(call.services, found) };
    },
  }),
  route({
    method: 'get',
    path: '/v1/items/{id}/genealogy',
    name: 'getGenealogy',
    tag: 'Items',
    summary: 'What an item came from, and what came out of it',
    resource: 'item',
    params: z.object({ id: itemId }),
    query: fresh,
    responses: { 200: { description: 'Ancestors and descendants.', schema: genealogy } },
    problems: ['HL-2001'],
    handle: async ({ params, services }) => {
      const found = await itemOf(services, params.id);
      const above = await ancestorsOf(services.readModel, params.id);
      const host =
        found.row.fittedInto === undefined ? undefined : await services.readModel.item(found.row.fittedInto);
      const below = await descendantsOf(services.readModel, params.id);
      const body = {
        item: showRelative(found),
        ancestors: above.relatives.map(({ record, beside, depth }) => ({
          ...showRelative(record),
          child: beside,
          depth,
        })),
        ...(host === undefined ? {} : { fittedInto: showRelative(host) }),
        descendants: below.relatives.map(({ record, beside, depth }) => ({
          ...showRelative(record),
          parent: beside,
          depth,
        })),
        complete: above.complete && below.complete,
      };
      return { body, parties: await partiesOf(services, found) };
    },
  }),
];

/** @throws HuilianError HL-2001 */
export async function itemOf(services: Services, id: string): Promise<ItemRecord> {
  const found = await services.readModel.item(id);
  if (found === undefined) throw new HuilianError('HL-2001', { item: id });
  return found;
}

/** Items that a scan names: the one that a tag is bound to and its contenders. */
async function itemsOfTag({ readModel }: Services, text: string): Promise<readonly ItemRecord[]> {
  const scanned = parseTag(text);
  const ids = scanned.scheme === 'item' ? [scanned.value] : await boundTo(readModel, scanned);
  const found = await Promise.all(ids.map((id) => readModel.item(id)));
  return found.filter((record) => record !== undefined);
}

async function boundTo(readModel: Services['readModel'], scanned: Tag): Promise<readonly string[]> {
  return claimantsOf(await readModel.row(rowKey.tag(scanned)));
}

function showItem({ id, row, parties }: ItemRecord) {
  return { item: id, ...row, parties: [...parties].sort() };
}

/** What the public may know of a related item. */
export function showRelative({ id, row }: ItemRecord) {
  const { kind, category, state, massGrams } = row;
  return { item: id, kind, category, state, ...(massGrams === undefined ? {} : { massGrams }) };
}
