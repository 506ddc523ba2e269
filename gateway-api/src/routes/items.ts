import {
  EVIDENCE_GRADES,
  HuilianError,
  type ItemRow,
  outerOf,
  parseTag,
  rowKey,
  TAG_SCHEMES,
  type Tag,
} from '@huilian/core';
import { z } from 'zod';
import { clocksEnded } from '../clocks-ended.js';
import { route } from '../http/route.js';
import type { EventRecord, ItemRecord } from '../ports.js';
import type { Services } from '../services.js';
import { itemShape } from './item-shape.js';
import { pageReply } from './pages.js';
import { holderOf, partiesOf } from './within.js';
import { creditCode, etagHeader, fresh, itemId, linkHeader, paged, terms, verdict } from './schemas.js';

export const eventShape = z
  .object({
    id: z.string().meta({ description: '`keyId.sequence.index`.' }),
    position: z.string().meta({ description: '`block.transaction.index`.' }),
    block: z.int(),
    transaction: z.string(),
    time: z.int().meta({ description: 'Ledger time, seconds since 1970.' }),
    keyId: z.string(),
    sequence: z.int(),
    index: z.int(),
    signer: z.string(),
    event: z.looseObject({ type: z.string(), version: z.int(), time: z.int() }),
    verdict,
    notice: z.string().optional(),
    evidence: z.enum(EVIDENCE_GRADES).optional().meta({
      description:
        'How an accepted step of custody is proved: A both parties’ own keys, B a service key for one of them, C paper.',
    }),
  })
  .meta({ id: 'Event' });

const stoppedClock = z.object({
  timeLimit: z.string(),
  state: z.enum(['met', 'metLate', 'notComputable']),
  late: z.object({ days: z.int(), workingDays: z.int().optional() }).optional(),
});

/** An event of an item's history. */
const pastEvent = eventShape
  .extend({
    clocks: z
      .array(stoppedClock)
      .optional()
      .meta({ description: 'Time limits of the item that the event ended, and by how much it was late.' }),
  })
  .meta({ id: 'PastEvent' });

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
    ancestors: z.array(relative).meta({ description: 'What it came out of, nearest first.' }),
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
      const heldBy = outerOf(found.row) === undefined ? {} : { heldBy: await holderOf(services, found) };
      return { body: { ...showItem(found), ...heldBy }, parties: await partiesOf(services, found) };
    },
  }),
  route({
    method: 'get',
    path: '/v1/items/{id}/history',
    name: 'getHistory',
    tag: 'Items',
    summary: 'Events about an item, oldest first',
    description: 'Refused events are among them: a refusal is a record.',
    resource: 'item',
    params: z.object({ id: itemId }),
    query: paged,
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
      const ended = await clocksEnded(call.services.readModel, call.params.id);
      const show = (record: EventRecord) => {
        const clocks = ended.get(record.id);
        return clocks === undefined ? record : { ...record, clocks };
      };
      return { ...pageReply(call, 'events', page, show), parties: await partiesOf(call.services, found) };
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
      const ancestors = await ancestorsOf(services, found);
      const host =
        found.row.fittedInto === undefined ? undefined : await services.readModel.item(found.row.fittedInto);
      const { descendants, complete } = await descendantsOf(services, params.id);
      const body = {
        item: showRelative(found),
        ancestors: ancestors.map(showRelative),
        ...(host === undefined ? {} : { fittedInto: showRelative(host) }),
        descendants,
        complete,
      };
      return { body, parties: await partiesOf(services, found) };
    },
  }),
  route({
    method: 'get',
    path: '/v1/tags/{scheme}/{value}',
    name: 'getTag',
    tag: 'Items',
    summary: 'Which item a tag names',
    resource: 'lookup',
    params: z.object({
      scheme: z.enum(TAG_SCHEMES),
      value: z.string().min(1).max(120).meta({ description: 'Percent-encoded.' }),
    }),
    query: fresh,
    responses: {
      200: {
        description: 'The tag is bound.',
        schema: z
          .object({
            scheme: z.string(),
            value: z.string(),
            item: z.string(),
            contenders: z.array(z.string()).optional(),
            retired: z.boolean().optional(),
          })
          .meta({ id: 'BoundTag' }),
      },
    },
    problems: ['HL-4040'],
    handle: async ({ params, services }) => {
      const row = await services.readModel.row(rowKey.tag(params));
      if (row === undefined) throw new HuilianError('HL-4040', params);
      return { body: { ...params, ...row } };
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
  const row = await readModel.row(rowKey.tag(scanned));
  return row === undefined ? [] : [row.item, ...(row.contenders ?? [])];
}

/** A chain of parents is short; the bound is only there so that nothing runs on. */
const deepest = 16;
const mostDescendants = 500;

/** What an item came out of; of a remanufactured part the core that it was made of. */
function originOf({ parent, core }: ItemRow): string | undefined {
  return parent ?? core;
}

/** What an item came out of, nearest first. */
async function ancestorsOf({ readModel }: Services, from: ItemRecord): Promise<readonly ItemRecord[]> {
  const ancestors: ItemRecord[] = [];
  let parent = originOf(from.row);
  while (parent !== undefined && ancestors.length < deepest) {
    const found = await readModel.item(parent);
    if (found === undefined) break;
    ancestors.push(found);
    parent = originOf(found.row);
  }
  return ancestors;
}

async function descendantsOf({ readModel }: Services, id: string) {
  const descendants: (ReturnType<typeof showRelative> & { parent: string; depth: number })[] = [];
  let level = [id];
  let complete = true;
  for (let depth = 1; level.length > 0 && depth <= deepest; depth += 1) {
    const next: string[] = [];
    for (const parent of level) {
      const room = mostDescendants - descendants.length;
      if (room <= 0) return { descendants, complete: false };
      const page = await readModel.outputs(parent, { limit: Math.min(room, 200) });
      complete &&= page.next === undefined;
      for (const record of page.records) {
        descendants.push({ ...showRelative(record), parent, depth });
        next.push(record.id);
      }
    }
    level = next;
  }
  return { descendants, complete };
}

function showItem({ id, row, parties }: ItemRecord) {
  return { item: id, ...row, parties: [...parties].sort() };
}

/** What the public may know of a related item. */
export function showRelative({ id, row }: ItemRecord) {
  const { kind, category, state, massGrams } = row;
  return { item: id, kind, category, state, ...(massGrams === undefined ? {} : { massGrams }) };
}
