import { beforeEach, describe, expect, it } from 'vitest';
import type { EventOf } from '../model/events.js';
import { rowKey } from '../model/row-keys.js';
import type { PartClass } from '../model/terms.js';
import { correctable, corrects, lastEventOf } from '../testing/corrections.js';
import { Trade, type Party } from '../testing/trade.js';

type Approved = NonNullable<EventOf<'approveLines'>['data']['lines'][number]['part']>;
type Repair = EventOf<'fit'>['data']['repair'];

const AFTERMARKET = { mspId: 'AftermarketMSP' };
const amount = 'a'.repeat(64);
const photograph = ['b'.repeat(64)];

let trade: Trade;
let insurer: Party;
let shop: Party;
let plant: Party;
let police: Party;
let car: string;

beforeEach(() => {
  trade = new Trade();
  insurer = trade.party('insurer', ['insurer'], AFTERMARKET);
  shop = trade.party('shop', ['repairShop'], AFTERMARKET);
  plant = trade.party('plant', ['dismantler']);
  police = trade.party('police', ['police'], { mspId: 'OversightMSP' });
  car = vehicle('car');
  trade.given(shop, { type: 'reportDamage', item: car, data: { loss: 'L1' } });
  trade.given(
    insurer,
    { type: 'claimLines', item: car, data: { loss: 'L1', claim: 'C', cover: 'ownDamage', lines: [] } },
    { type: 'assess', item: car, data: { loss: 'L1' } },
  );
});

function vehicle(name: string): string {
  const { item, nonce } = shop.signer.item(name);
  trade.given(shop, {
    type: 'register',
    item,
    data: { kind: 'vehicle', category: 'sedan', nonce, tags: [] },
  });
  return item;
}

/** A part that the shop holds and found fit. */
function part(name: string, category = 'door', tagged: 'serial' | 'label' | 'nothing' = 'serial'): string {
  const { item, nonce } = shop.signer.item(name);
  const value = name.replace(/[^A-Za-z0-9]/g, '-');
  const tags =
    tagged === 'serial'
      ? [{ scheme: 'serial' as const, value }]
      : tagged === 'label'
        ? [{ scheme: 'label' as const, value: 'c'.repeat(64) }]
        : [];
  const data = { kind: 'part' as const, category, nonce, tags, class: 'newPart' as const };
  trade.given(shop, { type: 'register', item, data }, { type: 'inspect', item, data: { result: 'fit' } });
  return item;
}

function approves(line: number, version: number, approved: Partial<Approved> = {}): void {
  const known = { category: 'door', quantity: 1, classes: ['newPart'] as PartClass[], ...approved };
  trade.given(insurer, {
    type: 'approveLines',
    item: car,
    data: { loss: 'L1', claim: 'C', lines: [{ line, version, amount, part: known }] },
  });
}

/** Verdict and notice of a fitting. */
function fits(item: string, repair?: Partial<Repair>, evidence?: string[]): string[] {
  const data = {
    into: car,
    ...(repair === undefined ? {} : { repair: { loss: 'L1', line: 1, version: 1, ...repair } }),
    ...(evidence === undefined ? {} : { evidence }),
  };
  const [batch] = trade.world.record(shop.signer.batch([trade.event({ type: 'fit', item, data })])).batches;
  return [...(batch?.verdicts ?? []), ...(batch?.notices ?? []).map(([, code]) => code)];
}
const fitted = (line = 1): readonly string[] =>
  trade.world.row(rowKey.loss(car, 'L1'))?.lines.find((each) => each.line === line)?.fitted ?? [];
const pays = (line: number, version: number): string =>
  trade.does(insurer, {
    type: 'payLines',
    item: car,
    data: { loss: 'L1', claim: 'C', lines: [{ line, version }], amount },
  });

