import { beforeEach, describe, expect, it } from 'vitest';
import { corrects, lastEventOf } from '../testing/corrections.js';
import { findingsIn, stocksIn, lotHeld, lotOf, Trade, weighed, type Party } from '../testing/index.js';

const OIL = '900-214-08';
const exact = { lossGrams: 0, toleranceVersion: 1 };
let trade: Trade;
let plant: Party;
let carrier: Party;
let handler: Party;

beforeEach(() => {
  trade = new Trade();
  trade.table('massTolerance', 1, { permille: 50 });
  trade.table('correctionTerm', 1, { alone: 7, together: 30 });
  trade.table('hazardousCategories', 1, { wasteOil: OIL, crtGlass: '900-044-49' });
  trade.table('hazardousStorageLimits', 1, { warnPermille: 900, wasteOil: 1_000, crtGlass: 5_000 });
  plant = trade.party('plant', ['dismantler', 'processor']);
  carrier = trade.party('carrier', ['carrier']);
  handler = trade.party('handler', ['hazardousWasteHandler']);
});

/** The findings so far, each as `kind type category grams`. */
const told = (): string[] =>
  findingsIn(trade.world).map(
    ({ kind, type, evidence }) =>
      `${kind} ${type} ${String(evidence['category'])} ${String(evidence['grams'])}`,
  );
const oil = (name: string, massGrams: number, by = plant): string =>
  lotHeld(trade, by, name, 'wasteOil', massGrams);
const burns = (item: string, by = handler): void =>
  trade.given(by, { type: 'dispose', item, data: { method: 'hazardousTreatment' } });
const stockOf = ({ creditCode }: Party, category = 'wasteoil'): number | undefined =>
  stocksIn(trade.world).get(`${creditCode}/${category}`)?.grams;

/** A manifest of these lots to the handler. */
function opens(lots: readonly string[], number = '20253100000001'): string {
  const { item, nonce } = plant.signer.item(number);
  const data = {
    nonce,
    number,
    carrier: carrier.creditCode,
    handler: handler.creditCode,
    lots: lots.map((lot) => ({ item: lot, wasteCode: OIL })),
  };
  trade.given(plant, { type: 'openManifest', item, data });
  return item;
}

