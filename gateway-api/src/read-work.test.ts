import { storedBytes } from '@huilian/core';
import {
  agrees,
  correctable,
  corrects,
  lastEventOf,
  recorded,
  Trade,
  type Party,
} from '@huilian/core/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { foldBlock } from './projector/fold.js';
import type { SourceBlock } from './projector/source.js';
import { Views } from './read-model.js';
import { effective } from './routes/effective.js';
import { SqliteStore } from './store/sqlite.js';
import type { Store } from './store/store.js';
import { views } from './views/index.js';
import { numbered } from '@huilian/core/testing';

const page = { limit: 200 };

let trade: Trade;
let store: Store;
let model: Views;
let plant: Party;
let shop: Party;
let projected = 0;
beforeEach(() => {
  trade = new Trade();
  correctable(trade);
  store = SqliteStore.open(':memory:', views);
  model = new Views(() => store);
  plant = trade.party('plant', ['dismantler']);
  shop = trade.party('shop', ['repairShop'], { mspId: 'AftermarketMSP' });
  projected = 0;
});
afterEach(() => store.close());

/** Folds what was recorded since, each transaction as a block. */
async function project(): Promise<void> {
  for (const { group, time, transaction, recorded: done } of trade.world.transactions.slice(projected)) {
    const writes = [...done.writes].map(([key, row]) => ({ key, value: storedBytes(key, row) }));
    const number = projected++;
    const block: SourceBlock = {
      number,
      hash: `h${number}`,
      previousHash: number === 0 ? '' : `h${number - 1}`,
      transactions: [
        {
          id: transaction,
          index: 0,
          time,
          valid: true,
          code: 0,
          function: 'Record:record',
          args: [group],
          writes,
        },
      ],
    };
    const { puts } = await foldBlock(block, store);
    for (const { view, document } of puts) view.schema.parse(document);
    const { hash, previousHash } = block;
    await store.apply({ ledger: 'h0', projection: 'test', number, hash, previousHash, time, puts });
  }
}

function door(name: string): string {
  const { item, nonce } = plant.signer.item(name);
  trade.given(plant, {
    type: 'register',
    item,
    data: { kind: 'part', category: 'door', nonce, tags: [], massGrams: 9000 },
  });
  return item;
}

const inspection = (item: string) => ({ type: 'inspect' as const, item, data: { result: 'fit' as const } });

