import { describe, expect, it } from 'vitest';
import type { EventOf } from '../model/events.js';
import type { Party } from '../testing/trade.js';
import {
  arrives,
  carrier,
  engines,
  goes,
  inspects,
  output,
  plant,
  shop,
  smelter,
  takesOut,
  trade,
} from './assemblies.testing.js';
import { lackingOf } from './lacking.js';

type Code = EventOf<'codePart'>['data'];

const serial = (value: string) => ({ scheme: 'serial' as const, value });
const codes = (item: string, data: Code, by: Party = plant): string =>
  trade.does(by, { type: 'codePart', item, data });

/** An assembly that came out without a code, and what an inspection found. */
function bare(category: string, result: 'fit' | 'unfit' = 'fit'): string {
  const made = output(`bare ${category}`, category);
  expect(takesOut(made)).toBe('accepted');
  inspects(plant, made.item, result);
  return made.item;
}

/** Verdict and notices of a handover. */
function noticed(item: string, to: Party, by: Party = plant): string[] {
  const event = trade.event({ type: 'handover', item, data: { to: to.creditCode } });
  const [batch] = trade.world.record(by.signer.batch([event])).batches;
  return [...(batch?.verdicts ?? []), ...(batch?.notices ?? []).map(([, code]) => code)];
}

describe('a part is coded afterwards', () => {
  it('with a label, its model, or both; the model that was named last counts', () => {
    const engine = bare('engine');
    expect(codes(engine, {})).toBe('HL-2012');
    const empty = trade.event({ type: 'codePart', item: engine, data: {} });
    expect(lackingOf('HL-2012', empty, trade.item(engine), undefined)).toEqual({
      what: 'given',
      members: ['label', 'model'],
    });
    expect(codes(engine, { model: 'EA211' })).toBe('accepted');
    expect(trade.item(engine)).toMatchObject({ model: 'EA211' });
    expect(codes(engine, { label: serial('E-1') })).toBe('accepted');
    expect(codes(engine, { label: serial('E-2'), model: 'EA888' })).toBe('accepted');
    expect(trade.item(engine)).toMatchObject({
      model: 'EA888',
      tags: [serial('E-1'), serial('E-2')],
      state: 'inspected',
    });
  });

  it('by who holds it and has parts as such, while it is there', () => {
    const engine = bare('engine');
    expect(codes(engine, { model: 'X' }, shop)).toBe('HL-2020');
    expect(goes(engine, plant, carrier, { keepOwnership: true, consignee: engines.creditCode })).toBe(
      'HL-2313',
    );
    expect(codes(engine, { label: serial('E-1') })).toBe('accepted');
    expect(goes(engine, plant, carrier, { keepOwnership: true, consignee: engines.creditCode })).toBe(
      'accepted',
    );
    expect(codes(engine, { model: 'X' })).toBe('HL-2021');
    arrives(engine, plant, carrier);
    expect(codes(engine, { model: 'X' }, carrier)).toBe('HL-2030');
    expect(goes(engine, carrier, engines)).toBe('accepted');
    arrives(engine, carrier, engines);
    expect(codes(engine, { model: 'X' }, engines)).toBe('accepted');
    trade.given(engines, { type: 'designateCore', item: engine, data: {} });
    trade.given(engines, { type: 'grade', item: engine, data: { grade: 'B' } });
    expect(codes(engine, { label: serial('E-2') }, engines)).toBe('accepted');
    expect(trade.item(engine)).toMatchObject({ state: 'graded', model: 'X' });
  });

  it('and not while the vehicle that it came out of is held', () => {
    const police = trade.party('police', ['police'], { mspId: 'OversightMSP' });
    const engine = bare('engine');
    const { parent = '' } = trade.item(engine);
    trade.given(police, { type: 'hold', item: parent, data: { reason: 'suspectedStolen' } });
    expect(codes(engine, { label: serial('E-1') })).toBe('HL-2115');
  });

  it('with a label that another thing bears: both are contested', () => {
    const [engine, axle] = [bare('engine'), bare('frontAxle')];
    expect(codes(engine, { label: serial('E-1') })).toBe('accepted');
    expect(codes(axle, { label: serial('E-1') })).toBe('accepted');
    expect(trade.item(engine).contested).toBe(true);
    expect(trade.item(axle).contested).toBe(true);
  });

  it('and its dismantling is not voided any more with it', () => {
    const engine = bare('engine');
    expect(codes(engine, { label: serial('E-1') })).toBe('accepted');
    expect(trade.item(engine).correction?.undo).toBeUndefined();
  });
});

describe('a model that is told as a part comes out', () => {
  it('is on record, of parts alone', () => {
    const engine = { ...output('engine', 'engine'), model: 'EA211' };
    const steel = { ...output('steel', 'steel'), kind: 'lot' as const, model: 'none' };
    expect(takesOut(engine, steel)).toBe('accepted');
    expect(trade.item(engine.item).model).toBe('EA211');
    expect(trade.item(steel.item).model).toBeUndefined();
  });

  it('also when it was fitted and is removed', () => {
    const { item, nonce } = shop.signer.item('car');
    const door = shop.signer.item('door');
    const tags = [serial('CAR-9')];
    const part = { kind: 'part' as const, category: 'door', tags: [], class: 'newPart' as const };
    trade.given(
      shop,
      { type: 'register', item, data: { kind: 'vehicle', category: 'sedan', nonce, tags } },
      { type: 'register', item: door.item, data: { ...part, nonce: door.nonce } },
      { type: 'inspect', item: door.item, data: { result: 'fit' } },
      { type: 'fit', item: door.item, data: { into: item } },
      { type: 'remove', item: door.item, data: { from: item, model: 'D-1' } },
    );
    expect(trade.item(door.item)).toMatchObject({ state: 'registered', model: 'D-1' });
  });
});

