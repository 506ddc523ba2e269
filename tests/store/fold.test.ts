import { packGroup, type ItemRow, type Row } from '@huilian/core';
import {
  anomalyView,
  batchView,
  blockView,
  countView,
  foldBlock,
  itemEventView,
  itemLinkView,
  itemPartyView,
  itemView,
  rowViews,
  transactionView,
  views,
  wholeEvents,
  type SourceBlock,
  type Store,
} from '@huilian/gateway-api/model';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { event, morning, newItem, plantCode, shopCode, smelterCode, type Morning } from './morning.js';
import { mongoKind, sqliteKind } from './sites.js';
import { ledgerId, start } from './synthetic-ledger.js';

let store: Store;
let played: Morning;

/** Folds and applies a block. Every document that is put must be as its view declares. */
async function project(block: SourceBlock): Promise<void> {
  const { puts, time } = await foldBlock(block, store);
  for (const { view, document } of puts) view.schema.parse(document);
  const { number, hash, previousHash } = block;
  await store.apply({ ledger: ledgerId, projection: 'test', number, hash, previousHash, time, puts });
}

describe.each([sqliteKind(), mongoKind()])('In $name', (kind) => {
  beforeAll(() => kind.start(), 300_000);
  afterAll(() => kind.dispose());
  beforeEach(async () => {
    store = await kind.site().open(views);
    played = morning();
    for (const block of played.ledger.sealed) await project(block);
  });
  afterEach(() => store.close());

  describe('The read model of a morning', () => {
    it('has every row of the world state as it is', async () => {
      for (const [key, row] of played.ledger.state) expect(await rowOf(key)).toEqual(row);
    });

    it('tells the history of an item, with what was refused and why', async () => {
      const { documents } = await store.find(itemEventView, 'byItem', { where: { item: played.car } });
      expect(documents.map(({ type, verdict }) => [type, verdict])).toEqual([
        ['register', 'accepted'],
        ['inspect', 'accepted'],
        ['dispose', 'HL-2030'],
        ['dismantle', 'accepted'],
      ]);
      const [first] = await wholeEvents(store, documents);
      expect(first).toMatchObject({
        position: documents[0]?.id,
        signer: plantCode,
        keyId: played.plant.keyId,
        sequence: 1,
        index: 0,
      });
      expect(JSON.parse(documents[0]?.bytes ?? '')).toMatchObject({ type: 'register', item: played.car });
    });

    it('mentions an event under every item that it concerns', async () => {
      const { documents } = await store.find(itemEventView, 'byItem', { where: { item: played.engine } });
      expect(documents.map(({ type, mention }) => (mention ? `(${type})` : type))).toEqual([
        '(dismantle)',
        'handover',
        'accept',
        'inspect',
        'markReused',
        'fit',
        'remove',
      ]);
      const host = await store.find(itemEventView, 'byItem', { where: { item: played.other } });
      expect(host.documents.map(({ type }) => type)).toEqual(['register', 'fit', 'remove']);
    });

    it('numbers events in the order of block, transaction and place, without a gap in a transaction', async () => {
      const { documents } = await store.find(itemEventView, 'all', { where: {}, limit: 1_000 });
      const own = documents.filter(({ mention }) => mention === undefined).map(({ id }) => id);
      expect(own.slice(0, 3)).toEqual([
        '0000000005.00000.00000',
        '0000000005.00000.00001',
        '0000000005.00000.00002',
      ]);
      expect(new Set(own).size).toBe(own.length);
    });

    it('knows what came out of a car and what was taken out again', async () => {
      const from = { parent: played.car, relation: 'dismantledFrom', current: true } as const;
      const out = await store.find(itemLinkView, 'byParent', { where: from });
      expect(out.documents.map(({ child }) => child).sort()).toEqual([played.engine, played.iron].sort());
      const { documents } = await store.find(itemLinkView, 'byChild', { where: { child: played.engine } });
      expect(documents.map(({ relation, current }) => [relation, current])).toEqual([
        ['dismantledFrom', true],
        ['fittedInto', false],
      ]);
    });

    it('knows the parties of an item: who held it, owned it or was offered it', async () => {
      expect((await store.get(itemView, played.car))?.parties).toEqual([plantCode]);
      expect((await store.get(itemView, played.engine))?.parties).toEqual([plantCode, shopCode]);
      const { documents } = await store.find(itemPartyView, 'byParty', { where: { party: smelterCode } });
      expect(documents.map(({ item }) => item)).toEqual([played.iron]);
    });

    it('keeps counts that agree with what is counted', async () => {
      expect(await counts('items')).toEqual({
        'lot/disposed': 1,
        'part/dismantled': 1,
        'part/registered': 1,
        'vehicle/inUse': 1,
      });
      expect(await counts('held')).toEqual({ [`${shopCode}/part`]: 1, [`${shopCode}/vehicle`]: 1 });
      expect(await counts('batches')).toEqual({ '': 10 });
      expect(await counts('lost')).toEqual({ '': 2 });
      expect(await counts('forks')).toEqual({ '': 1 });
      expect(await counts('events')).toMatchObject({
        'dispose/HL-2030': 1,
        'dispose/accepted': 1,
        'register/accepted': 2,
      });
    });

    it('puts a batch back together from its row and its events', async () => {
      const id = `${played.plant.keyId}/0000000001`;
      const batch = await store.get(batchView, id);
      expect(batch?.header).toMatchObject({ keyId: played.plant.keyId, sequence: 1, count: 2 });
      expect(batch?.row.digest).toBe(((await rowOf(`recorded/${id}`)) as { digest: string }).digest);
    });

    it('lists blocks and transactions', async () => {
      expect(await store.get(blockView, '0000000005')).toMatchObject({
        number: 5,
        transactions: 1,
        invalid: 0,
      });
      const id = played.ledger.sealed[5]?.transactions[0]?.id ?? '';
      expect(await store.get(transactionView, id)).toMatchObject({
        block: 5,
        function: 'Record:record',
        valid: true,
      });
    });
  });

  describe('The fold of a block', () => {
    it('lets an invalid transaction change nothing', async () => {
      const before = await store.get(itemView, played.other);
      const writes = [{ key: `item/${played.other}`, value: Buffer.from('{}') }];
      const group = packGroup([
        played.shop.batch([event('inspect', played.other, { result: 'fit' })], { time: start }),
      ]);
      await project(played.ledger.append({ function: 'Record:record', args: [group], writes, valid: false }));
      expect(await store.get(itemView, played.other)).toEqual(before);
      expect(
        (await store.find(itemEventView, 'byItem', { where: { item: played.other } })).documents,
      ).toHaveLength(3);
    });

    it('keeps those as parties who only held an item between two transactions of one block', async () => {
      const { ledger, plant, shop } = played;
      const item = newItem(plant, 'part', 'starter');
      const to = (code: string): ReturnType<typeof event> => event('handover', item.id, { to: code });
      await project(
        ledger.record([
          plant.batch([item.register, to(smelterCode)], { time: start }),
          played.smelter.batch([event('accept', item.id, { from: plantCode }), to(shopCode)], {
            time: start,
          }),
        ]),
      );
      expect((await store.get(itemView, item.id))?.parties).toEqual([plantCode, smelterCode, shopCode]);
      expect(shop.keyId).not.toBe(plant.keyId);
    });

    it('shows a stranger nothing although he accepts what nobody offered him', async () => {
      const { ledger, smelter, other } = played;
      await project(
        ledger.record([smelter.batch([event('accept', other, { from: shopCode })], { time: start })]),
      );
      expect((await store.get(itemView, other))?.row.acceptances).toHaveLength(1);
      expect((await store.get(itemView, other))?.parties).toEqual([shopCode]);
    });

    it.each<[string, string, Uint8Array | null]>([
      ['is not JSON', 'item/x', Buffer.from('{')],
      ['is not canonical', 'tag/serial/x', Buffer.from('{ "item":"x"}')],
      ['holds a fraction', 'lane/x', Buffer.from('{"next":1,"odd":1.5}')],
      ['has another shape', 'item/x', Buffer.from('{"kind":"moon"}')],
      ['nests too deeply', 'lane/x', Buffer.from(`{"next":1,"odd":${'['.repeat(15)}${']'.repeat(15)}}`)],
      ['is deleted', 'item/x', null],
    ])('is not stopped by a forged row that %s', async (_what, key, value) => {
      await project(played.ledger.append({ function: 'Record:record', args: [], writes: [{ key, value }] }));
      const { documents } = await store.find(anomalyView, 'all', { where: {} });
      expect(documents.some(({ reason }) => reason.includes(key))).toBe(true);
      expect(await counts('anomalies')).toEqual({ '': documents.length });
    });

    it.each<[string, Uint8Array]>([
      ['is no group', Buffer.from('junk')],
      ['lacks the batch that was written', packGroup([])],
    ])('is not stopped by a forged argument that %s', async (_what, argument) => {
      const row = {
        digest: 'd',
        root: 'r',
        outcome: 'o',
        count: 1,
        refused: [],
        ruleset: 1,
        time: start,
        transaction: 't',
      };
      const writes = [{ key: 'recorded/k/0000000001', value: Buffer.from(JSON.stringify(sorted(row))) }];
      await project(played.ledger.append({ function: 'Record:record', args: [argument], writes }));
      expect((await store.find(anomalyView, 'all', { where: {} })).documents.length).toBeGreaterThan(0);
    });
  });
});

async function rowOf(key: string): Promise<Row | undefined> {
  const [prefix = '', ...rest] = key.split('/');
  const view = rowViews[prefix];
  const found =
    view === undefined ? undefined : await store.get(view, rest.length === 0 ? prefix : rest.join('/'));
  return found?.['row'] as ItemRow | undefined;
}

/** The counts of a subject that are not zero, by their labels. */
async function counts(subject: string): Promise<Record<string, number>> {
  const { documents } = await store.find(countView, 'bySubject', { where: { subject }, limit: 1_000 });
  return Object.fromEntries(
    documents.filter(({ value }) => value !== 0).map(({ labels, value }) => [labels.join('/'), value]),
  );
}

function sorted(row: object): object {
  return Object.fromEntries(Object.entries(row).sort(([a], [b]) => (a < b ? -1 : 1)));
}
