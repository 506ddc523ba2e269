import type { ItemRow } from '../../model/rows.js';
import type { ItemState, Role } from '../../model/terms.js';
import { lossSteps } from './loss.js';
import type { Life, Step } from './step.js';

const kinds = ['vehicle'] as const;
/** On the road, or on its way to be scrapped, and not taken in by a dismantler yet. */
const BEFORE_INTAKE: readonly ItemState[] = ['inUse', 'damaged', 'assessed', 'totalLoss', 'salvageSold'];
const AT_DISMANTLER: readonly ItemState[] = ['received', 'certificateIssued', 'depolluted', 'dismantled'];
const DISMANTLER = { who: 'custodian', roles: ['dismantler'], licence: true } as const;
const HOLDERS: readonly Role[] = [
  'dismantler',
  'repairShop',
  'insurer',
  'auctionHouse',
  'usedCarDealer',
  'police',
  'regulator',
];

const steps: readonly Step[] = [
  {
    event: 'register',
    kinds,
    from: [],
    to: 'inUse',
    who: 'anyone',
    roles: ['dismantler', 'insurer', 'repairShop', 'usedCarDealer', 'auctionHouse', 'vehicleOwner'],
    given: ['category', 'tags'],
    optional: ['massGrams', 'assemblies', 'source'],
    conditions: ['identified'],
  },
  {
    event: 'reportDamage',
    kinds,
    from: ['inUse'],
    to: 'damaged',
    who: 'anyone',
    roles: ['insurer', 'repairShop', 'vehicleOwner'],
    given: ['loss'],
    optional: ['day', 'evidence'],
  },
  {
    event: 'assess',
    kinds,
    from: ['damaged'],
    to: 'assessed',
    who: 'anyone',
    roles: ['insurer'],
    given: ['loss'],
    optional: ['evidence'],
  },
  {
    event: 'declareTotalLoss',
    kinds,
    from: ['assessed'],
    to: 'totalLoss',
    who: 'anyone',
    roles: ['insurer'],
    given: ['loss', 'totalLoss'],
    optional: ['evidence'],
    conditions: ['ownLoss'],
  },
  {
    event: 'sellSalvage',
    kinds,
    // Also once more, when the buyer does not take it over.
    from: ['totalLoss', 'salvageSold'],
    to: 'salvageSold',
    who: 'custodian',
    roles: ['insurer', 'auctionHouse'],
    given: ['to'],
    conditions: ['lawfulBuyer', 'ownedToSellAgain'],
  },
  {
    event: 'returnToUse',
    kinds,
    from: ['damaged', 'assessed', 'salvageSold'],
    to: 'inUse',
    who: 'custodian',
    roles: ['repairShop'],
    given: [],
    optional: ['evidence'],
    conditions: ['fitForUse'],
  },
  {
    event: 'inspect',
    kinds,
    from: [...BEFORE_INTAKE, 'surrendered', 'received'],
    who: 'custodian',
    given: ['result'],
    optional: ['evidence'],
  },
  {
    event: 'surrender',
    kinds,
    from: BEFORE_INTAKE,
    to: 'surrendered',
    who: 'custodian',
    given: [],
    optional: ['source'],
  },
  {
    event: 'receive',
    kinds,
    from: ['surrendered'],
    to: 'received',
    ...DISMANTLER,
    given: ['massGrams'],
    optional: ['category', 'assemblies', 'supervised', 'packs', 'incompleteVehicle', 'evidence'],
    conditions: ['packsNamed', 'supervisedByTable'],
  },
  {
    event: 'issueCertificate',
    kinds,
    // One that stands in the place of a wrong one is issued in every state after that, also when the vehicle is no more.
    from: [...AT_DISMANTLER, 'hulk', 'shredded'],
    to: 'certificateIssued',
    keeps: ['depolluted', 'dismantled', 'hulk', 'shredded'],
    ...DISMANTLER,
    who: 'issuer',
    given: ['number'],
    conditions: ['notCertified'],
    afterEnd: true,
  },
  {
    event: 'cancelRegistration',
    kinds,
    // The register follows the yard: a plant may have shredded it by then.
    from: ['certificateIssued', 'depolluted', 'dismantled', 'hulk', 'shredded'],
    outOfTurn: { received: 'HL-2119' },
    who: 'anyone',
    roles: ['police'],
    given: [],
    optional: ['category', 'evidence'],
    conditions: ['certified', 'supervisedByTable'],
    afterEnd: true,
  },
  {
    event: 'depollute',
    kinds,
    from: ['received', 'certificateIssued', 'depolluted'],
    to: 'depolluted',
    ...DISMANTLER,
    given: ['outputs'],
    optional: ['certificateVersion'],
    conditions: ['certificateInOrder', 'drained', 'noAssembly', 'packsOnRecord', 'wasteIsALot'],
  },
  {
    event: 'dismantle',
    kinds,
    from: ['depolluted', 'dismantled'],
    outOfTurn: { received: 'HL-2101', certificateIssued: 'HL-2101' },
    to: 'dismantled',
    ...DISMANTLER,
    given: ['outputs'],
    conditions: ['packsOut', 'witnessed', 'assembliesOnRecord'],
  },
  {
    event: 'declarePackMissing',
    kinds,
    from: ['received', 'certificateIssued', 'depolluted'],
    ...DISMANTLER,
    given: ['pack', 'reason'],
    optional: ['evidence'],
    conditions: ['packsOnRecord'],
  },
  {
    event: 'leaveHulk',
    kinds,
    from: ['dismantled'],
    to: 'hulk',
    ...DISMANTLER,
    given: ['massGrams', 'lossGrams', 'toleranceVersion'],
    conditions: ['massBalances'],
  },
  {
    event: 'shred',
    kinds,
    from: ['hulk'],
    to: 'shredded',
    who: 'custodian',
    roles: ['shredder', 'dismantler'],
    licence: true,
    given: ['outputs', 'lossGrams', 'toleranceVersion'],
    conditions: ['certified', 'witnessed', 'massBalances'],
  },
  {
    event: 'hold',
    kinds,
    from: [...BEFORE_INTAKE, 'surrendered', ...AT_DISMANTLER, 'hulk'],
    who: 'anyone',
    roles: HOLDERS,
    given: ['reason'],
    optional: ['evidence'],
    // What stands still with another vehicle may be held for itself, too.
    whileHeld: true,
  },
  {
    event: 'release',
    kinds,
    from: [...BEFORE_INTAKE, 'surrendered', ...AT_DISMANTLER, 'hulk'],
    who: 'anyone',
    roles: ['police'],
    given: [],
    optional: ['evidence'],
    whileHeld: true,
  },
  {
    event: 'witness',
    kinds,
    from: [...AT_DISMANTLER, 'hulk'],
    who: 'anyone',
    roles: ['police'],
    given: ['evidence'],
  },
  ...lossSteps([...BEFORE_INTAKE, 'surrendered', ...AT_DISMANTLER, 'hulk']),
];

