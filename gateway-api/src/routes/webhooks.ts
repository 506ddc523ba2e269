import { HuilianError } from '@huilian/core';
import { z } from 'zod';
import type { Caller } from '../auth/caller.js';
import { jsonBody, parseBody } from '../http/json-body.js';
import { route, type Call, type Reply } from '../http/route.js';
import { showWebhook } from '../webhooks/show.js';
import { ownerOf } from '../webhooks/service.js';
import type { Webhook } from '../webhooks/webhook.js';
import { pageReply } from './pages.js';
import { linkHeader, paged } from './schemas.js';
import { tried, webhook, webhookId, webhookWithSecret, wishes } from './webhooks-shapes.js';

const params = z.object({ id: webhookId });
const tag = 'Webhooks';
const resource = 'webhook';
/** For answers that hold a secret. */
const secretly = { 'Cache-Control': 'no-store' } as const;
const json = (schema: z.ZodType) => jsonBody(schema, 'JSON; `{}` for the defaults.');
const changed = (description: string) => ({ 200: { description, schema: webhook } });

export const webhookRoutes = [
  route({
    method: 'post',
    path: '/v1/webhooks',
    name: 'addWebhook',
    tag,
    summary: 'Register an address to which events are posted',
    description:
      'Signed and retried by Standard Webhooks; see `webhooks` in this document and docs/webhooks.md. It gets what the event stream gives the caller, each event at least once, in the order of the ledger. A webhook belongs to the caller’s participant; when the key that registered it ends, it is disabled.',
    resource,
    body: json(wishes.add),
    responses: {
      201: {
        description: 'Registered; the secret is shown this once.',
        schema: webhookWithSecret,
        headers: { Location: 'Its address.' },
      },
    },
    problems: ['HL-4070', 'HL-4071'],
    handle: async ({ body, caller, services }) => {
      const { webhook: added, secret } = await services.webhooks.add(caller, parseBody(wishes.add, body));
      return {
        status: 201,
        body: { ...shown(services.webhooks, caller, added), secret },
        headers: { ...secretly, Location: `/v1/webhooks/${added.id}` },
        parties: [added.owner],
      };
    },
  }),
  route({
    method: 'get',
    path: '/v1/webhooks',
    name: 'listWebhooks',
    tag,
    summary: 'Webhooks of the participant; Oversight sees all',
    resource,
    query: paged,
    responses: {
      200: {
        description: 'A page of webhooks, by id.',
        schema: z.object({ webhooks: z.array(webhook), next: z.string().optional() }),
        headers: linkHeader,
      },
    },
    handle: async (call) => {
      const { query, scope, caller, services } = call;
      const all = await services.webhooks.list(scope);
      const behind = all.filter(({ id }) => query.cursor === undefined || id > query.cursor);
      const records = behind.slice(0, query.limit);
      const next = behind.length > records.length ? records.at(-1)?.id : undefined;
      const page = { records, ...(next === undefined ? {} : { next }) };
      return {
        ...pageReply(call, 'webhooks', page, (each) => shown(services.webhooks, caller, each)),
        scope: 'narrowed',
      };
    },
  }),
  route({
    method: 'get',
    path: '/v1/webhooks/{id}',
    name: 'getWebhook',
    tag,
    summary: 'One webhook, and where its deliveries stand',
    resource,
    params,
    responses: { 200: { description: 'The webhook.', schema: webhook } },
    handle: async (call) => {
      const found = await call.services.webhooks.get(call.params.id);
      // That there is one of somebody else's is not for everybody to know.
      if (call.scope !== undefined && found.owner !== call.scope)
        throw new HuilianError('HL-4040', { webhook: call.params.id });
      return reply(call, found);
    },
  }),
  route({
    method: 'delete',
    path: '/v1/webhooks/{id}',
    name: 'removeWebhook',
    tag,
    summary: 'Remove a webhook',
    resource,
    params,
    responses: { 204: { description: 'Removed; one delivery that is under way may still arrive.' } },
    problems: ['HL-4072'],
    handle: async ({ params: { id }, caller, services }) => {
      await services.webhooks.remove(caller, id);
      return { status: 204, parties: [ownerOf(caller)] };
    },
  }),
  route({
    method: 'post',
    path: '/v1/webhooks/{id}/rotate',
    name: 'rotateWebhook',
    tag,
    summary: 'Get a new secret; the one before signs on for a time',
    resource,
    params,
    body: json(wishes.rotate),
    responses: { 200: { description: 'The new secret, shown this once.', schema: webhookWithSecret } },
    problems: ['HL-4072'],
    handle: async ({ params: { id }, body, caller, services }) => {
      const { keepSeconds } = parseBody(wishes.rotate, body);
      const { webhook: rotated, secret } = await services.webhooks.rotate(caller, id, keepSeconds);
      return {
        body: { ...shown(services.webhooks, caller, rotated), secret },
        headers: secretly,
        parties: [rotated.owner],
      };
    },
  }),
  route({
    method: 'post',
    path: '/v1/webhooks/{id}/enable',
    name: 'enableWebhook',
    tag,
    summary: 'Go on delivering',
    description: 'Also tries at once what is waiting for its next attempt.',
    resource,
    params,
    body: json(wishes.enable),
    responses: changed('It is enabled.'),
    problems: ['HL-4072'],
    handle: async (call) => {
      const { after } = parseBody(wishes.enable, call.body);
      return reply(call, await call.services.webhooks.enable(call.caller, call.params.id, after));
    },
  }),
  route({
    method: 'post',
    path: '/v1/webhooks/{id}/disable',
    name: 'disableWebhook',
    tag,
    summary: 'Stop delivering; the position is kept',
    resource,
    params,
    responses: changed('It is disabled.'),
    problems: ['HL-4072'],
    handle: async (call) => reply(call, await call.services.webhooks.disable(call.caller, call.params.id)),
  }),
  route({
    method: 'post',
    path: '/v1/webhooks/{id}/test',
    name: 'testWebhook',
    tag,
    summary: 'Post a test message now and tell what came of it',
    resource,
    params,
    responses: { 200: { description: 'What the receiver did.', schema: tried } },
    problems: ['HL-4072', 'HL-4084', 'HL-4030'],
    handle: async ({ params: { id }, caller, services }) => ({
      body: await services.webhooks.test(caller, id),
      headers: { 'Cache-Control': 'no-store' },
      parties: [ownerOf(caller)],
    }),
  }),
  route({
    method: 'post',
    path: '/v1/webhooks/{id}/resend',
    name: 'resendWebhook',
    tag,
    summary: 'Deliver a range of positions again',
    description:
      'Both ends are in it. It goes before what is next, in order, with the ids that the messages had.',
    resource,
    params,
    body: json(wishes.resend),
    responses: { 202: { description: 'It will be delivered again.', schema: webhook } },
    problems: ['HL-4072', 'HL-4073', 'HL-4074'],
    handle: async (call) => {
      const { from, to } = parseBody(wishes.resend, call.body);
      const resent = await call.services.webhooks.resend(call.caller, call.params.id, from, to);
      return { ...reply(call, resent), status: 202 };
    },
  }),
];

function reply({ caller, services }: Pick<Call, 'caller' | 'services'>, found: Webhook): Reply {
  return { body: shown(services.webhooks, caller, found), parties: [found.owner] };
}

function shown(webhooks: Call['services']['webhooks'], caller: Caller, found: Webhook) {
  return showWebhook(found, webhooks.position(found), found.owner === ownerOf(caller));
}
