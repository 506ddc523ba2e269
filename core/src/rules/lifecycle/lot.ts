import type { ItemState, Role } from '../../model/terms.js';
import type { Life, Step } from './step.js';

const kinds = ['lot'] as const;
const LOOSE: readonly ItemState[] = ['registered'];
const WEIGHERS: readonly Role[] = ['dismantler', 'processor', 'collector'];

const steps: readonly Step[] = [
  {
    event: 'register',
    kinds,
    from: [],
    to: 'registered',
    who: 'anyone',
    roles: ['dismantler', 'processor', 'collector', 'repairShop', 'remanufacturer', 'smelter', 'shredder'],
    given: ['category', 'tags'],
    optional: ['massGrams', 'source'],
  },
  {
    event: 'intakeBatch',
    kinds,
    from: [],
    to: 'registered',
    who: 'anyone',
    roles: WEIGHERS,
    given: ['ticket', 'ticketHash', 'weighing', 'mix', 'estimatedPieces'],
    optional: ['tags', 'source'],
    conditions: ['scaleCalibrated'],
  },
  {
    event: 'sort',
    kinds,
    from: [...LOOSE, 'sorting'],
    to: 'sorting',
    who: 'custodian',
    roles: WEIGHERS,
    given: ['outputs', 'toleranceVersion'],
    conditions: ['mixedIntake', 'massNotExceeded'],
  },
  {
    event: 'closeSorting',
    kinds,
    from: ['sorting'],
    to: 'sorted',
    who: 'custodian',
    roles: WEIGHERS,
    given: ['residueGrams', 'toleranceVersion'],
    conditions: ['massBalances'],
  },
  {
    event: 'weigh',
    kinds,
    from: LOOSE,
    who: 'custodian',
    given: ['weighing', 'lossGrams', 'toleranceVersion'],
    optional: ['pieces', 'evidence'],
    conditions: ['scaleCalibrated', 'massBalances', 'countStands'],
  },
  {
    event: 'sample',
    kinds,
    from: LOOSE,
    who: 'custodian',
    given: ['output', 'number'],
    optional: ['evidence'],
    conditions: ['sameMaterial', 'massNotExceeded'],
  },
  {
    event: 'split',
    kinds,
    from: LOOSE,
    to: 'consumed',
    who: 'custodian',
    given: ['outputs', 'lossGrams', 'toleranceVersion'],
    conditions: ['sameMaterial', 'massBalances', 'piecesAddUp'],
  },
  {
    event: 'merge',
    kinds,
    from: LOOSE,
    to: 'consumed',
    who: 'custodian',
    given: ['others', 'output', 'lossGrams', 'toleranceVersion'],
    conditions: ['sameMaterial', 'massBalances', 'piecesAddUp'],
  },
  {
    event: 'transform',
    kinds,
    from: LOOSE,
    to: 'consumed',
    who: 'custodian',
    roles: [
      'dismantler',
      'processor',
      'remanufacturer',
      'smelter',
      'shredder',
      'secondLifeUser',
      'hazardousWasteHandler',
    ],
    given: ['process', 'outputs', 'lossGrams', 'toleranceVersion'],
    optional: ['others', 'evidence'],
    conditions: ['massBalances', 'hazardousByHandler'],
  },
];

/** The life of a lot of material, and of a truck load until it is sorted. */
export const lotLife: Life = {
  steps,
  movable: LOOSE,
  ends: ['consumed', 'sorted', 'disposed'],
};

/** Category of a truck load of which only the weight is known. It is brought in by weight and sorted, and nothing else. */
export const MIXED_INTAKE = 'mixedIntake';
