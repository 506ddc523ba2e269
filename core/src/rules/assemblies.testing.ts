import { beforeEach, expect } from 'vitest';
import type { EventOf } from '../model/events.js';
import { Trade, type Party } from '../testing/trade.js';

// A dismantled car and who may have its assemblies, anew for each test of the file that imports this.

type Output = EventOf<'dismantle'>['data']['outputs'][number];

export let trade: Trade;
export let plant: Party;
export let engines: Party;
export let smelter: Party;
export let shredder: Party;
export let shop: Party;
export let trader: Party;
export let carrier: Party;
let car: string;

/** A vehicle whose record says one engine and two axles. */
beforeEach(() => {
  trade = new Trade();
  trade.table('massTolerance', 1, { permille: 10 });
  plant = trade.party('plant', ['dismantler']);
  engines = licensedFor('engine works', 'engine');
  smelter = trade.party('smelter', ['smelter']);
  shredder = trade.party('shredder', ['shredder']);
  shop = trade.party('shop', ['repairShop'], { mspId: 'AftermarketMSP' });
  trader = trade.party('trader', ['partsDealer'], { mspId: 'AftermarketMSP' });
  carrier = trade.party('carrier', ['carrier']);
  car = trade.depolluted(plant, 'LSVAM4186C2123456', {
    assemblies: { engine: 1, frontAxle: 1, rearAxle: 1 },
  });
});

/** A remanufacturer whose licence names one category. */
function licensedFor(name: string, category: string): Party {
  const party = trade.party(name, ['remanufacturer'], { mspId: 'AftermarketMSP', licence: false });
  const licence = {
    number: 'R-1',
    kind: 'remanufacturer' as const,
    categories: [category],
    annualCapacity: 1_000,
    validFrom: 0,
    validTo: 2_000_000_000,
    authority: '市场监管局',
  };
  const { creditCode } = party;
  trade.given(trade.aftermarket, { type: 'licence.grant', data: { creditCode, licence } });
  trade.given(trade.oversight, { type: 'licence.countersign', data: { creditCode, number: 'R-1' } });
  return party;
}

export function output(name: string, category: string, massGrams = 10_000): Output {
  return { ...plant.signer.item(name), kind: 'part', category, massGrams };
}
export const takesOut = (...outputs: Output[]): string =>
  trade.does(plant, { type: 'dismantle', item: car, data: { outputs } });

/** An assembly with a code that came out of the car and was inspected. */
export function taken(category: string, result?: 'fit' | 'unfit', massGrams?: number): string {
  const tags = [{ scheme: 'serial' as const, value: `LSVAM4186C2123456-${category}` }];
  const made = { ...output(`the ${category}`, category, massGrams), tags };
  expect(takesOut(made)).toBe('accepted');
  if (result) inspects(plant, made.item, result);
  return made.item;
}
export function inspects(who: Party, item: string, result: 'fit' | 'unfit'): void {
  trade.given(who, { type: 'inspect', item, data: { result } });
}
export const goes = (
  item: string,
  from: Party,
  to: Party,
  data: { keepOwnership?: boolean; consignee?: string } = {},
): string => trade.does(from, { type: 'handover', item, data: { to: to.creditCode, ...data } });
export function arrives(item: string, from: Party, to: Party): void {
  trade.given(to, { type: 'accept', item, data: { from: from.creditCode } });
}
