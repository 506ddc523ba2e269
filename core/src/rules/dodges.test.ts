import { beforeEach, describe, expect, it } from 'vitest';
import type { EventOf } from '../model/events.js';
import { rowKey } from '../model/row-keys.js';
import type { ItemKind } from '../model/terms.js';
import { correctable, corrects, lastEventOf } from '../testing/corrections.js';
import { findingsIn } from '../testing/findings.js';
import type { Party } from '../testing/trade.js';
import { plant, trade, yard } from './yard.testing.js';
import { numbered } from '../testing/numbered.js';

type Output = EventOf<'dismantle'>['data']['outputs'][number];

beforeEach(() => {
  trade.table('massTolerance', 1, { permille: 20 });
});

function output(
  by: Party,
  name: string,
  category: string,
  more: { kind?: Output['kind']; massGrams?: number; pieces?: number } = {},
): Output {
  return { ...by.signer.item(name), kind: 'part', category, massGrams: 10_000, ...more };
}
const takesOut = (by: Party, item: string, ...outputs: Output[]): string =>
  trade.does(by, { type: 'dismantle', item, data: { outputs } });
const takesApart = (by: Party, item: string, ...outputs: Output[]): string =>
  trade.does(by, { type: 'dismantle', item, data: { outputs, lossGrams: 0, toleranceVersion: 1 } });
function finds(by: Party, item: string, result: 'fit' | 'unfit' = 'fit'): void {
  const data = { label: { scheme: 'serial' as const, value: item.slice(-20) } };
  trade.given(by, { type: 'inspect', item, data: { result } }, { type: 'codePart', item, data });
}
function registers(by: Party, name: string, kind: ItemKind, category: string): string {
  const { item, nonce } = by.signer.item(name);
  const data = { kind, category, nonce, tags: kind === 'vehicle' ? numbered(nonce) : [], massGrams: 100_000 };
  const verdict = trade.does(by, { type: 'register', item, data });
  return verdict === 'accepted' ? item : verdict;
}

