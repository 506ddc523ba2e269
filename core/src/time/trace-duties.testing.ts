import type { Party } from '../testing/trade.js';
import type { Begun, Duty } from './duties.testing.js';
import {
  certifies,
  collector,
  does,
  gives,
  PACK,
  packOut,
  plant,
  records,
  recycles,
  registers,
  shop,
  smelter,
  takenIn,
  takes,
  trade,
} from './timed.testing.js';

export const reports = (item: string, by: Party): Begun => ({
  item,
  by,
  done: () => does(by, { type: 'reportTrace', item, data: { number: 'T-1' } }),
});
export const traction = (by: Party): string => registers(by, 'battery', 'tractionBattery');

/** A traction battery that came out of a car with its certificate. */
function takenOut(): string {
  const { car } = takenIn([PACK]);
  certifies(car);
  const pack = packOut();
  does(plant, { type: 'depollute', item: car, data: { outputs: [pack] } });
  return pack.item;
}

/** What is to be reported of a traction battery, each from a step of its own. */
export const TRACE_DUTIES: readonly Duty[] = [
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
    begin: () => {
      const [item, into] = [traction(shop), registers(shop, 'vehicle', 'electricCar', 'car')];
      records(
        shop,
        { type: 'inspect', item, data: { result: 'fit' } },
        { type: 'fit', item, data: { into } },
      );
      return reports(item, shop);
    },
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
      recycles(processor, item);
      return reports(item, processor);
    },
  },
];
