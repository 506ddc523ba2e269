export { up, type UpOptions } from './up.js';
export { deploy, type DeployOptions } from './deploy.js';
export { down, purge, type DownOptions } from './down.js';
export { certificateRoles, enroll, type CertificateRole, type EnrollOptions } from './enroll.js';
export { logs, status, type NetworkStatus, type ProcessStatus } from './status.js';
export { doctor, type DoctorOptions } from './doctor/doctor.js';
export { findingText, type Finding } from './doctor/finding.js';
export { connectionOf } from './connection.js';
export {
  readDescription,
  type IdentityFiles,
  type NetworkDescription,
  type OrdererDescription,
  type OrganisationDescription,
} from './description.js';
export { checkout, Home } from './home.js';
export { describeListener, listenerOf, type Listener } from './native/system.js';
export { freePort, isFree } from './ports.js';
export { progressText, type OnProgress, type Step } from './progress.js';
export { committed, type ReadyCheck } from './ready.js';
export { defaultBasePort, topology, type Ordering, type Topology } from './topology.js';
