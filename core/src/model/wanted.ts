import { z } from 'zod';
import { cut, fieldOf } from '../messages/details.js';
import { wantedAs, type FormName } from '../messages/forms.js';

/** Names of the forms of members, for those who are told that one does not fit. */
export const forms = z.registry<{ form: FormName }>();

type Schema = z.core.$ZodType;
type Issue = z.core.$ZodIssue;

/** Most characters of a list of allowed words that are told. */
const LONGEST = 400;

/**
 * The first fault that a schema found, for the details of an error: the path of the member, such as `data.outputs.0.massGrams`, and what
 * is wanted there.
 */
export function faultOf(
  schema: Schema,
  error: { readonly issues: readonly Issue[] },
  value: unknown,
): { readonly field: string; readonly wanted?: string } {
  const [issue] = error.issues;
  if (issue === undefined) return { field: '' };
  if (issue.code === 'unrecognized_keys') {
    const path = [...issue.path, issue.keys[0] ?? ''];
    return { field: cut(path.map(String).join('.'), 120), wanted: wantedAs('unknown') };
  }
  const form = formOf(memberOf(schema, issue.path), issue);
  const words = [...(isMissing(value, issue.path) ? ['missing'] : []), ...(form === undefined ? [] : [form])];
  return { field: fieldOf(error), ...(words.length === 0 ? {} : { wanted: wantedAs(...words) }) };
}

/** The schema of a member, as far down as the path is known. */
function memberOf(schema: Schema, path: readonly PropertyKey[]): Schema | undefined {
  let at: Schema | undefined = bare(schema);
  for (const name of path) {
    if (at === undefined) return undefined;
    const { def } = (at as z.core.$ZodTypes)._zod;
    if (def.type === 'object') at = inside(def.shape[String(name)]);
    else if (def.type === 'array') at = inside(def.element);
    else return undefined;
  }
  return at;
}

function inside(schema: Schema | undefined): Schema | undefined {
  return schema === undefined ? undefined : bare(schema);
}

/** Without what says that it need not be there. */
function bare(schema: Schema): Schema {
  const { def } = (schema as z.core.$ZodTypes)._zod;
  return def.type === 'optional' ? bare(def.innerType) : schema;
}

function formOf(schema: Schema | undefined, issue: Issue): string | undefined {
  const named = schema === undefined ? undefined : forms.get(schema)?.form;
  if (named !== undefined) return named;
  if (issue.code === 'invalid_value') return `oneOf:${cut(issue.values.map(String).join('|'), LONGEST)}`;
  if (issue.code === 'too_small') return `least:${String(issue.minimum)}`;
  if (issue.code === 'too_big') return `most:${String(issue.maximum)}`;
  return schema === undefined ? undefined : formOfType((schema as z.core.$ZodTypes)._zod.def);
}

function formOfType(def: z.core.$ZodTypes['_zod']['def']): string | undefined {
  const TYPES: Readonly<Record<string, FormName>> = {
    string: 'string',
    number: 'integer',
    boolean: 'boolean',
    array: 'list',
    object: 'object',
  };
  if (def.type === 'enum') return `oneOf:${cut(Object.values(def.entries).map(String).join('|'), LONGEST)}`;
  return TYPES[def.type];
}

function isMissing(value: unknown, path: readonly PropertyKey[]): boolean {
  let at = value;
  for (const name of path) {
    if (typeof at !== 'object' || at === null) return false;
    at = (at as Readonly<Record<PropertyKey, unknown>>)[name];
  }
  return at === undefined;
}
