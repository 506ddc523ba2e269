import type { Command } from './command.js';
import { tagRead } from './tag-read.js';

/** Every command, in the order of the help. */
export const commands: readonly Command[] = [tagRead];
