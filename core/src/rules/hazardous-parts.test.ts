import { beforeEach, describe, expect, it } from 'vitest';
import { lotHeld, weighed } from '../testing/lots.js';
import { Trade, type Party } from '../testing/trade.js';

let trade: Trade;
let plant: Party;
let shop: Party;

beforeEach(() => {
  trade = new Trade();
  trade.table('hazardousCategories', 1, { wasteOil: '900-214-08', leadAcidBattery: '900-052-31' });
  trade.table('massTolerance', 1, { permille: 50 });
  plant = trade.party('plant', ['dismantler', 'processor']);
  shop = trade.party('shop', ['repairShop'], { mspId: 'AftermarketMSP' });
});

const out = (
  who: Party,
  name: string,
  category: string,
  kind: 'part' | 'lot' = 'part',
  massGrams = 9_000,
) => ({
  ...who.signer.item(name),
  kind,
  category,
  massGrams,
});
const depollutes = (car: string, ...outputs: ReturnType<typeof out>[]): string =>
  trade.does(plant, { type: 'depollute', item: car, data: { outputs } });
function registers(
  who: Party,
  kind: 'part' | 'device' | 'battery' | 'lot',
  category: string,
  of = {},
): string {
  const { item, nonce } = who.signer.item(`${kind} ${category}`);
  return trade.does(who, { type: 'register', item, data: { kind, category, nonce, tags: [], ...of } });
}

describe('hazardous waste (Law on the prevention of pollution by solid waste, article 82)', () => {
  it('does not come out of a car as a part, which would need no manifest', () => {
    const car = trade.scrapped(plant, 'a car');
    expect(depollutes(car, out(plant, 'oil', 'wasteOil'))).toBe('HL-2300');
    expect(depollutes(car, out(plant, 'oil', 'wasteoil'))).toBe('HL-2300');
    const oil = out(plant, 'oil', 'wasteOil', 'lot');
    expect(depollutes(car, oil, out(plant, 'starter battery', 'starterBattery'))).toBe('accepted');
    const to = { to: shop.creditCode };
    expect(trade.does(plant, { type: 'handover', item: oil.item, data: to })).toBe('HL-2149');
  });

  it('does not come out of a car that is dismantled or out of a part that is taken apart', () => {
    const car = trade.depolluted(plant, 'a car');
    const battery = out(plant, 'battery', 'leadAcidBattery');
    const outputs = [battery];
    expect(trade.does(plant, { type: 'dismantle', item: car, data: { outputs } })).toBe('HL-2300');
    const ups = out(plant, 'a part with a battery', 'powerSupply');
    trade.given(
      plant,
      { type: 'dismantle', item: car, data: { outputs: [ups] } },
      { type: 'inspect', item: ups.item, data: { result: 'unfit' } },
    );
    const apart = { outputs, lossGrams: 0, toleranceVersion: 1 };
    expect(trade.does(plant, { type: 'dismantle', item: ups.item, data: apart })).toBe('HL-2300');
    const asLot = { ...apart, outputs: [{ ...battery, kind: 'lot' as const }] };
    expect(trade.does(plant, { type: 'dismantle', item: ups.item, data: asLot })).toBe('accepted');
  });

  it('is not registered as a part or a unit; the shop that changes the oil registers a lot', () => {
    expect(registers(plant, 'part', 'leadAcidBattery')).toBe('HL-2300');
    expect(registers(shop, 'part', 'wasteOil')).toBe('HL-2300');
    expect(registers(plant, 'device', 'wasteOil')).toBe('HL-2300');
    expect(registers(plant, 'part', 'starter')).toBe('accepted');
    const isNew = { class: 'newPart' as const };
    expect(registers(plant, 'part', 'wasteOil', isNew), 'who takes apart has no new parts').toBe('HL-2300');
    expect(registers(shop, 'part', 'leadAcidBattery', isNew)).toBe('accepted');
    const carrier = trade.party('carrier', ['carrier']);
    const handler = trade.party('handler', ['hazardousWasteHandler'], { categories: ['HW08'] });
    const oil = lotHeld(trade, shop, 'oil', 'wasteOil', 20_000);
    const { item, nonce } = shop.signer.item('trip');
    const data = {
      nonce,
      number: '20253100000001',
      carrier: carrier.creditCode,
      handler: handler.creditCode,
      lots: [{ item: oil, wasteCode: '900-214-08' }],
    };
    expect(trade.does(shop, { type: 'openManifest', item, data })).toBe('accepted');
  });

  it('is no traction battery: a lead-acid one bears no code of GB/T 34014', () => {
    expect(registers(plant, 'battery', 'leadAcidBattery')).toBe('HL-2300');
    expect(registers(shop, 'battery', 'leadAcidBattery')).toBe('HL-2300');
    expect(registers(plant, 'battery', 'tractionBattery'), 'one whose code is not read yet').toBe('accepted');
    const tags = [{ scheme: 'battery' as const, value: '001PE240000003B3C0000001' }];
    trade.table('hazardousCategories', 2, { damagedTractionBattery: '900-052-31' });
    expect(registers(plant, 'battery', 'damagedTractionBattery', { tags })).toBe('accepted');
    const collector = trade.party('collector', ['collector']);
    const load = collector.signer.item('load');
    const ticket = { ticket: 'T-1', ticketHash: 'e'.repeat(64), weighing: weighed(trade, 500_000) };
    const data = { nonce: load.nonce, tags: [], ...ticket, mix: [], estimatedPieces: 4 };
    trade.given(collector, { type: 'intakeBatch', item: load.item, data });
    const sorted = { ...out(collector, 'a battery', 'damagedTractionBattery'), kind: 'battery' as const };
    const sorting = { outputs: [sorted], toleranceVersion: 1 };
    expect(trade.does(collector, { type: 'sort', item: load.item, data: sorting })).toBe('HL-2300');
  });
});
