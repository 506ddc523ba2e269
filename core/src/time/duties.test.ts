import { describe, expect, it } from 'vitest';
import { lotOf } from '../testing/lots.js';
import type { Party } from '../testing/trade.js';
import {
  collector,
  does,
  gives,
  owing,
  PACK,
  plant,
  police,
  records,
  registers,
  shop,
  smelter,
  takenIn,
  takes,
  told,
  trade,
  wait,
} from './timed.testing.js';
import { TIME_LIMITS } from './time-limits.js';
import { numbered } from '../testing/numbered.js';

/** A duty that has begun: of which thing, whose it is, and how it is done. */
interface Begun {
  readonly item: string;
  readonly by: Party;
  readonly done: () => void;
}

/** A time limit of domain.md: until when it runs that began on Tuesday, 1 July 2025, and in how many days that is. */
interface Duty {
  readonly limit: string;
  readonly due: number;
  readonly days: number;
  readonly begin: () => Begun;
}

const reports = (item: string, by: Party): Begun => ({
  item,
  by,
  done: () => does(by, { type: 'reportTrace', item, data: { number: 'T-1' } }),
});
const certifies = (car: string): string =>
  does(plant, { type: 'issueCertificate', item: car, data: { number: 'C-1' } });
const traction = (by: Party): string => registers(by, 'battery', 'tractionBattery');

/** A traction battery that came out of a car with its certificate. */
function takenOut(): string {
  const { car } = takenIn([PACK]);
  certifies(car);
  const made = plant.signer.item('pack');
  const tags = [{ scheme: 'battery' as const, value: PACK }];
  const output = { ...made, kind: 'battery' as const, category: 'tractionBattery', massGrams: 1, tags };
  does(plant, { type: 'depollute', item: car, data: { outputs: [output] } });
  return made.item;
}

function fitted(kind: 'battery' | 'part', category: string): { readonly item: string; readonly car: string } {
  const [item, car] = [registers(shop, kind, category), registers(shop, 'vehicle', 'electricCar', 'car')];
  records(
    shop,
    { type: 'inspect', item, data: { result: 'fit' } },
    ...(kind === 'part' ? [{ type: 'markReused' as const, item, data: { mark: 'R-1' } }] : []),
    { type: 'fit', item, data: { into: car } },
  );
  return { item, car };
}

/** A remanufactured part that was sold for an old one. */
function sold(terms: { coreDepositVersion?: number; statePilotVersion?: number }): Begun {
  const maker = trade.party('maker', ['remanufacturer'], { mspId: 'AftermarketMSP' });
  trade.table('coreDeposit', 1, { returnDays: 40, gradeA: 1000 });
  trade.table('statePilot', 1, { sharePermille: 100, capStarter: 200_000 });
  const [first, core] = ['first', 'second'].map((name) => {
    const { item, nonce } = maker.signer.item(name);
    const tags = [{ scheme: 'serial' as const, value: name }];
    const data = { kind: 'part' as const, category: 'starter', nonce, tags, massGrams: 1_000 };
    does(maker, { type: 'register', item, data });
    return item;
  }) as [string, string];
  records(
    maker,
    { type: 'designateCore', item: first, data: {} },
    { type: 'grade', item: first, data: { grade: 'A' } },
  );
  const product = {
    ...maker.signer.item('product'),
    kind: 'part' as const,
    category: 'starter',
    massGrams: 1_000,
  };
  does(maker, { type: 'remanufacture', item: first, data: { product, mark: 'Z-1' } });
  const line = { seller: maker.creditCode, sale: 'S-1', line: 1 };
  does(maker, {
    type: 'sellRemanufactured',
    item: product.item,
    data: { ...line, price: 'a'.repeat(64), ...terms },
  } as never);
  const done = () =>
    does(maker, { type: 'receiveCore', item: core, data: { ...line, product: product.item } } as never);
  return { item: product.item, by: maker, done };
}

/** Three lots under a manifest that was opened. */
function onTheRoad(): {
  readonly item: string;
  readonly lots: readonly string[];
  readonly carrier: Party;
  readonly handler: Party;
} {
  const carrier = trade.party('carrier', ['carrier']);
  const handler = trade.party('handler', ['hazardousWasteHandler'], { categories: ['HW08'] });
  const lots = ['one', 'two', 'three'].map((name) => registers(plant, 'lot', 'wasteOil', name));
  const { item, nonce } = plant.signer.item('trip');
  const named = { carrier: carrier.creditCode, handler: handler.creditCode };
  const loaded = lots.map((lot) => ({ item: lot, wasteCode: '900-214-08' }));
  const data = { nonce, number: '20253100000001', ...named, lots: loaded };
  does(plant, { type: 'openManifest', item, data });
  return { item, lots, carrier, handler };
}