/**
 * The life of a vehicle: 《报废机动车回收管理办法》 and its rules for carrying it out say what a dismantler does and in which
 * order.
 */
export const vehicleLife: Life = {
  steps,
  movable: [...BEFORE_INTAKE, 'surrendered', ...AT_DISMANTLER, 'hulk'],
  onPaper: { states: BEFORE_INTAKE, otherwise: 'HL-2117' },
  // A dismantled vehicle still is one: it is not a hulk yet.
  ends: ['shredded'],
};

type Placed = Pick<ItemRow, 'kind' | 'state'>;

/** Whether a thing is a vehicle that a dismantler has taken in. */
export function isAtDismantler({ kind, state }: Placed): boolean {
  return kind === 'vehicle' && (AT_DISMANTLER.includes(state) || state === 'hulk');
}

/** Whether a vehicle gets its first certificate now: when it is taken in, or after it is dismantled, where that is the order. */
export function mayBeCertified({ state }: Pick<ItemRow, 'state'>): boolean {
  return state === 'received' || state === 'dismantled' || state === 'hulk';
}

/** Whether hazardous parts may come out of a vehicle that was taken in. */
export function isCertified(vehicle: Placed): boolean {
  return vehicle.state === 'certificateIssued' || isDrained(vehicle);
}

/** Whether parts may come out of a vehicle that was taken in. */
export function isDrained({ state }: Placed): boolean {
  return state === 'depolluted' || state === 'dismantled' || state === 'hulk';
}
