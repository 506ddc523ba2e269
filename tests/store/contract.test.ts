import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { HuilianError } from '@huilian/core';
import type { Page, Store } from '@huilian/gateway-api/model';
import {
  applyUpTo,
  blockOf,
  crates,
  ledger,
  nextBlock,
  nextBlocks,
  tallies,
  views,
  type Crate,
} from './fixture.js';
import { mongoKind, sqliteKind, type Site } from './sites.js';

const setUpMilliseconds = 300_000;

describe.each([sqliteKind(), mongoKind()])('A read model in $name', (kind) => {
  let site: Site;
  let store: Store;

  beforeAll(() => kind.start(), setUpMilliseconds);
  afterAll(() => kind.dispose());
  beforeEach(async () => {
    site = kind.site();
    store = await site.open(views);
  });
  afterEach(() => store.close());

  it('holds nothing before block zero', async () => {
    expect(await store.checkpoint()).toBeUndefined();
    expect(await store.get(crates, 'crate-0000')).toBeUndefined();
    expect(await store.find(crates, 'all', { where: {} })).toEqual({ documents: [] });
  });

  it('holds what a block did, and the block as its checkpoint', async () => {
    expect(await store.apply(await nextBlock(store, 0))).toBe('applied');
    expect(await store.get(tallies, 'east')).toEqual({ yard: 'east', received: 3, last: 0 });
    expect(await store.checkpoint()).toEqual({
      ledger,
      projection: 'fixture',
      number: 0,
      hash: ledger,
      time: 1_790_000_000,
    });
  });

  it('counts a block once that is delivered twice', async () => {
    const block = await nextBlock(store, 0);
    await store.apply(block);
    const digest = await store.digest();
    expect(await store.apply(block)).toBe('already');
    expect(
      await store.apply(blockOf(0, [{ view: tallies, document: { yard: 'east', received: 9, last: 9 } }])),
    ).toBe('already');
    expect(await store.digest()).toBe(digest);
  });

  it('refuses a block when one before it is missing', async () => {
    await expect(store.apply(blockOf(1, []))).rejects.toMatchObject({ code: 'HL-5021' });
    await applyUpTo(store, 1);
    const digest = await store.digest();
    await expect(store.apply(blockOf(3, []))).rejects.toMatchObject({ code: 'HL-5021' });
    expect(await store.digest()).toBe(digest);
  });

  it('refuses the blocks of another ledger', async () => {
    await applyUpTo(store, 1);
    const other = 'f'.repeat(64);
    await expect(store.apply({ ...blockOf(2, []), ledger: other })).rejects.toMatchObject({
      code: 'HL-5020',
    });
    await expect(store.apply({ ...blockOf(2, []), previousHash: other })).rejects.toMatchObject({
      code: 'HL-5020',
    });
    await expect(store.apply({ ...blockOf(1, []), hash: other })).rejects.toMatchObject({ code: 'HL-5020' });
    expect((await store.checkpoint())?.number).toBe(1);
  });

  it('holds several blocks that came together as if they had come one by one', async () => {
    await applyUpTo(store, 4);
    const digest = await store.digest();
    await store.reset();
    await applyUpTo(store, 0);
    expect(await store.apply(await nextBlocks(store, 1, 4))).toBe('applied');
    expect(await store.digest()).toBe(digest);
    expect((await store.checkpoint())?.number).toBe(4);
  });

  it('takes nothing of several blocks when another gateway has applied the first of them', async () => {
    await applyUpTo(store, 1);
    const together = await nextBlocks(store, 2, 4);
    await applyUpTo(store, 2);
    const digest = await store.digest();
    expect(await store.apply(together)).toBe('overtaken');
    expect(await store.digest()).toBe(digest);
    await applyUpTo(store, 4);
    expect(await store.apply(together)).toBe('already');
  });

  it('finds a document by what it is now and no more by what it was', async () => {
    const before: Crate = { id: 'c', yard: 'east', sealed: true, row: 1 };
    await store.apply(blockOf(0, [{ view: crates, document: before }]));
    const document: Crate = { ...before, yard: 'west', note: 'n' };
    await store.apply(blockOf(1, [{ view: crates, document, before }]));
    const inYard = async (yard: string): Promise<readonly Crate[]> =>
      (await store.find(crates, 'byYard', { where: { yard, sealed: true } })).documents;
    expect([await inYard('east'), await inYard('west')]).toEqual([[], [document]]);
  });

  it('replaces a document whole: a field that is gone is gone', async () => {
    const bare: Crate = { id: 'c', yard: 'east', sealed: true, row: 1 };
    await store.apply(
      blockOf(0, [{ view: crates, document: { ...bare, note: 'n', content: { bolts: 4 } } }]),
    );
    await store.apply(blockOf(1, [{ view: crates, document: bare }]));
    expect(await store.get(crates, 'c')).toEqual(bare);
  });

  it('leaves out a member that is undefined, at any depth', async () => {
    const bare: Crate = { id: 'c', yard: 'east', sealed: true, row: 1, content: { bolts: 4 } };
    await store.apply(blockOf(0, [{ view: crates, document: bare }]));
    const digest = await store.digest();
    await store.reset();
    const spelled = { ...bare, note: undefined, content: { bolts: 4, nuts: undefined } };
    await store.apply(blockOf(0, [{ view: crates, document: spelled }]));
    const found = await store.get(crates, 'c');
    expect(Object.keys(found?.content ?? {})).toEqual(['bolts']);
    expect(await store.digest()).toBe(digest);
  });

  it('gives back large integers, Chinese text, empty and nested values as they were', async () => {
    const content = {
      large: Number.MAX_SAFE_INTEGER,
      negative: -(2 ** 40),
      text: '发动机 🚗',
      empty: { list: [], object: {} },
      list: [1, 'two', [3, [{ four: [true] }]]],
      nothing: null,
    };
    const crate: Crate = { id: 'c', yard: 'east', sealed: false, row: 2 ** 45, content };
    await store.apply(blockOf(0, [{ view: crates, document: crate }]));
    expect(await store.get(crates, 'c')).toEqual(crate);
    expect(await store.getMany(crates, ['c', 'd'])).toEqual(new Map([['c', crate]]));
  });

  it('is found again with the same content after it was closed', async () => {
    await applyUpTo(store, 2);
    const digest = await store.digest();
    await store.close();
    store = await site.open(views);
    expect(await store.digest()).toBe(digest);
    expect((await store.checkpoint())?.number).toBe(2);
  });

  it('is rebuilt from block zero to the same digest', async () => {
    await applyUpTo(store, 3);
    const digest = await store.digest();
    await store.reset();
    expect(await store.checkpoint()).toBeUndefined();
    expect(await store.get(tallies, 'east')).toBeUndefined();
    await applyUpTo(store, 3);
    expect(await store.digest()).toBe(digest);
  });

  it('has another digest when one document differs', async () => {
    const crate: Crate = { id: 'c', yard: 'east', sealed: true, row: 1 };
    await store.apply(blockOf(0, [{ view: crates, document: crate }]));
    const digest = await store.digest();
    await store.reset();
    await store.apply(blockOf(0, [{ view: crates, document: { ...crate, row: 2 } }]));
    expect(await store.digest()).not.toBe(digest);
  });

  it('counts a block once that two gateways apply at the same time', async () => {
    const other = await site.open(views);
    await Promise.all([applyUpTo(store, 4), applyUpTo(other, 4)]);
    const digest = await store.digest();
    await other.close();
    await store.reset();
    await applyUpTo(store, 4);
    expect(await store.digest()).toBe(digest);
  });

  describe('with crates in three yards', () => {
    beforeEach(() => applyUpTo(store, 3));

    it.each([1, 2, 3, 50])('shows an index in pages of %i, in order, each document once', async (limit) => {
      const whole = await store.find(crates, 'all', { where: {}, limit: 1_000 });
      const expected = [...whole.documents].sort((a, b) => a.row - b.row || (a.id < b.id ? -1 : 1));
      const forwards = await allPages((after) => store.find(crates, 'all', { where: {}, limit, ...after }));
      expect(forwards).toEqual(expected);
      const backwards = await allPages((after) =>
        store.find(crates, 'all', { where: {}, limit, descending: true, ...after }),
      );
      expect(backwards).toEqual(expected.reverse());
    });

    it.each([1, 3, 1_000])('shows a whole view in the order of its keys, %i at a time', async (limit) => {
      const whole = await store.find(crates, 'all', { where: {}, limit: 1_000 });
      const scanned: Crate[] = [];
      for (let after = ''; ;) {
        const found = await store.scan(crates, after, limit);
        expect(found.length).toBeLessThanOrEqual(limit);
        scanned.push(...found);
        const last = found.at(-1);
        if (last === undefined) break;
        after = last.id;
      }
      expect(scanned).toEqual([...whole.documents].sort((a, b) => (a.id < b.id ? -1 : 1)));
      expect(await store.scan(crates, 'crate-0002x', 1)).toMatchObject([{ id: 'crate-0003' }]);
    });

    it('shows only the entry that was asked for', async () => {
      const { documents } = await store.find(crates, 'byYard', { where: { yard: 'east', sealed: true } });
      expect(documents.length).toBeGreaterThan(1);
      expect(documents.every((crate) => crate.yard === 'east' && crate.sealed)).toBe(true);
      const keys = await allPages((after) =>
        store.find(crates, 'byYardAndKey', { where: { yard: 'west' }, limit: 2, ...after }),
      );
      expect(keys.map((crate) => crate.id)).toEqual(keys.map((crate) => crate.id).sort());
      expect(keys.length).toBeGreaterThan(4);
    });

    it('goes on after the cursor when documents arrived meanwhile', async () => {
      const first = await store.find(crates, 'all', { where: {}, limit: 4 });
      await applyUpTo(store, 5);
      const rest = await allPages((after) =>
        store.find(crates, 'all', { where: {}, limit: 4, after: first.next ?? '', ...after }),
      );
      const whole = await store.find(crates, 'all', { where: {}, limit: 1_000 });
      expect([...first.documents, ...rest].map((crate) => crate.id)).toEqual(
        whole.documents.map((crate) => crate.id),
      );
    });

    it.each([
      '',
      'x',
      'W10',
      Buffer.from('["a"]').toString('base64url'),
      Buffer.from('[{},"a"]').toString('base64url'),
    ])('refuses the cursor %j', async (after) => {
      const page = store.find(crates, 'all', { where: {}, after });
      await expect(page).rejects.toBeInstanceOf(HuilianError);
      await expect(page).rejects.toMatchObject({ code: 'HL-5024' });
    });
  });
});

describe('Both stores', () => {
  const kinds = [sqliteKind(), mongoKind()];
  beforeAll(() => Promise.all(kinds.map((kind) => kind.start())), setUpMilliseconds);
  afterAll(() => Promise.all(kinds.map((kind) => kind.dispose())));

  it('have the same digest and the same cursors after the same blocks', async () => {
    const seen = [];
    for (const kind of kinds) {
      const store = await kind.site().open(views);
      await applyUpTo(store, 4);
      const page = await store.find(crates, 'byYard', { where: { yard: 'east', sealed: false }, limit: 2 });
      seen.push({ digest: await store.digest(), page });
      await store.close();
    }
    expect(seen[0]).toEqual(seen[1]);
    expect(seen[0]?.page.next).toBeDefined();
  });
});

/** Follows the cursors from the first page to the last. */
async function allPages<D>(page: (after: { after?: string }) => Promise<Page<D>>): Promise<D[]> {
  const documents: D[] = [];
  for (let after: { after?: string } = {}; ;) {
    const { documents: found, next } = await page(after);
    documents.push(...found);
    if (next === undefined) return documents;
    after = { after: next };
  }
}
