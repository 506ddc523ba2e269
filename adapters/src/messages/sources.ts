import type { Source, TagField } from './message-type.js';

/** Short ways to write where members of events come from. */

export const vin: readonly TagField[] = [{ scheme: 'vin', field: 'vin' }];
export const part: readonly TagField[] = [{ scheme: 'serial', field: 'partSerial' }];
export const battery: readonly TagField[] = [{ scheme: 'battery', field: 'packCode' }];
export const partOrBattery: readonly TagField[] = [...part, ...battery];
export const lot: readonly TagField[] = [{ scheme: 'serial', field: 'lotNumber' }];
export const newLot: readonly TagField[] = [{ scheme: 'serial', field: 'newLotNumber' }];
/** An appliance, by the maker's serial, by the plant's own label, or a telephone by its IMEI. */
export const unit: readonly TagField[] = [
  { scheme: 'serial', field: 'unitSerial' },
  { scheme: 'serial', field: 'unitLabel' },
  { scheme: 'imei', field: 'imei' },
];
/** A pallet, a cage, a truck: by its number, or by the label of a logistic unit. */
export const container: readonly TagField[] = [
  { scheme: 'serial', field: 'containerNumber' },
  { scheme: 'gs1', field: 'sscc', prefix: '00/' },
];
/** What may lie in a container. */
export const packable: readonly TagField[] = [
  ...part,
  ...lot,
  ...unit,
  { scheme: 'serial', field: 'innerContainer' },
];
export const manifest: readonly TagField[] = [{ scheme: 'manifest', field: 'manifestNumber' }];
/** Whatever changes hands or is declared wrong. */
export const anything: readonly TagField[] = [...vin, ...part, ...battery, ...lot, ...unit, ...container];

export const field = (name: string): Source => ({ field: name });
export const constant = (value: string | number | boolean): Source => ({ constant: value });

/** Members of an event that bear the same names in the message. */
export function same(...names: readonly string[]): Readonly<Record<string, Source>> {
  return Object.fromEntries(names.map((name) => [name, field(name)]));
}

export const evidence: Readonly<Record<string, Source>> = { evidence: { array: [field('evidenceSha256')] } };

/** What came out of something, each with an id of its own. */
export const outputs: Source = outputsWith();
/** The same by dismantling: of a part its model as well. */
export const dismantledOutputs: Source = outputsWith('model');

function outputsWith(...more: readonly string[]): Source {
  const made = same('kind', 'category', 'massGrams', 'pieces', ...more);
  return { list: 'outputs', each: { made, tags: [...part, ...battery, ...newLot, ...unit] } };
}

/** Custody alone passes on, where the message says so. */
export const keepsOwner: Readonly<Record<string, Source>> = {
  keepOwnership: { when: 'keepsOwner', then: constant(true) },
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
