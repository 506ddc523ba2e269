import { describe, expect, it } from 'vitest';
import { lotOf } from '../testing/lots.js';
import {
  collector,
  does,
  gives,
  PACK,
  partFound,
  plant,
  police,
  records,
  recycles,
  registers,
  shop,
  smelter,
  takenIn,
  takes,
  told,
  trade,
  wait,
} from './timed.testing.js';

const exact = { lossGrams: 0, toleranceVersion: 1 };

describe('a thing that is no more', () => {
  it('is stored no longer, and what is due of a battery is still to be reported', () => {
    const battery = registers(collector, 'battery', 'tractionBattery');
    gives(collector, battery, smelter);
    takes(smelter, battery, collector);
    recycles(smelter, battery);
    const due = ['traceOutletHandover', 'traceOutletIntake', 'traceRecycled', 'traceRecyclerIntake'];
    expect([...told(battery, 'trace')].sort()).toEqual(due.map((limit) => `${limit} running 20250812`));
    does(smelter, { type: 'reportTrace', item: battery, data: { number: 'T-1' } });
    expect([...told(battery, 'trace')].sort()).toEqual(due.map((limit) => `${limit} met 20250812`));
  });

  it('is the hazardous lot that was merged into another one', () => {
    const lots = [1, 2, 3].map((number) => {
      wait(1);
      return registers(plant, 'lot', 'wasteOil', `oil ${number}`);
    });
    const [first = '', ...others] = lots;
    const output = lotOf(plant, 'all oil', 'wasteOil', 1_200_000);
    does(plant, { type: 'merge', item: first, data: { others, output, ...exact } });
    for (const lot of lots) expect(told(lot)).toEqual([expect.stringMatching(/^hazardousStorage met /)]);
    // It is as old as the oldest that went in.
    expect(told(output.item)).toEqual(['hazardousStorage running 20260702']);
  });

  it('is the hazardous lot that was split: its parts are no younger', () => {
    const oil = registers(plant, 'lot', 'wasteOil');
    wait(30);
    const [one, two] = ['one', 'two'].map((name) => lotOf(plant, name, 'wasteOil', 200_000));
    const [three, four] = ['three', 'four'].map((name) => lotOf(plant, name, 'wasteOil', 100_000));
    if (!one || !two || !three || !four) throw new Error('lots are made');
    records(
      plant,
      { type: 'split', item: oil, data: { outputs: [one, two], ...exact } },
      { type: 'split', item: two.item, data: { outputs: [three, four], ...exact } },
    );
    expect(told(oil)).toEqual(['hazardousStorage met 20260701']);
    expect(told(one.item)).toEqual(['hazardousStorage running 20260701']);
    expect(told(four.item)).toEqual(['hazardousStorage running 20260701']);
  });
});

describe('a thing that is in use', () => {
  const car = (): string => registers(shop, 'vehicle', 'sedan');

  it('is no waste until it comes out again', () => {
    const [into, battery] = [car(), partFound('leadAcidBattery')];
    expect(told(battery)).toEqual([]);
    does(shop, { type: 'fit', item: battery, data: { into } });
    wait(10);
    does(shop, { type: 'remove', item: battery, data: { from: into } });
    expect(told(battery)).toEqual(['hazardousStorage running 20260711']);
    does(shop, { type: 'inspect', item: battery, data: { result: 'fit' } });
    wait(1);
    does(shop, { type: 'fit', item: battery, data: { into } });
    expect(told(battery)).toEqual(['hazardousStorage met 20260711']);
  });

  it('changes the registration of another car than its own', () => {
    const [into, engine] = [car(), partFound('engine')];
    does(shop, { type: 'fit', item: engine, data: { into } });
    expect(told(engine)).toEqual(['registrationChange running 20250711']);
    does(police, { type: 'changeRegistration', item: into, data: { part: engine } });
    expect(told(engine)).toEqual(['registrationChange met 20250711']);
    wait(1);
    records(
      shop,
      { type: 'remove', item: engine, data: { from: into } },
      { type: 'inspect', item: engine, data: { result: 'fit' } },
      { type: 'fit', item: engine, data: { into } },
    );
    expect(told(engine)).toEqual(['registrationChange met 20250711']);
  });

  it('changes no registration when its fitting is taken back, or it comes out', () => {
    const [into, engine] = [car(), partFound('engine')];
    const wrong = does(shop, { type: 'fit', item: engine, data: { into } });
    does(shop, {
      type: 'correct',
      item: engine,
      data: { event: wrong, termVersion: 1, reason: 'wrongItem' },
    });
    expect(told(engine)).toEqual([]);
    does(shop, { type: 'fit', item: engine, data: { into } });
    does(shop, { type: 'remove', item: engine, data: { from: into } });
    expect(told(engine)).toEqual(['registrationChange met 20250711']);
  });

  it('changes the registration of no car that was struck off', () => {
    const [into, engine] = [car(), partFound('engine')];
    does(shop, { type: 'fit', item: engine, data: { into } });
    gives(shop, into, plant);
    takes(plant, into, shop);
    records(
      plant,
      { type: 'surrender', item: into, data: {} },
      { type: 'receive', item: into, data: { massGrams: 1_000_000 } },
      { type: 'issueCertificate', item: into, data: { number: 'C-1' } },
    );
    expect(told(engine)).toEqual(['registrationChange running 20250711']);
    does(police, { type: 'cancelRegistration', item: into, data: {} });
    expect(told(engine)).toEqual(['registrationChange met 20250711']);
  });
});