describe('a part that is fitted in a repair', () => {
  it('under an approved line is on that line, which then is paid', () => {
    approves(1, 1, { numbers: ['D-1', 'D-1-EQ'] });
    const door = part('door');
    expect(fits(door, { number: 'D-1-EQ' })).toEqual(['accepted']);
    expect(fitted()).toEqual([door]);
    expect(trade.item(door).insurance?.repair).toEqual({ vehicle: car, loss: 'L1', line: 1 });
    expect(pays(1, 1)).toBe('accepted');
  });

  it('outside a line is recorded and not payable', () => {
    approves(1, 1);
    for (const [name, repair] of [
      ['without a line', undefined],
      ['of an unknown line', { line: 7 }],
      ['of an unknown loss', { loss: 'L7' }],
    ] as const)
      expect(fits(part(name), repair), name).toEqual(['accepted', 'HL-2220']);
    expect(fitted()).toEqual([]);
    expect(pays(1, 1)).toBe('HL-2218');
  });

  it('under a version that a supplement has replaced is not payable', () => {
    approves(1, 1);
    approves(1, 2, { quantity: 2 });
    expect(fits(part('door'), { version: 1 })).toEqual(['accepted', 'HL-2221']);
    expect(fits(part('another door'), { version: 2 })).toEqual(['accepted']);
  });

  it('of another category, class or number than approved is not payable', () => {
    approves(1, 1, { numbers: ['D-1'] });
    approves(2, 1, { classes: ['secondHandPart'] });
    expect(fits(part('bonnet', 'bonnet'), { number: 'D-1' })).toEqual(['accepted', 'HL-2222']);
    expect(fits(part('door'), { number: 'D-2' })).toEqual(['accepted', 'HL-2222']);
    expect(fits(part('door without a number'))).toEqual(['accepted', 'HL-2220']);
    expect(fits(part('new door'), { line: 2 })).toEqual(['accepted', 'HL-2222']);
  });

  it('beyond the quantity is not payable', () => {
    approves(1, 1);
    expect(fits(part('door'), {})).toEqual(['accepted']);
    expect(fits(part('second door'), {})).toEqual(['accepted', 'HL-2223']);
  });

  it('without a serial needs a label and a photograph to be payable', () => {
    approves(1, 1, { quantity: 3 });
    expect(fits(part('nameless', 'door', 'nothing'), {}, photograph)).toEqual(['accepted', 'HL-2224']);
    const labelled = part('labelled', 'door', 'label');
    expect(fits(labelled, {})).toEqual(['accepted', 'HL-2224']);
    trade.given(
      shop,
      { type: 'remove', item: labelled, data: { from: car } },
      { type: 'inspect', item: labelled, data: { result: 'fit' } },
      { type: 'markReused', item: labelled, data: { mark: 'M-1' } },
    );
    approves(2, 1, { classes: ['secondHandPart'] });
    expect(fits(labelled, { line: 2 }, photograph)).toEqual(['accepted']);
  });

  it('with a tag in dispute is not payable', () => {
    approves(1, 1);
    const door = part('twin');
    const { item, nonce } = shop.signer.item('the other twin');
    const tags = [{ scheme: 'serial' as const, value: 'twin' }];
    trade.given(shop, { type: 'register', item, data: { kind: 'part', category: 'door', nonce, tags } });
    expect(fits(door, {})).toEqual(['accepted', 'HL-2225']);
  });

  it('and comes out again leaves its line free, unless the line was paid', () => {
    approves(1, 1);
    approves(2, 1);
    const [door, paid] = [part('door'), part('paid door')];
    expect([fits(door, {}), fits(paid, { line: 2 })]).toEqual([['accepted'], ['accepted']]);
    expect(pays(2, 1)).toBe('accepted');
    trade.given(
      shop,
      { type: 'remove', item: door, data: { from: car } },
      { type: 'remove', item: paid, data: { from: car } },
    );
    expect([fitted(1), fitted(2)]).toEqual([[], [paid]]);
    expect(trade.item(door).insurance).toBeUndefined();
  });

  it('and was the wrong part leaves its line free when the fitting is taken back', () => {
    correctable(trade);
    approves(1, 1);
    const [wrong, right] = [part('wrong door'), part('right door')];
    fits(wrong, {});
    expect(corrects(trade, shop, wrong, lastEventOf(shop))).toBe('accepted');
    expect(trade.item(wrong).state).toBe('inspected');
    expect(trade.item(wrong).insurance).toBeUndefined();
    expect(fits(right, {})).toEqual(['accepted']);
    expect(fitted()).toEqual([right]);
  });

  it('out of a vehicle on hold is refused and stands still', () => {
    const wreck = trade.depolluted(plant, 'wreck');
    const door = {
      ...plant.signer.item('door'),
      kind: 'part' as const,
      category: 'door',
      massGrams: 20_000,
      tags: [{ scheme: 'serial' as const, value: 'D-9' }],
    };
    trade.given(
      plant,
      { type: 'dismantle', item: wreck, data: { outputs: [door] } },
      { type: 'inspect', item: door.item, data: { result: 'fit' } },
      { type: 'markReused', item: door.item, data: { mark: 'M-9' } },
      { type: 'handover', item: door.item, data: { to: shop.creditCode } },
    );
    trade.given(shop, { type: 'accept', item: door.item, data: { from: plant.creditCode } });
    approves(1, 1, { classes: ['secondHandPart'] });
    trade.given(plant, { type: 'hold', item: wreck, data: { reason: 'suspectedStolen' } });
    expect(fits(door.item, {})).toEqual(['HL-2115']);
    expect(trade.does(shop, { type: 'handover', item: door.item, data: { to: plant.creditCode } })).toBe(
      'HL-2115',
    );
    expect(fitted()).toEqual([]);
    trade.given(police, { type: 'release', item: wreck, data: {} });
    expect(fits(door.item, {})).toEqual(['accepted']);
  });
});