describe('refusals that one wrong step has caused', () => {
  it('are one piece of work with one root, which closes when all were offered again', async () => {
    const item = door('door');
    const wrong = recorded(trade, plant, { type: 'handover', item, data: { to: shop.creditCode } });
    const refused: string[] = [];
    for (let i = 0; i < 5; i++) {
      expect(trade.does(plant, inspection(item))).toBe('HL-2021');
      refused.push(lastEventOf(plant));
    }
    await project();
    const { records } = await model.workItems({ party: plant.creditCode, closed: false }, page);
    expect(records).toMatchObject([{ root: wrong, item, refusals: 5, left: 5, closed: false }]);
    const work = records[0]?.id ?? '';
    const listed = (await model.refusals({ work }, page)).records;
    expect(listed.map(({ id, root, verdict }) => [id, root, verdict])).toEqual(
      refused.map((id) => [id, wrong, 'HL-2021']),
    );
    expect(corrects(trade, plant, item, wrong)).toBe('accepted');
    await project();
    expect(await model.workItem(work)).toMatchObject({ correction: { effect: 'takenBack' }, left: 5 });
    for (const cites of refused) trade.given(plant, { ...inspection(item), cites });
    await project();
    expect(await model.workItem(work)).toMatchObject({ left: 0, closed: true });
    expect((await model.workItems({ closed: false }, page)).records).toEqual([]);
    expect((await model.workItems({ closed: true }, page)).records).toMatchObject([{ id: work }]);
  });

  it('of many items that were handed over in one batch are one piece of work', async () => {
    const items = ['a', 'b', 'c'].map(door);
    trade.given(
      plant,
      ...items.map((item) => ({ type: 'handover' as const, item, data: { to: shop.creditCode } })),
    );
    for (const item of items) trade.does(plant, inspection(item));
    await project();
    const { records } = await model.workItems({ closed: false }, page);
    expect(records).toMatchObject([{ refusals: 3, left: 3, party: plant.creditCode }]);
  });

  it('of a part go back to what happened to the car that it is fitted into', async () => {
    const car = plant.signer.item('car');
    trade.given(plant, {
      type: 'register',
      item: car.item,
      data: { kind: 'vehicle', category: 'sedan', nonce: car.nonce, tags: numbered(car.nonce) },
    });
    const { item, nonce } = shop.signer.item('new door');
    trade.given(plant, { type: 'handover', item: car.item, data: { to: shop.creditCode } });
    trade.given(shop, { type: 'accept', item: car.item, data: { from: plant.creditCode } });
    trade.given(
      shop,
      { type: 'register', item, data: { kind: 'part', category: 'door', nonce, tags: [], class: 'newPart' } },
      inspection(item),
      { type: 'fit', item, data: { into: car.item } },
    );
    const wrong = recorded(trade, shop, {
      type: 'handover',
      item: car.item,
      data: { to: plant.creditCode },
    });
    expect(trade.does(shop, { type: 'remove', item, data: { from: car.item } })).toBe('HL-2021');
    await project();
    const { records } = await model.workItems({ closed: false }, page);
    expect(records).toMatchObject([{ root: wrong, item: car.item, refusals: 1 }]);
  });

  it('of an item that is not on the ledger yet go back to themselves', async () => {
    const { item } = plant.signer.item('unknown');
    expect(trade.does(plant, inspection(item))).toBe('HL-2001');
    await project();
    const { records } = await model.workItems({ closed: false }, page);
    expect(records).toMatchObject([{ root: lastEventOf(plant), item, refusals: 1 }]);
  });

  it('are classed by Oversight; an attempt is not left to be mended', async () => {
    const auditor = trade.party('auditor', ['auditor'], { mspId: 'OversightMSP' });
    const item = door('door');
    trade.does(shop, inspection(item));
    const event = lastEventOf(shop);
    const id = recorded(trade, auditor, {
      type: 'classifyRefusal',
      item,
      data: { event, class: 'attempt' },
    });
    await project();
    const [work] = (await model.workItems({ closed: true }, page)).records;
    expect(work).toMatchObject({ party: shop.creditCode, left: 0 });
    const { records } = await model.refusals({ work: work?.id ?? '' }, page);
    expect(records).toMatchObject([{ id: event, class: 'attempt', classedBy: id }]);
    for (const signer of [shop.creditCode, undefined])
      expect((await model.refusals({ class: 'attempt', signer }, page)).records).toEqual(records);
    for (const filter of [
      { class: 'open' as const },
      { class: 'attempt' as const, signer: plant.creditCode },
    ])
      expect((await model.refusals(filter, page)).records).toEqual([]);
  });
});

describe('the history of an item with a correction', () => {
  it('keeps everything in the journal, and leaves out of the effective one what was taken back', async () => {
    const item = door('door');
    const wrong = recorded(trade, plant, { type: 'inspect', item, data: { result: 'unfit' } });
    corrects(trade, plant, item, wrong, { reason: 'wrongValue' });
    const right = recorded(trade, plant, { ...inspection(item), replaces: wrong });
    await project();
    const { records } = await model.history(item, page);
    expect(records.map(({ event }) => event.type)).toEqual(['register', 'inspect', 'correct', 'inspect']);
    expect(records[1]?.correction).toMatchObject({
      effect: 'takenBack',
      reason: 'wrongValue',
      signers: [plant.creditCode],
      replacedBy: right,
    });
    expect(records.filter(effective).map(({ id }) => id)).toEqual([records[0]?.id, right]);
  });

  it('shows what waits for the other hand, and both who signed in the end', async () => {
    const item = door('door');
    trade.given(plant, { type: 'handover', item, data: { to: shop.creditCode } });
    const wrong = recorded(trade, shop, { type: 'accept', item, data: { from: plant.creditCode } });
    corrects(trade, shop, item, wrong);
    await project();
    expect((await model.corrections([wrong])).get(wrong)).toMatchObject({ effect: 'open' });
    agrees(trade, plant, item, wrong);
    await project();
    expect((await model.corrections([wrong])).get(wrong)).toMatchObject({
      effect: 'takenBack',
      signers: [shop.creditCode, plant.creditCode],
    });
  });
});

