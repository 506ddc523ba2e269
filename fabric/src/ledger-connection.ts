import type { LedgerBlock } from './block.js';
import type { EndorsedResponse } from './envelope.js';
import type { LedgerError } from './errors.js';

export interface PeerEndpoint {
  /** `host:port`. Use `localhost` rather than `127.0.0.1`: TLS knows no IP address as a server name. */
  readonly address: string;
  /** The name in the peer's TLS certificate, where it differs from the host. */
  readonly hostOverride?: string;
  /** PEM of the TLS authority. */
  readonly tlsCa: string;
  /** The organisation of the peer. Default: that of the identity for the first peer, unknown for others. */
  readonly mspId?: string;
}

export interface ConnectionOptions {
  /** The first is used as long as it and its chaincode answer; then the next, in a ring. */
  readonly peers: readonly PeerEndpoint[];
  readonly identity: { readonly mspId: string; readonly cert: string };
  /** PEM of the identity's private key. */
  readonly key: string;
  readonly channel: string;
  readonly chaincode: string;
  readonly deadlines?: Partial<Deadlines>;
}

/** How long a call may take, in milliseconds. */
export interface Deadlines {
  readonly evaluate: number;
  readonly endorse: number;
  readonly submit: number;
  readonly status: number;
}

export type Argument = string | Uint8Array;

export interface ProposalOptions {
  /** Ask exactly these organisations (MSP ids). Default: the gateway's peer picks from the endorsement policy. */
  readonly endorsingOrganizations?: readonly string[];
}

/** Where a transaction ended. */
export interface CommitOutcome {
  readonly transactionId: string;
  readonly block: number;
  readonly valid: boolean;
  readonly code: number;
  readonly codeName: string;
}

export interface SubmitResult {
  readonly transactionId: string;
  readonly block: number;
  /** What the chaincode answered. */
  readonly response: Uint8Array;
}

/** A transaction that has its endorsements. It may be sent any number of times; it is committed once. */
export interface EndorsedTransaction {
  readonly transactionId: string;
  readonly response: Uint8Array;
  /** Gives it to the orderer. An error leaves the outcome unknown: send it again, then ask for its status. */
  send(): Promise<void>;
  /** Waits until it is committed. Throws `unknownOutcome` when the deadline passes. */
  status(): Promise<CommitOutcome>;
  /** Sends it, and again after an unknown outcome, until its status is known. Throws if it is not valid. */
  commit(): Promise<SubmitResult>;
}

export interface ReceivedBlock {
  readonly number: number;
  /** The bytes of the common.Block as the peer sent them. */
  readonly bytes: Uint8Array;
  readonly block: LedgerBlock;
}

export interface BlocksOptions {
  /** The last block wanted. Default: no end, new blocks follow as they are committed. */
  readonly to?: number;
  readonly signal?: AbortSignal;
  /** Called when the stream broke and before it is reopened. */
  readonly onInterruption?: (error: LedgerError) => void;
}

/** A connection to one channel and one chaincode through any of several peers. Every method throws {@link LedgerError}. */
export interface LedgerConnection {
  evaluate(name: string, args: readonly Argument[], options?: ProposalOptions): Promise<Uint8Array>;
  endorse(name: string, args: readonly Argument[], options?: ProposalOptions): Promise<EndorsedTransaction>;
  /** Endorses, sends, and waits for the commit. Throws `conflict` when another transaction came first. */
  submit(name: string, args: readonly Argument[], options?: ProposalOptions): Promise<SubmitResult>;
  /** Endorses without submitting: an answer that several organisations signed. */
  attest(
    name: string,
    args: readonly Argument[],
    organizations?: readonly string[],
  ): Promise<EndorsedResponse>;
  /** The outcome of a transaction of this channel, waiting for it up to the deadline. */
  commitStatus(transactionId: string): Promise<CommitOutcome>;
  /** Every block once and in order from `from`. Reopens at another peer when a peer dies. */
  blocks(from: number, options?: BlocksOptions): AsyncIterable<ReceivedBlock>;
  /** The number of blocks that the peer holds. */
  height(): Promise<number>;
  close(): void;
}
