import type { ItemState } from '../../model/terms.js';
import type { Life, Step } from './step.js';

const kinds = ['device'] as const;
const LIVE: readonly ItemState[] = ['registered', 'inspected'];

const steps: readonly Step[] = [
  {
    event: 'register',
    kinds,
    from: [],
    to: 'registered',
    who: 'anyone',
    roles: ['processor', 'collector', 'retailer'],
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
    roles: ['processor'],
    licence: true,
    given: ['outputs', 'lossGrams', 'toleranceVersion'],
    conditions: ['massBalances'],
  },
];

/** The life of an appliance. */
export const deviceLife: Life = {
  steps,
  movable: LIVE,
  ends: ['dismantled', 'disposed'],
};
