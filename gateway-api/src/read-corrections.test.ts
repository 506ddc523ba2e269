import { agrees, corrects, lastEventOf, recorded } from '@huilian/core/testing';
import { describe, expect, it } from 'vitest';
import { effective } from './routes/effective.js';
import { door, inspection, model, page, plant, project, shop, trade } from './read-work.testing.js';

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
