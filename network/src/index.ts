export { up, type UpOptions } from './up.js';
export { deploy, type DeployOptions } from './deploy.js';
export { down, purge, type DownOptions } from './down.js';
export {
  readDescription,
  type IdentityFiles,
  type NetworkDescription,
  type OrdererDescription,
  type OrganisationDescription,
  type TrustBundle,
} from './description.js';
export { Home } from './home.js';
export { progressText, type OnProgress, type Step } from './progress.js';
export type { ReadyCheck } from './ready.js';
export { defaultBasePort, topology, type Ordering, type Topology } from './topology.js';
