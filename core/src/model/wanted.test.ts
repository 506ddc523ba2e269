import { describe, expect, it } from 'vitest';
import type { Json } from '../bytes/canonical.js';
import { HuilianError } from '../messages/error.js';
import { sampleData, sampleNames } from '../testing/samples.js';
import { checkEvent } from './event.js';
import { eventSchema, EVENT_TYPES } from './events.js';
import { faultOf } from './wanted.js';

function refusal(type: string, data: object, index?: number): HuilianError {
  const event = { type, version: 1, time: 1, item: sampleNames.item, data } as unknown as Json;
  try {
    checkEvent(event, index);
  } catch (error) {
    if (error instanceof HuilianError) return error;
  }
  throw new Error(`${type} fits`);
}

describe('a malformed event says which member and what is wanted there', () => {
  it.each([
    ['takeInBattery', { massGrams: 1.5, toleranceVersion: 1 }, 'data.massGrams', 'grams'],
    ['takeInBattery', { toleranceVersion: 1 }, 'data.massGrams', 'missing grams'],
    ['takeInBattery', { massGrams: 1, toleranceVersion: 1, mass: 2 }, 'data.mass', 'unknown'],
    ['handover', { to: '91320000MA0DEM001X' }, 'data.to', 'creditCode'],
    ['inspect', { result: 'good' }, 'data.result', 'oneOf:fit|unfit'],
    ['inspect', {}, 'data.result', 'missing oneOf:fit|unfit'],
    ['issueCertificate', { number: 'HS 1' }, 'data.number', 'reference'],
    ['issueCertificate', [], 'data', 'object'],
    ['pack', { items: ['hl1x'] }, 'data.items.0', 'itemId'],
    ['labelUnit', { label: { scheme: 'vin', value: 'X' } }, 'data.label', 'tag'],
    ['testBattery', { capacityPermille: 2_000, tableVersion: 1 }, 'data.capacityPermille', 'most:1200'],
    ['settleDifference', { reason: 7 }, 'data.reason', /^oneOf:/],
  ])('%s %j', (type, data, field, wanted) => {
    const { details } = refusal(type, data);
    expect(details).toMatchObject({ type, field });
    expect(details['wanted']).toMatch(wanted);
  });

  it('tells it in the reader’s language with an example', () => {
    const wrong = refusal('takeInBattery', { toleranceVersion: 1 }, 3);
    expect(wrong.text('en')).toContain(
      'index: 3, type: takeInBattery, field: data.massGrams, wanted: it is missing; whole grams from 0 to 1 000 000 000, such as 1350000',
    );
    expect(wrong.text('zh-CN')).toContain(
      '字段：data.massGrams，应填：缺少，须提供；整数克，0 至 1000000000，如 1350000',
    );
    expect(refusal('inspect', { result: 'good' }).text('zh-CN')).toContain('应填：下列之一：fit、unfit');
  });

  it('says a form for every member that any event may have', () => {
    const silent: string[] = [];
    for (const type of EVENT_TYPES) {
      const schema = eventSchema(type);
      const sample = sampleData[type];
      if (schema === undefined || sample === undefined) continue;
      for (const name of Object.keys(sample as object)) {
        // A value that no member takes.
        const data = { ...(sample as object), [name]: () => undefined };
        const event = { type, version: 1, time: 1, item: sampleNames.item, data };
        const { error } = schema.safeParse(event);
        const fault = error && faultOf(schema, error, event);
        if (fault?.field.startsWith(`data.${name}`) === true && fault.wanted === undefined)
          silent.push(`${type}.${name}`);
      }
    }
    expect(silent).toEqual([]);
  });
});
