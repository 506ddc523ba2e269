import { APPLIANCE_TYPES, makeSet } from '../model/facts/appliance-catalogue.js';
import type { ItemEventType } from '../model/events.js';
import type { ItemRow } from '../model/rows.js';
import { checkConditions } from './conditions.js';
import { MAX_WAITING } from './custody.js';
import { originOf } from './origins.js';
import { MIXED_INTAKE, type Step } from './lifecycle/index.js';
import { codeOf } from './packs.js';
import { Refusal } from './refusal.js';
import { isHeldItself } from './rivals.js';
import { mayHaveAnother } from './sets.js';
import { isQuestionedAs } from './undo.js';
import { boundOf } from './ways.js';

type Ready = (item: ItemRow) => boolean;

const weighed: Ready = ({ massGrams }) => massGrams !== undefined;
const material: Ready = (item) => weighed(item) && item.category !== MIXED_INTAKE;
const bears: Ready = ({ insurance }) => insurance?.loss !== undefined;
const undisputed: Ready = ({ contested }) => contested !== true;

/** What a step finds on the item's own row, beyond state, class and the conditions that the row answers; others are always ready. */
const READY: Readonly<Partial<Record<ItemEventType, Ready>>> = {
  handover: ({ logistics }) => logistics?.goods?.mixed !== true,
  withdraw: ({ handover }) => handover !== undefined,
  accept: ({ handover, acceptances = [] }) => handover !== undefined || acceptances.length < MAX_WAITING,
  refuse: ({ handover, acceptances }) => handover !== undefined || acceptances !== undefined,
  acceptOnBehalf: goesOnPaper,
  receiveOnPaper: ({ logistics }) => logistics?.paperBy !== undefined,
  settleDifference: ({ logistics }) => logistics?.differences !== undefined,
  unpack: ({ logistics }) => logistics?.goods !== undefined,
  retireContainer: ({ logistics }) => logistics?.goods === undefined,
  hold: (item) => !isHeldItself(item),
  release: ({ hold }) => hold !== undefined,
  // Of a vehicle, how much came out is held against what it weighed.
  dismantle: weighed,
  depollute: weighed,
  leaveHulk: weighed,
  shred: weighed,
  repurpose: weighed,
  recycle: weighed,
  dispose: ({ category }) => category !== MIXED_INTAKE,
  sort: weighed,
  closeSorting: weighed,
  sample: material,
  split: material,
  merge: material,
  transform: material,
  grade: ({ grade, correction }) => grade !== 'unfit' || isQuestionedAs(correction, 'grade'),
  fit: mayBeFitted,
  sellSalvage: ({ state, owner, custodian }) => state !== 'salvageSold' || owner === custodian,
  returnToUse: ({ totalLoss }) => totalLoss !== 'mustScrap',
  declarePackMissing: ({ battery }) => battery?.packs !== undefined,
  assess: bears,
  declareTotalLoss: bears,
  approveLines: bears,
  payLines: undisputed,
  changeRegistration: ({ insurance }) => insurance?.changes !== undefined,
  sellRemanufactured: (item) => undisputed(item) && item.insurance?.sale === undefined,
  receiveCore: (item) => undisputed(item) && item.insurance?.offer === undefined,
  claimEntitlement: ({ insurance }) => insurance?.sale !== undefined,
  bindSet: mayBeBound,
  unbindSet: ({ appliance }) => appliance?.partner !== undefined,
  // A line has one step at the least.
  closeUnit: ({ appliance }) => (appliance?.stepsDone ?? 0) > 0,
  carryManifest: ({ manifest }) => manifest?.carried !== true,
  takeBackLots: ({ manifest }) => manifest?.sentBack !== undefined,
  cancelManifest: ({ state, manifest }) => state === 'turnedBack' || manifest?.carried !== true,
  returnManifest: ({ manifest }) => manifest?.carried === true,
};

/**
 * Whether a step that the table lists can succeed with the item as its own row shows it. What else may refuse it is not the item's: what
 * is given, tables, licences, what it came out of.
 */
export function isReady(step: Step, item: ItemRow): boolean {
  return (READY[step.event]?.(item) ?? true) && fulfils(step, item);
}

function fulfils({ conditions = [] }: Step, item: ItemRow): boolean {
  try {
    checkConditions(conditions, item);
    return true;
  } catch (error) {
    if (error instanceof Refusal) return false;
    throw error;
  }
}

/** Nobody can check the licence of a party on paper, so what only a licensed one may have is not handed to it. */
function goesOnPaper(item: ItemRow): boolean {
  const { goods } = item.logistics ?? {};
  const isBound = item.consignee !== undefined || boundOf(item) !== undefined || goods?.bounds !== undefined;
  const isToScrap = item.kind === 'vehicle' && item.totalLoss === 'mustScrap';
  return !isBound && !isToScrap && goods?.mixed !== true;
}

/** A core is remanufactured, and a used part that came out of nothing has no vehicle to go back into. */
function mayBeFitted(item: ItemRow): boolean {
  if (item.kind === 'battery') return codeOf(item) !== undefined;
  const isBound = item.class === 'usedPart' || item.fromScrapped === true;
  return item.class !== 'core' && (!isBound || originOf(item) !== undefined);
}

function mayBeBound(item: ItemRow): boolean {
  return mayHaveAnother(item) && APPLIANCE_TYPES.some((other) => makeSet(item.appliance?.type, other));
}
