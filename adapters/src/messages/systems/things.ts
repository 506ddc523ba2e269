import { columns } from '../columns/index.js';
import type { Column } from '../../formats/format.js';

/** Members by which a message names whatever it is about; one of them must be there. */
export const thingColumns: readonly Column[] = [
  columns.vin,
  columns.partSerial,
  columns.packCode,
  columns.lotNumber,
  columns.unitSerial,
  columns.unitLabel,
  columns.imei,
  columns.containerNumber,
  columns.sscc,
];
export const THINGS: readonly string[] = thingColumns.map(({ name }) => name);
