export { checkAttestation, type Attested } from './attestation.js';
export type { HeldRow, RowSource } from './compare-rows.js';
export { DifferenceFound, type Difference } from './difference.js';
export { LedgerVerifier, type Counts } from './ledger-verifier.js';
export { verifyProof, type VerifiedProof } from './proof.js';
export { blocksOfPeer, itemsOfGateway, stateOfPeer, type FetchJson } from './sources.js';
export { verifyLedger, type LedgerReport, type Progress, type VerifyOptions } from './verify-ledger.js';
