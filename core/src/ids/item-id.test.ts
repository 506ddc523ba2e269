import { bech32m } from '@scure/base';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sha256 } from '../bytes/digest.js';
import { utf8 } from '../bytes/encode.js';
import { keyNamed, nonceNamed } from '../testing/keys.js';
import { keyIdOf } from '../bytes/signature.js';
import { isItemId, isNonce, itemIdOf } from './item-id.js';

const keyId = keyIdOf(keyNamed('plant'));

describe('an item id', () => {
  it('is bech32m over ten bytes of a digest of key and nonce', () => {
    const nonce = nonceNamed('engine');
    const digest = sha256(utf8(`huilian/item/v1\0${keyId}\0${nonce}`));
    const id = itemIdOf(keyId, nonce);
    expect(id).toBe(bech32m.encode('hl', bech32m.toWords(digest.subarray(0, 10))));
    expect(id).toMatch(/^hl1[02-9ac-hj-np-z]{22}$/);
    expect(isItemId(id)).toBe(true);
  });

  it('is another one for another key or another nonce', () => {
    const ids = ['a', 'b'].flatMap((name) =>
      ['plant', 'shop'].map((key) => itemIdOf(keyIdOf(keyNamed(key)), nonceNamed(name))),
    );
    expect(new Set(ids).size).toBe(4);
  });

  it('with up to four characters mistyped is refused', () => {
    const typed = fc.array(
      fc.tuple(fc.integer({ min: 3, max: 24 }), fc.constantFrom(...'023456789acdefghjklmnpqrstuvwxyz')),
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
    const other = bech32m.encode('hx', bech32m.toWords(new Uint8Array(10)));
    const longer = bech32m.encode('hl', bech32m.toWords(new Uint8Array(11)));
    for (const wrong of [id.toUpperCase(), ` ${id}`, id.slice(0, 24), other, longer, 'hl1', '']) {
      expect(isItemId(wrong), wrong).toBe(false);
    }
  });
});

describe('a nonce', () => {
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
