import type { Source, TagField } from './message-type.js';

/** Short ways to write where members of events come from. */

export const vin: readonly TagField[] = [{ scheme: 'vin', field: 'vin' }];
export const part: readonly TagField[] = [{ scheme: 'serial', field: 'partSerial' }];
export const vehicleOrPart: readonly TagField[] = [...vin, ...part];

export const field = (name: string): Source => ({ field: name });
export const constant = (value: string | number | boolean): Source => ({ constant: value });

/** Members of an event that bear the same names in the message. */
export function same(...names: readonly string[]): Readonly<Record<string, Source>> {
  return Object.fromEntries(names.map((name) => [name, field(name)]));
}

export const evidence: Readonly<Record<string, Source>> = { evidence: { array: [field('evidenceSha256')] } };

/** What came out of a vehicle, each with an id of its own. */
export const outputs: Source = {
  list: 'outputs',
  each: { made: same('kind', 'category', 'massGrams'), tag: { scheme: 'serial', field: 'partSerial' } },
};

/** The event that brings a vehicle into the ledger unless it is there. */
export const registersVehicle = {
  type: 'register',
  item: vin,
  registers: true,
  data: { kind: constant('vehicle'), category: field('vehicleType') },
} as const;
