import { corrects, lastEventOf, recorded } from '@huilian/core/testing';
import { describe, expect, it } from 'vitest';
import { numbered } from '@huilian/core/testing';
import { door, inspection, model, page, plant, project, shop, trade } from './read-work.testing.js';

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
