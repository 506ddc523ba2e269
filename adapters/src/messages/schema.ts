import { z } from 'zod';
import type { Column } from '../formats/format.js';
import { fieldSchema } from './field-schema.js';
import type { ListField, MessageType } from './message-type.js';

/** Name of a message at its sender: what it is known by when it comes again. */
const MESSAGE_ID = /^[!-~]{1,80}$/;

/** What all messages have. What a message holds besides is kept in the report and not read. */
export const envelopeSchema = z.looseObject({
  id: z.string().regex(MESSAGE_ID).meta({
    description: 'Given by the sender, once. The same id with the same bytes is the same message.',
  }),
  type: z.string().regex(/^[A-Za-z][A-Za-z0-9]{0,39}$/),
  version: z.int().min(1).max(9999),
  time: z.iso.datetime({ offset: true }).meta({ description: 'When it happened, by the sender (RFC 3339).' }),
  cites: z.string().regex(MESSAGE_ID).optional().meta({
    description: 'Id of an earlier message that the ledger refused and that this one offers again.',
  }),
  replaces: z.string().regex(MESSAGE_ID).optional().meta({
    description: 'Id of an earlier message that was declared wrong, and in whose place this one stands.',
  }),
  data: z.looseObject({}),
});

/** The data of a type of message. */
export function dataSchema(type: MessageType): z.ZodType<Readonly<Record<string, unknown>>> {
  const schema = z.looseObject({
    ...members(type.columns),
    ...Object.fromEntries((type.lists ?? []).map((list) => [list.name, listSchema(list)])),
  });
  return naming(schema, type.anyOf);
}

/** At least one of these members is there. */
function naming(
  schema: z.ZodObject,
  anyOf: readonly string[] | undefined,
): z.ZodType<Record<string, unknown>> {
  if (anyOf === undefined) return schema;
  return schema.refine((data) => anyOf.some((name) => data[name] !== undefined), {
    path: [...anyOf.slice(0, 1)],
    params: { code: 'HL-9207' },
  });
}

function members(columns: readonly Column[]): Record<string, z.ZodType> {
  return Object.fromEntries(
    columns.map(({ name, field, required, headers, source }) => {
      const schema = fieldSchema(field);
      const about = {
        title: `${headers.zh[0]} / ${headers.en[0]}`,
        description: `${source.zh} / ${source.en}`,
      };
      return [name, (required ? schema : schema.optional()).meta(about)];
    }),
  );
}

function listSchema({ columns, least, most, title, source, anyOf }: ListField): z.ZodType {
  const about = { title: `${title.zh} / ${title.en}`, description: `${source.zh} / ${source.en}` };
  const list = z.array(naming(z.looseObject(members(columns)), anyOf)).max(most);
  return (least > 0 ? list.min(least) : list.optional()).meta(about);
}

/** JSON Schema (2020-12) of a whole message. What it cannot say, such as check digits, the dictionary says. */
export function messageJsonSchema(type: MessageType): object {
  const whole = envelopeSchema.extend({
    type: z.literal(type.name),
    version: z.literal(type.version),
    data: dataSchema(type),
  });
  const schema = z.toJSONSchema(whole, { target: 'draft-2020-12', unrepresentable: 'any' });
  const data = schema.properties?.['data'];
  if (typeof data === 'object') {
    requireAny(data, type.anyOf);
    for (const { name, anyOf } of type.lists ?? []) requireAny(itemsOf(data.properties?.[name]), anyOf);
  }
  return {
    ...schema,
    $id: `urn:huilian:message:${type.name}:${type.version}`,
    title: `${type.title.zh} / ${type.title.en}`,
  };
}

type JsonSchema = z.core.JSONSchema.JSONSchema;

function requireAny(schema: JsonSchema | undefined, anyOf: readonly string[] | undefined): void {
  if (schema && anyOf) schema.anyOf = anyOf.map((name) => ({ required: [name] }));
}

function itemsOf(schema: JsonSchema | boolean | undefined): JsonSchema | undefined {
  const items = typeof schema === 'object' ? schema.items : undefined;
  return typeof items === 'object' && !Array.isArray(items) ? items : undefined;
}