describe('the handover of an assembly of a scrapped vehicle to a remanufacturer', () => {
  it('is refused without a code', () => {
    const engine = bare('engine');
    expect(goes(engine, plant, engines)).toBe('HL-2313');
    expect(codes(engine, { label: { scheme: 'label', value: 'a'.repeat(64) } })).toBe('accepted');
    expect(goes(engine, plant, engines)).toBe('accepted');
  });

  it('asks nothing of one that is unfit and goes to a smelter', () => {
    expect(goes(bare('frame', 'unfit'), plant, smelter)).toBe('accepted');
  });

  it('is told of by a notice where the model is not on record', () => {
    const [first, second] = [bare('engine'), bare('frontAxle', 'unfit')];
    codes(first, { label: serial('E-1') });
    expect(noticed(first, engines)).toEqual(['accepted', 'HL-2315']);
    expect(noticed(second, smelter)).toEqual(['accepted']);
    trade.given(plant, { type: 'withdraw', item: first, data: {} });
    codes(first, { model: 'EA211' });
    expect(noticed(first, engines)).toEqual(['accepted']);
  });

  it('in a container is refused as well, until it was taken out and coded', () => {
    const { item: box, nonce } = plant.signer.item('box');
    const data = { kind: 'container' as const, category: 'box', nonce, tags: [serial('BOX-1')] };
    trade.given(plant, { type: 'register', item: box, data });
    const engine = bare('engine');
    const packs = () => trade.does(plant, { type: 'pack', item: box, data: { items: [engine] } });
    expect(packs()).toBe('accepted');
    expect(goes(box, plant, engines)).toBe('HL-2313');
    expect(codes(engine, { label: serial('E-1') })).toBe('HL-2176');
    trade.given(plant, { type: 'unpack', item: box, data: { items: [engine] } });
    expect(codes(engine, { label: serial('E-1') })).toBe('accepted');
    expect(packs()).toBe('accepted');
    expect(goes(box, plant, engines)).toBe('accepted');
  });
});

describe('the code of a frame', () => {
  const VIN = 'LSVAM4186C2123456';
  let works: Party;

  /** A frame that is fit, out of a vehicle that bears a number. */
  function frameOf(number: { scheme: 'vin' | 'serial'; value: string }): string {
    works = trade.party('frame works', ['remanufacturer'], { mspId: 'AftermarketMSP' });
    const car = trade.depolluted(plant, `car ${number.value}`, {}, number);
    const made = output(`frame of ${number.value}`, 'frame');
    trade.given(plant, { type: 'dismantle', item: car, data: { outputs: [made] } });
    inspects(plant, made.item, 'fit');
    return made.item;
  }

  it('carries the VIN of the vehicle that it came out of', () => {
    const frame = frameOf({ scheme: 'vin', value: VIN });
    expect(goes(frame, plant, works)).toBe('HL-2313');
    codes(frame, { label: serial('FRAME-1') });
    expect(goes(frame, plant, works)).toBe('HL-2314');
    codes(frame, { label: serial('LVVDB11B5RD000001-F') });
    expect(goes(frame, plant, works)).toBe('HL-2314');
    codes(frame, { label: serial(`frame-${VIN.toLowerCase()}-1`) });
    expect(goes(frame, plant, works)).toBe('accepted');
  });

  it('or the frame number, which stands by itself in it', () => {
    const frame = frameOf({ scheme: 'serial', value: 'A17' });
    codes(frame, { label: { scheme: 'label', value: 'a17'.padEnd(64, '0') } });
    codes(frame, { label: serial('2A17') });
    codes(frame, { label: serial('A170-A175') });
    expect(goes(frame, plant, works)).toBe('HL-2314');
    codes(frame, { label: serial('F-A17') });
    expect(goes(frame, plant, works)).toBe('accepted');
  });

  it('or some VIN where the vehicle is not on the ledger', () => {
    works = trade.party('frame works', ['remanufacturer'], { mspId: 'AftermarketMSP' });
    const { item, nonce } = plant.signer.item('loose frame');
    const tags = [serial('LSVAM4186C2123457')];
    const data = { kind: 'part' as const, category: 'frame', nonce, tags };
    trade.given(plant, { type: 'register', item, data });
    inspects(plant, item, 'fit');
    expect(goes(item, plant, works)).toBe('HL-2314');
    codes(item, { label: serial(`F${VIN}`) });
    expect(goes(item, plant, works)).toBe('accepted');
  });

  it('is asked for in a container, too', () => {
    const frame = frameOf({ scheme: 'vin', value: VIN });
    codes(frame, { label: serial('FRAME-1') });
    const { item: box, nonce } = plant.signer.item('cage');
    trade.given(
      plant,
      {
        type: 'register',
        item: box,
        data: { kind: 'container', category: 'cage', nonce, tags: [serial('C-1')] },
      },
      { type: 'pack', item: box, data: { items: [frame] } },
    );
    expect(goes(box, plant, works)).toBe('HL-2314');
    expect(goes(box, plant, carrier, { keepOwnership: true, consignee: works.creditCode })).toBe('HL-2314');
  });
});
