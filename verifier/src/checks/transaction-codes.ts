import { createHash } from 'node:crypto';
import type { EndorserAction, LedgerBlock, LedgerTransaction, NamespaceReadWriteSet } from '@huilian/fabric';
import { validationCodeName } from '@huilian/fabric';
import { common, peer } from '@hyperledger/fabric-protos';
import { differ, same, type Place } from '../difference.js';
import type { Configuration } from '../fabric/configuration.js';
import { lifecycleNamespace, type Definitions } from '../fabric/definitions.js';
import { verifiesSignature, type Identity } from '../fabric/identity.js';
import { phantomFree } from '../fabric/range-queries.js';
import type { Versions } from '../fabric/versions.js';

const Code = peer.TxValidationCode;

/**
 * Reasons for which a transaction is junk: nobody endorsed it as it stands. Any member can have junk ordered, and peers stop
 * at the first fault of many in an order of their own. Which one they name does not matter, only that it is not valid.
 */
const junk: ReadonlySet<number> = new Set([
  Code.BAD_PAYLOAD,
  Code.BAD_COMMON_HEADER,
  Code.BAD_CREATOR_SIGNATURE,
  Code.UNSUPPORTED_TX_PAYLOAD,
  Code.TARGET_CHAIN_NOT_FOUND,
  Code.BAD_PROPOSAL_TXID,
  Code.INVALID_ENDORSER_TRANSACTION,
  Code.INVALID_CHAINCODE,
  Code.ILLEGAL_WRITESET,
  Code.ENDORSEMENT_POLICY_FAILURE,
]);

export interface ValidationContext {
  readonly channel: string;
  readonly configuration: Configuration;
  readonly definitions: Definitions;
  readonly versions: Versions;
  /** Ids of all transactions of earlier blocks. */
  readonly seen: Pick<ReadonlySet<string>, 'has'>;
}

/**
 * Computes every validation code of a block from signatures, policies, ids and versions, and compares it with the flag that
 * the peer wrote. Writes of valid transactions are added to the versions' updates.
 */
export function checkTransactionCodes(block: LedgerBlock, context: ValidationContext): void {
  const inBlock = new Set<string>();
  for (const transaction of block.transactions) {
    const place = { block: block.number, transaction: transaction.id, index: transaction.index };
    const computed = computeCode(transaction, context, inBlock, place);
    if (junk.has(computed) ? transaction.valid : computed !== transaction.code) {
      differ('HL-6028', place, 'validation code', validationCodeName(computed), transaction.codeName, {
        fault: transaction.fault ?? '',
      });
    }
    if (!transaction.valid || transaction.action === undefined) continue;
    const version = { block: block.number, transaction: transaction.index };
    for (const set of transaction.action.readWriteSets) context.versions.write(set, version);
  }
}

function computeCode(
  transaction: LedgerTransaction,
  context: ValidationContext,
  inBlock: Set<string>,
  place: Place,
): number {
  const code = codeOfEnvelope(transaction, context);
  if (code !== Code.VALID) return code;
  if (transaction.type === 'configuration') return Code.VALID;
  const { action } = transaction;
  if (action === undefined) return Code.INVALID_ENDORSER_TRANSACTION;
  if (context.seen.has(transaction.id)) return Code.DUPLICATE_TXID;
  const endorsed = codeOfEndorsements(transaction, action, context);
  if (endorsed !== Code.VALID) return endorsed;
  if (inBlock.has(transaction.id)) return Code.DUPLICATE_TXID;
  inBlock.add(transaction.id);
  for (const set of action.readWriteSets) refuseKeyPolicies(set, place);
  return codeOfReads(transaction, action, context.versions, place);
}

/** Fabric: validation.ValidateTransaction. */
function codeOfEnvelope(transaction: LedgerTransaction, context: ValidationContext): number {
  const { envelope, type } = transaction;
  if (transaction.fault !== undefined && envelope.payload.length === 0) return Code.BAD_PAYLOAD;
  if (envelope.nonce.length === 0 || envelope.creator.length === 0) return Code.BAD_COMMON_HEADER;
  const creator = context.configuration.organisations.identity(envelope.creator);
  if (creator === undefined || !verifiesSignature(creator.publicKey, envelope.payload, envelope.signature)) {
    return Code.BAD_CREATOR_SIGNATURE;
  }
  if (type === 'other') return Code.UNSUPPORTED_TX_PAYLOAD;
  if (transaction.channel !== context.channel) return Code.TARGET_CHAIN_NOT_FOUND;
  if (type === 'configuration') return Code.VALID;
  const id = createHash('sha256').update(envelope.nonce).update(envelope.creator).digest('hex');
  if (id !== transaction.id) return Code.BAD_PROPOSAL_TXID;
  const { action } = transaction;
  if (action === undefined) return Code.INVALID_ENDORSER_TRANSACTION;
  return hasProposalHash(transaction, action) ? Code.VALID : Code.INVALID_ENDORSER_TRANSACTION;
}

/** What was endorsed is this proposal: header and arguments. */
function hasProposalHash(transaction: LedgerTransaction, action: EndorserAction): boolean {
  const hash = createHash('sha256').update(transaction.envelope.channelHeader).update(action.header);
  return hash.update(action.proposalPayload).digest().equals(action.proposalHash);
}