describe('a wrong step whose effect stands', () => {
  /** A door that was inspected by the plant and is with the shop now. */
  function passedOn(name: string): { item: string; wrong: string } {
    const item = door(name);
    const wrong = recorded(trade, plant, { type: 'inspect', item, data: { result: 'unfit' } });
    trade.given(plant, { type: 'handover', item, data: { to: shop.creditCode } });
    trade.given(shop, { type: 'accept', item, data: { from: plant.creditCode } });
    return { item, wrong };
  }
  const declared = (item: string, wrong: string, eventType: string): string[] => [
    corrects(trade, plant, item, wrong, { eventType }),
    agrees(trade, shop, item, wrong, { eventType }),
  ];
  const away = (item: string) => ({ type: 'handover' as const, item, data: { to: plant.creditCode } });
  async function markOf(event: string) {
    await project();
    return (await model.corrections([event])).get(event);
  }

  it('leaves the effective history when a step of its type stands in its place, and not before', async () => {
    const { item, wrong } = passedOn('door');
    expect(declared(item, wrong, 'inspect')).toEqual(['accepted', 'accepted']);
    trade.given(shop, { ...away(item), replaces: wrong });
    expect(await markOf(wrong)).toMatchObject({ effect: 'questioned' });
    expect((await markOf(wrong))?.replacedBy).toBeUndefined();
    trade.given(shop, { type: 'withdraw', item, data: {} });
    const right = recorded(trade, shop, { ...inspection(item), replaces: wrong });
    expect(await markOf(wrong)).toMatchObject({ replacedBy: right });
    const { records } = await model.history(item, page);
    expect(records.filter(effective).map(({ id }) => id)).not.toContain(wrong);
  });

  it('is not replaced by a step of the type that a correction lied of, and readers are told', async () => {
    const { item, wrong } = passedOn('door');
    expect(declared(item, wrong, 'handover')).toEqual(['accepted', 'accepted']);
    trade.given(shop, { ...away(item), replaces: wrong });
    const mark = await markOf(wrong);
    expect(mark).toMatchObject({ effect: 'questioned', misnamed: true });
    expect(mark?.replacedBy).toBeUndefined();
    const { records } = await model.history(item, page);
    expect(records.filter(effective).map(({ id }) => id)).toContain(wrong);
  });

  it('is not replaced while the other hand has not signed', async () => {
    const { item, wrong } = passedOn('door');
    expect(agrees(trade, shop, item, wrong, { eventType: 'inspect' })).toBe('accepted');
    trade.given(shop, { ...inspection(item), replaces: wrong });
    const mark = await markOf(wrong);
    expect(mark).toMatchObject({ effect: 'open' });
    expect(mark?.replacedBy).toBeUndefined();
  });

  it('stands although the right step is recorded in the same batch', async () => {
    const { item, wrong } = passedOn('door');
    corrects(trade, plant, item, wrong, { eventType: 'inspect' });
    trade.given(
      shop,
      { type: 'agreeCorrection', item, data: { event: wrong, termVersion: 1, eventType: 'inspect' } },
      { ...inspection(item), replaces: wrong },
    );
    expect(await markOf(wrong)).toMatchObject({ effect: 'questioned', replacedBy: lastEventOf(shop, 1) });
  });

  it('is not marked by what is said of another item', async () => {
    const { item, wrong } = passedOn('door');
    expect(declared(item, wrong, 'inspect')).toEqual(['accepted', 'accepted']);
    const other = door('another door');
    expect(corrects(trade, plant, other, wrong, { eventType: 'inspect' })).toBe('accepted');
    trade.given(plant, { ...inspection(other), replaces: wrong });
    const mark = await markOf(wrong);
    expect(mark).toMatchObject({ item, effect: 'questioned' });
    expect(mark?.replacedBy).toBeUndefined();
    const { records } = await model.history(item, page);
    expect(records.find(({ id }) => id === wrong)?.correction).toMatchObject({ effect: 'questioned' });
  });
});

describe('a hold that has ended', () => {
  it('has no effect any more when it is declared wrong, and what the police call one has', async () => {
    const police = trade.party('police', ['police'], { mspId: 'OversightMSP' });
    const car = trade.scrapped(plant, 'car');
    const held = recorded(trade, police, { type: 'hold', item: car, data: { reason: 'suspectedStolen' } });
    trade.given(police, { type: 'release', item: car, data: {} });
    const witnessed = recorded(trade, police, {
      type: 'witness',
      item: car,
      data: { evidence: ['a'.repeat(64)] },
    });
    for (const wrong of [held, witnessed]) {
      expect(corrects(trade, police, car, wrong, { eventType: 'hold' })).toBe('accepted');
      expect(agrees(trade, plant, car, wrong, { eventType: 'hold' })).toBe('accepted');
    }
    expect(trade.item(car).correction?.questioned).toBeUndefined();
    await project();
    const marks = await model.corrections([held, witnessed]);
    expect(marks.get(held)).toMatchObject({ effect: 'takenBack' });
    expect(marks.get(witnessed)).toMatchObject({ effect: 'questioned', misnamed: true });
  });
});
