import { batchDigest, checkBatch, eventIdOf, rowKey, type Json } from '@huilian/core';
import { foldBlock, Views, views, type Store } from '@huilian/gateway-api/model';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { event, morning, newItem, plantCode, shopCode, smelterCode, type Morning } from './morning.js';
import { mongoKind, sqliteKind } from './sites.js';
import { ledgerId, start } from './synthetic-ledger.js';

const registered = 30;
const page = { limit: 7 };

let store: Store;
let played: Morning;
let model: Views;

describe.each([sqliteKind(), mongoKind()])('Questions to the read model in $name', (kind) => {
  beforeAll(async () => {
    await kind.start();
    store = await kind.site().open(views);
    model = new Views(() => store);
    played = morning();
    const { ledger, plant } = played;
    const items = Array.from({ length: registered }, (_, i) =>
      newItem(plant, i % 3 === 0 ? 'device' : 'part', 'starter'),
    );
    ledger.record([
      plant.batch(
        items.map(({ register }) => register),
        { time: start },
      ),
    ]);
    const inspected = items
      .filter((_, i) => i % 2 === 0)
      .map(({ id }) => event('inspect', id, { result: 'fit' }));
    ledger.record([plant.batch(inspected, { time: start })]);
    for (const block of ledger.sealed) {
      const { puts, time } = await foldBlock(block, store);
      await store.apply({ ...block, ledger: ledgerId, projection: 'test', time, puts });
    }
  }, 300_000);
  afterAll(async () => {
    await store.close();
    await kind.dispose();
  });

  it.each([
    [{}, registered + 4],
    [{ kind: 'device' as const }, 10],
    [{ state: 'inspected' as const }, 10],
    [{ kind: 'device' as const, state: 'registered' as const }, 10],
    [{ kind: 'part' as const, state: 'inspected' as const }, 10],
    [{ custodian: plantCode, state: 'inspected' as const }, 10],
    [{ party: shopCode }, 2],
    [{ party: plantCode, kind: 'device' as const }, 10],
    [{ party: smelterCode, custodian: plantCode }, 0],
  ])('find items by %j, page by page, each once and in the order of registration', async (filter, count) => {
    const whole = await model.items(filter, { limit: 1_000 });
    expect(whole.records).toHaveLength(count);
    const ids: string[] = [];
    for (let cursor: string | undefined; ;) {
      const found = await model.items(filter, { ...page, cursor });
      ids.push(...found.records.map(({ id }) => id));
      cursor = found.next;
      if (cursor === undefined) break;
    }
    expect(ids).toEqual(whole.records.map(({ id }) => id));
  });

  it('put a recorded batch together as its signer sent it', async () => {
    const { keyId } = played.plant;
    const found = await model.batch(keyId, 1);
    const checked = checkBatch(JSON.parse(JSON.stringify(found?.batch)) as Json);
    expect(batchDigest(checked.header)).toBe(found?.row.digest);
    expect(await model.batch(keyId, 4_000)).toBeUndefined();
  });

  it('tell the whole of an event although it stands under another item', async () => {
    const { records } = await model.history(played.engine, { limit: 50 });
    expect(records[0]?.event).toMatchObject({ type: 'dismantle', item: played.car });
    expect(records.map(({ signer }) => signer)).toEqual([
      plantCode,
      plantCode,
      shopCode,
      shopCode,
      shopCode,
      shopCode,
      shopCode,
    ]);
    for (const { id, keyId, sequence, index } of records)
      expect(id).toBe(eventIdOf({ keyId, sequence, index }));
  });

  it('show what came out of an item and what is fitted into it now', async () => {
    const out = await model.outputs(played.car, page);
    expect(out.records.map(({ id }) => id).sort()).toEqual([played.engine, played.iron].sort());
    expect((await model.fitted(played.other, page)).records).toEqual([]);
  });

  it('answer rows of the world state by their keys', async () => {
    for (const [key, row] of played.ledger.state) expect(await model.row(key)).toEqual(row);
    expect(await model.row(rowKey.item('hl1unknown'))).toBeUndefined();
    expect(await model.row('constructor/x')).toBeUndefined();
  });

  it('list participants, the keys of one, and rule tables', async () => {
    expect((await model.participants(page)).records.map(({ id }) => id)).toEqual(
      [smelterCode, plantCode, shopCode].sort(),
    );
    expect((await model.keysOf(plantCode, page)).records.map(({ id }) => id)).toEqual([played.plant.keyId]);
    const tables = (await model.rules('massTolerance', page)).records.map(({ row }) => row.table);
    expect(tables, 'and not the list of its versions').toEqual([{ permille: 20 }]);
    expect((await model.rules(undefined, page)).records.map(({ id }) => id)).toEqual([
      'massTolerance/CN/0001',
    ]);
    expect(await model.row(rowKey.rule('massTolerance', 'CN', 0))).toMatchObject({ table: { v1: 0 } });
    expect((await model.rules('unknown', page)).records).toEqual([]);
    expect(await model.height()).toBe(played.ledger.sealed.length - 1);
  });
});
