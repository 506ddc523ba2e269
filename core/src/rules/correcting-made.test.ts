import { describe, expect, it } from 'vitest';
import { rowKey } from '../model/row-keys.js';
import { corrects, recorded } from '../testing/corrections.js';
import type { Party } from '../testing/trade.js';
import { maker, part, plant, shop, standing, trade } from './correcting.testing.js';
import { numbered } from '../testing/numbered.js';

describe('a wrong dismantling', () => {
  const outputs = () => {
    const door = plant.signer.item('door');
    return [
      { ...door, kind: 'part' as const, category: 'engine', massGrams: 20_000 },
      { ...plant.signer.item('seats'), kind: 'lot' as const, category: 'textile', massGrams: 30_000 },
    ];
  };

  it('voids what came out, and the vehicle still has its engine and its mass', () => {
    const item = trade.depolluted(plant, 'car 1');
    const before = standing(item);
    const wrong = recorded(trade, plant, { type: 'dismantle', item, data: { outputs: outputs() } });
    expect(trade.item(item)).toMatchObject({ takenGrams: 55_000, assemblies: { engine: 0 } });
    const ids = outputs().map((output) => output.item);
    expect(corrects(trade, plant, item, wrong)).toBe('HL-2248');
    expect(corrects(trade, plant, item, wrong, { outputs: ids.slice(0, 1) })).toBe('HL-2248');
    expect(corrects(trade, plant, item, wrong, { outputs: ids })).toBe('accepted');
    expect(standing(item)).toEqual(before);
    for (const id of ids) expect(trade.item(id).state).toBe('voided');
  });

  it('stands once something was done with what came out', () => {
    const item = trade.depolluted(plant, 'car 1');
    const wrong = recorded(trade, plant, { type: 'dismantle', item, data: { outputs: outputs() } });
    const ids = outputs().map((output) => output.item);
    const later = recorded(trade, plant, {
      type: 'inspect',
      item: ids[0] ?? '',
      data: { result: 'fit' },
    });
    expect(corrects(trade, plant, item, wrong, { outputs: ids })).toBe('HL-2249');
    expect(trade.item(ids[1] ?? '').state, 'nothing of it is half done').toBe('registered');
    expect(corrects(trade, plant, ids[0] ?? '', later)).toBe('accepted');
    expect(corrects(trade, plant, item, wrong, { outputs: ids })).toBe('accepted');
  });

  /** An alternator that is taken apart by mistake: its tag ends with it. */
  function scrappedAlternator() {
    const { item, nonce } = maker.signer.item('alternator');
    const tags = [{ scheme: 'serial' as const, value: 'G-1' }];
    const data = { kind: 'part' as const, category: 'alternator', nonce, tags, massGrams: 1000 };
    trade.given(
      maker,
      { type: 'register', item, data },
      { type: 'inspect', item, data: { result: 'unfit' } },
    );
    const scrap = { ...maker.signer.item('scrap'), kind: 'lot' as const, category: 'steel', massGrams: 1000 };
    const wrong = recorded(trade, maker, {
      type: 'dismantle',
      item,
      data: { outputs: [scrap], lossGrams: 0, toleranceVersion: 1 },
    });
    return { item, data, scrap, wrong };
  }

  it('of a part brings it back with its tag', () => {
    const { item, scrap, wrong } = scrappedAlternator();
    const tag = rowKey.tag({ scheme: 'serial', value: 'G-1' });
    expect(trade.world.row(tag)).toEqual({ item, retired: true });
    expect(corrects(trade, maker, item, wrong, { outputs: [scrap.item] })).toBe('accepted');
    expect(trade.item(item).state).toBe('inspected');
    expect(trade.world.row(tag)).toEqual({ item });
  });

  it('is disputed when its tag was registered anew meanwhile', () => {
    const { item, data, scrap, wrong } = scrappedAlternator();
    const other = shop.signer.item('other');
    trade.given(shop, {
      type: 'register',
      item: other.item,
      data: { ...data, nonce: other.nonce },
    });
    expect(corrects(trade, maker, item, wrong, { outputs: [scrap.item] })).toBe('accepted');
    expect(trade.item(item).contested).toBe(true);
    expect(trade.item(other.item).contested).toBe(true);
  });
});

describe('a registration of what another one bears the tag of', () => {
  const tag = (value: string) => ({ scheme: 'serial' as const, value });
  const registers = (who: Party, name: string, ...tags: string[]) => {
    const { item, nonce } = who.signer.item(name);
    const data = { kind: 'part' as const, category: 'starter', nonce, tags: tags.map(tag) };
    return { item, wrong: recorded(trade, who, { type: 'register', item, data }) };
  };
  const isContested = (item: string) => trade.item(item).contested === true;
  const row = (value: string) => trade.world.row(rowKey.tag(tag(value)));

  it('leaves that one undisputed when it is declared wrong', () => {
    const first = registers(plant, 'starter', 'S-1');
    const second = registers(shop, 'same starter', 'S-1');
    expect(isContested(first.item)).toBe(true);
    expect(corrects(trade, shop, second.item, second.wrong)).toBe('accepted');
    expect(isContested(first.item)).toBe(false);
    expect(row('S-1')).toEqual({ item: first.item });
  });

  it('leaves the tag to the other when the first one is declared wrong', () => {
    const first = registers(plant, 'starter', 'S-1');
    const second = registers(shop, 'same starter', 'S-1');
    expect(corrects(trade, plant, first.item, first.wrong)).toBe('accepted');
    expect(isContested(second.item)).toBe(false);
    expect(row('S-1')).toEqual({ item: second.item });
    const third = registers(maker, 'again', 'S-1');
    expect(isContested(third.item)).toBe(true);
  });

  it('leaves those in dispute that claim the tag, or another one, besides', () => {
    const first = registers(plant, 'starter', 'S-1');
    const second = registers(shop, 'same starter', 'S-1', 'S-2');
    const third = registers(maker, 'third', 'S-1', 'S-2');
    expect(corrects(trade, plant, first.item, first.wrong)).toBe('accepted');
    expect([second, third].map(({ item }) => isContested(item))).toEqual([true, true]);
    expect(corrects(trade, maker, third.item, third.wrong)).toBe('accepted');
    expect(isContested(second.item)).toBe(false);
  });
});

