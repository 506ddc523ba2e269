import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalText, parseCanonical, type Json } from '../bytes/canonical.js';
import { toBase64url } from '../bytes/encode.js';
import type { ItemRow } from './rows.js';
import { itemMembers } from './item-members.js';
import { itemForm, readMembers, storeMembers } from './stored-item.js';
import { readStored, rowOfStored, storedBytes } from './stored-rows.js';
import { item, rows } from './stored-rows.testing.js';

describe('a row in the world state', () => {
  it('reads back as what was written', () => {
    fc.assert(
      fc.property(rows, ([key, row]) => {
        expect(canonicalText(readStored(key, storedBytes(key, row)))).toBe(canonicalText(row));
      }),
    );
  });

  it('has canonical bytes', () => {
    fc.assert(
      fc.property(rows, ([key, row]) => {
        expect(() => parseCanonical(storedBytes(key, row))).not.toThrow();
      }),
    );
  });

  it('has canonical bytes, in which different rows differ', () => {
    fc.assert(
      fc.property(item, item, (one, other) => {
        const [first, second] = [storedBytes('item/hl1x', one), storedBytes('item/hl1x', other)];
        expect(() => parseCanonical(first)).not.toThrow();
        expect(Buffer.compare(first, second) === 0).toBe(canonicalText(one) === canonicalText(other));
      }),
    );
  });

  it('of an item stores each member alone as it does the whole', () => {
    fc.assert(
      fc.property(item, (row) => {
        const [, , s, c, u, , others] = itemForm.store(row);
        const alone = Object.values(itemMembers).map(({ name, store }) => [name, store(row)] as const);
        expect(Object.fromEntries(alone)).toEqual({ ...others, c, s, u });
      }),
    );
  });

  it('of an item names each member by a letter of its own, but for what only lots and only manifests are', () => {
    const names = Object.values(itemMembers).map(({ name }) => name);
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual(['F']);
  });

  it('of an item tells all that a step may change, and reads it back', () => {
    fc.assert(
      fc.property(item, (row) => {
        const { correction: _facts, count: _count, head: _head, ...members } = row;
        expect(readMembers(storeMembers(row))).toEqual(members);
      }),
    );
  });

  it('is a good deal shorter than what it says', () => {
    const row: ItemRow = {
      kind: 'device',
      category: 'starter',
      state: 'registered',
      custodian: '91320000MA0DEM001U',
      owner: '91320000MA0DEM001U',
      massGrams: 6200,
      count: 7,
      head: toBase64url(Buffer.alloc(24, 7)),
    };
    expect(Buffer.from(storedBytes('item/hl1x', row)).toString()).toBe(
      '["BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcH",7,"r","starter","91320000MA0DEM001U",0,{"g":6200,"k":"d"}]',
    );
  });

  it('that no rule wrote is told apart', () => {
    for (const wrong of [{ k: 'z', s: 'r' }, { k: 'd', s: 'q' }, {}] as Json[])
      expect(() => rowOfStored('item/hl1x', wrong)).toThrow(TypeError);
  });
});