describe('a pack that a shop had fitted into a car', () => {
  it('is counted from the certificate of that car when a dismantler takes it out', () => {
    const pack = registers(shop, 'battery', 'tractionBattery');
    const into = registers(shop, 'vehicle', 'electricCar');
    records(
      shop,
      { type: 'inspect', item: pack, data: { result: 'fit' } },
      { type: 'fit', item: pack, data: { into } },
      { type: 'reportTrace', item: pack, data: { number: 'T-1' } },
    );
    gives(shop, into, plant);
    takes(plant, into, shop);
    records(
      plant,
      { type: 'surrender', item: into, data: {} },
      { type: 'receive', item: into, data: { massGrams: 1_000_000, packs: [PACK] } },
      { type: 'issueCertificate', item: into, data: { number: 'C-1' } },
    );
    wait(5);
    does(plant, { type: 'remove', item: pack, data: { from: into } });
    expect(told(pack, 'traceCertificate')).toEqual(['traceCertificate running 20250722']);
  });
});

describe('a thing that stands still', () => {
  it('is held by the police: its term runs on, and is late when it is free', () => {
    const { car } = takenIn();
    does(police, { type: 'hold', item: car, data: { reason: 'suspectedStolen' } });
    const certifies = { type: 'issueCertificate', item: car, data: { number: 'C-1' } } as const;
    expect(trade.does(plant, certifies)).toBe('HL-2100');
    expect(told(car, 'certificate')).toEqual(['certificate running 20250708']);
    wait(9);
    does(police, { type: 'release', item: car, data: {} });
    does(plant, certifies);
    expect(told(car, 'certificate')).toEqual(['certificate late 20250708']);
  });

  it('was handed to who is suspended meanwhile: it is lost unless its giver takes it back', () => {
    const door = registers(plant, 'part', 'door');
    gives(plant, door, smelter);
    const suspended = { creditCode: smelter.creditCode, reason: 'licence' };
    trade.given(trade.recycling, { type: 'participant.suspend', data: suspended });
    const accepts = { type: 'accept', item: door, data: { from: plant.creditCode } } as const;
    expect(trade.does(smelter, accepts)).not.toBe('accepted');
    expect(told(door)).toEqual(['handover running 20250708']);
    does(plant, { type: 'withdraw', item: door, data: {} });
    expect(told(door)).toEqual(['handover met 20250708']);
  });

  it('is with who is suspended: what he owes stays due, and is met by nobody but him', () => {
    const { car } = takenIn();
    const suspended = { creditCode: plant.creditCode, reason: 'licence' };
    trade.given(trade.recycling, { type: 'participant.suspend', data: suspended });
    const certifies = { type: 'issueCertificate', item: car, data: { number: 'C-1' } } as const;
    expect(trade.does(plant, certifies)).not.toBe('accepted');
    expect(told(car)).toEqual(['certificate running 20250708']);
    trade.given(trade.oversight, {
      type: 'participant.reinstate',
      data: { creditCode: plant.creditCode },
    });
    does(plant, certifies);
    expect(told(car, 'certificate')).toEqual(['certificate met 20250708']);
  });
});
