import {
  CORE_DEPOSIT,
  FINDING_TABLE,
  holidayTableName,
  PUBLISHED_HOLIDAYS,
  STATE_PILOT,
  STATION_TABLE,
  STORAGE_LIMIT_TABLE,
  termsTable,
  TIME_LIMIT_TABLE,
  trialTerms,
  type RuleRow,
} from '@huilian/core';

/** A rule table of the trial, version 1 for the whole country, in force from the beginning. */
export interface TrialTable {
  readonly name: string;
  readonly table: RuleRow['table'];
}

const HOUR = 3_600;
const DAY = 24 * HOUR;

/**
 * The tables that rules, time limits and findings of the trial are read from. Holidays are as published; terms that no source
 * confirms say so; all other values are demonstration values.
 */
export const trialTables: readonly TrialTable[] = [
  // 50 per mille may go missing when something is taken apart.
  { name: 'massTolerance', table: { permille: 50 } },
  // A battery with 600 per mille of its capacity is fit for second life.
  { name: 'secondLifeCapacity', table: { permille: 600 } },
  // Boards, leaded glass, oil and lead-acid batteries are hazardous waste, by the codes of the national catalogue (HW49, HW08, HW31).
  {
    name: 'hazardousCategories',
    table: {
      circuitBoards: '900-045-49',
      crtGlass: '900-044-49',
      leadAcidBattery: '900-052-31',
      wasteOil: '900-214-08',
    },
  },
  // What one party may have in store of them, in grams, and from which share on it is warned. Demonstration values, unconfirmed.
  {
    name: STORAGE_LIMIT_TABLE,
    table: {
      warnPermille: 900,
      circuitBoards: 500_000_000,
      crtGlass: 5_000_000_000,
      leadAcidBattery: 500_000_000,
      wasteOil: 100_000_000,
    },
  },
  // How a national manifest is numbered.
  { name: 'manifestNumber', table: { digits: 14 } },
  // By how much hazardous waste may weigh otherwise than it was sent. A demonstration value.
  { name: 'manifestTolerance', table: { permille: 50 } },
  // Days in which a mistake is put right, alone and together.
  { name: 'correctionTerm', table: { alone: 7, together: 30 } },
  // Vehicles that are dismantled under supervision. Unconfirmed.
  {
    name: 'supervisedCategories',
    table: {
      categories: [
        'importedVehicle',
        'schoolBus',
        'bus',
        'electricBus',
        'plugInHybridBus',
        'fuelCellBus',
        'truck',
        'electricTruck',
        'plugInHybridTruck',
        'fuelCellTruck',
        'specialVehicle',
        'lowSpeedVehicle',
        'trailer',
        'hazardousGoodsVehicle',
      ],
      // From this mass on whatever it is called: 3.5 t.
      fromGrams: 3_500_000,
    },
  },
  // Parts that protect people are not remanufactured. Unconfirmed.
  { name: 'neverRemanufactured', table: { categories: ['airbag', 'brakeSafetyPart'] } },
  // Old-for-reman: the state's pilot, and the deposit for a core. Unconfirmed; caps are in fen.
  {
    name: STATE_PILOT.name,
    table: { sharePermille: 100, capEngine: 200_000, capTransmission: 100_000 },
  },
  {
    name: CORE_DEPOSIT.name,
    table: { returnDays: 30, gradeA: 1_000, gradeB: 600, gradeC: 0, gradeUnfit: 0 },
  },
  // What an appliance must have to be whole.
  {
    name: 'requiredParts',
    table: {
      crtTelevision: ['crt'],
      plasmaTelevision: ['panel'],
      lcdTelevision: ['panel'],
      oledTelevision: ['panel'],
      rearProjectionTelevision: ['crt'],
      refrigerator: ['compressor', 'cabinet'],
      washingMachine: ['motor'],
      splitIndoor: ['evaporator'],
      splitOutdoor: ['compressor', 'condenser'],
      oneBody: ['compressor', 'condenser', 'evaporator'],
      desktopHost: ['mainboard'],
      allInOne: ['mainboard'],
      laptop: ['mainboard'],
    },
  },
  // Key steps of a line for appliances, in their order.
  {
    name: 'lineSteps',
    table: {
      crtTelevision: ['openHousing', 'ventCrt', 'removeBoards', 'splitCrt'],
      television: ['openHousing', 'removeBacklight', 'removeBoards'],
      refrigerator: ['drainRefrigerant', 'removeCompressor', 'shredCabinet'],
      washingMachine: ['openHousing', 'removeMotor'],
      airConditioner: ['drainRefrigerant', 'removeExchangers'],
      splitOutdoor: ['drainRefrigerant', 'removeCompressor', 'removeExchangers'],
      desktopMonitor: ['openHousing', 'removeBacklight'],
      computer: ['openHousing', 'removeBattery', 'removeBoards'],
    },
  },
  { name: TIME_LIMIT_TABLE, table: termsTable(trialTerms()) },
  ...PUBLISHED_HOLIDAYS.map(({ year, off, on }) => ({ name: holidayTableName(year), table: { off, on } })),
  {
    name: FINDING_TABLE,
    table: {
      truckKmPerHour: 120,
      clockSlackSeconds: 300,
      backfillSeconds: 7 * DAY,
      acceptedAbovePermille: 50,
    },
  },
  // Millionths of a degree.
  {
    name: STATION_TABLE,
    table: {
      NJ1: [32_060_000, 118_780_000],
      SZ1: [31_300_000, 120_620_000],
      XZ1: [34_260_000, 117_190_000],
    },
  },
];
