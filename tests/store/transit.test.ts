import { itemIdOf, type LedgerEvent } from '@huilian/core';
import type { Signer } from '@huilian/core/testing';
import { foldBlock, Views, views, type Store } from '@huilian/gateway-api/model';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newNonce } from '../verify/signer.js';
import { cast, event, plantCode, shopCode, smelterCode, type Cast } from './morning.js';
import { mongoKind, sqliteKind } from './sites.js';
import { ledgerId, start } from './synthetic-ledger.js';

describe.each([sqliteKind(), mongoKind()])('what is on its way, in $name', (kind) => {
  let played: Cast;
  let store: Store;
  let model: Views;
  let folded = 0;

  beforeAll(async () => {
    await kind.start();
    played = cast();
    store = await kind.site().open(views);
    model = new Views(() => store);
  });
  afterAll(async () => {
    await store.close();
    await kind.dispose();
  });

  function made(signer: Signer, itemKind: 'container' | 'device', category: string): [string, LedgerEvent] {
    const nonce = newNonce();
    const item = itemIdOf(signer.keyId, nonce);
    return [item, event('register', item, { kind: itemKind, category, nonce, tags: [], massGrams: 1_000 })];
  }

  /** Records what one party signs, and folds it. */
  async function records(signer: Signer, ...events: LedgerEvent[]): Promise<void> {
    played.ledger.record([signer.batch(events, { time: start })]);
    for (const block of played.ledger.sealed.slice(folded)) {
      const { puts, time } = await foldBlock(block, store);
      await store.apply({ ...block, ledger: ledgerId, projection: 'test', time, puts });
      folded += 1;
    }
  }

  const all = { limit: 50 };
  const idsIn = async (filter: Parameters<Views['inTransit']>[0]): Promise<string[]> =>
    (await model.inTransit(filter, all)).records.map(({ id }) => id).sort();
  const held = async (party: string): Promise<unknown> =>
    (
      await store.get(
        views.find(({ name }) => name === 'count')!,
        `held/${party}/device`,
      )
    )?.['value'];

  it('is told by giver, by receiver and all, with the things that a receiver left behind', async () => {
    const { plant, shop } = played;
    const [box, registersBox] = made(plant, 'container', 'box');
    const [cage, registersCage] = made(plant, 'container', 'cage');
    const things = Array.from({ length: 5 }, () => made(plant, 'device', 'television'));
    const [first, second, ...rest] = things.map(([item]) => item) as [string, string, ...string[]];
    await records(plant, registersBox, registersCage, ...things.map(([, registers]) => registers));
    expect(await held(plantCode)).toBe(5);
    await records(
      plant,
      event('pack', box, { items: [first, second] }),
      event('pack', cage, { items: [box, ...rest] }),
    );
    // What is packed is held with what it is in.
    expect(await held(plantCode)).toBe(0);
    const listed = await model.packed(cage, undefined, 2);
    const [, last] = listed.map(({ id }) => id);
    expect([...listed, ...(await model.packed(cage, last, 10))].map(({ id }) => id).sort()).toEqual(
      [box, ...rest].sort(),
    );

    await records(plant, event('handover', cage, { to: shopCode }));
    expect(await idsIn({})).toEqual([cage]);
    expect(await idsIn({ giver: plantCode })).toEqual([cage]);
    expect(await idsIn({ receiver: shopCode })).toEqual([cage]);
    expect(await idsIn({ receiver: smelterCode })).toEqual([]);

    const exceptions = [
      { reason: 'missing' as const, items: [first] },
      { reason: 'damaged' as const, items: rest.slice(0, 1) },
    ];
    await records(shop, event('accept', cage, { from: plantCode, exceptions }));
    expect(await idsIn({ giver: plantCode })).toEqual([first, rest[0]!].sort());
    expect((await model.packed(box, undefined, 10)).map(({ id }) => id)).toEqual([second]);
    expect(await held(plantCode)).toBe(2);

    await records(shop, event('accept', first, { from: plantCode }));
    await records(shop, event('unpack', cage, { items: rest.slice(1) }));
    expect(await idsIn({})).toEqual([rest[0]]);
    expect(await held(shopCode)).toBe(1 + rest.length - 1);
  });

  it('is told page by page, oldest first', async () => {
    const { plant } = played;
    const things = Array.from({ length: 7 }, () => made(plant, 'device', 'refrigerator'));
    await records(plant, ...things.map(([, registers]) => registers));
    for (const [item] of things) await records(plant, event('handover', item, { to: smelterCode }));
    const found: string[] = [];
    for (let cursor: string | undefined; ;) {
      const page = await model.inTransit({ receiver: smelterCode }, { limit: 3, cursor });
      found.push(...page.records.map(({ id }) => id));
      cursor = page.next;
      if (cursor === undefined) break;
    }
    expect(found.toSorted()).toEqual(things.map(([item]) => item).toSorted());
  });
});
