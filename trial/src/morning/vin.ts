import { vinCheckDigit } from '@huilian/core';

/** A well-formed VIN of nobody's car: the maker's code LHL is not assigned, the last digits come from the clock. */
export function madeUpVin(now = Date.now()): string {
  const serial = String(now % 100_000_000).padStart(8, '0');
  const vin = `LHLAM418_${serial}`;
  return vin.replace('_', vinCheckDigit(vin.replace('_', '0')));
}
