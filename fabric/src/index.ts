export { connect } from './connection.js';
export type {
  Argument,
  BlocksOptions,
  CommitOutcome,
  ConnectionOptions,
  Deadlines,
  EndorsedTransaction,
  LedgerConnection,
  PeerEndpoint,
  ProposalOptions,
  ReceivedBlock,
  SubmitResult,
} from './ledger-connection.js';
export { LedgerError, type LedgerErrorKind } from './errors.js';
export {
  computeDataHash,
  decodeBlock,
  encodeHeader,
  validationCodeName,
  type BlockMetadata,
  type Creator,
  type EnvelopeParts,
  type LedgerBlock,
  type LedgerTransaction,
  type OrdererSignature,
  type TransactionType,
} from './block.js';
export {
  parseResponsePayload,
  type EndorsedResponse,
  type Endorsement,
  type EndorserAction,
  type ResponsePayload,
} from './envelope.js';
export type {
  CollectionReadWriteSet,
  NamespaceReadWriteSet,
  Read,
  Version,
  Write,
} from './read-write-set.js';
export { readArchive, writeArchive } from './archive.js';
export { nativeSigner } from './signer.js';
