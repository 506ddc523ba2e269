import { beforeEach, describe, expect, it } from 'vitest';
import { agrees, correctable, corrects, recorded } from '../testing/corrections.js';
import { Trade, type Party } from '../testing/trade.js';
import { numbered } from '../testing/numbered.js';

let trade: Trade;
let plant: Party;
let shop: Party;

beforeEach(() => {
  trade = new Trade();
  correctable(trade);
  plant = trade.party('plant', ['dismantler']);
  shop = trade.party('shop', ['repairShop'], { mspId: 'AftermarketMSP' });
});

const questioned = (item: string): readonly string[] => trade.item(item).correction?.questioned ?? [];

/** A car of the plant with its certificate, which is the wrong step. */
function certified(name: string): { readonly item: string; readonly wrong: string } {
  const { item, nonce } = plant.signer.item(name);
  const data = { kind: 'vehicle' as const, category: 'sedan', nonce, tags: numbered(nonce) };
  trade.given(
    plant,
    { type: 'register', item, data },
    { type: 'surrender', item, data: {} },
    { type: 'receive', item, data: { massGrams: 1_000_000 } },
  );
  const wrong = recorded(trade, plant, { type: 'issueCertificate', item, data: { number: 'C-1' } });
  return { item, wrong };
}

describe('a certificate that was declared wrong', () => {
  let car: string;
  let wrong: string;
  beforeEach(() => {
    ({ item: car, wrong } = certified('car'));
  });

  it('is named with its type, which is a step of a vehicle', () => {
    expect(corrects(trade, plant, car, wrong)).toBe('HL-2253');
    expect(corrects(trade, plant, car, wrong, { eventType: 'lineStep' })).toBe('HL-2253');
    expect(corrects(trade, plant, car, wrong, { eventType: 'constructor' })).toBe('HL-2253');
    expect(corrects(trade, plant, car, wrong, { eventType: 'issueCertificate' })).toBe('accepted');
    expect(questioned(car)).toHaveLength(1);
  });

  const issues = (by: Party, number: string, replaces?: string): string =>
    trade.does(by, {
      type: 'issueCertificate',
      item: car,
      data: { number },
      ...(replaces === undefined ? {} : { replaces }),
    });
  const named = { eventType: 'issueCertificate' } as const;

  it('is replaced by another one of the same dismantler, with a number of its own, that names it', () => {
    expect(issues(plant, 'C-2', wrong)).toBe('HL-2118');
    expect(corrects(trade, plant, car, wrong, named)).toBe('accepted');
    expect(issues(plant, 'C-2')).toBe('HL-2254');
    expect(issues(plant, 'C-1', wrong)).toBe('HL-2256');
    expect(issues(shop, 'C-2', wrong)).toBe('HL-2030');
    expect(issues(trade.party('other plant', ['dismantler']), 'C-2', wrong)).toBe('HL-2255');
    expect(trade.item(car)).toMatchObject({ certificate: 'C-1' });
    expect(issues(plant, 'C-2', wrong)).toBe('accepted');
    expect(questioned(car)).toHaveLength(0);
    expect(trade.item(car)).toMatchObject({ certificate: 'C-2', state: 'certificateIssued' });
    expect(issues(plant, 'C-3', wrong)).toBe('HL-2118');
  });

  it('is not replaced by one that names another step', () => {
    const oil = { ...plant.signer.item('oil'), kind: 'lot' as const, category: 'wasteOil', massGrams: 5_000 };
    expect(corrects(trade, plant, car, wrong, named)).toBe('accepted');
    const drained = recorded(trade, plant, { type: 'depollute', item: car, data: { outputs: [oil] } });
    expect(issues(plant, 'C-2', drained)).toBe('HL-2254');
    expect(issues(plant, 'C-2', wrong)).toBe('accepted');
    expect(trade.item(car).state).toBe('depolluted');
  });

  it('is replaced as often as it is wrong', () => {
    expect(corrects(trade, plant, car, wrong, named)).toBe('accepted');
    const data = { number: 'C-2' };
    const again = recorded(trade, plant, { type: 'issueCertificate', item: car, data, replaces: wrong });
    expect(corrects(trade, plant, car, again, named)).toBe('accepted');
    expect(issues(plant, 'C-3', wrong)).toBe('HL-2254');
    expect(issues(plant, 'C-3', again)).toBe('accepted');
    expect(questioned(car)).toHaveLength(0);
  });

  it('is replaced whoever holds the vehicle by then, also when it is no more', () => {
    trade.table('massTolerance', 1, { permille: 20 });
    const shredder = trade.party('shredder', ['shredder']);
    const lot = (by: Party, name: string, massGrams: number) => ({
      ...by.signer.item(name),
      kind: 'lot' as const,
      category: 'steel',
      massGrams,
    });
    const balance = { lossGrams: 0, toleranceVersion: 1 };
    trade.given(
      plant,
      { type: 'depollute', item: car, data: { outputs: [lot(plant, 'oil', 10_000)] } },
      { type: 'dismantle', item: car, data: { outputs: [lot(plant, 'wheels', 90_000)] } },
      { type: 'leaveHulk', item: car, data: { massGrams: 900_000, ...balance } },
      { type: 'handover', item: car, data: { to: shredder.creditCode } },
    );
    trade.given(shredder, { type: 'accept', item: car, data: { from: plant.creditCode } });
    expect(corrects(trade, plant, car, wrong, named)).toBe('accepted');
    expect(agrees(trade, shredder, car, wrong, named)).toBe('accepted');
    const shreds = [lot(shredder, 'shreds', 900_000)];
    trade.given(shredder, { type: 'shred', item: car, data: { outputs: shreds, ...balance } });
    expect(questioned(car)).toHaveLength(1);
    expect(issues(plant, 'C-2', wrong)).toBe('accepted');
    expect(trade.item(car)).toMatchObject({ certificate: 'C-2', state: 'shredded' });
    expect(questioned(car)).toHaveLength(0);
  });

  it('is not replaced by a step of another type that names it', () => {
    const oil = { ...plant.signer.item('oil'), kind: 'lot' as const, category: 'wasteOil', massGrams: 5_000 };
    expect(corrects(trade, plant, car, wrong, { eventType: 'issueCertificate' })).toBe('accepted');
    trade.given(plant, { type: 'depollute', item: car, data: { outputs: [oil] }, replaces: wrong });
    expect(questioned(car)).toHaveLength(1);
  });
});

