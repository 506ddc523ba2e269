import { expect } from 'vitest';
import { lotOf } from '../testing/lots.js';
import type { Party } from '../testing/trade.js';
import {
  certifies,
  does,
  gives,
  partFound,
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
} from './timed.testing.js';

/** A duty that has begun: of which thing, whose it is, and how it is done. */
export interface Begun {
  readonly item: string;
  readonly by: Party;
  readonly done: () => void;
}

/** A time limit of domain.md: until when it runs that began on Tuesday, 1 July 2025, and in how many days that is. */
export interface Duty {
  readonly limit: string;
  /** Which of several ways to it this is. */
  readonly of?: string;
  readonly due: number;
  readonly days: number;
  readonly begin: () => Begun;
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

/** Lots of waste oil under a manifest that was opened. */
function opened(...names: readonly string[]) {
  const carrier = trade.party('carrier', ['carrier']);
  const handler = trade.party('handler', ['hazardousWasteHandler'], { categories: ['HW08'] });
  const lots = names.map((name) => registers(plant, 'lot', 'wasteOil', name));
  const { item, nonce } = plant.signer.item('trip');
  const named = { carrier: carrier.creditCode, handler: handler.creditCode };
  const loaded = lots.map((lot) => ({ item: lot, wasteCode: '900-214-08' }));
  const data = { nonce, number: '20253100000001', ...named, lots: loaded };
  does(plant, { type: 'openManifest', item, data });
  const carries = () => does(carrier, { type: 'carryManifest', item, data: { lots } });
  return { item, lots, carrier, handler, carries };
}

/** What is to be done in time, but for what is to be reported of batteries. */
export const DUTIES: readonly Duty[] = [
  {
    limit: 'certificate',
    due: 20250708,
    days: 7,
    begin: () => {
      const { car } = takenIn();
      return { item: car, by: plant, done: () => certifies(car) };
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
    of: 'a part',
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
    of: 'a manifest that is carried',
    begin: () => {
      const { item, lots, carrier, handler, carries } = opened('oil');
      expect(told(item)).toEqual([]);
      carries();
      const weighed = lots.map((lot) => ({ item: lot, massGrams: 400_000 }));
      const done = () => does(handler, { type: 'acceptManifest', item, data: { lots: weighed } });
      return { item, by: carrier, done };
    },
  },
  {
    limit: 'sentBack',
    due: 20250708,
    days: 7,
    of: 'some of the lots',
    begin: () => {
      const { item, lots, handler, carries } = opened('one', 'two', 'three');
      carries();
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
    of: 'all lots',
    begin: () => {
      const { item, lots, handler, carries } = opened('one', 'two', 'three');
      carries();
      does(handler, { type: 'refuseManifest', item, data: { lots, reason: 'notAsDescribed' } });
      const done = () => does(plant, { type: 'cancelManifest', item, data: { lots } });
      return { item, by: plant, done };
    },
  },
  // By the table of the deposit that the sale names, else by the table of time limits.
  {
    limit: 'coreReturn',
    due: 20250810,
    days: 40,
    of: 'a deposit',
    begin: () => sold({ coreDepositVersion: 1 }),
  },
  {
    limit: 'coreReturn',
    due: 20250731,
    days: 30,
    of: 'the state pilot',
    begin: () => sold({ statePilotVersion: 1 }),
  },
  {
    limit: 'registrationChange',
    due: 20250711,
    days: 10,
    begin: () => {
      const [car, item] = [registers(shop, 'vehicle', 'sedan'), partFound('engine')];
      does(shop, { type: 'fit', item, data: { into: car } });
      const done = () => does(police, { type: 'changeRegistration', item: car, data: { part: item } });
      return { item, by: shop, done };
    },
  },
];
