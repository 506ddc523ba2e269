import { eventSchema, EVENT_TYPES } from '@huilian/core';
import { z } from 'zod';
import { messageTypes } from '../messages/index.js';
import { messageJsonSchema } from '../messages/schema.js';
import { reportSchema } from '../server/report.js';

/** A published JSON Schema (2020-12). */
export interface PublishedSchema {
  /** Such as `lossReported`, `event.reportDamage` or `messageReport`. */
  readonly name: string;
  readonly schema: object;
}

const TARGET = { target: 'draft-2020-12', unrepresentable: 'any' } as const;

/** Every schema: what partners send, what an adapter answers, and the events that webhooks and timelines carry. */
export function publishedSchemas(): readonly PublishedSchema[] {
  return [
    ...messageTypes.map((type) => ({ name: type.name, schema: messageJsonSchema(type) })),
    {
      name: 'messageReport',
      schema: { ...z.toJSONSchema(reportSchema, TARGET), $id: 'urn:huilian:messageReport:1' },
    },
    ...EVENT_TYPES.flatMap((type) => {
      const schema = eventSchema(type);
      if (!schema) return [];
      const $id = `urn:huilian:event:${type}:1`;
      return [{ name: `event.${type}`, schema: { ...z.toJSONSchema(schema, TARGET), $id, title: type } }];
    }),
  ];
}
