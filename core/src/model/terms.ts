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

export const ITEM_KINDS = ['vehicle', 'part', 'device', 'battery', 'lot'] as const;
export type ItemKind = (typeof ITEM_KINDS)[number];

/** `registered` → `inspected` → `dismantled`, `fitted` or `disposed`. */
export const ITEM_STATES = ['registered', 'inspected', 'fitted', 'dismantled', 'disposed'] as const;
export type ItemState = (typeof ITEM_STATES)[number];

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

/** The organisation whose administrators countersign licences and release rule tables. */
export const OVERSIGHT = 'OversightMSP';
