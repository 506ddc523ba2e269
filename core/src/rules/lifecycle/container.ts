import type { ItemState } from '../../model/terms.js';
import type { Life, Step } from './step.js';

const kinds = ['container'] as const;
const LIVE: readonly ItemState[] = ['registered'];

const steps: readonly Step[] = [
  {
    event: 'register',
    kinds,
    from: [],
    to: 'registered',
    who: 'anyone',
    given: ['category', 'tags'],
    optional: ['massGrams', 'source'],
  },
  { event: 'pack', kinds, from: LIVE, who: 'custodian', given: ['items'] },
  { event: 'unpack', kinds, from: LIVE, who: 'custodian', given: ['items'] },
  { event: 'retireContainer', kinds, from: LIVE, to: 'disposed', who: 'custodian', given: [] },
  {
    event: 'hold',
    kinds,
    from: LIVE,
    who: 'anyone',
    roles: ['police', 'regulator'],
    given: ['reason'],
    optional: ['evidence'],
  },
  {
    event: 'release',
    kinds,
    from: LIVE,
    who: 'anyone',
    roles: ['police'],
    given: [],
    optional: ['evidence'],
    whileHeld: true,
  },
];

/** The life of a pallet, a cage, a box, a truck: things go in, it changes hands, things come out, and again. */
export const containerLife: Life = {
  steps,
  movable: LIVE,
  ends: ['disposed'],
};
