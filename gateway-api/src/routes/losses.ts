import { COVERS, HuilianError, PART_CLASSES, rowKey, TOTAL_LOSSES, type LossRow } from '@huilian/core';
import { z } from 'zod';
import { route } from '../http/route.js';
import type { Named } from '../ports.js';
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
    resource: 'loss',
    params: z.object({ vehicle: itemId }),
    query: paged,
    responses: {
      200: {
        description: 'A page of losses.',
        schema: z.object({ losses: z.array(lossShape), next: z.string().optional() }),
        headers: linkHeader,
      },
    },
    problems: ['HL-2001', 'HL-5024'],
    handle: async (call) => {
      const { vehicle } = call.params;
      const parties = await readersOf(call.services, vehicle, call.scope);
      const page = await call.services.readModel.losses(vehicle, call.query);
      return { ...pageReply(call, 'losses', page, showLoss), parties };
    },
  }),
  route({
    method: 'get',
    path: '/v1/losses/{vehicle}/{loss}',
    name: 'getLoss',
    tag: 'Insurance',
    summary: 'One loss with its claims, approved lines and payments',
    description:
      'For parties of the vehicle and for every insurer: who claims a line has to see who claimed it before.',
    resource: 'loss',
    params: z.object({
      vehicle: itemId,
      loss: z.string().min(1).max(40).meta({ description: 'Number of the loss, percent-encoded.' }),
    }),
    query: fresh,
    responses: { 200: { description: 'The loss.', schema: lossShape, headers: etagHeader } },
    problems: ['HL-2001', 'HL-2200'],
    handle: async ({ params, services, scope }) => {
      const parties = await readersOf(services, params.vehicle, scope);
      const row = await services.readModel.row(rowKey.loss(params.vehicle, params.loss));
      if (row === undefined) throw new HuilianError('HL-2200', params);
      return { body: { ...params, ...row }, parties };
    },
  }),
];

/** The parties of the vehicle, and the caller when it is an insurer that is not suspended. */
async function readersOf(
  services: Services,
  vehicle: string,
  caller: string | undefined,
): Promise<readonly string[]> {
  const { parties } = await itemOf(services, vehicle);
  if (caller === undefined) return parties;
  const participant = await services.readModel.row(rowKey.participant(caller));
  const insures = participant?.status === 'active' && participant.roles.includes('insurer');
  return insures ? [...parties, caller] : parties;
}

/** The id of a loss is `vehicle/number`. */
function showLoss({ id, row }: Named<LossRow>) {
  const slash = id.indexOf('/');
  return { vehicle: id.slice(0, slash), loss: id.slice(slash + 1), ...row };
}
