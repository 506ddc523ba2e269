import { custodyColumns } from './custody.js';
import { partColumns } from './part.js';
import { vehicleColumns } from './vehicle.js';

/** Members that messages are put together of. The first header of each language is the name that people are shown. */
export const columns = { ...vehicleColumns, ...partColumns, ...custodyColumns };
export { assemblyColumns } from './assemblies.js';
export { required } from './column.js';
