import { describe, expect, it } from 'vitest';
import { rowKey } from '../model/row-keys.js';
import { correctable, corrects, recorded } from '../testing/corrections.js';
import { lotHeld, lotOf, weighed } from '../testing/lots.js';
import { copper, exact, plant, tolerant, trade } from './lots.testing.js';

describe('a lot of material', () => {
  it('is split into lots that together weigh what it weighed', () => {
    const item = copper('pallet', 1_000);
    const outputs = [lotOf(plant, 'a', 'copper', 600), lotOf(plant, 'b', 'copper', 400)];
    expect(trade.does(plant, { type: 'split', item, data: { outputs, ...exact } })).toBe('accepted');
    expect(trade.item(item).state).toBe('consumed');
    for (const each of outputs)
      expect(trade.item(each.item)).toMatchObject({
        state: 'registered',
        parent: item,
        custodian: plant.creditCode,
        massGrams: each.massGrams,
      });
  });

  it('is not split into more than it weighed, within the tolerance of the table', () => {
    tolerant();
    const item = copper('pallet', 1_000);
    const into = (massGrams: number, lossGrams = 0): unknown =>
      trade.does(plant, {
        type: 'split',
        item,
        data: { outputs: [lotOf(plant, 'a', 'copper', massGrams)], lossGrams, toleranceVersion: 2 },
      });
    expect(into(1_051)).toBe('HL-2050');
    expect(into(949)).toBe('HL-2050');
    expect(into(1_000, 51)).toBe('HL-2050');
    expect(into(1_050)).toBe('accepted');
    expect(into(1_000)).toBe('HL-2011');
  });

  it('keeps its material when it is split: aluminium does not come out of copper without a process', () => {
    const item = copper('pallet', 1_000);
    const outputs = [lotOf(plant, 'a', 'aluminium', 1_000)];
    expect(trade.does(plant, { type: 'split', item, data: { outputs, ...exact } })).toBe('HL-2144');
    const transform = { process: 'sorting', outputs, ...exact };
    expect(trade.does(plant, { type: 'transform', item, data: transform })).toBe('accepted');
  });

  it('is merged with others of its material, and is no more', () => {
    const [a, b, c] = [copper('a', 100), copper('b', 200), copper('c', 300)];
    const output = lotOf(plant, 'all', 'copper', 600);
    const merge = { others: [b, c], output, ...exact };
    expect(trade.does(plant, { type: 'merge', item: a, data: merge })).toBe('accepted');
    expect(trade.item(output.item)).toMatchObject({ massGrams: 600, parent: a });
    for (const each of [a, b, c]) expect(trade.item(each).state).toBe('consumed');
    for (const each of [b, c]) expect(trade.item(each).lot?.joined).toBe(a);
    const again = { ...merge, output: lotOf(plant, 'again', 'copper', 600) };
    expect(trade.does(plant, { type: 'merge', item: a, data: again })).toBe('HL-2011');
    const fresh = copper('fresh', 1);
    const used = { others: [b], output: lotOf(plant, 'x', 'copper', 201), ...exact };
    expect(trade.does(plant, { type: 'merge', item: fresh, data: used })).toBe('HL-2011');
    expect(trade.item(fresh).state).toBe('registered');
  });

  it('is not merged with another material, with itself, with another owner’s or with what somebody else holds', () => {
    const [a, b] = [copper('a', 100), copper('b', 200)];
    const iron = lotHeld(trade, plant, 'iron', 'iron', 100);
    const output = lotOf(plant, 'all', 'copper', 300);
    const merges = (...others: string[]): unknown =>
      trade.does(plant, { type: 'merge', item: a, data: { others, output, ...exact } });
    expect(merges(iron)).toBe('HL-2144');
    expect(merges(a)).toBe('HL-2146');
    expect(merges(b, b)).toBe('HL-2146');
    const rival = trade.party('rival', ['processor']);
    const theirs = lotHeld(trade, rival, 'theirs', 'copper', 200);
    expect(merges(theirs)).toBe('HL-2020');
    const to = plant.creditCode;
    trade.given(rival, { type: 'handover', item: theirs, data: { to, keepOwnership: true } });
    trade.given(plant, { type: 'accept', item: theirs, data: { from: rival.creditCode } });
    expect(merges(theirs)).toBe('HL-2145');
    trade.given(plant, { type: 'handover', item: b, data: { to: rival.creditCode } });
    expect(merges(b)).toBe('HL-2021');
  });

  it('may be transformed with others into several lots, and frees its tags', () => {
    const tag = { scheme: 'serial' as const, value: 'CAGE-1' };
    const { item, nonce } = plant.signer.item('cage');
    const data = { kind: 'lot' as const, category: 'cable', nonce, tags: [tag], massGrams: 700 };
    trade.given(plant, { type: 'register', item, data });
    const other = lotHeld(trade, plant, 'other', 'motor', 300);
    const outputs = [lotOf(plant, 'copper', 'copper', 650), lotOf(plant, 'plastic', 'plastic', 300)];
    const transform = {
      others: [other],
      process: 'granulation',
      outputs,
      lossGrams: 50,
      toleranceVersion: 1,
    };
    expect(trade.does(plant, { type: 'transform', item, data: transform })).toBe('accepted');
    expect(trade.world.row(rowKey.tag(tag))).toMatchObject({ retired: true });
    const shop = trade.party('shop', ['repairShop']);
    const theirs = lotHeld(trade, plant, 'cable', 'cable', 10);
    trade.given(plant, { type: 'handover', item: theirs, data: { to: shop.creditCode } });
    trade.given(shop, { type: 'accept', item: theirs, data: { from: plant.creditCode } });
    const tries = { process: 'granulation', outputs: [lotOf(shop, 'y', 'copper', 10)], ...exact };
    expect(trade.does(shop, { type: 'transform', item: theirs, data: tries })).toBe('HL-2030');
  });

  it('gives only lots: no part and no truck load comes out of it', () => {
    const item = copper('pallet', 1_000);
    const part = { ...plant.signer.item('p'), kind: 'part' as const, category: 'motor', massGrams: 1_000 };
    const load = lotOf(plant, 'l', 'mixedIntake', 1_000);
    for (const output of [part, load]) {
      const data = { process: 'magic', outputs: [output], ...exact };
      expect(trade.does(plant, { type: 'transform', item, data })).toBe('HL-2147');
    }
  });

  it('is counted once: a later weighing changes no number, and nothing uncounted is merged with it', () => {
    const [one, two] = [copper('one', 1_000), copper('two', 1_000)];
    const weighs = (item: string, pieces?: number, replaces?: string): string =>
      trade.does(plant, {
        type: 'weigh',
        item,
        data: { weighing: weighed(trade, 1_000), ...(pieces === undefined ? {} : { pieces }), ...exact },
        ...(replaces === undefined ? {} : { replaces }),
      });
    const merges = (): string => {
      const output = lotOf(plant, 'both', 'copper', 2_000, 10);
      return trade.does(plant, { type: 'merge', item: one, data: { others: [two], output, ...exact } });
    };
    correctable(trade);
    const counted = recorded(trade, plant, {
      type: 'weigh',
      item: one,
      data: { weighing: weighed(trade, 1_000), pieces: 10, ...exact },
    });
    expect(weighs(one, 12)).toBe('HL-2302');
    expect(weighs(one, 8)).toBe('HL-2302');
    expect([weighs(one, 10), weighs(one)]).toEqual(['accepted', 'accepted']);
    expect(merges()).toBe('HL-2303');
    expect(corrects(trade, plant, one, counted, { eventType: 'weigh' })).toBe('accepted');
    expect(weighs(one, 9)).toBe('HL-2302');
    expect(weighs(one, 9, counted), 'the first count was declared wrong').toBe('accepted');
    expect(weighs(two, 1)).toBe('accepted');
    expect(merges()).toBe('accepted');
  });

  it('keeps the count of its pieces over splits and merges', () => {
    const item = lotHeld(trade, plant, 'motors', 'motor', 1_000);
    const count = { weighing: weighed(trade, 1_000), pieces: 10, ...exact };
    expect(trade.does(plant, { type: 'weigh', item, data: count })).toBe('accepted');
    const into = (a: number, b?: number): unknown =>
      trade.does(plant, {
        type: 'split',
        item,
        data: { outputs: [lotOf(plant, 'a', 'motor', 400, a), lotOf(plant, 'b', 'motor', 600, b)], ...exact },
      });
    expect(into(4, 7)).toBe('HL-2143');
    expect(into(4)).toBe('HL-2143');
    expect(into(4, 6)).toBe('accepted');
    expect(trade.item(plant.signer.item('a').item).lot?.pieces).toBe(4);
  });

  it('gives a sample, which is a lot of its own, and goes on with the rest', () => {
    const item = copper('pallet', 1_000);
    const sample = (category: string, massGrams: number): unknown =>
      trade.does(plant, {
        type: 'sample',
        item,
        data: { output: lotOf(plant, 's', category, massGrams), number: 'P-1' },
      });
    expect(sample('gold', 100)).toBe('HL-2144');
    expect(sample('copper', 1_000)).toBe('HL-2050');
    expect(sample('copper', 100)).toBe('accepted');
    expect(trade.item(item)).toMatchObject({ state: 'registered', massGrams: 900 });
    expect(trade.item(plant.signer.item('s').item)).toMatchObject({ parent: item, massGrams: 100 });
  });

  it('never weighs more than what it came from, however often it is weighed', () => {
    tolerant();
    const item = copper('pallet', 1_000);
    const weighs = (netGrams: number, lossGrams = 0): unknown =>
      trade.does(plant, {
        type: 'weigh',
        item,
        data: { weighing: weighed(trade, netGrams), lossGrams, toleranceVersion: 2 },
      });
    expect(weighs(1_050)).toBe('accepted');
    expect(weighs(1_100)).toBe('HL-2050');
    expect(weighs(800, 200)).toBe('accepted');
    expect(trade.item(item)).toMatchObject({ massGrams: 800 });
    expect(weighs(850)).toBe('HL-2050');
  });

  it('is not weighed on a scale whose calibration has ended, nor by a ticket that does not add up', () => {
    const item = copper('pallet', 1_000);
    const weighing = weighed(trade, 1_000);
    const weighs = (change: object): unknown =>
      trade.does(plant, { type: 'weigh', item, data: { weighing: { ...weighing, ...change }, ...exact } });
    expect(weighs({ calibratedUntil: trade.world.time - 1 })).toBe('HL-2142');
    expect(weighs({ tareGrams: 1 })).toBe('HL-2141');
    expect(weighs({})).toBe('accepted');
  });
});
