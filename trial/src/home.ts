import { join } from 'node:path';
import { Home } from '@huilian/network';

/** Where the trial keeps its things, beside the network's. */
export const trialHome = {
  root: (): string => Home.fromEnvironment().root,
  bench: (): string => join(trialHome.root(), 'bench'),
};
