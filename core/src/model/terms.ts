/** The closed lists of the field's terms. */

export const ROLES = [
  'dismantler',
  'processor',
  'collector',
  'repairShop',
  'insurer',
  'remanufacturer',
  'smelter',
  'shredder',
  'hazardousWasteHandler',
  'secondLifeUser',
  'carrier',
  'auditor',
  'regulator',
  'police',
  'finance',
  'auctionHouse',
  'usedCarDealer',
  'partsDealer',
  'retailer',
  'vehicleOwner',
] as const;
export type Role = (typeof ROLES)[number];

export const ITEM_KINDS = ['vehicle', 'part', 'device', 'battery', 'lot', 'manifest', 'container'] as const;
export type ItemKind = (typeof ITEM_KINDS)[number];

/** States of all kinds; which kind can be in which, the life cycle tables say. */
export const ITEM_STATES = [
  'registered',
  'inspected',
  'fitted',
  'graded',
  'remanufactured',
  'inUse',
  'damaged',
  'assessed',
  'totalLoss',
  'salvageSold',
  'surrendered',
  'received',
  'certificateIssued',
  'depolluted',
  'dismantled',
  'hulk',
  'shredded',
  'removed',
  'collected',
  'tested',
  'secondLife',
  'repurposed',
  'recycled',
  'refurbished',
  'sold',
  'stocked',
  'issuedToLine',
  'closed',
  'disposed',
  'consumed',
  'sorting',
  'sorted',
  'opened',
  'accepted',
  'turnedBack',
  'cancelled',
  'returned',
  'voided',
] as const;
export type ItemState = (typeof ITEM_STATES)[number];

/** The classes of a part: 新件, 旧件, 二手件（回用件）, 再制造旧件, 再制造产品. */
export const PART_CLASSES = ['newPart', 'usedPart', 'secondHandPart', 'core', 'remanufacturedPart'] as const;
export type PartClass = (typeof PART_CLASSES)[number];

/** 五大总成, the front and the rear axle apart. */
export const ASSEMBLIES = [
  'engine',
  'steeringGear',
  'transmission',
  'frontAxle',
  'rearAxle',
  'frame',
] as const;
export type Assembly = (typeof ASSEMBLIES)[number];

export const CORE_GRADES = ['A', 'B', 'C', 'unfit'] as const;
export type CoreGrade = (typeof CORE_GRADES)[number];

export const TOTAL_LOSSES = ['constructive', 'mustScrap'] as const;
export type TotalLoss = (typeof TOTAL_LOSSES)[number];

/** Kinds of cover: 交强险, 车损险, 商业三者险, and 代位追偿 between insurers. */
export const COVERS = ['compulsory', 'ownDamage', 'thirdPartyLiability', 'recourse'] as const;
export type Cover = (typeof COVERS)[number];

/** What old-for-reman may give: the state's pilot, and the deposit on the core. */
export const REMAN_SCHEMES = ['statePilot', 'coreDeposit'] as const;
export type RemanScheme = (typeof REMAN_SCHEMES)[number];

export const HOLD_REASONS = ['suspectedStolen', 'alteredIdentity', 'underInvestigation'] as const;
export type HoldReason = (typeof HOLD_REASONS)[number];

/** What else than its capacity makes a battery fail its test for second life. */
export const BATTERY_DEFECTS = ['deformed', 'leaking', 'insulation', 'overheating', 'flooded'] as const;

export const KEY_KINDS = ['device', 'person', 'service', 'administrator'] as const;
export type KeyKind = (typeof KEY_KINDS)[number];

export const DISPOSAL_METHODS = ['smelted', 'shredded', 'hazardousTreatment', 'landfill'] as const;

export const REFUSAL_REASONS = [
  'damaged',
  'notAsDescribed',
  'countDiffers',
  'massDiffers',
  'documentsMissing',
  'other',
] as const;

/** Why an event is declared wrong. */
export const CORRECTION_REASONS = [
  'wrongItem',
  'wrongParty',
  'wrongValue',
  'wrongStep',
  'recordedTwice',
  'notDone',
  'other',
] as const;
export type CorrectionReason = (typeof CORRECTION_REASONS)[number];

/** What a refused event was: only an attempt counts as irregular. */
export const REFUSAL_CLASSES = ['mistake', 'attempt', 'fault'] as const;
export type RefusalClass = (typeof REFUSAL_CLASSES)[number];

/** What things are packed into: 托盘, 周转笼, 箱, 车厢, 笼车. */
export const CONTAINER_CATEGORIES = ['pallet', 'cage', 'box', 'truck', 'rollContainer'] as const;

/** Why a thing of an accepted container stays with the giver: it was not there, or the receiver does not take it. */
export const EXCEPTION_REASONS = [
  'missing',
  'damaged',
  'notAsDescribed',
  'documentsMissing',
  'other',
] as const;
export type ExceptionReason = (typeof EXCEPTION_REASONS)[number];

/** How a change of hands is proved: both parties' own keys signed, a service key signed for one of them, or paper. */
export const EVIDENCE_GRADES = ['A', 'B', 'C'] as const;
export type EvidenceGrade = (typeof EVIDENCE_GRADES)[number];

/** Why a difference between what was handed over and what was accepted no longer stands. */
export const SETTLEMENT_REASONS = [
  'recounted',
  'reweighed',
  'shortDelivered',
  'lostInTransit',
  'agreed',
] as const;

/** The organisation whose administrators countersign licences and release rule tables. */
export const OVERSIGHT = 'OversightMSP';
