import { bech32m } from '@scure/base';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sha256 } from '../bytes/digest.js';
import { utf8 } from '../bytes/encode.js';
import { keyNamed, nonceNamed } from '../testing/keys.js';
import { keyIdOf } from '../bytes/signature.js';
import { isItemId, isNonce, itemIdOf, nonceAt } from './item-id.js';

const keyId = keyIdOf(keyNamed('plant'));

describe('an item id', () => {
  it('is bech32m over 25 bits of the nonce and ten bytes of a digest of key and nonce', () => {
    const nonce = nonceNamed('engine');
    const bits = BigInt(`0x${Buffer.from(nonce, 'base64url').toString('hex')}`) >> 103n;
    const time = [20n, 15n, 10n, 5n, 0n].map((shift) => Number((bits >> shift) & 31n));
    const sorted = [...'023456789acdefghjklmnpqrstuvwxyz'];
    const digest = sha256(utf8(`huilian/item/v1\0${keyId}\0${nonce}`));
    const id = itemIdOf(keyId, nonce);
    expect(id.slice(3, 8)).toBe(time.map((word) => sorted[word]).join(''));
    const words = bech32m.decode(id as `hl1${string}`).words;
    expect(words.slice(5)).toEqual(bech32m.toWords(digest.subarray(0, 10)));
    expect(id).toMatch(/^hl1[02-9ac-hj-np-z]{27}$/);
    expect(isItemId(id)).toBe(true);
  });

  it('is another one for another key or another nonce', () => {
    const ids = ['a', 'b'].flatMap((name) =>
      ['plant', 'shop'].map((key) => itemIdOf(keyIdOf(keyNamed(key)), nonceNamed(name))),
    );
    expect(new Set(ids).size).toBe(4);
  });

  it('has neighbours among the ids of the same two minutes, whatever the key', () => {
    const front = (key: string, time: number): string => {
      const random = Buffer.from(nonceNamed(`${key} ${String(time)}`), 'base64url').subarray(0, 12);
      return itemIdOf(keyIdOf(keyNamed(key)), nonceAt(time, random)).slice(0, 8);
    };
    const time = 1_700_000_000 - (1_700_000_000 % 128);
    expect(front('shop', time + 127)).toBe(front('plant', time));
    expect(front('plant', time + 128)).not.toBe(front('plant', time));
  });

  it('sorts by its time', () => {
    const idAt = (time: number): string => itemIdOf(keyId, nonceAt(time, new Uint8Array(12)));
    const times = fc.tuple(
      fc.integer({ min: 0, max: 2 ** 25 - 2 }),
      fc.integer({ min: 1, max: 2 ** 25 - 1 }),
    );
    fc.assert(
      fc.property(times, ([at, later]) => {
        fc.pre(later > at);
        expect(idAt(at * 128) < idAt(later * 128)).toBe(true);
      }),
    );
  });

  it('with up to four characters mistyped is refused', () => {
    const typed = fc.array(
      fc.tuple(fc.integer({ min: 3, max: 29 }), fc.constantFrom(...'023456789acdefghjklmnpqrstuvwxyz')),
      { minLength: 1, maxLength: 4 },
    );
    fc.assert(
      fc.property(fc.string({ maxLength: 8 }), typed, (name, changes) => {
        const id = itemIdOf(keyId, nonceNamed(name));
        const characters = [...id];
        for (const [place, character] of changes) characters[place] = character;
        const mistyped = characters.join('');
        expect(isItemId(mistyped)).toBe(mistyped === id);
      }),
      { numRuns: 500 },
    );
  });

  it('is refused in capitals, with another prefix or another length', () => {
    const id = itemIdOf(keyId, nonceNamed('engine'));
    const other = bech32m.encode('hx', bech32m.toWords(new Uint8Array(13)));
    const longer = bech32m.encode('hl', bech32m.toWords(new Uint8Array(14)));
    for (const wrong of [id.toUpperCase(), ` ${id}`, id.slice(0, 29), other, longer, 'hl1', '']) {
      expect(isItemId(wrong), wrong).toBe(false);
    }
  });
});

describe('a nonce', () => {
  it('begins with its time', () => {
    const random = Uint8Array.from({ length: 12 }, (_, index) => index);
    const bytes = Buffer.from(nonceAt(1_764_108_548, random), 'base64url');
    expect(bytes.readUInt32BE(0)).toBe(1_764_108_548);
    expect([...bytes.subarray(4)]).toEqual([...random]);
    expect(isNonce(nonceAt(0, random))).toBe(true);
    expect(() => nonceAt(0, random.subarray(1))).toThrow(RangeError);
  });

  it('is 16 bytes in their one base64url spelling', () => {
    expect(isNonce('AAAAAAAAAAAAAAAAAAAAAA')).toBe(true);
    for (const wrong of [
      'AAAAAAAAAAAAAAAAAAAAAB',
      'AAAAAAAAAAAAAAAAAAAAA',
      'AAAAAAAAAAAAAAAAAAAAA=',
      'AAAAAAAAAAAAAAAAAAAA++',
      '',
    ]) {
      expect(isNonce(wrong), wrong).toBe(false);
    }
  });
});