/** What a transaction that only reads may come to. */
const queryCodes: ReadonlySet<number> = new Set([
  Code.VALID,
  Code.MVCC_READ_CONFLICT,
  Code.PHANTOM_READ_CONFLICT,
]);

/** Fabric: the dispatcher of validation plugins and its built-in plugin, without key-level policies. */
function codeOfEndorsements(
  transaction: LedgerTransaction,
  action: EndorserAction,
  context: ValidationContext,
): number {
  const { chaincode, readWriteSets } = action;
  if (
    chaincode.name === '' ||
    chaincode.version === '' ||
    chaincodeOfHeader(transaction) !== chaincode.name
  ) {
    return Code.INVALID_CHAINCODE;
  }
  const names = readWriteSets.map((set) => set.namespace);
  if (new Set(names).size !== names.length) return Code.ILLEGAL_WRITESET;
  const signers = context.configuration.organisations.signers(
    action.endorsements.map(({ endorser, signature }) => ({
      data: Buffer.concat([action.payload, endorser]),
      identity: endorser,
      signature,
    })),
  );
  const written = readWriteSets.filter(isWritten);
  if (!written.some((set) => set.namespace === chaincode.name)) written.push(emptySet(chaincode.name));
  for (const set of written) {
    const policies = policiesOf(set, context.definitions);
    if (policies === undefined) return Code.INVALID_CHAINCODE;
    if (!policies.every((policy) => policySatisfied(policy, signers, context.configuration))) {
      return Code.ENDORSEMENT_POLICY_FAILURE;
    }
  }
  return Code.VALID;
}

type Policy = { readonly path: string } | { readonly bytes: Uint8Array };

const lifecyclePolicy: Policy = { path: '/Channel/Application/LifecycleEndorsement' };
const implicitCollection = /^_implicit_org_(.+)$/u;

/** The policies that the endorsers of a namespace's writes must satisfy; undefined if it is not defined. */
function policiesOf(set: NamespaceReadWriteSet, definitions: Definitions): Policy[] | undefined {
  const definition = definitions.get(set.namespace);
  const own: Policy | undefined =
    set.namespace === lifecycleNamespace
      ? lifecyclePolicy
      : definition === undefined
        ? undefined
        : { bytes: definition.endorsementPolicy };
  if (own === undefined) return undefined;
  const collections = set.collections.filter((collection) => collection.writes.length > 0);
  const implicit = collections.map(({ collection }) => implicitCollection.exec(collection)?.[1]);
  const policies = implicit.map((mspId) =>
    mspId === undefined ? own : { path: `/Channel/Application/${mspId}/Endorsement` },
  );
  return set.writes.length > 0 || policies.length === 0 ? [own, ...policies] : policies;
}

function policySatisfied(
  policy: Policy,
  signers: readonly Identity[],
  configuration: Configuration,
): boolean {
  if ('path' in policy) return configuration.identitiesSatisfyPath(policy.path, signers);
  return configuration.satisfiesApplicationPolicy(policy.bytes, signers);
}

/**
 * Fabric: the state validator (MVCC). Who submits a query over a range of rows makes a transaction that writes nothing; what
 * the range held then is not looked up again, and the peer's word is taken for it.
 */
function codeOfReads(
  transaction: LedgerTransaction,
  action: EndorserAction,
  versions: Versions,
  place: Place,
): number {
  const isQuery = !action.readWriteSets.some(isWritten);
  for (const set of action.readWriteSets) {
    if (isQuery && set.rangeQueries.length > 0 && queryCodes.has(transaction.code)) return transaction.code;
    if (!versions.readsAreCurrent(set)) return Code.MVCC_READ_CONFLICT;
    if (!phantomFree(set, versions, place)) return Code.PHANTOM_READ_CONFLICT;
    if (!versions.collectionReadsAreCurrent(set)) return Code.MVCC_READ_CONFLICT;
  }
  return Code.VALID;
}

function chaincodeOfHeader(transaction: LedgerTransaction): string {
  const header = common.ChannelHeader.deserializeBinary(transaction.envelope.channelHeader);
  const extension = peer.ChaincodeHeaderExtension.deserializeBinary(header.getExtension_asU8());
  return extension.getChaincodeId()?.getName() ?? '';
}

function isWritten(set: NamespaceReadWriteSet): boolean {
  const collections = set.collections.some(
    ({ writes, metadataWrites }) => writes.length + metadataWrites > 0,
  );
  return set.writes.length + set.metadataWrites > 0 || collections;
}

function refuseKeyPolicies(set: NamespaceReadWriteSet, place: Place): void {
  const count =
    set.metadataWrites + set.collections.reduce((sum, { metadataWrites }) => sum + metadataWrites, 0);
  same('HL-6036', place, `key-level policies in ${set.namespace}`, 0, count);
}

function emptySet(namespace: string): NamespaceReadWriteSet {
  return { namespace, reads: [], writes: [], collections: [], rangeQueries: [], metadataWrites: 0 };
}
