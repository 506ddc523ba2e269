import type { ItemState } from '../../model/terms.js';
import type { Life, Step } from './step.js';

const kinds = ['battery'] as const;
const LIVE: readonly ItemState[] = ['registered', 'inspected'];

const steps: readonly Step[] = [
  {
    event: 'register',
    kinds,
    from: [],
    to: 'registered',
    who: 'anyone',
    roles: ['dismantler', 'processor', 'repairShop', 'remanufacturer', 'secondLifeUser', 'partsDealer'],
    given: ['category', 'tags'],
    optional: ['massGrams', 'source'],
  },
  {
    event: 'inspect',
    kinds,
    from: LIVE,
    to: 'inspected',
    who: 'custodian',
    given: ['result'],
    optional: ['evidence'],
  },
  {
    event: 'dismantle',
    kinds,
    from: ['inspected'],
    to: 'dismantled',
    who: 'custodian',
    roles: ['dismantler', 'processor', 'remanufacturer', 'secondLifeUser'],
    licence: true,
    given: ['outputs', 'lossGrams', 'toleranceVersion'],
    conditions: ['massBalances'],
  },
  {
    event: 'fit',
    kinds,
    from: ['inspected'],
    to: 'fitted',
    who: 'custodian',
    roles: ['repairShop', 'remanufacturer', 'secondLifeUser'],
    given: ['into'],
    conditions: ['fitForUse'],
  },
  {
    event: 'remove',
    kinds,
    from: ['fitted'],
    to: 'registered',
    who: 'custodianOfHost',
    roles: ['repairShop', 'remanufacturer', 'secondLifeUser', 'dismantler', 'processor'],
    given: ['from'],
  },
];

/** The life of a traction battery. */
export const batteryLife: Life = {
  steps,
  movable: LIVE,
  ends: ['dismantled', 'disposed'],
};
