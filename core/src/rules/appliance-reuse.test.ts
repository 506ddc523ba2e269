import { describe, expect, it } from 'vitest';
import type { ItemEvent } from '../model/events.js';
import { rowKey } from '../model/row-keys.js';
import { issuing, serial, sorting, stepping } from '../testing/appliance-works.js';
import type { Plain } from '../testing/trade.js';
import { collector, plant, shop, trade, works } from './appliances.testing.js';

describe('an appliance that is used again', () => {
  const erasing = (item: string): Plain<ItemEvent> => ({
    type: 'eraseData',
    item,
    data: { method: 'overwritten' },
  });
  const testing = (item: string, result: 'passed' | 'failed'): Plain<ItemEvent> => ({
    type: 'testUnit',
    item,
    data: { result },
  });
  const refurbishing = (item: string): Plain<ItemEvent> => ({
    type: 'refurbish',
    item,
    data: { mark: 'USED-1' },
  });
  const selling = (item: string): Plain<ItemEvent> => ({
    type: 'sellRefurbished',
    item,
    data: { buyer: { kind: 'household', slip: 'INV-1' } },
  });

  it('is erased, tested, refurbished and sold, and bears no live tag then', () => {
    const item = works.laptop();
    trade.given(plant, erasing(item), testing(item, 'passed'), refurbishing(item));
    expect(trade.item(item).state).toBe('refurbished');
    expect(trade.does(plant, selling(item))).toBe('accepted');
    expect(trade.item(item).state).toBe('sold');
    expect(works.fact(item)).toMatchObject({ route: 'reuse', dataErased: true, test: 'passed' });
    expect(trade.world.row(rowKey.tag(serial('laptop')))).toEqual({ item, retired: true });
  });

  it('is never processed: not when sorted for reuse, not when refurbished, not when sold', () => {
    const item = works.laptop('laptop', { label: serial('L-1') });
    const refused = (): void => {
      expect(trade.does(plant, { type: 'stockUnit', item, data: { place: 'A-1' } })).toBe('HL-2120');
      expect(trade.does(plant, issuing(item))).toBe('HL-2120');
    };
    refused();
    trade.given(plant, erasing(item), testing(item, 'passed'), refurbishing(item));
    refused();
    expect(trade.does(plant, sorting(item, 'process'))).toBe('HL-2120');
    trade.given(plant, selling(item));
    refused();
    expect(trade.does(plant, sorting(item, 'process'))).toBe('HL-2120');
    expect(trade.does(plant, works.dismantling(item))).toBe('HL-2120');
    expect(trade.does(plant, { type: 'closeUnit', item, data: {} })).toBe('HL-2120');
  });

  it('may not have been processed: what is stored for the line, on it or taken apart is not sold', () => {
    const item = works.fridge();
    const refused = (): void => {
      for (const step of [testing(item, 'passed'), refurbishing(item), selling(item)])
        expect(trade.does(plant, step), `${step.type} when ${trade.item(item).state}`).toBe('HL-2120');
    };
    trade.given(plant, { type: 'stockUnit', item, data: { place: 'A-1' } });
    refused();
    trade.given(plant, issuing(item));
    refused();
    expect(trade.does(plant, sorting(item, 'reuse'))).toBe('HL-2120');
    trade.given(plant, works.dismantling(item));
    refused();
    for (const step of ['drainRefrigerant', 'removeCompressor', 'shredCabinet'])
      trade.given(plant, stepping(item, step));
    trade.given(plant, { type: 'closeUnit', item, data: {} });
    refused();
    expect(trade.does(plant, sorting(item, 'reuse'))).toBe('HL-2120');
  });

  it('has its data erased where it holds data', () => {
    const item = works.laptop();
    trade.given(plant, testing(item, 'passed'));
    expect(trade.does(plant, refurbishing(item))).toBe('HL-2121');
    trade.given(plant, erasing(item));
    expect(trade.does(plant, refurbishing(item))).toBe('accepted');
    const cold = works.fridge('cold', 'reuse');
    trade.given(plant, testing(cold, 'passed'));
    expect(trade.does(plant, refurbishing(cold))).toBe('accepted');
    const empty = works.laptop('empty', { missing: ['storage'] });
    trade.given(plant, testing(empty, 'passed'));
    expect(trade.does(plant, refurbishing(empty))).toBe('accepted');
  });

  it('is tested, and what fails is sorted to be processed', () => {
    const item = works.laptop('laptop', { label: serial('L-1') });
    trade.given(plant, erasing(item));
    expect(trade.does(plant, refurbishing(item))).toBe('HL-2122');
    trade.given(plant, testing(item, 'failed'));
    expect(trade.does(plant, refurbishing(item))).toBe('HL-2122');
    expect(trade.does(plant, selling(item))).toBe('HL-2010');
    expect(trade.does(plant, sorting(item, 'process'))).toBe('accepted');
    expect(trade.does(plant, testing(item, 'passed'))).toBe('HL-2120');
    expect(trade.does(plant, issuing(item))).toBe('accepted');
  });

  it('is tested anew when it is sorted anew', () => {
    const item = works.laptop();
    trade.given(
      plant,
      erasing(item),
      testing(item, 'passed'),
      sorting(item, 'process'),
      sorting(item, 'reuse'),
    );
    expect(trade.does(plant, refurbishing(item))).toBe('HL-2122');
  });

  it('comes back as a new item, and the ledger says that it knew the tag', () => {
    const item = works.laptop();
    trade.given(plant, erasing(item), testing(item, 'passed'), refurbishing(item), selling(item));
    const again = works.registered(collector, 'again', 'computer', [serial('laptop')]);
    expect(trade.world.row(rowKey.tag(serial('laptop')))).toEqual({ item: again, former: item });
    expect(trade.item(again).contested).toBeUndefined();
  });

  it('may be sold by a repair shop that took it over', () => {
    const item = works.laptop();
    trade.given(plant, erasing(item), testing(item, 'passed'), refurbishing(item));
    trade.given(plant, { type: 'handover', item, data: { to: shop.creditCode } });
    trade.given(shop, { type: 'accept', item, data: { from: plant.creditCode } });
    expect(trade.does(plant, selling(item))).toBe('HL-2020');
    expect(trade.does(shop, selling(item))).toBe('accepted');
  });
});

describe('a unit that leaves the ledger on paper', () => {
  const document = 'd'.repeat(64);
  const leaves = (item: string, slip: object): string =>
    trade.does(plant, { type: 'acceptOnBehalf', item, data: { document, ...slip } });
  const household = { household: 'SLIP-9' };
  const stranger = { creditCode: '91440300708461136T', licence: 'L-77' };

  it('goes to no household before its data are erased and it is refurbished', () => {
    const laptop = works.laptop();
    expect(leaves(laptop, household)).toBe('HL-2121');
    expect(leaves(laptop, stranger)).toBe('HL-2121');
    trade.given(plant, { type: 'eraseData', item: laptop, data: { method: 'overwritten' } });
    expect(leaves(laptop, household)).toBe('HL-2304');
    trade.given(
      plant,
      { type: 'testUnit', item: laptop, data: { result: 'passed' } },
      { type: 'refurbish', item: laptop, data: { mark: 'R-1' } },
    );
    expect(leaves(laptop, household)).toBe('accepted');
  });

  it('that keeps no data goes to another enterprise as it is, and to no household', () => {
    const fridge = works.fridge();
    expect(leaves(fridge, household)).toBe('HL-2304');
    expect(leaves(fridge, stranger)).toBe('accepted');
  });
});
