import { COVERS, HuilianError, PART_CLASSES, rowKey, TOTAL_LOSSES, type LossRow } from '@huilian/core';
import { z } from 'zod';
import { route, type Reply } from '../http/route.js';
import type { ItemRecord, Named } from '../ports.js';
import type { Services } from '../services.js';
import { itemOf } from './items.js';
import { pageReply } from './pages.js';
import { etagHeader, fresh, itemId, linkHeader, paged } from './schemas.js';

const line = z
  .object({
    line: z.int(),
    version: z.int().meta({ description: 'The last; older versions are not used any more.' }),
    by: z.string().meta({ description: 'Insurer that approved it.' }),
    part: z
      .object({
        category: z.string(),
        quantity: z.int(),
        classes: z.array(z.enum(PART_CLASSES)),
        numbers: z.array(z.string()).optional(),
      })
      .optional()
      .meta({ description: 'What may be fitted under it; absent for labour or a sum.' }),
    fitted: z.array(z.string()).optional().meta({ description: 'Items fitted under it.' }),
    covers: z
      .array(z.object({ claim: z.int(), paid: z.boolean().optional() }))
      .meta({ description: 'Places of its claims in `claims`, one of each kind of cover.' }),
  })
  .meta({ id: 'LossLine' });

const lossShape = z
  .object({
    vehicle: z.string(),
    loss: z.string(),
    day: z.int().meta({ description: 'When it happened, as 20260302 at UTC+8.' }),
    reportedBy: z.string(),
    totalLoss: z.enum(TOTAL_LOSSES).optional(),
    claims: z.array(
      z.object({
        claim: z.string(),
        insurer: z.string(),
        cover: z.enum(COVERS),
        against: z.string().optional().meta({ description: 'Of recourse: who is to pay.' }),
      }),
    ),
    lines: z.array(line),
  })
  .meta({ id: 'Loss', description: 'A loss of a vehicle. Amounts are commitments in its events.' });

export const lossRoutes = [
  route({
    method: 'get',
    path: '/v1/losses/{vehicle}',
    name: 'listLosses',
    tag: 'Insurance',
    summary: 'Losses of a vehicle',
    description:
      'Who is no insurer and no party of the vehicle, and reported damage, gets the losses that it reported, all at once.',
    resource: 'loss',
    params: z.object({ vehicle: itemId }),
    query: paged,
    responses: {
      200: {
        description: 'A page of losses.',
        schema: z.object({
          losses: z.array(lossShape),
          bears: z.string().optional().meta({
            description: 'Number of the loss that the vehicle bears now, when the caller may read it.',
          }),
          next: z.string().optional(),
        }),
        headers: linkHeader,
      },
    },
    problems: ['HL-2001', 'HL-5024'],
    handle: async (call) => {
      const { scope, services, query } = call;
      const found = await itemOf(services, call.params.vehicle);
      const parties = await readersOf(services, found, scope);
      if (scope !== undefined && !parties.includes(scope) && found.reporters?.includes(scope) === true) {
        const records = await reportedBy(services, found.id, scope);
        const readers = records.length === 0 ? parties : [scope];
        const ofOne = withBorne(pageReply(call, 'losses', { records }, showLoss), found, records);
        return { ...ofOne, parties: readers };
      }
      const page = await services.readModel.losses(found.id, query);
      return { ...withBorne(pageReply(call, 'losses', page, showLoss), found), parties };
    },
  }),
  route({
    method: 'get',
    path: '/v1/losses/{vehicle}/{loss}',
    name: 'getLoss',
    tag: 'Insurance',
    summary: 'One loss with its claims, approved lines and payments',
    description:
      'For parties of the vehicle, for who reported the loss, and for every insurer: who claims a line has to see who claimed it before.',
    resource: 'loss',
    params: z.object({
      vehicle: itemId,
      loss: z.string().min(1).max(40).meta({ description: 'Number of the loss, percent-encoded.' }),
    }),
    query: fresh,
    responses: { 200: { description: 'The loss.', schema: lossShape, headers: etagHeader } },
    problems: ['HL-2001', 'HL-2200'],
    handle: async ({ params, services, scope }) => {
      const parties = await readersOf(services, await itemOf(services, params.vehicle), scope);
      const row = await services.readModel.row(rowKey.loss(params.vehicle, params.loss));
      if (row === undefined) throw new HuilianError('HL-2200', params);
      return { body: { ...params, ...row }, parties: [...parties, row.reportedBy] };
    },
  }),
];

/** Who sees all losses of a vehicle: its parties, and the caller when it is an insurer that is not suspended. */
async function readersOf(
  services: Services,
  { parties }: ItemRecord,
  caller: string | undefined,
): Promise<readonly string[]> {
  if (caller === undefined) return parties;
  const participant = await services.readModel.row(rowKey.participant(caller));
  const insures = participant?.status === 'active' && participant.roles.includes('insurer');
  return insures ? [...parties, caller] : parties;
}

const PAGE = 200;

/** The losses of a vehicle that a participant reported. A vehicle has few: it returns to use between two of them. */
async function reportedBy(
  { readModel }: Services,
  vehicle: string,
  reporter: string,
): Promise<Named<LossRow>[]> {
  const found: Named<LossRow>[] = [];
  for (let cursor: string | undefined; ;) {
    const page = await readModel.losses(vehicle, { limit: PAGE, cursor });
    found.push(...page.records.filter(({ row }) => row.reportedBy === reporter));
    if (page.next === undefined) return found;
    cursor = page.next;
  }
}

/** A page with the loss that the vehicle bears now, where it is one of those that the caller sees; all by default. */
function withBorne<R extends Reply>(page: R, { id, row }: ItemRecord, seen?: readonly Named<LossRow>[]): R {
  const bears = row.insurance?.loss;
  const isSeen = seen === undefined || seen.some((loss) => loss.id === `${id}/${bears ?? ''}`);
  return bears === undefined || !isSeen ? page : { ...page, body: { ...(page.body as object), bears } };
}

/** The id of a loss is `vehicle/number`. */
function showLoss({ id, row }: Named<LossRow>) {
  const slash = id.indexOf('/');
  return { vehicle: id.slice(0, slash), loss: id.slice(slash + 1), ...row };
}