describe('a hold that was declared wrong', () => {
  it('is remembered as such, and the car that was released goes on', () => {
    const police = trade.party('police', ['police'], { mspId: 'OversightMSP' });
    const { item, nonce } = shop.signer.item('held car');
    const data = { kind: 'vehicle' as const, category: 'sedan', nonce, tags: numbered(nonce) };
    trade.given(shop, { type: 'register', item, data });
    const wrong = recorded(trade, police, { type: 'hold', item, data: { reason: 'suspectedStolen' } });
    trade.given(police, { type: 'release', item, data: {} });
    expect(corrects(trade, police, item, wrong, { eventType: 'hold' })).toBe('accepted');
    expect(agrees(trade, shop, item, wrong, { eventType: 'hold' })).toBe('accepted');
    expect(questioned(item)).toEqual([]);
    expect(trade.item(item).correction?.corrected).toHaveLength(1);
    expect(corrects(trade, police, item, wrong, { eventType: 'hold' })).toBe('HL-2241');
  });

  it('is not what a party that holds nothing calls its step, to be done with it', () => {
    const { item, wrong } = certified('certified car');
    expect(corrects(trade, plant, item, wrong, { eventType: 'hold' })).toBe('accepted');
    expect(questioned(item)).toHaveLength(1);
  });
});

