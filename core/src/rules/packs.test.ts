import { beforeEach, describe, expect, it } from 'vitest';
import type { EventOf } from '../model/events.js';
import { rowKey } from '../model/row-keys.js';
import { Trade, type Party } from '../testing/trade.js';
import { numbered } from '../testing/numbered.js';

type Output = EventOf<'dismantle'>['data']['outputs'][number];

const [PACK, SECOND, THIRD] = [
  '001PE240000003B3C0000001',
  '001PE240000003B3C0000002',
  '001PE240000003B3C0000003',
];
const coded = (value: string) => [{ scheme: 'battery' as const, value }];

let trade: Trade;
let plant: Party;
let shop: Party;

beforeEach(() => {
  trade = new Trade();
  trade.table('massTolerance', 1, { permille: 10 });
  plant = trade.party('plant', ['dismantler']);
  shop = trade.party('shop', ['repairShop'], { mspId: 'AftermarketMSP' });
});

function surrendered(name: string, category = 'electricCar'): string {
  const { item, nonce } = plant.signer.item(name);
  trade.given(
    plant,
    { type: 'register', item, data: { kind: 'vehicle', category, nonce, tags: numbered(nonce) } },
    { type: 'surrender', item, data: {} },
  );
  return item;
}
const receives = (item: string, data: Partial<EventOf<'receive'>['data']> = {}): string =>
  trade.does(plant, { type: 'receive', item, data: { massGrams: 1_800_000, ...data } });
const certifies = (item: string): string =>
  trade.does(plant, { type: 'issueCertificate', item, data: { number: 'C-1' } });
/** An electric car with these packs, certified. */
function certified(...packs: string[]): string {
  const car = surrendered(`car with ${packs.join(' and ')}`);
  expect(receives(car, { packs })).toBe('accepted');
  certifies(car);
  return car;
}
const pack = (code: string | undefined, massGrams = 400_000): Output => ({
  ...plant.signer.item(`pack ${code ?? 'without a code'}`),
  kind: 'battery',
  category: 'tractionBattery',
  massGrams,
  ...(code === undefined ? {} : { tags: coded(code) }),
});
const seats = (): Output => ({
  ...plant.signer.item('seats'),
  kind: 'lot',
  category: 'textile',
  massGrams: 40_000,
});
const depollutes = (item: string, ...outputs: Output[]): string =>
  trade.does(plant, { type: 'depollute', item, data: { outputs } });
const dismantles = (item: string, ...outputs: Output[]): string =>
  trade.does(plant, { type: 'dismantle', item, data: { outputs } });

/** A car in use into which the shop fits a pack that it registers. */
function carWithKnownPack(name: string, code: string, massGrams?: number): { car: string; known: string } {
  const { item: car, nonce } = shop.signer.item(name);
  const { item: known, nonce: second } = shop.signer.item(`known ${code}`);
  trade.given(
    shop,
    {
      type: 'register',
      item: car,
      data: { kind: 'vehicle', category: 'electricCar', nonce, tags: numbered(nonce) },
    },
    {
      type: 'register',
      item: known,
      data: {
        kind: 'battery',
        category: 'tractionBattery',
        nonce: second,
        tags: coded(code),
        ...(massGrams === undefined ? {} : { massGrams }),
      },
    },
    { type: 'inspect', item: known, data: { result: 'fit' } },
    { type: 'fit', item: known, data: { into: car } },
    { type: 'handover', item: car, data: { to: plant.creditCode } },
  );
  trade.given(
    plant,
    { type: 'accept', item: car, data: { from: shop.creditCode } },
    { type: 'surrender', item: car, data: {} },
  );
  return { car, known };
}

