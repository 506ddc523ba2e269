/** What is measured of a unit because it later decides whether it counts: section 2 of the domain. */
export const MEASURES = ['screenTenthInches', 'capacityGrams', 'volumeLitres', 'coolingWatts'] as const;
export type Measure = (typeof MEASURES)[number];

export const APPLIANCE_TYPES = [
  'crtTelevision',
  'plasmaTelevision',
  'lcdTelevision',
  'oledTelevision',
  'rearProjectionTelevision',
  'desktopHost',
  'desktopMonitor',
  'allInOne',
  'laptop',
  'tablet',
  'singleTub',
  'spinDryer',
  'twinTub',
  'impellerAutomatic',
  'drum',
  'fridge',
  'freezer',
  'splitIndoor',
  'splitOutdoor',
  'oneBody',
] as const;
export type ApplianceType = (typeof APPLIANCE_TYPES)[number];

/** What a category of the catalogue says of its units. */
interface Category {
  /** Types of which a unit is one; none where the category is not divided. */
  readonly types: readonly ApplianceType[];
  readonly measure?: Measure;
  /** True when units keep personal data. */
  readonly holdsData?: true;
}

/** 《废弃电器电子产品处理目录（2014年版）》, in its order: 14 categories, in force from 2016-03-01. */
export const APPLIANCE_CATALOGUE: Readonly<Record<string, Category>> = {
  refrigerator: { types: ['fridge', 'freezer'], measure: 'volumeLitres' },
  airConditioner: { types: ['splitIndoor', 'splitOutdoor', 'oneBody'], measure: 'coolingWatts' },
  rangeHood: { types: [] },
  washingMachine: {
    types: ['singleTub', 'spinDryer', 'twinTub', 'impellerAutomatic', 'drum'],
    measure: 'capacityGrams',
  },
  electricWaterHeater: { types: [], measure: 'volumeLitres' },
  gasWaterHeater: { types: [] },
  printer: { types: [], holdsData: true },
  copier: { types: [], holdsData: true },
  fax: { types: [], holdsData: true },
  television: {
    types: [
      'crtTelevision',
      'plasmaTelevision',
      'lcdTelevision',
      'oledTelevision',
      'rearProjectionTelevision',
    ],
    measure: 'screenTenthInches',
  },
  monitor: { types: [] },
  computer: { types: ['desktopHost', 'desktopMonitor', 'allInOne', 'laptop', 'tablet'], holdsData: true },
  mobilePhone: { types: [], holdsData: true },
  telephone: { types: [] },
};

/** Types that are counted as one unit together: 台式微型计算机 and 分体式空气调节器. */
const SETS: readonly (readonly [ApplianceType, ApplianceType])[] = [
  ['desktopHost', 'desktopMonitor'],
  ['splitIndoor', 'splitOutdoor'],
];

/** What the catalogue says of a category, or undefined for what is not in it. */
export function catalogueEntry(category: string): Category | undefined {
  return Object.hasOwn(APPLIANCE_CATALOGUE, category) ? APPLIANCE_CATALOGUE[category] : undefined;
}

/** Whether two types make a set. */
export function makeSet(one: ApplianceType | undefined, other: ApplianceType | undefined): boolean {
  return SETS.some(([a, b]) => (a === one && b === other) || (a === other && b === one));
}

/** Whether a unit keeps data that must be erased before it is used again. The monitor of a desktop computer keeps none. */
export function holdsData(category: string, type: ApplianceType | undefined): boolean {
  return catalogueEntry(category)?.holdsData === true && type !== 'desktopMonitor';
}