describe('the engine of a scrapped car does not come to a shop', () => {
  it('as a lot of engines, nor in small or capital letters of another kind', () => {
    const car = trade.depolluted(plant, 'car');
    const engines = output(plant, 'engines', 'engine', { kind: 'lot', pieces: 3 });
    expect(takesOut(plant, car, engines)).toBe('HL-2280');
    expect(takesOut(plant, car, output(plant, 'engine', 'Engine'))).toBe('HL-2280');
    expect(takesOut(plant, car, output(plant, 'frame', 'FRAME'))).toBe('HL-2280');
    expect(registers(plant, 'a crate', 'lot', 'engine')).toBe('HL-2280');
    expect(takesOut(plant, car, output(plant, 'engine', 'engine'))).toBe('accepted');
  });

  it('under another name for it', () => {
    const car = trade.depolluted(plant, 'car');
    const names = [
      'gearbox',
      'gearBox',
      'automaticGearbox2',
      'driveMotor',
      'engineAssembly',
      'usedEngine',
      'axle',
    ];
    for (const name of names) {
      expect(takesOut(plant, car, output(plant, name, name)), name).toBe('HL-2280');
      expect(registers(plant, `a ${name}`, 'part', name), name).toBe('HL-2280');
    }
    for (const name of ['frontDoor', 'steeringWheel', 'engineMount', 'starterMotor'])
      expect(takesOut(plant, car, output(plant, name, name)), name).toBe('accepted');
  });

  it('by a lot that is made into another one', () => {
    const iron = registers(plant, 'iron', 'lot', 'iron');
    const made = output(plant, 'frames', 'frame', { kind: 'lot', massGrams: 100_000 });
    const data = { process: 'pressing', outputs: [made], lossGrams: 0, toleranceVersion: 1 };
    expect(trade.does(plant, { type: 'transform', item: iron, data })).toBe('HL-2280');
  });

  it('out of a part that came out as a whole, nor out of another engine', () => {
    const car = trade.depolluted(plant, 'car');
    expect(takesOut(plant, car, output(plant, 'both', 'powertrain'))).toBe('HL-2280');
    const train = output(plant, 'train', 'frontModule', { massGrams: 200_000 });
    expect(takesOut(plant, car, train)).toBe('accepted');
    finds(plant, train.item);
    const made = ['engine', 'transmission'].map((name) => output(plant, name, name, { massGrams: 100_000 }));
    expect(takesApart(plant, train.item, ...made)).toBe('HL-2281');
    const { engine } = yard.engine('another car');
    expect(takesApart(plant, engine, output(plant, 'again', 'engine', { massGrams: 120_000 }))).toBe(
      'HL-2281',
    );
  });

  it('by a registration of its dismantler, as if it had been in no car, or new', () => {
    const engine = registers(plant, 'engine', 'part', 'engine');
    finds(plant, engine);
    expect(yard.gives(plant, engine, yard.shop)).toBe('HL-2104');
    expect(yard.gives(plant, engine, yard.maker)).toBe('accepted');
    const { item, nonce } = plant.signer.item('new engine');
    const data = { kind: 'part' as const, category: 'engine', nonce, tags: [], class: 'newPart' as const };
    trade.given(plant, { type: 'register', item, data });
    finds(plant, item);
    expect(yard.gives(plant, item, yard.shop)).toBe('HL-2104');
  });

  it('sorted out of a truck load', () => {
    const load = plant.signer.item('load');
    const scale = { scale: 'W-1', calibratedUntil: trade.world.time + 1 };
    const weighing = { grossGrams: 900_000, tareGrams: 400_000, netGrams: 500_000, ...scale };
    const ticket = { ticket: 'T-1', ticketHash: 'e'.repeat(64) };
    const data = { nonce: load.nonce, tags: [], ...ticket, weighing, mix: [], estimatedPieces: 4 };
    trade.given(plant, { type: 'intakeBatch', item: load.item, data });
    const engine = output(plant, 'engine', 'engine');
    const sorting = { outputs: [engine], toleranceVersion: 1 };
    trade.given(plant, { type: 'sort', item: load.item, data: sorting });
    finds(plant, engine.item);
    expect(yard.gives(plant, engine.item, yard.shop)).toBe('HL-2104');
  });

  it('sorted out of a truck load by who dismantles nothing', () => {
    const collector = trade.party('collector', ['collector', 'repairShop']);
    const load = collector.signer.item('load');
    const scale = { scale: 'W-1', calibratedUntil: trade.world.time + 1 };
    const weighing = { grossGrams: 900_000, tareGrams: 400_000, netGrams: 500_000, ...scale };
    const ticket = { ticket: 'T-1', ticketHash: 'e'.repeat(64) };
    const data = { nonce: load.nonce, tags: [], ...ticket, weighing, mix: [], estimatedPieces: 4 };
    trade.given(collector, { type: 'intakeBatch', item: load.item, data });
    const sorts = (...outputs: Output[]): string =>
      trade.does(collector, { type: 'sort', item: load.item, data: { outputs, toleranceVersion: 1 } });
    for (const name of ['gearbox', 'driveMotor', 'engine'])
      expect(sorts(output(collector, `cage of ${name}`, name, { kind: 'lot' })), name).toBe('HL-2280');
    // What the refusal says instead.
    expect(sorts(output(collector, 'cage', 'washingMachineGearbox', { kind: 'lot' }))).toBe('accepted');
    const gearbox = output(collector, 'gearbox', 'transmission');
    expect(sorts(gearbox)).toBe('accepted');
    finds(collector, gearbox.item);
    expect(trade.does(collector, { type: 'markReused', item: gearbox.item, data: { mark: 'M-1' } })).toBe(
      'HL-2108',
    );
    expect(yard.gives(collector, gearbox.item, yard.shop)).toBe('HL-2104');
    expect(yard.gives(collector, gearbox.item, yard.maker)).toBe('accepted');
  });

  it('inside another part that was fitted in the car', () => {
    const both = trade.party('plant with a workshop', ['dismantler', 'repairShop']);
    const frame = registers(yard.shop, 'subframe', 'part', 'subframe');
    const engine = registers(yard.shop, 'engine', 'part', 'engine');
    finds(yard.shop, engine);
    expect(trade.does(yard.shop, { type: 'fit', item: engine, data: { into: frame } })).toBe('HL-2282');
    const core = registers(both, 'gearbox', 'part', 'transmission');
    finds(both, core);
    const other = registers(both, 'axle', 'part', 'frontAxle');
    expect(trade.does(both, { type: 'fit', item: core, data: { into: other } })).toBe('HL-2282');
  });

  it('with the whole car, which only who carries or scrapes holds once it was taken in', () => {
    const car = trade.depolluted(plant, 'car');
    expect(yard.gives(plant, car, yard.shop, { keepOwnership: true })).toBe('HL-2284');
    expect(yard.gives(plant, car, yard.carrier, { keepOwnership: true })).toBe('accepted');
  });
});

