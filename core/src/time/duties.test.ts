import { describe, expect, it } from 'vitest';
import { lotOf } from '../testing/lots.js';
import { numbered } from '../testing/numbered.js';
import { DUTIES } from './duties.testing.js';
import { TIME_LIMITS } from './time-limits.js';
import { certifies, does, owing, plant, records, takenIn, told, trade, wait } from './timed.testing.js';
import { reports, TRACE_DUTIES, traction } from './trace-duties.testing.js';

const ALL = [...DUTIES, ...TRACE_DUTIES].map((duty) => ({
  ...duty,
  title: duty.of === undefined ? duty.limit : `${duty.limit} of ${duty.of}`,
}));

describe.each(ALL)('the time limit $title', ({ limit, due, days, begin }) => {
  const clocks = (item: string) => told(item, `${limit} `);

  it('runs for who owes it, by its days', () => {
    const { item, by } = begin();
    expect(clocks(item)).toEqual([`${limit} running ${due}`]);
    expect(owing(item, limit)).toEqual([by.creditCode]);
  });

  it('is met by what it asks for until the end of its last day, and late after that', () => {
    const { item, done } = begin();
    // It began at noon.
    trade.world.time += days * 86_400 + 43_199;
    expect(clocks(item)).toEqual([`${limit} running ${due}`]);
    done();
    expect(clocks(item)).toEqual([`${limit} met ${due}`]);
  });

  it('is late from the first second of the day after', () => {
    const { item, done } = begin();
    trade.world.time += days * 86_400 + 43_200;
    done();
    expect(clocks(item)).toEqual([`${limit} late ${due}`]);
  });
});

describe('the time limit certificate, where the table says that it follows the dismantling', () => {
  it('runs once the hulk is weighed, and not before', () => {
    trade.table('certificateAfter', 1, { after: 'dismantling' });
    const { car } = takenIn();
    const fluids = lotOf(plant, 'fluids', 'coolant', 5_000);
    const doors = lotOf(plant, 'doors', 'steel', 95_000);
    records(
      plant,
      { type: 'depollute', item: car, data: { outputs: [fluids], certificateVersion: 1 } },
      { type: 'dismantle', item: car, data: { outputs: [doors] } },
    );
    wait(20);
    expect(told(car, 'certificate')).toEqual([]);
    const data = { massGrams: 900_000, lossGrams: 0, toleranceVersion: 1 };
    does(plant, { type: 'leaveHulk', item: car, data });
    expect(told(car, 'certificate')).toEqual(['certificate running 20250728']);
    certifies(car);
    expect(told(car, 'certificate')).toEqual(['certificate met 20250728']);
  });

  it('does not begin again for a vehicle that has one', () => {
    const { car } = takenIn();
    certifies(car);
    const outputs = [lotOf(plant, 'fluids', 'coolant', 5_000)];
    records(
      plant,
      { type: 'depollute', item: car, data: { outputs } },
      { type: 'dismantle', item: car, data: { outputs: [lotOf(plant, 'doors', 'steel', 95_000)] } },
      { type: 'leaveHulk', item: car, data: { massGrams: 900_000, lossGrams: 0, toleranceVersion: 1 } },
    );
    expect(told(car, 'certificate')).toEqual(['certificate met 20250708']);
  });
});

describe('the time limits whose length nobody has confirmed', () => {
  it('are shown without a day, and with what ended them', () => {
    const { item: car, nonce } = plant.signer.item('bus');
    records(
      plant,
      {
        type: 'register',
        item: car,
        data: { kind: 'vehicle', category: 'schoolBus', nonce, tags: numbered(nonce) },
      },
      { type: 'surrender', item: car, data: {} },
      { type: 'receive', item: car, data: { massGrams: 1_000_000, supervised: true } },
    );
    expect(told(car, 'supervision')).toEqual(['supervision unknown']);
    wait(1);
    certifies(car);
    expect(told(car, 'cancellation')).toEqual(['cancellation unknown']);
    expect(told(car, 'certificate')).toEqual(['certificate met 20250708']);
  });
});

it('every time limit is among these', () => {
  const tried = new Set([...ALL.map(({ limit }) => limit), 'supervision', 'cancellation']);
  expect(TIME_LIMITS.map(({ name }) => name).filter((name) => !tried.has(name))).toEqual([]);
});

describe('a second-life product that leaves on paper for who uses it', () => {
  it('is to be reported as one that leaves for a party on the ledger', () => {
    trade.table('secondLifeCapacity', 1, { permille: 600 });
    const user = trade.party('second-life user', ['secondLifeUser']);
    const item = traction(user);
    const product = user.signer.item('product');
    const tags = [{ scheme: 'battery' as const, value: '002PE250000003B3C0000009' }];
    const made = {
      ...product,
      kind: 'battery' as const,
      category: 'energyStorage',
      massGrams: 400_000,
      tags,
    };
    const balanced = { toleranceVersion: 1 };
    records(
      user,
      { type: 'takeInBattery', item, data: { massGrams: 400_000, ...balanced } },
      { type: 'testBattery', item, data: { capacityPermille: 800, tableVersion: 1 } },
      { type: 'repurpose', item, data: { product: made, lossGrams: 0, ...balanced } },
      {
        type: 'acceptOnBehalf',
        item: product.item,
        data: { document: 'd'.repeat(64), household: 'SLIP-1' },
      },
    );
    expect(owing(product.item, 'traceSecondLife')).toEqual([user.creditCode]);
    reports(product.item, user).done();
    expect(told(product.item, 'traceSecondLife')).toHaveLength(1);
    expect(told(product.item, 'traceSecondLife')[0]).toContain('met');
  });
});