describe('an electric car that is taken in', () => {
  it('has its packs named, or the reason why they are not there', () => {
    const car = surrendered('car');
    expect(receives(car)).toBe('HL-2160');
    expect(receives(car, { packs: [PACK, PACK] })).toBe('HL-2173');
    expect(receives(car, { packs: [PACK, SECOND] })).toBe('accepted');
    expect(trade.item(car).battery).toEqual({ packs: [PACK, SECOND] });
    const swapped = surrendered('swapped');
    expect(receives(swapped, { incompleteVehicle: 'swapContract' })).toBe('accepted');
    expect(trade.item(swapped).battery).toEqual({ incomplete: 'swapContract' });
    certifies(swapped);
    expect(depollutes(swapped, seats())).toBe('accepted');
  });

  it('may be a petrol car too, which names none', () => {
    expect(receives(surrendered('petrol', 'sedan'))).toBe('accepted');
  });

  it('does not name a pack of another vehicle, or one that has come out of its own', () => {
    const { car, known } = carWithKnownPack('car', PACK, 400_000);
    expect(receives(surrendered('other'), { packs: [PACK] })).toBe('HL-2163');
    expect(receives(car, { packs: [PACK] })).toBe('accepted');
    certifies(car);
    trade.given(plant, { type: 'remove', item: known, data: { from: car } });
    expect(receives(surrendered('third'), { packs: [PACK] })).toBe('HL-2163');
  });

  it('does not name a pack that is no more', () => {
    const car = certified(PACK);
    const out = pack(PACK);
    expect(depollutes(car, out)).toBe('accepted');
    const recycler = trade.party('recycler', ['smelter']);
    trade.given(plant, { type: 'handover', item: out.item, data: { to: recycler.creditCode } });
    trade.given(
      recycler,
      { type: 'accept', item: out.item, data: { from: plant.creditCode } },
      { type: 'takeInBattery', item: out.item, data: { massGrams: 400_000, toleranceVersion: 1 } },
      {
        type: 'recycle',
        item: out.item,
        data: {
          outputs: [
            { ...recycler.signer.item('lot'), kind: 'lot', category: 'blackMass', massGrams: 400_000 },
          ],
          lossGrams: 0,
          toleranceVersion: 1,
        },
      },
    );
    expect(receives(surrendered('revenant'), { packs: [PACK] })).toBe('HL-2164');
  });
});