describe('hazardous waste in store', () => {
  it('is told before the limit and once above it, and anew after it fell below', () => {
    oil('one', 899);
    expect(told()).toEqual([]);
    const near = oil('two', 1);
    oil('three', 100);
    const over = oil('four', 1);
    oil('five', 500);
    expect(told()).toEqual(['storageNear register wasteOil 900', 'storageExceeded register wasteOil 1001']);
    expect(findingsIn(trade.world)).toMatchObject([
      { items: [near], party: plant.creditCode, evidence: { limit: 1_000 } },
      { items: [over], party: plant.creditCode, evidence: { limit: 1_000 } },
    ]);
  });

  it('is the lot that brought it over when more come at once', () => {
    const [one, two, three] = ['one', 'two', 'three'].map((name) => plant.signer.item(name));
    const register = ({ item, nonce }: { item: string; nonce: string }, massGrams: number) => ({
      type: 'register' as const,
      item,
      data: { kind: 'lot' as const, category: 'wasteOil', nonce, tags: [], massGrams },
    });
    trade.given(plant, register(three!, 600), register(one!, 500), register(two!, 10));
    expect(findingsIn(trade.world)).toMatchObject([
      {
        kind: 'storageExceeded',
        items: [one!.item],
        event: lastEventOf(plant, 1),
        evidence: { category: 'wasteOil', grams: 1_110, limit: 1_000 },
      },
    ]);
  });

  it('is counted by mass alone: to divide it, put it together, sample or weigh it adds nothing', () => {
    const one = oil('one', 890);
    const [a, b] = [lotOf(plant, 'a', 'wasteOil', 400), lotOf(plant, 'b', 'wasteOil', 490)];
    trade.given(plant, { type: 'split', item: one, data: { outputs: [a, b], ...exact } });
    const output = lotOf(plant, 'ab', 'wasteOil', 890);
    trade.given(plant, { type: 'merge', item: a.item, data: { others: [b.item], output, ...exact } });
    const sample = lotOf(plant, 's', 'wasteOil', 5);
    trade.given(plant, { type: 'sample', item: output.item, data: { output: sample, number: 'S-1' } });
    expect(told()).toEqual([]);
    expect(stockOf(plant)).toBe(890);
    const weighing = weighed(trade, 880);
    trade.given(plant, { type: 'weigh', item: output.item, data: { weighing, ...exact, lossGrams: 5 } });
    expect(stockOf(plant)).toBe(885);
    oil('more', 20);
    expect(told()).toEqual(['storageNear register wasteOil 905']);
  });

  it('comes out of cars, and names the other categories of the same event', () => {
    const car = trade.scrapped(plant, 'car');
    const outputs = [lotOf(plant, 'oil', 'wasteOil', 950), lotOf(plant, 'glass', 'CRTglass', 4_600)];
    trade.given(plant, { type: 'depollute', item: car, data: { outputs } });
    expect(findingsIn(trade.world)).toMatchObject([
      {
        kind: 'storageNear',
        type: 'depollute',
        items: expect.arrayContaining(outputs.map(({ item }) => item)) as string[],
        evidence: { category: 'crtGlass', grams: 4_600, limit: 5_000, others: ['wasteOil'] },
      },
    ]);
  });

  it('is where its manifest brought it, and may be too much there', () => {
    const [one, two] = [oil('one', 600), oil('two', 390)];
    expect(told()).toEqual(['storageNear register wasteOil 990']);
    const manifest = opens([one, two]);
    expect(stockOf(plant)).toBe(990);
    trade.given(carrier, { type: 'carryManifest', item: manifest, data: { lots: [one, two] } });
    expect([plant, carrier, handler].map((party) => stockOf(party))).toEqual([0, 990, undefined]);
    const lots = [
      { item: one, massGrams: 610 },
      { item: two, massGrams: 400 },
    ];
    trade.given(handler, { type: 'acceptManifest', item: manifest, data: { lots } });
    expect([plant, carrier, handler].map((party) => stockOf(party))).toEqual([0, 0, 1_010]);
    expect(told().slice(1)).toEqual([
      'storageNear carryManifest wasteOil 990',
      'storageExceeded acceptManifest wasteOil 1010',
    ]);
    burns(one);
    expect(stockOf(handler)).toBe(400);
    // It fell below: the next crossing is a finding of its own.
    oil('three', 1_001, plant);
    expect(told().slice(3)).toEqual(['storageExceeded register wasteOil 1001']);
  });

  it('is less again when a registration was declared wrong', () => {
    const wrong = oil('one', 800);
    expect(corrects(trade, plant, wrong, lastEventOf(plant))).toBe('accepted');
    expect(stockOf(plant)).toBe(0);
    oil('two', 880);
    expect(told()).toEqual([]);
  });
});

describe('the limit of what is in store', () => {
  it('may be a party’s own', () => {
    trade.table('hazardousStorageLimits', 2, {
      warnPermille: 900,
      wasteOil: [1_000, handler.creditCode, 10_000, plant.creditCode, 500],
    });
    oil('one', 501);
    expect(findingsIn(trade.world)).toMatchObject([
      { kind: 'storageExceeded', evidence: { grams: 501, limit: 500 } },
    ]);
    oil('two', 5_000, trade.party('other plant', ['dismantler']));
    expect(told()).toHaveLength(2);
  });

  it('is that of the province of who holds it', () => {
    trade.table('hazardousStorageLimits', 1, { wasteOil: 100 }, 0, '310000');
    oil('one', 100);
    expect(told()).toEqual([]);
    oil('two', 1);
    expect(findingsIn(trade.world)).toMatchObject([{ kind: 'storageExceeded', evidence: { limit: 100 } }]);
  });

  it('counts what was there before it came into force, and is not looked for where no table names it', () => {
    lotHeld(trade, plant, 'acid', 'wasteAcid', 700);
    lotHeld(trade, plant, 'iron', 'iron', 700_000_000);
    expect(told()).toEqual([]);
    trade.table('hazardousStorageLimits', 2, { warnPermille: 900, wasteAcid: 500 });
    const last = lotHeld(trade, plant, 'more acid', 'wasteAcid', 1);
    expect(findingsIn(trade.world)).toMatchObject([
      { kind: 'storageExceeded', items: [last], evidence: { category: 'wasteAcid', grams: 701, limit: 500 } },
    ]);
  });
});
