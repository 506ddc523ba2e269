import type { ItemState, Role } from '../../model/terms.js';
import type { Life, Step } from './step.js';

const kinds = ['battery'] as const;
/** Out of use and not taken in by a plant yet. */
const LOOSE: readonly ItemState[] = ['registered', 'removed', 'collected'];
const TAKEN_IN: readonly ItemState[] = ['received', 'tested'];
const LIVE: readonly ItemState[] = [...LOOSE, ...TAKEN_IN, 'secondLife'];
const WORKSHOPS: readonly Role[] = ['repairShop', 'remanufacturer', 'secondLifeUser'];
const RECYCLERS: readonly Role[] = ['smelter', 'processor'];
const TRACED: readonly Role[] = ['dismantler', 'repairShop', 'collector', 'secondLifeUser', ...RECYCLERS];

const steps: readonly Step[] = [
  {
    event: 'register',
    kinds,
    from: [],
    to: 'registered',
    who: 'anyone',
    roles: [
      'dismantler',
      'processor',
      'collector',
      'repairShop',
      'remanufacturer',
      'secondLifeUser',
      'smelter',
      'partsDealer',
    ],
    given: ['category', 'tags'],
    optional: ['massGrams', 'source'],
    conditions: ['wasteIsALot'],
  },
  {
    event: 'inspect',
    kinds,
    from: LIVE,
    who: 'custodian',
    given: ['result'],
    optional: ['evidence'],
  },
  {
    event: 'fit',
    kinds,
    from: [...LOOSE, ...TAKEN_IN],
    to: 'fitted',
    who: 'custodian',
    roles: WORKSHOPS,
    given: ['into'],
    optional: ['repair', 'evidence'],
    conditions: ['fitForUse', 'mayBeUsedAgain'],
  },
  {
    event: 'remove',
    kinds,
    from: ['fitted'],
    to: 'removed',
    who: 'custodianOfHost',
    roles: [...WORKSHOPS, 'dismantler', 'processor'],
    given: ['from'],
    optional: ['massGrams'],
  },
  {
    event: 'collectBattery',
    kinds,
    from: ['registered', 'removed', 'secondLife'],
    to: 'collected',
    who: 'custodian',
    roles: ['collector', 'dismantler', 'repairShop', 'secondLifeUser'],
    given: [],
    optional: ['slip'],
  },
  {
    event: 'takeInBattery',
    kinds,
    from: [...LOOSE, 'secondLife'],
    to: 'received',
    who: 'custodian',
    roles: ['secondLifeUser', ...RECYCLERS],
    licence: true,
    given: ['massGrams', 'toleranceVersion'],
    optional: ['evidence'],
    conditions: ['massBalances'],
  },
  {
    event: 'testBattery',
    kinds,
    from: TAKEN_IN,
    to: 'tested',
    who: 'custodian',
    roles: ['secondLifeUser', ...RECYCLERS],
    licence: true,
    given: ['capacityPermille', 'tableVersion'],
    optional: ['defect', 'evidence'],
    conditions: ['mayBeUsedAgain'],
  },
  {
    event: 'repurpose',
    kinds,
    from: ['tested'],
    brings: 'secondLife',
    to: 'repurposed',
    who: 'custodian',
    roles: ['secondLifeUser'],
    licence: true,
    given: ['product', 'lossGrams', 'toleranceVersion'],
    optional: ['addedGrams', 'evidence'],
    conditions: ['testPassed', 'massBalances'],
  },
  {
    event: 'dismantle',
    kinds,
    from: [...LOOSE, ...TAKEN_IN],
    to: 'dismantled',
    who: 'custodian',
    roles: ['secondLifeUser', 'remanufacturer', ...RECYCLERS],
    licence: true,
    given: ['outputs', 'lossGrams', 'toleranceVersion'],
    conditions: ['massBalances'],
  },
  {
    event: 'recycle',
    kinds,
    from: TAKEN_IN,
    to: 'recycled',
    who: 'custodian',
    roles: RECYCLERS,
    licence: true,
    given: ['outputs', 'lossGrams', 'toleranceVersion'],
    optional: ['evidence'],
    conditions: ['massBalances'],
  },
  {
    event: 'reportTrace',
    kinds,
    from: [...LIVE, 'fitted', 'dismantled', 'repurposed', 'recycled'],
    who: 'anyone',
    roles: TRACED,
    given: ['number'],
    whileHeld: true,
    afterEnd: true,
  },
];

/**
 * The life of a traction battery: pack, module or cell, by its code (GB/T 34014). 《新能源汽车动力蓄电池回收利用管理暂行办法》 and
 * 《新能源汽车动力蓄电池梯次利用管理办法》 say who takes it in and what becomes of it. In use it is `fitted`: it is where its
 * vehicle is.
 */
export const batteryLife: Life = {
  steps,
  movable: LIVE,
  // Nobody can check the licence of a party on paper; a second-life product is for whoever uses it.
  onPaper: { states: ['secondLife'], otherwise: 'HL-2187' },
  ends: ['dismantled', 'repurposed', 'recycled'],
};
