export { checkAttestation, type Attested } from './attestation.js';
export { compareReadModel, type ReadModelEntry } from './compare-read-model.js';
export type { StateRow } from './compare-state.js';
export { DifferenceFound, type Difference } from './difference.js';
export { LedgerVerifier, type Counts } from './ledger-verifier.js';
export { verifyProof, type VerifiedProof } from './proof.js';
export { blocksOfPeer, stateOfPeer } from './sources.js';
export { verifyLedger, type LedgerReport, type Progress, type VerifyOptions } from './verify-ledger.js';
