import { applianceColumns } from './appliance.js';
import { batteryColumns } from './battery.js';
import { containerColumns } from './container.js';
import { correctionColumns } from './correction.js';
import { custodyColumns } from './custody.js';
import { insuranceColumns } from './insurance.js';
import { lotColumns } from './lot.js';
import { paperColumns } from './paper.js';
import { partColumns } from './part.js';
import { remanColumns } from './reman.js';
import { vehicleColumns } from './vehicle.js';

/** Members that messages are put together of. The first header of each language is the name that people are shown. */
export const columns = {
  ...vehicleColumns,
  ...partColumns,
  ...custodyColumns,
  ...containerColumns,
  ...paperColumns,
  ...insuranceColumns,
  ...remanColumns,
  ...applianceColumns,
  ...batteryColumns,
  ...lotColumns,
  ...correctionColumns,
};
export { assemblyColumns } from './assemblies.js';
export { required } from './column.js';
