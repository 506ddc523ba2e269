import type { ItemState, Role } from '../../model/terms.js';
import { oldForRemanSteps } from './old-for-reman.js';
import type { Life, Step } from './step.js';

const kinds = ['part'] as const;
const LOOSE: readonly ItemState[] = ['registered', 'inspected'];
const WORKSHOPS: readonly Role[] = ['repairShop', 'remanufacturer', 'secondLifeUser'];

const steps: readonly Step[] = [
  {
    event: 'register',
    kinds,
    from: [],
    to: 'registered',
    who: 'anyone',
    roles: ['dismantler', 'processor', 'repairShop', 'remanufacturer', 'secondLifeUser', 'partsDealer'],
    given: ['category', 'tags'],
    optional: ['class', 'massGrams', 'source', 'outOf'],
    conditions: ['wasteIsALot'],
  },
  {
    event: 'inspect',
    kinds,
    from: LOOSE,
    to: 'inspected',
    who: 'custodian',
    given: ['result'],
    optional: ['evidence'],
  },
  {
    event: 'markReused',
    kinds,
    classes: ['usedPart'],
    from: ['inspected'],
    toClass: 'secondHandPart',
    who: 'custodian',
    roles: ['dismantler', 'repairShop'],
    given: ['mark'],
    optional: ['evidence'],
    conditions: ['fitForUse', 'notAnAssembly'],
  },
  {
    event: 'designateCore',
    kinds,
    classes: ['usedPart'],
    from: LOOSE,
    toClass: 'core',
    who: 'custodian',
    roles: ['dismantler', 'repairShop', 'partsDealer', 'collector', 'remanufacturer'],
    given: [],
    conditions: ['mayBeRemanufactured'],
  },
  {
    event: 'grade',
    kinds,
    classes: ['core'],
    from: [...LOOSE, 'graded'],
    to: 'graded',
    who: 'custodian',
    roles: ['remanufacturer'],
    licence: true,
    given: ['grade'],
    optional: ['missing', 'evidence'],
    conditions: ['notFailedGrading'],
  },
  {
    event: 'remanufacture',
    kinds,
    classes: ['core'],
    from: ['graded'],
    to: 'remanufactured',
    who: 'custodian',
    roles: ['remanufacturer'],
    licence: true,
    given: ['product', 'mark'],
    optional: ['addedGrams', 'evidence'],
    conditions: ['notUnfit', 'mayBeRemanufactured', 'noHeavierThanCore'],
  },
  {
    event: 'fit',
    kinds,
    from: ['inspected'],
    to: 'fitted',
    who: 'custodian',
    roles: WORKSHOPS,
    given: ['into'],
    optional: ['repair', 'evidence'],
    conditions: ['fitForUse', 'ownVehicleOnly'],
  },
  {
    event: 'remove',
    kinds,
    from: ['fitted'],
    to: 'registered',
    toClass: 'usedPart',
    who: 'custodianOfHost',
    roles: [...WORKSHOPS, 'dismantler', 'processor'],
    given: ['from'],
  },
  {
    event: 'dismantle',
    kinds,
    from: ['inspected', 'graded'],
    to: 'dismantled',
    who: 'custodian',
    roles: ['dismantler', 'processor', 'remanufacturer', 'secondLifeUser'],
    licence: true,
    given: ['outputs', 'lossGrams', 'toleranceVersion'],
    conditions: ['massBalances', 'noAssembly'],
  },
  ...oldForRemanSteps(LOOSE),
];

/** The life of a part and its classes, those of task 20 of the policy. */
export const partLife: Life = {
  steps,
  movable: [...LOOSE, 'graded'],
  ends: ['dismantled', 'remanufactured', 'disposed'],
};
