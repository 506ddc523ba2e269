import { z } from 'zod';

/** True for the values that a schema accepts, false for all others. */
export type ShapeCheck = (value: unknown) => boolean;

/**
 * A check made from a schema, which only says yes or no. The schema's own parser copies each value and keeps a list of faults
 * for each member; nearly every event is well-formed, so neither is needed. What has no quick form here is asked of the
 * schema itself.
 */
export function shapeCheck(schema: z.core.$ZodType): ShapeCheck {
  const { def } = (schema as z.core.$ZodTypes)._zod;
  const checks = (def.checks ?? []).map(partCheck);
  const type = typeCheck(def);
  if (type === undefined || checks.includes(undefined)) return (value) => z.safeParse(schema, value).success;
  return all([type, ...checks.filter((check) => check !== undefined)]);
}

/** What a schema asks of a value by its type, without what is checked after that. */
function typeCheck(def: z.core.$ZodTypes['_zod']['def']): ShapeCheck | undefined {
  switch (def.type) {
    case 'string':
      return (value) => typeof value === 'string';
    case 'number':
      return 'format' in def && def.format === 'safeint' ? Number.isSafeInteger : undefined;
    case 'boolean':
      return (value) => typeof value === 'boolean';
    case 'unknown':
      return () => true;
    case 'literal':
      return oneOf(def.values);
    case 'enum':
      return oneOf(Object.values(def.entries));
    case 'optional':
      return optional(shapeCheck(def.innerType));
    case 'union':
      return anyOf(def.options.map(shapeCheck));
    case 'array':
      return arrayOf(shapeCheck(def.element));
    case 'object':
      return def.catchall?._zod.def.type === 'never' ? strictObject(def.shape) : undefined;
    default:
      return undefined;
  }
}

/** What is checked of a value that has the right type. */
function partCheck(check: z.core.$ZodCheck): ShapeCheck | undefined {
  const { def } = (check as z.core.$ZodChecks | z.core.$ZodCustom)._zod;
  switch (def.check) {
    case 'custom':
      return (value) => Boolean(def.fn(value as never));
    case 'string_format': {
      const { pattern } = def;
      return pattern === undefined || pattern.global || pattern.sticky
        ? undefined
        : (value) => pattern.test(value as string);
    }
    case 'greater_than': {
      const least = Number(def.value);
      return def.inclusive ? (value) => (value as number) >= least : undefined;
    }
    case 'less_than': {
      const most = Number(def.value);
      return def.inclusive ? (value) => (value as number) <= most : undefined;
    }
    case 'min_length':
      return (value) => lengthOf(value as string | readonly unknown[]) >= def.minimum;
    case 'max_length':
      return (value) => lengthOf(value as string | readonly unknown[]) <= def.maximum;
    default:
      return undefined;
  }
}

function all([first, second, ...others]: readonly ShapeCheck[]): ShapeCheck {
  if (first === undefined) return () => true;
  if (second === undefined) return first;
  const rest = all([second, ...others]);
  return (value) => first(value) && rest(value);
}

function anyOf(options: readonly ShapeCheck[]): ShapeCheck {
  return (value) => options.some((option) => option(value));
}

function oneOf(values: readonly unknown[]): ShapeCheck {
  const [only] = values;
  if (values.length === 1) return (value) => value === only;
  const allowed = new Set(values);
  return (value) => allowed.has(value);
}

function optional(inner: ShapeCheck): ShapeCheck {
  return (value) => value === undefined || inner(value);
}

function arrayOf(element: ShapeCheck): ShapeCheck {
  return (value) => {
    if (!Array.isArray(value)) return false;
    // Not `every`, which passes over holes.
    for (const each of value as unknown[]) if (!element(each)) return false;
    return true;
  };
}

interface Member {
  readonly name: string;
  readonly check: ShapeCheck;
  readonly isOptional: boolean;
}

/** An object with these members and no others. */
function strictObject(shape: z.core.$ZodShape): ShapeCheck {
  const members: readonly Member[] = Object.entries(shape).map(([name, schema]) => ({
    name,
    check: shapeCheck(schema),
    isOptional: schema._zod.optin !== undefined,
  }));
  return (value) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
    let named = 0;
    for (const { name, check, isOptional } of members) {
      const member = (value as Readonly<Record<string, unknown>>)[name];
      if (member !== undefined || name in value) {
        named += 1;
        if (!check(member)) return false;
      } else if (!isOptional) return false;
    }
    return named === Object.keys(value).length;
  };
}

/** Texts are measured in characters, not in units of UTF-16. */
function lengthOf(value: string | readonly unknown[]): number {
  return typeof value === 'string' ? charactersOf(value) : value.length;
}

const ascii = /^[\0-\x7f]*$/;

function charactersOf(text: string): number {
  return ascii.test(text) ? text.length : Array.from(text).length;
}
