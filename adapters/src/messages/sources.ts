import type { Source, TagField } from './message-type.js';

/** Short ways to write where members of events come from. */

export const vin: readonly TagField[] = [{ scheme: 'vin', field: 'vin' }];
export const part: readonly TagField[] = [{ scheme: 'serial', field: 'partSerial' }];
export const battery: readonly TagField[] = [{ scheme: 'battery', field: 'packCode' }];
export const partOrBattery: readonly TagField[] = [...part, ...battery];
export const lot: readonly TagField[] = [{ scheme: 'serial', field: 'lotNumber' }];
export const newLot: readonly TagField[] = [{ scheme: 'serial', field: 'newLotNumber' }];
/** An appliance, by the maker's serial or by the plant's own label. */
export const unit: readonly TagField[] = [
  { scheme: 'serial', field: 'unitSerial' },
  { scheme: 'serial', field: 'unitLabel' },
];
export const manifest: readonly TagField[] = [{ scheme: 'manifest', field: 'manifestNumber' }];
/** Whatever changes hands or is declared wrong. */
export const anything: readonly TagField[] = [...vin, ...part, ...battery, ...lot, ...unit];

export const field = (name: string): Source => ({ field: name });
export const constant = (value: string | number | boolean): Source => ({ constant: value });

/** Members of an event that bear the same names in the message. */
export function same(...names: readonly string[]): Readonly<Record<string, Source>> {
  return Object.fromEntries(names.map((name) => [name, field(name)]));
}

export const evidence: Readonly<Record<string, Source>> = { evidence: { array: [field('evidenceSha256')] } };

/** What came out of something, each with an id of its own. */
export const outputs: Source = {
  list: 'outputs',
  each: {
    made: same('kind', 'category', 'massGrams', 'pieces'),
    tags: [...part, ...battery, ...newLot, ...unit],
  },
};

export const balanced = same('lossGrams', 'toleranceVersion');
/** What came out of something, and what was lost on the way. */
export const balancedOutputs: Readonly<Record<string, Source>> = { outputs, ...balanced };

/** The event that brings a vehicle into the ledger unless it is there. */
export const registersVehicle = {
  type: 'register',
  item: vin,
  registers: true,
  data: { kind: constant('vehicle'), category: field('vehicleType') },
} as const;
