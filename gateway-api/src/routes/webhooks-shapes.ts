import { z } from 'zod';
import { isTypeFilter } from '../webhooks/message-types.js';
import { itemId } from './schemas.js';

/** `block.transaction.index` */
const position = z.string().regex(/^\d{1,10}\.\d{1,5}\.\d{1,5}$/, 'block.transaction.index');
const seconds = z.int().meta({ description: 'Seconds since 1970.' });

export const webhookId = z
  .string()
  .regex(/^wh_[A-Za-z0-9_-]{22}$/, 'wh_ and 22 characters')
  .meta({ description: 'Id of the webhook.' });

/** What the routes about webhooks take. */
export const wishes = {
  add: z
    .strictObject({
      url: z.string().max(2_048).meta({ description: 'https, outside private networks.' }),
      eventTypes: z
        .array(
          z
            .string()
            .max(80)
            .refine(isTypeFilter, 'a type of message or its beginning, such as event.accepted.handover'),
        )
        .max(50)
        .default([])
        .meta({
          description:
            'Types of messages or their beginnings in whole words: `event.accepted`, `event.refused.handover`. None: all.',
        }),
      items: z
        .array(itemId)
        .max(200)
        .default([])
        .meta({ description: 'Only events that concern one of these items. None: all.' }),
      after: position
        .optional()
        .meta({ description: 'Position to begin after; without it with what is still to come.' }),
    })
    .meta({ id: 'NewWebhook' }),
  rotate: z
    .strictObject({
      keepSeconds: z.int().min(0).max(604_800).default(86_400).meta({
        description: 'How long the secret before signs beside the new one; 0 when it was betrayed.',
      }),
    })
    .meta({ id: 'RotateWebhook' }),
  enable: z
    .strictObject({
      after: z
        .union([position, z.literal('latest')])
        .optional()
        .meta({
          description:
            'Position to go on after, or `latest` for what is still to come. Without it, where it stopped.',
        }),
    })
    .meta({ id: 'EnableWebhook' }),
  resend: z
    .strictObject({
      from: position.meta({ description: 'First position that is delivered again.' }),
      to: position.meta({ description: 'Last one.' }),
    })
    .meta({ id: 'ResendWebhook' }),
};

/** A webhook as it is shown, see `webhooks/show.ts`. */
export const webhook = z
  .object({
    id: z.string(),
    owner: z.string().meta({ description: 'Credit code, or an organisation.' }),
    url: z.string().meta({ description: 'To others than the owner without its path.' }),
    eventTypes: z.array(z.string()),
    items: z.array(z.string()),
    created: seconds,
    state: z.enum(['enabled', 'failing', 'disabled']),
    cause: z.string().optional().meta({ description: 'Code that says why it is disabled.' }),
    position: z.string().meta({ description: 'Up to here everything was delivered.' }),
    resend: z.object({ after: z.string(), until: z.string() }).optional(),
    secrets: z.array(
      z.object({
        generation: z.int(),
        until: z.int().optional().meta({ description: 'Until when it signs, seconds since 1970.' }),
      }),
    ),
    failures: z.int().meta({ description: 'Failed attempts since the last delivery.' }),
    failingSince: seconds.optional(),
    nextAttempt: seconds.optional(),
    lastFailure: z
      .object({
        position: z.string(),
        time: seconds,
        code: z.string(),
        status: z.int().optional().meta({ description: 'HTTP status of the receiver.' }),
      })
      .optional(),
    lastSuccess: z.object({ position: z.string(), time: seconds }).optional(),
  })
  .meta({ id: 'Webhook' });

export const webhookWithSecret = webhook
  .extend({
    secret: z
      .string()
      .meta({ description: 'Signing secret, `whsec_` and base64. Shown this once.', example: 'whsec_…' }),
  })
  .meta({ id: 'WebhookWithSecret' });

export const tried = z
  .object({
    delivered: z.boolean(),
    status: z.int().optional(),
    code: z.string().optional().meta({ description: 'Why it was not delivered.' }),
    milliseconds: z.int(),
  })
  .meta({ id: 'WebhookTried' });