describe('depollution', () => {
  it('takes out fluids and hazardous parts, and no assembly', () => {
    const car = trade.scrapped(plant, 'car', { supervised: true });
    const drains = (...outputs: Output[]): string =>
      trade.does(plant, { type: 'depollute', item: car, data: { outputs } });
    expect(drains(output(plant, 'engine', 'engine'))).toBe('HL-2281');
    expect(drains(output(plant, 'oil', 'wasteOil', { kind: 'lot' }))).toBe('accepted');
    expect(drains(output(plant, 'airbag', 'airbag'))).toBe('accepted');
    expect(takesOut(plant, car, output(plant, 'engine', 'engine'))).toBe('HL-2102');
  });
});

describe('who is suspended', () => {
  it('is suspended once, and reinstated once', () => {
    const { creditCode } = yard.shop;
    const suspends = (): string =>
      trade.does(trade.oversight, { type: 'participant.suspend', data: { creditCode, reason: 'audit' } });
    const reinstates = (): string =>
      trade.does(trade.oversight, { type: 'participant.reinstate', data: { creditCode } });
    expect(reinstates()).toBe('HL-3048');
    expect(suspends()).toBe('accepted');
    expect(suspends()).toBe('HL-3047');
    expect(reinstates()).toBe('accepted');
    expect(reinstates()).toBe('HL-3048');
  });

  it('gets nothing, though it had accepted before', () => {
    const door = yard.part(plant, 'door');
    expect(yard.takes(yard.shop, door, plant)).toBe('accepted');
    const { creditCode } = yard.shop;
    const suspend = { type: 'participant.suspend', data: { creditCode, reason: 'audit' } } as const;
    trade.given(trade.oversight, suspend);
    expect(yard.gives(plant, door, yard.shop)).toBe('HL-2283');
    trade.given(trade.oversight, { type: 'participant.reinstate', data: { creditCode } });
    expect(yard.gives(plant, door, yard.shop)).toBe('accepted');
    expect(trade.item(door).custodian).toBe(creditCode);
  });

  it('is no lawful owner to whom a carrier brings an engine', () => {
    const { engine } = yard.engine('car');
    const { creditCode } = yard.maker;
    const toWorks = { keepOwnership: true, consignee: creditCode };
    trade.given(trade.oversight, { type: 'participant.suspend', data: { creditCode, reason: 'audit' } });
    expect(yard.gives(plant, engine, yard.carrier, toWorks)).toBe('HL-2105');
  });
});

describe('what is on its way with the consignee fixed', () => {
  it('goes back to its owner when the consignee does not take it', () => {
    const { engine } = yard.engine('car');
    trade.given(plant, {
      type: 'handover',
      item: engine,
      data: { to: yard.carrier.creditCode, keepOwnership: true, consignee: yard.maker.creditCode },
    });
    expect(yard.takes(yard.carrier, engine, plant)).toBe('accepted');
    expect(yard.gives(yard.carrier, engine, yard.maker)).toBe('accepted');
    const data = { from: yard.carrier.creditCode, reason: 'notAsDescribed' as const };
    trade.given(yard.maker, { type: 'refuse', item: engine, data });
    expect(yard.gives(yard.carrier, engine, plant)).toBe('accepted');
    expect(yard.takes(plant, engine, yard.carrier)).toBe('accepted');
    expect(trade.item(engine)).toMatchObject({ owner: plant.creditCode, custodian: plant.creditCode });
    expect(trade.item(engine).consignee).toBeUndefined();
    expect(yard.gives(plant, engine, yard.shop)).toBe('HL-2104');
  });
});