describe('a certificate', () => {
  it('is never taken back: it is declared wrong, and the vehicle is questioned', () => {
    const item = trade.scrapped(plant, 'car 1');
    const { keyId, sequence } = plant.signer;
    const certificate = `${keyId}.${sequence}.3`;
    const named = { reason: 'wrongValue' as const, eventType: 'issueCertificate' };
    expect(corrects(trade, plant, item, certificate, named)).toBe('accepted');
    expect(trade.item(item)).toMatchObject({ state: 'certificateIssued', certificate: 'C-car-1' });
    expect(trade.item(item).correction?.questioned).toHaveLength(1);
  });
});

describe('a part that was fitted by mistake', () => {
  it('comes out again by the correction of who still holds both', () => {
    const car = shop.signer.item('car');
    trade.given(shop, {
      type: 'register',
      item: car.item,
      data: { kind: 'vehicle', category: 'sedan', nonce: car.nonce, tags: numbered(car.nonce) },
    });
    const { item, nonce } = shop.signer.item('new door');
    const data = { kind: 'part' as const, category: 'door', nonce, tags: [], class: 'newPart' as const };
    trade.given(shop, { type: 'register', item, data }, { type: 'inspect', item, data: { result: 'fit' } });
    const before = standing(item);
    const wrong = recorded(trade, shop, { type: 'fit', item, data: { into: car.item } });
    trade.given(shop, { type: 'handover', item: car.item, data: { to: plant.creditCode } });
    expect(corrects(trade, shop, item, wrong), 'the car is on its way').toBe('HL-2021');
    trade.given(shop, { type: 'withdraw', item: car.item, data: {} });
    expect(corrects(trade, shop, item, wrong)).toBe('accepted');
    expect(standing(item)).toEqual(before);
  });
});

describe('a step of a vehicle out of which a fitted part came since', () => {
  it('is not put back, for the vehicle counts that part as taken', () => {
    const fitter = trade.party('fitter', ['repairShop', 'dismantler']);
    const vehicle = fitter.signer.item('car');
    const engine = trade.bought(fitter, 'engine', 'engine', 90_000);
    trade.given(
      fitter,
      {
        type: 'register',
        item: vehicle.item,
        data: { kind: 'vehicle', category: 'sedan', nonce: vehicle.nonce, tags: numbered(vehicle.nonce) },
      },
      { type: 'inspect', item: engine, data: { result: 'fit' } },
      { type: 'fit', item: engine, data: { into: vehicle.item } },
      { type: 'surrender', item: vehicle.item, data: {} },
      { type: 'receive', item: vehicle.item, data: { massGrams: 1_000_000 } },
      { type: 'issueCertificate', item: vehicle.item, data: { number: 'C-9' } },
    );
    const drained = {
      ...fitter.signer.item('oil'),
      kind: 'lot' as const,
      category: 'wasteOil',
      massGrams: 5_000,
    };
    const wrong = recorded(trade, fitter, {
      type: 'depollute',
      item: vehicle.item,
      data: { outputs: [drained] },
    });
    trade.given(fitter, { type: 'remove', item: engine, data: { from: vehicle.item } });
    expect(trade.item(vehicle.item).takenGrams).toBe(95_000);
    expect(
      corrects(trade, fitter, vehicle.item, wrong, { eventType: 'depollute', outputs: [drained.item] }),
    ).toBe('accepted');
    expect(trade.item(vehicle.item)).toMatchObject({ takenGrams: 95_000, state: 'depolluted' });
    expect(trade.item(vehicle.item).correction?.questioned).toHaveLength(1);
  });
});

describe('what came out of a step', () => {
  const output = (by: Party, name: string, category: string, massGrams: number) => ({
    ...by.signer.item(name),
    kind: 'part' as const,
    category,
    massGrams,
  });

  it('is not declared wrong alone: it would be neither there nor in what it came out of', () => {
    const item = trade.depolluted(plant, 'car');
    const outputs = [output(plant, 'engine', 'engine', 120_000), output(plant, 'door', 'door', 10_000)];
    const wrong = recorded(trade, plant, { type: 'dismantle', item, data: { outputs } });
    const [engine, door] = outputs.map((each) => each.item);
    expect(corrects(trade, plant, engine ?? '', wrong)).toBe('HL-2248');
    expect(trade.item(engine ?? '').state).toBe('registered');
    expect(corrects(trade, plant, item, wrong, { outputs: [engine ?? '', door ?? ''] })).toBe('accepted');
    expect(trade.item(item)).toMatchObject({ takenGrams: 5_000 });
  });

  it('nor is a product without its core', () => {
    const core = part(maker, 'core');
    const product = output(maker, 'product', 'starter', 6_000);
    trade.given(
      maker,
      { type: 'designateCore', item: core, data: {} },
      { type: 'grade', item: core, data: { grade: 'A' } },
    );
    const made = recorded(trade, maker, { type: 'remanufacture', item: core, data: { product, mark: 'Z' } });
    expect(corrects(trade, maker, product.item, made)).toBe('HL-2248');
    expect(corrects(trade, maker, core, made, { outputs: [product.item] })).toBe('accepted');
  });
});
