import type { Life, Step } from './step.js';

const kinds = ['lot'] as const;

const steps: readonly Step[] = [
  {
    event: 'register',
    kinds,
    from: [],
    to: 'registered',
    who: 'anyone',
    roles: ['dismantler', 'processor', 'collector', 'remanufacturer', 'smelter', 'shredder'],
    given: ['category', 'tags'],
    optional: ['massGrams', 'source'],
  },
];

/** The life of a lot of material. */
export const lotLife: Life = {
  steps,
  movable: ['registered', 'inspected'],
  ends: ['disposed'],
};