describe('a serial of something that was destroyed', () => {
  const TAG = { scheme: 'serial', value: 'EA211-42' } as const;
  const smelter = (): Party => trade.party('smelter', ['smelter', 'partsDealer']);
  /** @returns the item and the code of what there is to know */
  function registered(by: Party, name: string): { item: string; id: string; notice: unknown } {
    const { item, nonce } = by.signer.item(name);
    const data = { kind: 'part' as const, category: 'starter', nonce, tags: [TAG], massGrams: 6_000 };
    const { batches } = trade.world.record(by.signer.batch([trade.event({ type: 'register', item, data })]));
    return { item, id: lastEventOf(by), notice: batches[0]?.notices?.[0]?.[1] };
  }
  const former = (): string | undefined => trade.world.row(rowKey.tag(TAG))?.former;

  it('is told each time that it is registered, also after a registration was taken back', () => {
    correctable(trade);
    const melts = smelter();
    const first = registered(melts, 'first');
    expect(first.notice).toBeUndefined();
    trade.given(melts, { type: 'dispose', item: first.item, data: { method: 'smelted' } });
    const again = registered(yard.shop, 'again');
    expect(again.notice).toBe('HL-2042');
    expect(corrects(trade, yard.shop, again.item, again.id)).toBe('accepted');
    const third = registered(yard.shop, 'third');
    expect(third.notice).toBe('HL-2042');
    const found = findingsIn(trade.world).filter(({ kind }) => kind === 'resurrection');
    expect(found.map(({ evidence }) => evidence['former'])).toEqual([[first.item], [first.item]]);
  });

  it('is told although another one claimed it when it was destroyed', () => {
    correctable(trade);
    const melts = smelter();
    const first = registered(yard.shop, 'first');
    const second = registered(melts, 'second');
    expect(second.notice).toBe('HL-2040');
    trade.given(melts, { type: 'dispose', item: second.item, data: { method: 'smelted' } });
    expect(corrects(trade, yard.shop, first.item, first.id)).toBe('accepted');
    expect(registered(yard.shop, 'third').notice).toBe('HL-2042');
    expect(former()).toBe(second.item);
  });

  it('is told after Oversight gave it to one of two', () => {
    correctable(trade);
    const melts = smelter();
    const first = registered(melts, 'first');
    trade.given(melts, { type: 'dispose', item: first.item, data: { method: 'smelted' } });
    const [second, third] = [registered(yard.shop, 'second'), registered(plant, 'third')];
    trade.given(trade.oversight, { type: 'tag.award', data: { tag: TAG, item: third.item } });
    expect(former()).toBe(first.item);
    expect(trade.item(second.item).tags).toBeUndefined();
  });
});

describe('who smelts', () => {
  it('is no lawful owner any more once its licence has ended', () => {
    const smelter = trade.party('smelter', ['smelter']);
    const { engine } = yard.engine('car', 'unfit');
    trade.world.time = 2_000_000_001;
    expect(yard.gives(plant, engine, smelter)).toBe('HL-2104');
  });
});

describe('depollution', () => {
  it('is not skipped by taking off a door or an airbag and nothing else', () => {
    const car = trade.scrapped(plant, 'car');
    const drains = (...outputs: Output[]): string =>
      trade.does(plant, { type: 'depollute', item: car, data: { outputs } });
    expect(drains(output(plant, 'door', 'door'))).toBe('HL-2312');
    expect(drains(output(plant, 'airbag', 'airbag'))).toBe('HL-2312');
    expect(takesOut(plant, car, output(plant, 'seat', 'seat'))).toBe('HL-2101');
    expect(drains()).toBe('HL-2052');
    const nothing = output(plant, 'no fluids in a trailer', 'wasteOil', { kind: 'lot', massGrams: 0 });
    expect(drains(nothing, output(plant, 'the airbag', 'airbag'))).toBe('accepted');
    expect(drains(output(plant, 'another airbag', 'airbag')), 'hazardous parts come next').toBe('accepted');
    expect(takesOut(plant, car, output(plant, 'the seat', 'seat'))).toBe('accepted');
  });
});
