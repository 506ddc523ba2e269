export { commands } from './commands/index.js';
export { globalOptions } from './commands/global-options.js';
export type { Command, CommandOption } from './commands/command.js';
export { environment } from './config.js';
export { configurationTable } from './config-table.js';
export type { Surroundings } from './context.js';
export { Gateway, type GatewayOptions } from './gateway/index.js';
export { initKey, keyFolder, listKeys, loadKey, newItem, random16, type StoredKey } from './keys/index.js';
export { run } from './program.js';
export {
  openQueue,
  Queue,
  type PushReport,
  type QueuedBatch,
  type QueueOptions,
  type SettledBatch,
} from './queue/index.js';
export { readPhoto, type Code } from './readers/index.js';
