import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Json } from '../bytes/canonical.js';
import { EVENT_TYPES, eventShape } from './events.js';
import { shapeCheck } from './shape-check.js';
import { sampleData, sampleNames } from '../testing/samples.js';

const { item, nonce, keyId, hash, creditCode, tag } = sampleNames;

function fullEvent(type: string): Json {
  const shared = {
    version: 1,
    time: 1,
    operator: 'o',
    station: 's',
    cites: `${keyId}.1.0`,
    replaces: `${keyId}.1.1`,
    type,
  };
  const data = sampleData[type] ?? null;
  return type.includes('.') ? { ...shared, data } : { ...shared, data, item };
}

/** Values at and beyond the bounds that schemas set. */
const replacement: fc.Arbitrary<Json> = fc.constantFrom<Json>(
  ...[null, true, 0, -0, -1, 1.5, 9999, 10_000, 1_000_000_000, 1_000_000_001, 2 ** 53, 1e300],
  ...['', 'a', 'A', 'fit', 'part', 'CN', '320000', item, item.toUpperCase(), nonce, keyId, hash, creditCode],
  ...['x'.repeat(120), 'x'.repeat(121), '😀'.repeat(100), '😀'.repeat(101), '\u202e', `${hash}\n`],
  ...[[], {}, [hash], [1], { scheme: 'vin', value: 'x' }, tag, [tag], Array.from({ length: 41 }, () => hash)],
);

type Change = (holder: Record<string, Json>, name: string) => void;

const change: fc.Arbitrary<Change> = fc.oneof(
  replacement.map(
    (value): Change =>
      (holder, name) =>
        void (holder[name] = structuredClone(value)),
  ),
  fc.constant<Change>((holder, name) => Reflect.deleteProperty(holder, name)),
  fc.constant<Change>((holder) => void (holder['more'] = 1)),
  fc.tuple(fc.nat(120), fc.string({ maxLength: 1 })).map(([at, text]): Change => (holder, name) => {
    const value = holder[name];
    if (typeof value === 'string') holder[name] = value.slice(0, at) + text + value.slice(at + 1);
  }),
  fc.nat(50).map((times): Change => (holder, name) => {
    const value = holder[name];
    if (Array.isArray(value))
      holder[name] = Array.from({ length: times }, () => (value as Json[])[0] ?? hash);
  }),
);

/** Every place in a value: what holds it, and under which name. */
function placesIn(value: Json): [Record<string, Json>, string][] {
  if (typeof value !== 'object' || value === null) return [];
  const holder = value as Record<string, Json>;
  return Object.keys(holder).flatMap((name) => [[holder, name], ...placesIn(holder[name] ?? null)] as const);
}

function changed(event: Json, changes: readonly (readonly [Change, number])[]): Json {
  const copy = structuredClone(event);
  for (const [apply, at] of changes) {
    const places = placesIn(copy);
    const place = places[at % places.length];
    if (place) apply(...place);
  }
  return copy;
}

describe.each(EVENT_TYPES)('The quick check of %s', (type) => {
  const { schema, fits } = eventShape(type) ?? { schema: z.never(), fits: () => false };

  it('accepts an event that has all members', () => {
    expect(schema.safeParse(fullEvent(type)).error).toBeUndefined();
    expect(fits(fullEvent(type))).toBe(true);
  });

  it('accepts exactly what the schema accepts', () => {
    const seen = new Set<boolean>();
    fc.assert(
      fc.property(fc.array(fc.tuple(change, fc.nat()), { maxLength: 3 }), (changes) => {
        const event = changed(fullEvent(type), changes);
        const accepted = schema.safeParse(event).success;
        seen.add(accepted);
        expect(fits(event)).toBe(accepted);
      }),
      { numRuns: 400 },
    );
    expect(seen).toEqual(new Set([true, false]));
  });

  it('refuses a member that would be the prototype', () => {
    const text = JSON.stringify(fullEvent(type)).replace('{', '{"__proto__":{},');
    expect(fits(JSON.parse(text))).toBe(false);
    expect(schema.safeParse(JSON.parse(text)).success).toBe(false);
  });
});

describe('Any quick check', () => {
  it('asks the schema where it has no form of its own', () => {
    const fits = shapeCheck(
      z.strictObject({ at: z.string().transform(Number), odd: z.number().multipleOf(2) }),
    );
    expect(fits({ at: '1', odd: 4 })).toBe(true);
    expect(fits({ at: '1', odd: 3 })).toBe(false);
    expect(fits({ at: 1, odd: 4 })).toBe(false);
  });

  it('leaves a hole in a list to be refused', () => {
    expect(shapeCheck(z.array(z.string()))(new Array(2))).toBe(false);
  });
});