const DUTIES: readonly Duty[] = [
  {
    limit: 'certificate',
    due: 20250708,
    days: 7,
    begin: () => {
      const { car } = takenIn();
      return { item: car, by: plant, done: () => certifies(car) };
    },
  },
  { limit: 'traceCertificate', due: 20250722, days: 21, begin: () => reports(takenOut(), plant) },
  {
    limit: 'traceDismantlerHandover',
    due: 20250722,
    days: 21,
    begin: () => {
      const item = traction(plant);
      gives(plant, item, smelter);
      return reports(item, plant);
    },
  },
  {
    limit: 'traceRepair',
    due: 20250812,
    days: 42,
    begin: () => reports(fitted('battery', 'tractionBattery').item, shop),
  },
  {
    limit: 'traceOutletIntake',
    due: 20250812,
    days: 42,
    begin: () => reports(traction(collector), collector),
  },
  {
    limit: 'traceOutletHandover',
    due: 20250812,
    days: 42,
    begin: () => {
      const item = traction(collector);
      gives(collector, item, smelter);
      return reports(item, collector);
    },
  },
  {
    limit: 'traceSecondLife',
    due: 20250722,
    days: 21,
    begin: () => {
      const user = trade.party('second-life user', ['secondLifeUser']);
      const item = traction(user);
      gives(user, item, smelter);
      return reports(item, user);
    },
  },
  {
    limit: 'traceRecyclerIntake',
    due: 20250812,
    days: 42,
    begin: () => {
      const item = traction(collector);
      gives(collector, item, smelter);
      takes(smelter, item, collector);
      return reports(item, smelter);
    },
  },
  {
    limit: 'traceRecycled',
    due: 20250812,
    days: 42,
    begin: () => {
      const processor = trade.party('processor', ['processor']);
      const item = traction(processor);
      const exact = { lossGrams: 0, toleranceVersion: 1 };
      const outputs = [lotOf(processor, 'black mass', 'blackMass', 400_000)];
      records(
        processor,
        { type: 'takeInBattery', item, data: { massGrams: 400_000, toleranceVersion: 1 } },
        { type: 'recycle', item, data: { outputs, ...exact } },
      );
      return reports(item, processor);
    },
  },
  {
    limit: 'hazardousStorage',
    due: 20260701,
    days: 365,
    begin: () => {
      const item = registers(smelter, 'lot', 'wasteOil');
      const outputs = [lotOf(smelter, 'a', 'wasteOil', 400_000)];
      const done = () =>
        does(smelter, { type: 'split', item, data: { outputs, lossGrams: 0, toleranceVersion: 1 } });
      return { item, by: smelter, done };
    },
  },
  {
    limit: 'handover',
    due: 20250708,
    days: 7,
    begin: () => {
      const item = registers(plant, 'part', 'door');
      gives(plant, item, smelter);
      return { item, by: plant, done: () => takes(smelter, item, plant) };
    },
  },
  {
    limit: 'handover',
    due: 20250708,
    days: 7,
    begin: () => {
      const carrier = trade.party('carrier', ['carrier']);
      const handler = trade.party('handler', ['hazardousWasteHandler'], { categories: ['HW08'] });
      const lot = registers(plant, 'lot', 'wasteOil');
      const { item, nonce } = plant.signer.item('trip');
      const named = { carrier: carrier.creditCode, handler: handler.creditCode };
      const data = {
        nonce,
        number: '20253100000001',
        ...named,
        lots: [{ item: lot, wasteCode: '900-214-08' }],
      };
      does(plant, { type: 'openManifest', item, data });
      expect(told(item)).toEqual([]);
      does(carrier, { type: 'carryManifest', item, data: { lots: [lot] } });
      const lots = [{ item: lot, massGrams: 400_000 }];
      return {
        item,
        by: carrier,
        done: () => does(handler, { type: 'acceptManifest', item, data: { lots } }),
      };
    },
  },
  {
    limit: 'sentBack',
    due: 20250708,
    days: 7,
    begin: () => {
      const { item, lots, carrier, handler } = onTheRoad();
      does(carrier, { type: 'carryManifest', item, data: { lots: [...lots] } });
      const [kept, ...back] = lots as [string, string, string];
      const refused = { lots: back, reason: 'notAsDescribed' as const };
      const data = { lots: [{ item: kept, massGrams: 400_000 }], refused };
      does(handler, { type: 'acceptManifest', item, data });
      does(plant, { type: 'takeBackLots', item, data: { lots: back.slice(0, 1) } });
      const done = () => does(plant, { type: 'takeBackLots', item, data: { lots: back.slice(1) } });
      return { item, by: plant, done };
    },
  },
  {
    limit: 'sentBack',
    due: 20250708,
    days: 7,
    begin: () => {
      const { item, lots, carrier, handler } = onTheRoad();
      does(carrier, { type: 'carryManifest', item, data: { lots: [...lots] } });
      does(handler, { type: 'refuseManifest', item, data: { lots: [...lots], reason: 'notAsDescribed' } });
      const done = () => does(plant, { type: 'cancelManifest', item, data: { lots: [...lots] } });
      return { item, by: plant, done };
    },
  },
  // By the table of the deposit that the sale names, else by the table of time limits.
  { limit: 'coreReturn', due: 20250810, days: 40, begin: () => sold({ coreDepositVersion: 1 }) },
  { limit: 'coreReturn', due: 20250731, days: 30, begin: () => sold({ statePilotVersion: 1 }) },
  {
    limit: 'registrationChange',
    due: 20250711,
    days: 10,
    begin: () => {
      const { item, nonce } = shop.signer.item('engine');
      const car = registers(shop, 'vehicle', 'sedan', 'car');
      const data = { kind: 'part' as const, category: 'engine', nonce, tags: [], class: 'newPart' as const };
      records(
        shop,
        { type: 'register', item, data },
        { type: 'inspect', item, data: { result: 'fit' } },
        { type: 'fit', item, data: { into: car } },
      );
      const done = () => does(police, { type: 'changeRegistration', item: car, data: { part: item } });
      return { item, by: shop, done };
    },
  },
];

describe.each(DUTIES)('the time limit $limit', ({ limit, due, days, begin }) => {
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
  const tried = new Set([...DUTIES.map(({ limit }) => limit), 'supervision', 'cancellation']);
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
