import type { AdministrationEvent } from '@huilian/core';

type Table = Extract<AdministrationEvent, { type: 'rule.propose' }>['data']['table'];

/** Rule tables of the trial. All values are for demonstration; none is an official number. */
export const DEMO_TABLES: Readonly<Record<string, Table>> = {
  /** So much may go missing when something is taken apart. */
  massTolerance: { permille: 50 },
  /** A battery with so much of its capacity is fit for second life. */
  secondLifeCapacity: { permille: 600 },
  /** Boards and leaded glass are hazardous waste. */
  hazardousCategories: { circuitBoards: '900-045-49', crtGlass: '900-044-49' },
  /** How a national manifest is numbered. */
  manifestNumber: { digits: 14 },
  /** Days from its recording in which a step may be corrected: by one party, and by two together. */
  correctionTerm: { alone: 7, together: 30 },
  /** What a unit must have to be whole. */
  requiredParts: {
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
  /** Key steps of a line, in their order. */
  lineSteps: {
    crtTelevision: ['openHousing', 'ventCrt', 'removeBoards', 'splitCrt'],
    television: ['openHousing', 'removeBacklight', 'removeBoards'],
    refrigerator: ['drainRefrigerant', 'removeCompressor', 'shredCabinet'],
    washingMachine: ['openHousing', 'removeMotor'],
    airConditioner: ['drainRefrigerant', 'removeExchangers'],
    splitOutdoor: ['drainRefrigerant', 'removeCompressor', 'removeExchangers'],
    desktopMonitor: ['openHousing', 'removeBacklight'],
    computer: ['openHousing', 'removeBattery', 'removeBoards'],
  },
};
