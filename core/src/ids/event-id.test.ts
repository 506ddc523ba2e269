import { describe, expect, it } from 'vitest';
import { keyIdOf } from '../bytes/signature.js';
import { keyNamed } from '../testing/keys.js';
import { eventIdOf, parseEventId } from './event-id.js';

const keyId = keyIdOf(keyNamed('plant'));

describe('an event id', () => {
  it('names the key, the batch and the place in it', () => {
    const place = { keyId, sequence: 9_999_999_999, index: 999 };
    expect(eventIdOf(place)).toBe(`${keyId}.9999999999.999`);
    expect(parseEventId(eventIdOf(place))).toEqual(place);
  });

  it('has one spelling', () => {
    for (const wrong of [
      '.1.0',
      `${keyId}.0.0`,
      `${keyId}.01.0`,
      `${keyId}.1.00`,
      `${keyId}.1`,
      `${keyId}.1.1000`,
      `${keyId}.1.0\n`,
    ]) {
      expect(parseEventId(wrong), wrong).toBeUndefined();
    }
  });
});