describe('a vehicle on hold', () => {
  it('takes no part', () => {
    trade.given(police, { type: 'hold', item: car, data: { reason: 'alteredIdentity' } });
    expect(fits(part('door'))).toEqual(['HL-2100']);
  });
});

describe('an engine that a shop took out of a registered car', () => {
  let engine: string;
  let owner: Party;

  beforeEach(() => {
    owner = trade.party('owner', ['vehicleOwner'], AFTERMARKET);
    engine = part('engine', 'engine');
    fits(engine);
    trade.given(police, { type: 'changeRegistration', item: car, data: { part: engine } });
    trade.given(shop, { type: 'remove', item: engine, data: { from: car } });
  });

  it('is repaired and refitted there', () => {
    trade.given(shop, { type: 'inspect', item: engine, data: { result: 'fit' } });
    expect(fits(engine)).toEqual(['accepted']);
  });

  it('is returned to its owner', () => {
    trade.given(shop, { type: 'handover', item: engine, data: { to: owner.creditCode } });
    trade.given(owner, { type: 'accept', item: engine, data: { from: shop.creditCode } });
    expect(trade.item(engine)).toMatchObject({ custodian: owner.creditCode, class: 'usedPart' });
  });

  it('becomes a core', () => {
    expect(trade.does(shop, { type: 'designateCore', item: engine, data: {} })).toBe('accepted');
  });
});

describe('a part out of a vehicle on hold', () => {
  it('is not smelted or taken apart, so that the evidence stays', () => {
    const melter = trade.party('melter', ['dismantler', 'smelter']);
    const wreck = trade.depolluted(melter, 'wreck');
    const output = (name: string) => ({
      ...melter.signer.item(name),
      kind: 'part' as const,
      category: 'door',
      massGrams: 20_000,
    });
    const door = output('door');
    trade.given(
      melter,
      { type: 'dismantle', item: wreck, data: { outputs: [door] } },
      { type: 'inspect', item: door.item, data: { result: 'unfit' } },
      { type: 'hold', item: wreck, data: { reason: 'suspectedStolen' } },
    );
    trade.table('massTolerance', 1, { permille: 10 });
    const piece = { ...output('piece'), kind: 'lot' as const, category: 'steel' };
    const apart = { outputs: [piece], lossGrams: 0, toleranceVersion: 1 };
    expect(trade.does(melter, { type: 'dispose', item: door.item, data: { method: 'smelted' } })).toBe(
      'HL-2115',
    );
    expect(trade.does(melter, { type: 'dismantle', item: door.item, data: apart })).toBe('HL-2115');
    trade.given(police, { type: 'release', item: wreck, data: {} });
    expect(trade.does(melter, { type: 'dismantle', item: door.item, data: apart })).toBe('accepted');
  });
});

describe('an engine or a frame that goes into another car', () => {
  const due = (): readonly string[] => (trade.item(car).insurance?.changes ?? []).map(({ part: id }) => id);

  it('opens a change of registration, which the police close', () => {
    const engine = part('engine', 'engine');
    expect(fits(engine)).toEqual(['accepted', 'HL-2220']);
    expect(trade.item(car).insurance?.changes).toEqual([{ part: engine, since: trade.world.time }]);
    const changes = (who: Party, id: string): string =>
      trade.does(who, { type: 'changeRegistration', item: car, data: { part: id } });
    expect(changes(shop, engine)).toBe('HL-2030');
    expect(changes(police, car)).toBe('HL-2219');
    expect(changes(police, engine)).toBe('accepted');
    expect(due()).toEqual([]);
    expect(changes(police, engine)).toBe('HL-2219');
  });

  it('opens none when its fitting is taken back', () => {
    correctable(trade);
    const engine = part('engine', 'engine');
    fits(engine);
    expect(corrects(trade, shop, engine, lastEventOf(shop))).toBe('accepted');
    expect(due()).toEqual([]);
  });

  it('opens none when it comes out again, nor when the car’s own engine is refitted', () => {
    const engine = part('engine', 'engine');
    expect(fits(engine)).toEqual(['accepted', 'HL-2220']);
    trade.given(
      shop,
      { type: 'remove', item: engine, data: { from: car } },
      { type: 'inspect', item: engine, data: { result: 'fit' } },
    );
    expect(due()).toEqual([]);
    expect(fits(engine)).toEqual(['accepted']);
    expect(due()).toEqual([engine]);
    trade.given(police, { type: 'changeRegistration', item: car, data: { part: engine } });
    trade.given(
      shop,
      { type: 'remove', item: engine, data: { from: car } },
      { type: 'inspect', item: engine, data: { result: 'fit' } },
    );
    expect(fits(engine)).toEqual(['accepted']);
    expect(due()).toEqual([]);
  });

  it('opens none for a door', () => {
    fits(part('door'));
    expect(due()).toEqual([]);
  });
});