describe('a step that stands', () => {
  function partOfTwo(): { item: string; wrong: string } {
    const { item, nonce } = plant.signer.item('door');
    const data = { kind: 'part' as const, category: 'door', nonce, tags: [] };
    trade.given(plant, { type: 'register', item, data });
    const wrong = recorded(trade, plant, { type: 'inspect', item, data: { result: 'unfit' } });
    trade.given(plant, { type: 'handover', item, data: { to: shop.creditCode } });
    trade.given(shop, { type: 'accept', item, data: { from: plant.creditCode } });
    return { item, wrong };
  }

  it('is replaced by a step of its type', () => {
    const { item, wrong } = partOfTwo();
    expect(corrects(trade, plant, item, wrong, { eventType: 'inspect' })).toBe('accepted');
    expect(agrees(trade, shop, item, wrong, { eventType: 'inspect' })).toBe('accepted');
    expect(questioned(item)).toHaveLength(1);
    trade.given(shop, { type: 'handover', item, data: { to: plant.creditCode }, replaces: wrong });
    expect(questioned(item)).toHaveLength(1);
    trade.given(shop, { type: 'withdraw', item, data: {} });
    trade.given(shop, { type: 'inspect', item, data: { result: 'fit' }, replaces: wrong });
    expect(questioned(item)).toHaveLength(0);
  });

  it('is declared wrong by two that mean the same type, in either order', () => {
    const { item, wrong } = partOfTwo();
    expect(agrees(trade, shop, item, wrong, { eventType: 'inspect' })).toBe('accepted');
    expect(corrects(trade, plant, item, wrong, { eventType: 'handover' })).toBe('HL-2246');
    expect(questioned(item)).toHaveLength(0);
    expect(corrects(trade, plant, item, wrong, { eventType: 'inspect' })).toBe('accepted');
    expect(questioned(item)).toHaveLength(1);
  });

  it('is replaced by one that undoes it in fact, where the table says so', () => {
    const host = shop.signer.item('car');
    const part = shop.signer.item('starter');
    trade.given(
      shop,
      {
        type: 'register',
        item: host.item,
        data: { kind: 'vehicle', category: 'sedan', nonce: host.nonce, tags: numbered(host.nonce) },
      },
      {
        type: 'register',
        item: part.item,
        data: { kind: 'part', category: 'starter', nonce: part.nonce, tags: [], class: 'newPart' },
      },
      { type: 'inspect', item: part.item, data: { result: 'fit' } },
      { type: 'fit', item: part.item, data: { into: host.item } },
    );
    const wrong = recorded(trade, shop, { type: 'remove', item: part.item, data: { from: host.item } });
    expect(corrects(trade, shop, part.item, wrong, { eventType: 'remove' })).toBe('accepted');
    trade.given(shop, { type: 'inspect', item: part.item, data: { result: 'fit' }, replaces: wrong });
    expect(questioned(part.item)).toHaveLength(1);
    trade.given(shop, { type: 'fit', item: part.item, data: { into: host.item }, replaces: wrong });
    expect(questioned(part.item)).toHaveLength(0);
  });
});

describe('a question about an item', () => {
  it('is not pushed out by others', () => {
    const { item: pallet, nonce } = plant.signer.item('pallet');
    const [door, tags] = [plant.signer.item('door'), []];
    const { item } = door;
    trade.given(
      plant,
      { type: 'register', item: pallet, data: { kind: 'container', category: 'pallet', nonce, tags } },
      { type: 'register', item, data: { kind: 'part', category: 'door', nonce: door.nonce, tags } },
    );
    const packed = Array.from({ length: 9 }, () => {
      const event = recorded(trade, plant, { type: 'pack', item: pallet, data: { items: [item] } });
      trade.given(plant, { type: 'unpack', item: pallet, data: { items: [item] } });
      return event;
    });
    const declares = (event: string): string => corrects(trade, plant, pallet, event, { eventType: 'pack' });
    const [last = '', ...first] = packed.reverse();
    for (const each of first) expect(declares(each)).toBe('accepted');
    expect(declares(last)).toBe('HL-2257');
    trade.given(plant, { type: 'pack', item: pallet, data: { items: [item] }, replaces: first[0] ?? '' });
    expect(declares(last)).toBe('accepted');
    expect(questioned(pallet)).toHaveLength(8);
  });
});
