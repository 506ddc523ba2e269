export { checkAttestation, type Attested } from './attestation.js';
export type { HeldRow, RowSource } from './compare-rows.js';
export { DifferenceFound, type Difference } from './difference.js';
export { LedgerVerifier, type Counts } from './ledger-verifier.js';
export { verifyProof, type VerifiedProof } from './proof.js';
export {
  readModelOfGateway,
  type Document,
  type FetchJson,
  type HeldBatch,
  type ReadModelSource,
} from './read-model/source.js';
export { blocksOfPeer, stateOfPeer } from './sources.js';
export { verifyLedger, type LedgerReport, type Progress, type VerifyOptions } from './verify-ledger.js';
