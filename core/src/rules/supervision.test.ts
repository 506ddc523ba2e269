import { beforeEach, describe, expect, it } from 'vitest';
import type { EventOf } from '../model/events.js';
import { findingsIn } from '../testing/findings.js';
import { lotOf } from '../testing/lots.js';
import { Trade, type Party } from '../testing/trade.js';
import { numbered } from '../testing/numbered.js';

let trade: Trade;
let plant: Party;
let police: Party;

beforeEach(() => {
  trade = new Trade();
  trade.table('massTolerance', 1, { permille: 10 });
  plant = trade.party('plant', ['dismantler']);
  police = trade.party('police', ['police'], { mspId: 'OversightMSP' });
});

/** A vehicle of a category that the plant takes in; what the ledger noted beside its verdict. */
function takenIn(name: string, category: string, declared?: boolean): { item: string; notices: unknown } {
  const { item, nonce } = plant.signer.item(name);
  trade.given(
    plant,
    { type: 'register', item, data: { kind: 'vehicle', category, nonce, tags: numbered(nonce) } },
    { type: 'surrender', item, data: {} },
  );
  const data: EventOf<'receive'>['data'] = {
    massGrams: 9_000_000,
    ...(declared === undefined ? {} : { supervised: declared }),
  };
  const received = trade.event({ type: 'receive', item, data });
  const [batch] = trade.world.record(plant.signer.batch([received])).batches;
  expect(batch?.verdicts).toEqual(['accepted']);
  return { item, notices: batch?.notices ?? [] };
}

/** Drained, and then its seats are taken out. */
function dismantles(item: string): string {
  const lot = (name: string, category: string) => ({
    ...plant.signer.item(`${name} of ${item}`),
    kind: 'lot' as const,
    category,
    massGrams: 1_000,
  });
  trade.given(
    plant,
    { type: 'issueCertificate', item, data: { number: 'C-1' } },
    { type: 'depollute', item, data: { outputs: [lot('oil', 'wasteOil')] } },
  );
  return trade.does(plant, { type: 'dismantle', item, data: { outputs: [lot('seats', 'textile')] } });
}

const BY_TABLE = [[0, 'HL-2270']];

describe('a bus that is registered and taken in as a car', () => {
  it('is as heavy as what the table puts under supervision, and is so, too', () => {
    trade.table('supervisedCategories', 1, { categories: ['bus'], fromGrams: 3_500_000 });
    const { item, notices } = takenIn('a bus', 'sedan');
    expect(notices).toEqual([[0, 'HL-2308']]);
    expect(dismantles(item)).toBe('HL-2102');
    expect(takenIn('a declared one', 'sedan', true).notices).toEqual([]);
    expect(takenIn('a bus by name', 'bus').notices).toEqual(BY_TABLE);
    trade.table('supervisedCategories', 2, { categories: ['bus'], fromGrams: 9_000_001 }, trade.world.time);
    const light = takenIn('a lighter one', 'sedan');
    expect(light.notices).toEqual([]);
    expect(dismantles(light.item)).toBe('accepted');
  });
});

describe('a vehicle of a category that is destroyed under supervision', () => {
  beforeEach(() => trade.table('supervisedCategories', 1, { categories: ['schoolBus', 'trailer'] }));

  it('is not dismantled before the police have signed, although nobody declared it', () => {
    const { item, notices } = takenIn('a school bus', 'schoolBus');
    expect(notices).toEqual(BY_TABLE);
    expect(dismantles(item)).toBe('HL-2102');
    trade.given(police, { type: 'witness', item, data: { evidence: ['a'.repeat(64)] } });
    const seats = { ...plant.signer.item('its seats'), kind: 'lot' as const, category: 'textile' };
    const outputs = [{ ...seats, massGrams: 1_000 }];
    expect(trade.does(plant, { type: 'dismantle', item, data: { outputs } })).toBe('accepted');
  });

  it('cannot be declared free of it', () => {
    const { item, notices } = takenIn('a trailer', 'trailer', false);
    expect(notices).toEqual(BY_TABLE);
    expect(dismantles(item)).toBe('HL-2102');
  });

  it('that was declared is told nothing', () => {
    expect(takenIn('a school bus', 'schoolBus', true).notices).toEqual([]);
  });

  it('is told from a sedan, of which a declaration alone makes a supervised vehicle', () => {
    const free = takenIn('a sedan', 'sedan');
    expect(free.notices).toEqual([]);
    expect(dismantles(free.item)).toBe('accepted');
    const declared = takenIn('an imported sedan', 'sedan', true);
    expect(declared.notices).toEqual([]);
    expect(dismantles(declared.item)).toBe('HL-2102');
  });

  it('is judged by the table that is in force on the day on which it is taken in', () => {
    const day = 86_400;
    trade.table(
      'supervisedCategories',
      2,
      { categories: ['schoolBus', 'lowSpeedVehicle'] },
      trade.world.time + day,
    );
    expect(takenIn('a tractor', 'lowSpeedVehicle').notices).toEqual([]);
    const late = takenIn('a late trailer', 'trailer');
    trade.world.time += day;
    expect(takenIn('the next tractor', 'lowSpeedVehicle').notices).toEqual(BY_TABLE);
    expect(takenIn('the next trailer', 'trailer').notices).toEqual([]);
    expect(dismantles(late.item)).toBe('HL-2102');
  });
});

