import { createHash } from 'node:crypto';
import { common, msp, peer } from '@hyperledger/fabric-protos';
import { parseEndorserTransaction, type EndorserAction } from './envelope.js';
import type { Read, Write } from './read-write-set.js';

/** A block as the projector and the verifier see it. Hashes are hex. */
export interface LedgerBlock {
  readonly number: number;
  /** SHA-256 of the header. */
  readonly hash: string;
  readonly previousHash: string;
  /** The data hash that the header names. */
  readonly dataHash: string;
  /** The bytes that `hash` is over and that orderers sign (ASN.1 DER). */
  readonly headerBytes: Uint8Array;
  readonly transactions: readonly LedgerTransaction[];
  readonly metadata: BlockMetadata;
}

/** Everything in a block that its header does not cover. */
export interface BlockMetadata {
  /** Entries as they stand, by common.BlockMetadataIndex. */
  readonly entries: readonly Uint8Array[];
  /** What the orderers signed beside the header: an OrdererBlockMetadata. */
  readonly value: Uint8Array;
  readonly signatures: readonly OrdererSignature[];
  /** A validation code for each transaction. */
  readonly filter: Uint8Array;
  /** The chained hash over validation codes and updates, empty in the genesis block. */
  readonly commitHash: Uint8Array;
}

/** Raft: `signatureHeader` names its creator. SmartBFT: `identifierHeader` names a consenter. */
export interface OrdererSignature {
  readonly signatureHeader: Uint8Array;
  readonly identifierHeader: Uint8Array;
  readonly signature: Uint8Array;
}

export interface Creator {
  readonly mspId: string;
  /** PEM. */
  readonly certificate: Uint8Array;
}

export type TransactionType = 'endorser' | 'configuration' | 'other';

export interface LedgerTransaction {
  readonly index: number;
  readonly id: string;
  readonly type: TransactionType;
  readonly channel: string;
  /** The client's claim, in seconds since 1970. */
  readonly time: number;
  readonly creator: Creator;
  readonly valid: boolean;
  /** A peer.TxValidationCode. */
  readonly code: number;
  readonly codeName: string;
  /** Name of the function, `Contract:method`; empty if this is no invocation. */
  readonly function: string;
  readonly args: readonly Uint8Array[];
  /** Reads and writes of the chaincode's own namespace. */
  readonly reads: readonly Read[];
  readonly writes: readonly Write[];
  /** What the chaincode answered. */
  readonly response: Uint8Array;
  /** The endorsed action in full, when `type` is `endorser`. */
  readonly action?: EndorserAction;
  readonly envelope: EnvelopeParts;
  /** Why the envelope could not be read. Anybody with write access can have junk ordered; peers mark it invalid. */
  readonly fault?: string;
}

/** The bytes of an envelope that hashes and signatures cover. */
export interface EnvelopeParts {
  readonly bytes: Uint8Array;
  readonly payload: Uint8Array;
  readonly signature: Uint8Array;
  readonly channelHeader: Uint8Array;
  readonly signatureHeader: Uint8Array;
  readonly creator: Uint8Array;
  readonly nonce: Uint8Array;
  readonly data: Uint8Array;
}

export interface DecodeOptions {
  /** The chaincode whose reads and writes `reads` and `writes` show. Default: the one invoked. */
  readonly namespace?: string;
}

const index = common.BlockMetadataIndex;
const codeNames = new Map(Object.entries(peer.TxValidationCode).map(([name, code]) => [Number(code), name]));

/** The name of a validation code, such as `MVCC_READ_CONFLICT`. */
export function validationCodeName(code: number): string {
  return codeNames.get(code) ?? String(code);
}

/**
 * Decodes the bytes of a common.Block. Nothing is checked: what peers say (`valid`) and what the header says stand as they
 * are.
 *
 * @throws Error if the bytes are not a block. An unreadable transaction does not throw; it has a `fault`.
 */
export function decodeBlock(bytes: Uint8Array, options: DecodeOptions = {}): LedgerBlock {
  const block = common.Block.deserializeBinary(bytes);
  const header = block.getHeader();
  if (header === undefined) throw new Error('a block without a header');
  const metadata = decodeMetadata(block.getMetadata()?.getMetadataList_asU8() ?? []);
  const headerBytes = encodeHeader(
    header.getNumber(),
    header.getPreviousHash_asU8(),
    header.getDataHash_asU8(),
  );
  const data = block.getData()?.getDataList_asU8() ?? [];
  return {
    number: header.getNumber(),
    hash: createHash('sha256').update(headerBytes).digest('hex'),
    previousHash: hex(header.getPreviousHash_asU8()),
    dataHash: hex(header.getDataHash_asU8()),
    headerBytes,
    transactions: data.map((envelope, position) =>
      decodeTransaction(envelope, position, metadata.filter, options),
    ),
    metadata,
  };
}

/** SHA-256 over the block's envelopes one after the other: what `dataHash` must be. */
export function computeDataHash(block: LedgerBlock): string {
  const hash = createHash('sha256');
  for (const transaction of block.transactions) hash.update(transaction.envelope.bytes);
  return hash.digest('hex');
}

