import type { OpenAPIRegistry } from '@asteasolutions/zod-to-openapi';
import { z } from 'zod';
import { pastEvent } from '../routes/event-shape.js';
import { testType } from './message-types.js';

const headers = z.object({
  'webhook-id': z.string().meta({
    description:
      'The same at every attempt and in every resend, at every gateway: what came already is known by it. `evt_`, the first 12 digits of the ledger, block, transaction, index.',
    example: 'evt_3f9c0a1b2c3d_1204_0_3',
  }),
  'webhook-timestamp': z.string().meta({ description: 'Of this attempt, seconds since 1970.' }),
  'webhook-signature': z.string().meta({
    description:
      '`v1,` and the base64 of HMAC-SHA256 over `webhook-id.webhook-timestamp.body`; several while a secret is being rotated, separated by blanks.',
  }),
});

const recorded = z
  .object({
    type: z.string().meta({
      description:
        '`event.accepted.` or `event.refused.` and the type of the event. A refused event changed nothing.',
      example: 'event.accepted.handover',
    }),
    timestamp: z.iso.datetime().meta({ description: 'Ledger time of the event.' }),
    data: pastEvent.extend({
      shortened: z
        .literal(true)
        .optional()
        .meta({ description: 'The event was too long; ask for it by its id.' }),
    }),
  })
  .meta({ id: 'EventMessage', description: 'An event, as the history of its item has it.' });

const test = z
  .object({
    type: z.literal(testType),
    timestamp: z.iso.datetime(),
    data: z.object({ webhook: z.string() }),
  })
  .meta({
    id: 'TestMessage',
    description: 'Sent when the owner asks for it; says nothing about the ledger.',
  });

const responses = {
  '2XX': { description: 'Taken. The body is not read.' },
  410: { description: 'The webhook is disabled.' },
  default: {
    description:
      'Anything else, redirects among it, and no answer in time: tried again, later and later. `Retry-After` is honoured.',
  },
};

/** What the gateway posts to those who registered for it (OpenAPI 3.1, `webhooks`). */
export function registerWebhooks(registry: OpenAPIRegistry): void {
  const messages = [
    ['event.recorded', 'An event was recorded on the ledger', recorded],
    [testType, 'The owner tries the receiver', test],
  ] as const;
  for (const [path, summary, schema] of messages) {
    registry.registerWebhook({
      method: 'post',
      path,
      tags: ['Webhooks'],
      summary,
      description: 'Signed by Standard Webhooks (standardwebhooks.com). See docs/webhooks.md.',
      request: { headers, body: { required: true, content: { 'application/json': { schema } } } },
      responses,
    });
  }
}
