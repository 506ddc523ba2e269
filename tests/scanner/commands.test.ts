import { administration } from './commands/administration.js';
import { morning } from './commands/morning.js';
import { queue } from './commands/queue.js';
import { readModel } from './commands/read-model.js';

// The commands of huilian on one network: each chapter goes on with the keys and items of those before it.
administration();
morning();
readModel();
queue();
