import { administrationEventData, itemEventData, terms, type ItemEventType } from '@huilian/core';
import { z } from 'zod';
import type { Phrase } from '../fields/phrase.js';
import { memberNames } from './member-names.js';

/** One member of an event's data. */
export interface EventField {
  /** Such as `outputs[].massGrams`. */
  readonly name: string;
  /** Absent where nobody described it yet. */
  readonly title?: Phrase;
  readonly source?: Phrase;
  readonly required: boolean;
  readonly type: string;
  readonly codes?: readonly string[];
}

/** A type of event of the ledger. Webhooks and timelines carry them as they are. */
export interface EventEntry {
  readonly type: string;
  readonly version: 1;
  /** Steps of items have words; what administrators sign is named by its type. */
  readonly title?: Phrase;
  readonly fields: readonly EventField[];
}

/** Every type of event, read from the schemas that the ledger checks by. */
export function ledgerEvents(): readonly EventEntry[] {
  const steps = Object.entries(itemEventData).map(([type, data]): EventEntry => {
    const step = type as ItemEventType;
    const title = { zh: terms('zh-CN').event(step), en: terms('en').event(step) };
    return { type, version: 1, title, fields: fieldsOf(data) };
  });
  const administration = Object.entries(administrationEventData).map(([type, data]): EventEntry => ({
    type,
    version: 1,
    fields: fieldsOf(data),
  }));
  return [...steps, ...administration];
}

/** What is used of a JSON Schema. */
interface Schema {
  readonly type?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Schema[];
}

/** JSON Schema of an event's data. */
export function eventJsonSchema(data: z.ZodType): object {
  return z.toJSONSchema(data, { target: 'draft-2020-12', unrepresentable: 'any' });
}

function fieldsOf(data: z.ZodType): readonly EventField[] {
  return membersOf(eventJsonSchema(data), '');
}

function membersOf({ properties = {}, required = [] }: Schema, at: string): EventField[] {
  return Object.entries(properties).flatMap(([name, schema]) => {
    const isList = schema.type === 'array';
    const inner = isList ? (schema.items ?? {}) : schema;
    const codes = inner.enum?.filter((code) => typeof code === 'string');
    const field: EventField = {
      name: at + name,
      ...(memberNames[name] ?? {}),
      required: required.includes(name),
      type: isList ? `list of ${typeName(inner)}` : typeName(inner),
      ...(codes && codes.length > 0 ? { codes } : {}),
    };
    return [field, ...membersOf(inner, `${at}${name}${isList ? '[]' : ''}.`)];
  });
}

function typeName({ type, anyOf }: Schema): string {
  return type ?? (anyOf ? anyOf.map(typeName).join(' or ') : 'any');
}