describe('the table of supervised categories', () => {
  it.each([{ categories: 'schoolBus' }, { categories: [7] }, { schoolBus: 1 }, {}])(
    'is refused when it holds %o',
    (table) => {
      const place = { name: 'supervisedCategories', province: 'CN', version: 1 };
      expect(trade.does(trade.oversight, { type: 'rule.propose', data: { ...place, from: 0, table } })).toBe(
        'HL-2261',
      );
    },
  );

  it('is not there at first, and then a declaration alone counts', () => {
    const { item, notices } = takenIn('a school bus', 'schoolBus');
    expect(notices).toEqual([]);
    expect(dismantles(item)).toBe('accepted');
  });
});

describe('a bus that was registered as a car', () => {
  beforeEach(() => {
    trade.table('supervisedCategories', 1, { categories: ['schoolBus'] });
  });
  const surrendered = (name: string, category = 'sedan', by = plant): string => {
    const { item, nonce } = by.signer.item(name);
    const data = { kind: 'vehicle' as const, category, nonce, tags: numbered(nonce) };
    trade.given(by, { type: 'register', item, data }, { type: 'surrender', item, data: {} });
    return item;
  };
  const receives = (item: string, category: string, by = plant): { verdict: unknown; notices: unknown } => {
    const event = trade.event({ type: 'receive', item, data: { massGrams: 9_000_000, category } });
    const [batch] = trade.world.record(by.signer.batch([event])).batches;
    return { verdict: batch?.verdicts[0], notices: batch?.notices };
  };
  const found = (): unknown => findingsIn(trade.world).map(({ kind, evidence }) => [kind, evidence]);

  it('is due for supervision when who takes it in says what it is, and is found', () => {
    const item = surrendered('bus');
    expect(receives(item, 'schoolBus')).toEqual({ verdict: 'accepted', notices: [[0, 'HL-2273']] });
    expect(dismantles(item)).toBe('HL-2102');
    expect(found()).toEqual([['categoryDiffers', { category: 'sedan', seen: 'schoolBus' }]]);
  });

  it('keeps the supervision of what it was registered as, whatever is seen', () => {
    const item = surrendered('bus', 'schoolBus');
    expect(receives(item, 'sedan').verdict).toBe('accepted');
    expect(trade.item(item).supervision).toBe('due');
  });

  it('is no other one when its coarse category is said, and the stricter rule of the two holds all the same', () => {
    trade.table('supervisedCategories', 2, { categories: ['bus'] });
    const item = surrendered('bus', 'schoolBus');
    expect(receives(item, 'bus')).toEqual({ verdict: 'accepted', notices: [[0, 'HL-2270']] });
    expect(trade.item(item).supervision).toBe('due');
    expect(found()).toEqual([]);
    expect(receives(surrendered('another', 'bus'), 'schoolBus').notices).toContainEqual([0, 'HL-2273']);
  });

  it('is taken in by who is licensed for both', () => {
    const cars = trade.party('plant for cars', ['dismantler'], { categories: ['sedan'] });
    const item = surrendered('bus', 'sedan', cars);
    expect(receives(item, 'schoolBus', cars).verdict).toBe('HL-2031');
    expect(receives(item, 'sedan', cars)).toEqual({ verdict: 'accepted', notices: undefined });
  });

  it('names its packs when it is seen to be electric', () => {
    expect(receives(surrendered('bus'), 'electricBus').verdict).toBe('HL-2160');
  });

  it('is found by the register of the police, and waits for them from then on', () => {
    const item = surrendered('bus');
    trade.given(
      plant,
      { type: 'receive', item, data: { massGrams: 9_000_000 } },
      { type: 'issueCertificate', item, data: { number: 'C-9' } },
    );
    trade.given(police, { type: 'cancelRegistration', item, data: { category: 'schoolBus' } });
    expect(trade.item(item)).toMatchObject({ supervision: 'due', registrationCancelled: true });
    expect(found()).toEqual([['categoryDiffers', { category: 'sedan', seen: 'schoolBus' }]]);
  });
});

describe('a bus that was taken in as a sedan', () => {
  it('is not shredded before the police have signed, once their register says what it is', () => {
    trade.table('supervisedCategories', 1, { categories: ['schoolBus'] });
    const shredder = trade.party('plant with a shredder', ['dismantler', 'shredder']);
    const item = trade.depolluted(shredder, 'bus');
    const seats = lotOf(shredder, 'seats', 'textile', 95_000);
    trade.given(shredder, { type: 'dismantle', item, data: { outputs: [seats] } });
    trade.given(police, { type: 'cancelRegistration', item, data: { category: 'schoolBus' } });
    const balanced = { lossGrams: 0, toleranceVersion: 1 };
    trade.given(shredder, { type: 'leaveHulk', item, data: { massGrams: 900_000, ...balanced } });
    const outputs = [lotOf(shredder, 'steel', 'steel', 900_000)];
    const shreds = (): string =>
      trade.does(shredder, { type: 'shred', item, data: { outputs, ...balanced } });
    expect(shreds()).toBe('HL-2102');
    trade.given(police, { type: 'witness', item, data: { evidence: ['a'.repeat(64)] } });
    expect(shreds()).toBe('accepted');
  });
});
