import type { ErrorCode } from '../../messages/catalogue.js';
import type { ItemRow } from '../../model/rows.js';
import type { ItemState, Role } from '../../model/terms.js';
import type { Life, Step } from './step.js';

const kinds = ['device'] as const;
const BEFORE_INTAKE: readonly ItemState[] = ['registered', 'collected'];
/** At a plant, and not on its way through the line or out again. */
const AT_HAND: readonly ItemState[] = ['received', 'graded', 'stocked'];
const ON_THE_LINE: readonly ItemState[] = ['issuedToLine', 'dismantled'];

/** Who takes units in, sorts them and makes them fit to be used again. Nobody needs a licence for that. */
const HANDLERS = {
  who: 'custodian',
  roles: ['processor', 'collector', 'retailer', 'repairShop'] satisfies readonly Role[],
} as const;
/** 《废弃电器电子产品回收处理管理条例》 article 6: processing needs a qualification, for the categories that it names. */
const PROCESSOR = {
  who: 'custodian',
  roles: ['processor'] satisfies readonly Role[],
  licence: true,
} as const;

/** Used again or processed, never both. */
const USED_AGAIN: Partial<Record<ItemState, ErrorCode>> = { refurbished: 'HL-2120', sold: 'HL-2120' };
const PROCESSED: Partial<Record<ItemState, ErrorCode>> = {
  stocked: 'HL-2120',
  issuedToLine: 'HL-2120',
  dismantled: 'HL-2120',
  closed: 'HL-2120',
};

const intake: readonly Step[] = [
  {
    event: 'register',
    kinds,
    from: [],
    to: 'registered',
    who: 'anyone',
    roles: ['processor', 'collector', 'retailer', 'repairShop'],
    given: ['category', 'tags'],
    optional: ['massGrams', 'source'],
    conditions: ['wasteIsALot'],
  },
  {
    event: 'inspect',
    kinds,
    from: [...BEFORE_INTAKE, 'received'],
    who: 'custodian',
    given: ['result'],
    optional: ['evidence'],
  },
  { event: 'collectUnit', kinds, from: ['registered'], to: 'collected', ...HANDLERS, given: ['source'] },
  {
    event: 'receiveUnit',
    kinds,
    // A plant weighs in what a collector has weighed and sorted before.
    from: [...BEFORE_INTAKE, 'received', 'graded'],
    to: 'received',
    ...HANDLERS,
    given: ['massGrams', 'identity', 'partsVersion'],
    optional: [
      'nameplate',
      'type',
      'screenTenthInches',
      'capacityGrams',
      'volumeLitres',
      'coolingWatts',
      'missing',
      'label',
      'evidence',
    ],
    conditions: ['describedAsItsCategory', 'identityProved', 'missingProved'],
  },
  { event: 'labelUnit', kinds, from: AT_HAND, ...HANDLERS, given: ['label'] },
  {
    event: 'bindSet',
    kinds,
    from: [...AT_HAND, 'issuedToLine'],
    ...HANDLERS,
    given: ['partner'],
    conditions: ['makesSet'],
  },
  {
    event: 'unbindSet',
    kinds,
    from: [...AT_HAND, 'issuedToLine'],
    ...HANDLERS,
    given: ['partner'],
    conditions: ['isSet'],
  },
  {
    event: 'triage',
    kinds,
    from: AT_HAND,
    outOfTurn: { ...USED_AGAIN, issuedToLine: 'HL-2120', dismantled: 'HL-2120', closed: 'HL-2120' },
    to: 'graded',
    ...HANDLERS,
    given: ['route'],
    optional: ['evidence'],
  },
];

const reuse: readonly Step[] = [
  {
    event: 'eraseData',
    kinds,
    from: AT_HAND,
    ...HANDLERS,
    given: ['method'],
    optional: ['evidence'],
  },
  {
    event: 'testUnit',
    kinds,
    from: ['graded'],
    outOfTurn: PROCESSED,
    ...HANDLERS,
    given: ['result'],
    optional: ['evidence'],
    conditions: ['forReuse'],
  },
  {
    event: 'refurbish',
    kinds,
    from: ['graded'],
    outOfTurn: PROCESSED,
    to: 'refurbished',
    ...HANDLERS,
    given: ['mark'],
    optional: ['evidence'],
    conditions: ['forReuse', 'dataErased', 'unitTestPassed'],
  },
  {
    event: 'sellRefurbished',
    kinds,
    from: ['refurbished'],
    outOfTurn: PROCESSED,
    to: 'sold',
    ...HANDLERS,
    given: ['buyer'],
  },
];

const processing: readonly Step[] = [
  {
    event: 'stockUnit',
    kinds,
    from: ['graded', 'stocked'],
    outOfTurn: USED_AGAIN,
    to: 'stocked',
    ...PROCESSOR,
    given: ['place'],
    conditions: ['forProcessing'],
  },
  {
    event: 'issueToLine',
    kinds,
    from: ['graded', 'stocked'],
    outOfTurn: USED_AGAIN,
    to: 'issuedToLine',
    ...PROCESSOR,
    given: ['line', 'stepsVersion'],
    conditions: ['forProcessing', 'labelled'],
  },
  {
    event: 'lineStep',
    kinds,
    from: ON_THE_LINE,
    outOfTurn: USED_AGAIN,
    ...PROCESSOR,
    given: ['step'],
    optional: ['evidence'],
    conditions: ['nextLineStep'],
  },
  {
    event: 'dismantle',
    kinds,
    from: ['issuedToLine'],
    outOfTurn: USED_AGAIN,
    to: 'dismantled',
    ...PROCESSOR,
    given: ['outputs', 'lossGrams', 'toleranceVersion'],
    conditions: ['massBalances'],
  },
  {
    event: 'closeUnit',
    kinds,
    from: ['dismantled'],
    outOfTurn: USED_AGAIN,
    to: 'closed',
    ...PROCESSOR,
    given: [],
    conditions: ['lineStepsComplete'],
  },
];

/** The life of an appliance: from a household to the line, or back into use. */
export const deviceLife: Life = {
  steps: [...intake, ...reuse, ...processing],
  movable: [...BEFORE_INTAKE, ...AT_HAND, 'refurbished'],
  // A dismantled unit is not closed yet: steps may be missing.
  ends: ['sold', 'closed', 'disposed'],
};

/** Whether a thing is an appliance of which nothing is left but its record. */
export function isTakenApart({ kind, state }: Pick<ItemRow, 'kind' | 'state'>): boolean {
  return kind === 'device' && state === 'dismantled';
}