describe('the packs of a scrapped car', () => {
  it('come out while it is depolluted, before anything is dismantled', () => {
    const car = certified(PACK, SECOND);
    const [first, second] = [pack(PACK), pack(SECOND)];
    expect(depollutes(car, first)).toBe('accepted');
    expect(trade.item(car)).toMatchObject({ battery: { packs: [SECOND] }, takenGrams: 400_000 });
    expect(trade.item(first.item)).toMatchObject({ state: 'removed', parent: car });
    expect(dismantles(car, seats())).toBe('HL-2165');
    expect(dismantles(car, second, seats())).toBe('HL-2165');
    expect(depollutes(car, second)).toBe('accepted');
    expect(dismantles(car, seats())).toBe('accepted');
  });

  it('are no more than on record, each once, under their codes', () => {
    const car = certified(PACK);
    expect(depollutes(car, pack(SECOND))).toBe('HL-2162');
    expect(depollutes(car, pack(undefined))).toBe('HL-2161');
    expect(depollutes(car, pack('001ME240000003B3C0000001'))).toBe('HL-2166');
    expect(depollutes(car, pack(PACK), { ...pack(PACK), ...plant.signer.item('again') })).toBe('HL-2162');
    expect(depollutes(car, pack(PACK))).toBe('accepted');
    expect(depollutes(car, { ...pack(PACK), ...plant.signer.item('once more') })).toBe('HL-2162');
    expect(depollutes(trade.scrapped(plant, 'petrol'), pack(THIRD, 10_000))).toBe('HL-2162');
  });

  it('are not those that another car gave out under the same code', () => {
    const [one, other] = [certified(PACK), surrendered('other')] as [string, string];
    expect(receives(other, { packs: [PACK] })).toBe('accepted');
    certifies(other);
    expect(depollutes(one, pack(PACK))).toBe('accepted');
    expect(depollutes(other, { ...pack(PACK), ...plant.signer.item('the same') })).toBe('HL-2163');
  });

  it('that the ledger knew before come out by their removal, and count as taken out', () => {
    const { car, known } = carWithKnownPack('car', PACK, 400_000);
    receives(car, { packs: [PACK] });
    const removes = (massGrams?: number): string =>
      trade.does(plant, {
        type: 'remove',
        item: known,
        data: { from: car, ...(massGrams === undefined ? {} : { massGrams }) },
      });
    expect(removes()).toBe('HL-2101');
    certifies(car);
    expect(depollutes(car, pack(PACK))).toBe('HL-2171');
    expect(removes()).toBe('accepted');
    expect(trade.item(known)).toMatchObject({ state: 'removed', removedFrom: car });
    expect(trade.item(car)).toMatchObject({ takenGrams: 400_000 });
    expect(trade.item(car).battery?.packs).toBeUndefined();
    expect(depollutes(car, seats())).toBe('accepted');
    expect(dismantles(car, { ...seats(), ...plant.signer.item('more') })).toBe('accepted');
  });

  it('that were never weighed are weighed as they come out', () => {
    const { car, known } = carWithKnownPack('car', PACK);
    receives(car, { packs: [PACK] });
    certifies(car);
    expect(trade.does(plant, { type: 'remove', item: known, data: { from: car } })).toBe('HL-2051');
    const heavy = { from: car, massGrams: 1_800_001 };
    expect(trade.does(plant, { type: 'remove', item: known, data: heavy })).toBe('HL-2050');
    const right = { from: car, massGrams: 380_000 };
    expect(trade.does(plant, { type: 'remove', item: known, data: right })).toBe('accepted');
    expect(trade.item(known).massGrams).toBe(380_000);
  });

  it('that nobody named at intake do not come out', () => {
    const { car, known } = carWithKnownPack('car', PACK, 400_000);
    expect(receives(car, { incompleteVehicle: 'leaseContract' })).toBe('accepted');
    certifies(car);
    expect(trade.does(plant, { type: 'remove', item: known, data: { from: car } })).toBe('HL-2162');
  });

  it('that turn out not to be there are declared missing, with the reason', () => {
    const car = certified(PACK, SECOND);
    const misses = (code: string): string =>
      trade.does(plant, {
        type: 'declarePackMissing',
        item: car,
        data: { pack: code, reason: 'earlierReplacement' },
      });
    expect(misses(THIRD)).toBe('HL-2162');
    expect(misses(SECOND)).toBe('accepted');
    expect(trade.item(car).battery).toEqual({ packs: [PACK], incomplete: 'earlierReplacement' });
    expect(depollutes(car, pack(SECOND))).toBe('HL-2162');
    expect(depollutes(car, pack(PACK))).toBe('accepted');
    expect(dismantles(car, seats())).toBe('accepted');
  });

  it('take the label with them that was bound to the car', () => {
    const { item: car, nonce } = plant.signer.item('labelled');
    trade.given(
      plant,
      {
        type: 'register',
        item: car,
        data: { kind: 'vehicle', category: 'electricCar', nonce, tags: [...numbered(nonce), ...coded(PACK)] },
      },
      { type: 'surrender', item: car, data: {} },
      { type: 'receive', item: car, data: { massGrams: 1_800_000, packs: [PACK] } },
      { type: 'issueCertificate', item: car, data: { number: 'C-1' } },
    );
    const out = pack(PACK);
    expect(depollutes(car, out)).toBe('accepted');
    expect(trade.world.row(rowKey.tag({ scheme: 'battery', value: PACK }))).toEqual({ item: out.item });
    expect(trade.item(car).tags).toEqual(numbered(nonce));
    expect(trade.item(out.item).contested).toBeUndefined();
  });

  it('stand still while their car is held', () => {
    const car = certified(PACK);
    const out = pack(PACK);
    depollutes(car, out);
    trade.given(plant, { type: 'hold', item: car, data: { reason: 'suspectedStolen' } });
    const handover = { type: 'handover', item: out.item, data: { to: shop.creditCode } } as const;
    expect(trade.does(plant, handover)).toBe('HL-2115');
  });

  it('are not put into a car that a dismantler has taken in', () => {
    const both = trade.party('both', ['dismantler', 'repairShop']);
    const { item: spare, nonce } = both.signer.item('spare');
    const car = trade.scrapped(both, 'car');
    trade.given(
      both,
      {
        type: 'register',
        item: spare,
        data: { kind: 'battery', category: 'tractionBattery', nonce, tags: coded(PACK) },
      },
      { type: 'inspect', item: spare, data: { result: 'fit' } },
    );
    expect(trade.does(both, { type: 'fit', item: spare, data: { into: car } })).toBe('HL-2062');
  });
});
