import { beforeEach, describe, expect, it } from 'vitest';
import type { EventOf } from '../model/events.js';
import type { ItemKind } from '../model/terms.js';
import type { InadmissibleError, Offence } from '../record/record.js';
import { correctable, corrects, agrees, lastEventOf, recorded } from '../testing/corrections.js';
import { lotHeld, lotOf } from '../testing/lots.js';
import type { Party } from '../testing/trade.js';
import { plant, trade, yard } from './yard.testing.js';
import { numbered } from '../testing/numbered.js';

type Output = EventOf<'dismantle'>['data']['outputs'][number];

let police: Party;

beforeEach(() => {
  trade.table('massTolerance', 1, { permille: 20 });
  police = trade.party('police', ['police'], { mspId: 'OversightMSP' });
});

function output(by: Party, name: string, category: string, massGrams = 10_000): Output {
  return { ...by.signer.item(name), kind: 'part', category, massGrams };
}
function registers(by: Party, name: string, kind: ItemKind, category: string): string {
  const { item, nonce } = by.signer.item(name);
  const data = { kind, category, nonce, tags: kind === 'vehicle' ? numbered(nonce) : [], massGrams: 100_000 };
  trade.given(by, { type: 'register', item, data });
  return item;
}
const holds = (item: string): string =>
  trade.does(police, { type: 'hold', item, data: { reason: 'suspectedStolen' } });

describe('airbags and brake safety parts are not remanufactured', () => {
  it.each(['airbag', 'brakeSafetyPart'])('%s', (category) => {
    trade.table('neverRemanufactured', 1, { categories: ['airbag', 'brakeSafetyPart'] });
    const part = yard.part(plant, 'safe', category);
    expect(trade.does(plant, { type: 'designateCore', item: part, data: {} })).toBe('HL-2110');
    const starter = yard.part(plant, 'starter');
    expect(trade.does(plant, { type: 'designateCore', item: starter, data: {} })).toBe('accepted');
  });
});

describe('a suspected stolen car stands still', () => {
  it('also when it was handed over before', () => {
    const buyer = trade.party('other plant', ['dismantler']);
    const car = trade.scrapped(plant, 'car');
    expect(yard.gives(plant, car, buyer)).toBe('accepted');
    expect(holds(car)).toBe('accepted');
    expect(yard.takes(buyer, car, plant)).toBe('HL-2100');
    expect(trade.does(plant, { type: 'withdraw', item: car, data: {} })).toBe('HL-2100');
  });

  it('and so do its parts on their way, alone, in a box, and by the correction of a step of the car', () => {
    correctable(trade);
    const { engine, car } = yard.engine('car');
    const dismantling = lastEventOf(plant);
    expect(yard.gives(plant, engine, yard.maker)).toBe('accepted');
    const boxed = yard.engine('second car');
    expect(yard.packs(plant, yard.pallet, boxed.engine)).toBe('accepted');
    expect(yard.gives(plant, yard.pallet, yard.maker)).toBe('accepted');
    expect([holds(car), holds(boxed.car)]).toEqual(['accepted', 'accepted']);
    expect(yard.takes(yard.maker, engine, plant)).toBe('HL-2115');
    expect(yard.takes(yard.maker, yard.pallet, plant)).toBe('HL-2115');
    expect(corrects(trade, plant, car, dismantling, { outputs: [engine] })).toBe('HL-2100');
    expect(trade.does(plant, { type: 'dispose', item: engine, data: { method: 'smelted' } })).not.toBe(
      'accepted',
    );
  });

  it('until the police release it, and nobody else', () => {
    const car = trade.scrapped(plant, 'car');
    holds(car);
    expect(trade.does(plant, { type: 'release', item: car, data: {} })).toBe('HL-2030');
    expect(trade.does(police, { type: 'release', item: car, data: {} })).toBe('accepted');
  });
});

describe('a core becomes one product, once', () => {
  it('also by way of a correction: a product that has moved on cannot be voided', () => {
    correctable(trade);
    const core = registers(yard.maker, 'core', 'part', 'starter');
    trade.given(
      yard.maker,
      { type: 'designateCore', item: core, data: {} },
      { type: 'grade', item: core, data: { grade: 'A' } },
    );
    const product = output(yard.maker, 'product', 'starter');
    const made = recorded(trade, yard.maker, {
      type: 'remanufacture',
      item: core,
      data: { product, mark: 'Z' },
    });
    const again = { product: output(yard.maker, 'second', 'starter'), mark: 'Z' };
    const makesAgain = (): string =>
      trade.does(yard.maker, { type: 'remanufacture', item: core, data: again });
    expect(makesAgain()).toBe('HL-2011');
    expect(yard.gives(yard.maker, product.item, yard.shop)).toBe('accepted');
    expect(corrects(trade, yard.maker, core, made, { outputs: [product.item] })).toBe('HL-2249');
    trade.given(yard.maker, { type: 'withdraw', item: product.item, data: {} });
    expect(corrects(trade, yard.maker, core, made, { outputs: [product.item] })).toBe('HL-2249');
    expect(makesAgain()).toBe('HL-2011');
  });

  it('and a product names a core of its own kind', () => {
    const core = registers(yard.maker, 'core', 'part', 'starter');
    trade.given(
      yard.maker,
      { type: 'designateCore', item: core, data: {} },
      { type: 'grade', item: core, data: { grade: 'A' } },
    );
    const data = { product: output(yard.maker, 'product', 'alternator'), mark: 'Z' };
    expect(trade.does(yard.maker, { type: 'remanufacture', item: core, data })).toBe('HL-2114');
  });
});

