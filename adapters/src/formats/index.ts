import type { TableFormat } from './format.js';
import { scrappedVehicleIntake } from './scrapped-vehicle-intake.js';

/** Every declared format by its name. */
export const formats: Readonly<Record<string, TableFormat>> = { scrappedVehicleIntake };
