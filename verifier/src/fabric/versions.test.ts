import type { NamespaceReadWriteSet, Read, Write } from '@huilian/fabric';
import { describe, expect, it } from 'vitest';
import { Tables } from '../rows/tables.js';
import { Versions } from './versions.js';

const first = { block: 1, transaction: 0 };
const second = { block: 2, transaction: 3 };
const value = Buffer.from('{}');

describe.each([
  ['that fit into memory', undefined],
  ['that do not fit into memory', { rows: 1, characters: 1_000 }],
])('The versions of rows %s', (_, hot) => {
  const tables = (): Tables => new Tables(hot === undefined ? {} : { hot });

  it('let a transaction read what it saw, and refuse what changed since', () => {
    const versions = new Versions(tables());
    versions.write(set({ writes: [{ key: 'a', value }] }), first);
    versions.commit();
    expect(versions.readsAreCurrent(set({ reads: [{ key: 'a', version: first }] }))).toBe(true);
    expect(versions.readsAreCurrent(set({ reads: [{ key: 'a', version: second }] }))).toBe(false);
    expect(versions.readsAreCurrent(set({ reads: [{ key: 'a' }] }))).toBe(false);
    expect(versions.readsAreCurrent(set({ reads: [{ key: 'b' }] }))).toBe(true);
  });

  it('count a row that an earlier transaction of the block wrote as changed', () => {
    const versions = new Versions(tables());
    versions.write(set({ writes: [{ key: 'a', value }] }), first);
    expect(versions.readsAreCurrent(set({ reads: [{ key: 'a', version: first }] }))).toBe(false);
    expect(versions.readsAreCurrent(set({ reads: [{ key: 'a' }] }))).toBe(false);
  });

  it('forget a row that was deleted', () => {
    const versions = new Versions(tables());
    versions.write(set({ writes: [{ key: 'a', value }] }), first);
    versions.commit();
    versions.write(set({ writes: [{ key: 'a', value: null }] }), second);
    versions.commit();
    expect(versions.readsAreCurrent(set({ reads: [{ key: 'a' }] }))).toBe(true);
  });

  it('list the updates of a block by namespace, public rows first, then key', () => {
    const versions = new Versions(tables());
    const hashed = { keyHash: Buffer.from([0xff]), valueHash: value };
    const collections = [{ collection: 'c', reads: [], writes: [hashed], metadataWrites: 0 }];
    versions.write({ ...set({ writes: [{ key: 'b', value }] }), collections }, first);
    versions.write(set({ writes: [{ key: 'a', value }] }), second);
    versions.write({ ...set({ writes: [{ key: 'z', value }] }), namespace: '_lifecycle' }, second);
    const names = versions.updates().map(({ namespace, collection, key }) => [namespace, collection, key]);
    expect(names).toEqual([
      ['_lifecycle', '', 'z'],
      ['huilian', '', 'a'],
      ['huilian', '', 'b'],
      ['huilian', 'c', '\u00ff'],
    ]);
  });

  it('count rows in a range with what the block changed', () => {
    const versions = new Versions(tables());
    versions.write(set({ writes: ['a', 'b', 'c'].map((key) => ({ key, value })) }), first);
    versions.commit();
    versions.write(set({ writes: [{ key: 'b', value: null }] }), second);
    expect(versions.countInRange('huilian', { start: 'a', end: 'c', endIncluded: false })).toBe(1);
    expect(versions.countInRange('huilian', { start: 'a', end: 'c', endIncluded: true })).toBe(2);
  });
});

function set(parts: { reads?: readonly Read[]; writes?: readonly Write[] }): NamespaceReadWriteSet {
  return {
    namespace: 'huilian',
    reads: parts.reads ?? [],
    writes: parts.writes ?? [],
    collections: [],
    rangeQueries: [],
    metadataWrites: 0,
  };
}