describe('an assembly goes to a remanufacturer coded, and a frame with the original VIN in its code', () => {
  const VIN = 'LSVAM4186C2123456';
  const codes = (item: string, value: string): string =>
    trade.does(plant, { type: 'codePart', item, data: { label: { scheme: 'serial', value } } });

  it.each(['engine', 'steeringGear', 'transmission', 'frontAxle', 'rearAxle'])('%s', (category) => {
    const car = trade.depolluted(plant, 'car');
    const made = output(plant, category, category);
    trade.given(
      plant,
      { type: 'dismantle', item: car, data: { outputs: [made] } },
      { type: 'inspect', item: made.item, data: { result: 'fit' } },
    );
    expect(yard.gives(plant, made.item, yard.maker)).toBe('HL-2313');
    const carried = { keepOwnership: true, consignee: yard.maker.creditCode };
    expect(yard.gives(plant, made.item, yard.carrier, carried)).toBe('HL-2313');
    expect(codes(made.item, 'C-1')).toBe('accepted');
    expect(yard.gives(plant, made.item, yard.carrier, carried)).toBe('accepted');
    expect(yard.takes(yard.carrier, made.item, plant)).toBe('accepted');
    expect(yard.gives(yard.carrier, made.item, yard.maker)).toBe('accepted');
  });

  it('frame', () => {
    const car = trade.depolluted(plant, 'car', {}, { scheme: 'vin', value: VIN });
    const frame = { ...output(plant, 'frame', 'frame'), tags: [{ scheme: 'serial' as const, value: 'F-1' }] };
    trade.given(
      plant,
      { type: 'dismantle', item: car, data: { outputs: [frame] } },
      { type: 'inspect', item: frame.item, data: { result: 'fit' } },
    );
    expect(yard.gives(plant, frame.item, yard.maker)).toBe('HL-2314');
    expect(codes(frame.item, `${VIN}-F`)).toBe('accepted');
    expect(yard.gives(plant, frame.item, yard.maker)).toBe('accepted');
  });

  it('while what is unfit goes to a smelter without one', () => {
    const smelter = trade.party('smelter', ['smelter']);
    const car = trade.depolluted(plant, 'car');
    const frame = output(plant, 'frame', 'frame');
    trade.given(
      plant,
      { type: 'dismantle', item: car, data: { outputs: [frame] } },
      { type: 'inspect', item: frame.item, data: { result: 'unfit' } },
    );
    expect(yard.gives(plant, frame.item, smelter)).toBe('accepted');
  });
});

describe('the engine’s way to a shop over two hops', () => {
  it('ends at whoever may own it', () => {
    const { engine } = yard.engine('car');
    const collector = trade.party('collector', ['collector']);
    expect(yard.gives(plant, engine, yard.carrier, { consignee: yard.maker.creditCode })).toBe('HL-2104');
    const more = { keepOwnership: true, consignee: yard.maker.creditCode };
    expect(yard.gives(plant, engine, yard.carrier, more)).toBe('accepted');
    expect(yard.takes(yard.carrier, engine, plant)).toBe('accepted');
    expect(yard.gives(yard.carrier, engine, yard.shop)).toBe('HL-2107');
    expect(yard.gives(yard.carrier, engine, collector)).toBe('accepted');
    expect(yard.takes(collector, engine, yard.carrier)).toBe('accepted');
    expect(yard.gives(collector, engine, yard.shop, { consignee: yard.shop.creditCode })).toBe('HL-2107');
    expect(yard.gives(collector, engine, yard.maker)).toBe('accepted');
    expect(yard.takes(yard.maker, engine, collector)).toBe('accepted');
    expect(trade.item(engine).owner).toBe(yard.maker.creditCode);
    expect(yard.gives(yard.maker, engine, yard.shop)).toBe('HL-2104');
    trade.given(yard.maker, { type: 'designateCore', item: engine, data: {} });
    expect(yard.gives(yard.maker, engine, yard.shop)).toBe('HL-2104');
    const slip = { document: 'd'.repeat(64), household: 'S-1' };
    expect(trade.does(yard.maker, { type: 'acceptOnBehalf', item: engine, data: slip })).toBe('HL-2187');
  });

  it('is not shortened by a correction that puts it where it never was', () => {
    correctable(trade);
    const { engine } = yard.engine('car');
    expect(yard.gives(plant, engine, yard.maker)).toBe('accepted');
    const accepted = recorded(trade, yard.maker, {
      type: 'accept',
      item: engine,
      data: { from: plant.creditCode },
    });
    expect(corrects(trade, yard.shop, engine, accepted)).toBe('HL-2243');
    expect(corrects(trade, yard.maker, engine, accepted)).toBe('accepted');
    expect(agrees(trade, yard.shop, engine, accepted)).toBe('HL-2243');
    expect(agrees(trade, plant, engine, accepted)).toBe('accepted');
    expect(trade.item(engine)).toMatchObject({ custodian: plant.creditCode, fromScrapped: true });
  });
});