/** The header as Fabric hashes it: ASN.1 DER of SEQUENCE { number INTEGER, previous, data OCTET STRING }. */
export function encodeHeader(number: number, previousHash: Uint8Array, dataHash: Uint8Array): Uint8Array {
  const digits = number.toString(16);
  const integer = Buffer.from(digits.length % 2 === 0 ? digits : `0${digits}`, 'hex');
  const positive = (integer[0] ?? 0) >= 0x80 ? Buffer.concat([Buffer.from([0]), integer]) : integer;
  const body = Buffer.concat([der(0x02, positive), der(0x04, previousHash), der(0x04, dataHash)]);
  return der(0x30, body);
}

function der(tag: number, content: Uint8Array): Buffer {
  // Longer contents do not occur: two hashes of 32 bytes and a number of at most 8.
  if (content.length > 127) throw new Error('a header field of more than 127 bytes');
  return Buffer.concat([Buffer.from([tag, content.length]), content]);
}

function decodeMetadata(entries: readonly Uint8Array[]): BlockMetadata {
  const signatures = common.Metadata.deserializeBinary(entries[index.SIGNATURES] ?? new Uint8Array());
  const commit = common.Metadata.deserializeBinary(entries[index.COMMIT_HASH] ?? new Uint8Array());
  return {
    entries,
    value: signatures.getValue_asU8(),
    signatures: signatures.getSignaturesList().map((signature) => ({
      signatureHeader: signature.getSignatureHeader_asU8(),
      identifierHeader: signature.getIdentifierHeader_asU8(),
      signature: signature.getSignature_asU8(),
    })),
    filter: entries[index.TRANSACTIONS_FILTER] ?? new Uint8Array(),
    commitHash: commit.getValue_asU8(),
  };
}

function decodeTransaction(
  bytes: Uint8Array,
  position: number,
  filter: Uint8Array,
  options: DecodeOptions,
): LedgerTransaction {
  const code = filter[position] ?? peer.TxValidationCode.NOT_VALIDATED;
  const base = {
    ...unreadable(bytes, position),
    valid: code === 0,
    code,
    codeName: validationCodeName(code),
  };
  try {
    return { ...base, ...readTransaction(bytes, options) };
  } catch (error) {
    return { ...base, fault: error instanceof Error ? error.message : String(error) };
  }
}

function readTransaction(bytes: Uint8Array, options: DecodeOptions): Partial<LedgerTransaction> {
  const envelope = common.Envelope.deserializeBinary(bytes);
  const payload = common.Payload.deserializeBinary(envelope.getPayload_asU8());
  const header = payload.getHeader();
  if (header === undefined) throw new Error('an envelope without a header');
  const channel = common.ChannelHeader.deserializeBinary(header.getChannelHeader_asU8());
  const signer = common.SignatureHeader.deserializeBinary(header.getSignatureHeader_asU8());
  const identity = msp.SerializedIdentity.deserializeBinary(signer.getCreator_asU8());
  const type = transactionType(channel.getType());
  const parts: Partial<LedgerTransaction> = {
    id: channel.getTxId(),
    type,
    channel: channel.getChannelId(),
    time: channel.getTimestamp()?.getSeconds() ?? 0,
    creator: { mspId: identity.getMspid(), certificate: identity.getIdBytes_asU8() },
    envelope: {
      bytes,
      payload: envelope.getPayload_asU8(),
      signature: envelope.getSignature_asU8(),
      channelHeader: header.getChannelHeader_asU8(),
      signatureHeader: header.getSignatureHeader_asU8(),
      creator: signer.getCreator_asU8(),
      nonce: signer.getNonce_asU8(),
      data: payload.getData_asU8(),
    },
  };
  if (type !== 'endorser') return parts;
  try {
    return { ...parts, ...invocation(parseEndorserTransaction(payload.getData_asU8()), options) };
  } catch (error) {
    return { ...parts, fault: error instanceof Error ? error.message : String(error) };
  }
}

function invocation(action: EndorserAction, options: DecodeOptions): Partial<LedgerTransaction> {
  const namespace = options.namespace ?? action.chaincode.name;
  const own = action.readWriteSets.find((set) => set.namespace === namespace);
  return {
    action,
    function: action.function,
    args: action.args,
    reads: own?.reads ?? [],
    writes: own?.writes ?? [],
    response: action.response.payload,
  };
}

function transactionType(type: number): TransactionType {
  if (type === common.HeaderType.ENDORSER_TRANSACTION) return 'endorser';
  return type === common.HeaderType.CONFIG ? 'configuration' : 'other';
}

function unreadable(
  bytes: Uint8Array,
  position: number,
): Omit<LedgerTransaction, 'valid' | 'code' | 'codeName'> {
  const none = new Uint8Array();
  return {
    index: position,
    id: '',
    type: 'other',
    channel: '',
    time: 0,
    creator: { mspId: '', certificate: none },
    function: '',
    args: [],
    reads: [],
    writes: [],
    response: none,
    envelope: {
      bytes,
      payload: none,
      signature: none,
      channelHeader: none,
      signatureHeader: none,
      creator: none,
      nonce: none,
      data: none,
    },
  };
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}
