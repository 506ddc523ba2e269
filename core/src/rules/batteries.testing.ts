import { beforeEach, expect } from 'vitest';
import type { EventOf } from '../model/events.js';
import { Trade, type Party } from '../testing/trade.js';

// A battery of a repair shop, and who may have it next, anew for each test of the file that imports this.

type Output = EventOf<'dismantle'>['data']['outputs'][number];

export const PACK = '001PE240000003B3C0000001';
export const MODULE = '001ME240000003B3C0000002';
export const CELL = '001CE240000003B3C0000003';
const NEW_CODE = '08GPE240000005P1A0000001';
export const coded = (value: string) => [{ scheme: 'battery' as const, value }];

export let trade: Trade;
export let shop: Party;
export let collector: Party;
export let user: Party;
export let recycler: Party;
export let dealer: Party;
export let battery: string;

beforeEach(() => {
  trade = new Trade();
  trade.table('massTolerance', 1, { permille: 10 });
  trade.table('secondLifeCapacity', 1, { permille: 600 });
  shop = trade.party('shop', ['repairShop'], { mspId: 'AftermarketMSP' });
  collector = trade.party('collector', ['collector']);
  user = trade.party('second-life user', ['secondLifeUser'], { mspId: 'AftermarketMSP' });
  recycler = trade.party('recycler', ['smelter']);
  dealer = trade.party('dealer', ['partsDealer'], { mspId: 'AftermarketMSP' });
  battery = registers(shop, PACK);
});

export function registers(
  who: Party,
  code: string | undefined,
  massGrams: number | undefined = 400_000,
): string {
  const { item, nonce } = who.signer.item(`battery ${code ?? 'without a code'}`);
  trade.given(who, {
    type: 'register',
    item,
    data: {
      kind: 'battery',
      category: 'tractionBattery',
      nonce,
      tags: code === undefined ? [] : coded(code),
      massGrams,
    },
  });
  return item;
}
export const output = (who: Party, name: string, massGrams: number, extra: Partial<Output> = {}): Output => ({
  ...who.signer.item(name),
  kind: 'lot',
  category: 'blackMass',
  massGrams,
  ...extra,
});
export const inner = (who: Party, code: string, massGrams: number): Output =>
  output(who, code, massGrams, { kind: 'battery', category: 'tractionBattery', tags: coded(code) });
export const hands = (
  item: string,
  from: Party,
  to: Party,
  data: { keepOwnership?: boolean; consignee?: string } = {},
): string => {
  const verdict = trade.does(from, { type: 'handover', item, data: { to: to.creditCode, ...data } });
  if (verdict === 'accepted') trade.given(to, { type: 'accept', item, data: { from: from.creditCode } });
  return verdict;
};
export const takesIn = (who: Party, item = battery, massGrams = 400_000): string =>
  trade.does(who, { type: 'takeInBattery', item, data: { massGrams, toleranceVersion: 1 } });
export const tests = (
  who: Party,
  capacityPermille: number,
  extra: Partial<EventOf<'testBattery'>['data']> = {},
): string =>
  trade.does(who, {
    type: 'testBattery',
    item: battery,
    data: { capacityPermille, tableVersion: 1, ...extra },
  });
export const repurposes = (
  who: Party,
  product: Partial<Output> = {},
  masses: { addedGrams?: number; lossGrams?: number } = {},
): string =>
  trade.does(who, {
    type: 'repurpose',
    item: battery,
    data: {
      product: output(who, 'product', 400_000, {
        kind: 'battery',
        category: 'energyStorage',
        tags: coded(NEW_CODE),
        ...product,
      }),
      lossGrams: 0,
      toleranceVersion: 1,
      ...masses,
    },
  });
export const recycles = (who: Party, item: string, outputs: Output[], lossGrams = 0): string =>
  trade.does(who, { type: 'recycle', item, data: { outputs, lossGrams, toleranceVersion: 1 } });
export const takesApart = (who: Party, item: string, outputs: Output[]): string =>
  trade.does(who, { type: 'dismantle', item, data: { outputs, lossGrams: 0, toleranceVersion: 1 } });

/** The battery at a party, tested. */
export function testedAt(who: Party, capacityPermille: number): void {
  hands(battery, shop, who);
  expect(takesIn(who)).toBe('accepted');
  expect(tests(who, capacityPermille)).toBe('accepted');
}