describe('a licence counts on the day of the ledger', () => {
  it('so that a batch which was signed while it was in force, and arrives later, is refused', () => {
    const car = trade.depolluted(plant, 'car');
    const { world } = trade;
    const outputs = [output(plant, 'door', 'door')];
    const batch = plant.signer.batch([trade.event({ type: 'dismantle', item: car, data: { outputs } })]);
    world.time = 2_000_000_001;
    expect(world.record(batch).batches[0]?.verdicts).toEqual(['HL-2033']);
  });

  it('and a suspension also for what was signed before it', () => {
    const car = trade.depolluted(plant, 'car');
    const outputs = [output(plant, 'door', 'door')];
    const batch = plant.signer.batch([trade.event({ type: 'dismantle', item: car, data: { outputs } })]);
    const { creditCode } = plant;
    trade.given(trade.oversight, { type: 'participant.suspend', data: { creditCode, reason: 'audit' } });
    expect(trade.world.record(batch).batches[0]?.verdicts).toEqual(['HL-2032']);
  });

  it('and a revoked key signs nothing behind the position at which it ended', () => {
    const { keyId, sequence } = plant.signer;
    const late = plant.signer.batch([trade.event({ type: 'withdraw', item: yard.pallet, data: {} })]);
    const revoke = { keyId, lastSequence: sequence, reason: 'rotated' };
    trade.given(trade.recycling, { type: 'key.revoke', data: revoke });
    const offence = expect.objectContaining({ code: 'HL-3003' }) as Offence;
    expect(() => trade.world.record(late)).toThrow(
      expect.objectContaining({ offences: [offence] }) as InadmissibleError,
    );
    const fresh = trade.key('the new', plant.creditCode, plant.mspId);
    expect(yard.gives({ ...plant, signer: fresh }, yard.pallet, yard.carrier)).toBe('accepted');
  });
});

describe('a refurbished appliance', () => {
  it('is not shredded as waste: it was used again', () => {
    const shredder = trade.party('shredder', ['shredder', 'retailer']);
    trade.table('requiredParts', 1, { laptop: ['mainboard'] });
    const item = registers(shredder, 'laptop', 'device', 'computer');
    const shreds = (): string =>
      trade.does(shredder, { type: 'dispose', item, data: { method: 'shredded' } });
    trade.given(
      shredder,
      {
        type: 'receiveUnit',
        item,
        data: { massGrams: 2_000, identity: 'label', partsVersion: 1, type: 'laptop' },
      },
      { type: 'triage', item, data: { route: 'reuse' } },
      { type: 'eraseData', item, data: { method: 'overwritten' } },
      { type: 'testUnit', item, data: { result: 'passed' } },
      { type: 'refurbish', item, data: { mark: 'U-1' } },
    );
    expect(shreds()).toBe('HL-2120');
  });
});

describe('what is in dispute or hazardous', () => {
  it('does not lose its waste code by being divided, put together or sampled', () => {
    trade.table('hazardousCategories', 1, { circuitBoards: '900-045-49' });
    const boards = lotHeld(trade, plant, 'boards', 'circuitBoards', 10_000);
    const half = (name: string, category = 'circuitBoards') => lotOf(plant, name, category, 5_000);
    const shared = { lossGrams: 0, toleranceVersion: 1 };
    const renamed = { outputs: [half('a', 'plastics'), half('b')], ...shared };
    expect(trade.does(plant, { type: 'split', item: boards, data: renamed })).toBe('HL-2144');
    trade.given(plant, { type: 'split', item: boards, data: { outputs: [half('a'), half('b')], ...shared } });
    const { item } = plant.signer.item('a');
    expect(yard.gives(plant, item, yard.carrier)).toBe('HL-2149');
    expect(yard.packs(plant, yard.pallet, item)).toBe('HL-2149');
    const crushed = { process: 'crushing', outputs: [half('c', 'plastics')], ...shared };
    expect(trade.does(plant, { type: 'transform', item, data: crushed })).toBe('HL-2148');
  });
});
