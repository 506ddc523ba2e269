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

/** Junk that nobody could read is invalid for one reason or another; which one does not matter. */
const anyFault = -1;

export interface ValidationContext {
  readonly channel: string;
  readonly configuration: Configuration;
  readonly definitions: Definitions;
  readonly versions: Versions;
  /** Ids of all transactions of earlier blocks. */
  readonly seen: ReadonlySet<string>;
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
    if (computed === anyFault ? transaction.valid : computed !== transaction.code) {
      const expected = computed === anyFault ? 'invalid' : validationCodeName(computed);
      differ('HL-6028', place, 'validation code', expected, transaction.codeName, {
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
  const endorsed = codeOfEndorsements(transaction, action, context, place);
  if (endorsed !== Code.VALID) return endorsed;
  if (inBlock.has(transaction.id)) return Code.DUPLICATE_TXID;
  inBlock.add(transaction.id);
  return codeOfReads(action, context.versions, place);
}

/** Fabric: validation.ValidateTransaction. */
function codeOfEnvelope(transaction: LedgerTransaction, context: ValidationContext): number {
  const { envelope, type } = transaction;
  if (transaction.fault !== undefined && envelope.payload.length === 0) return anyFault;
  if (envelope.nonce.length === 0 || envelope.creator.length === 0) return Code.BAD_COMMON_HEADER;
  const creator = context.configuration.organisations.identity(envelope.creator);
  if (creator === undefined || !verifiesSignature(creator.publicKey, envelope.payload, envelope.signature)) {
    return Code.BAD_CREATOR_SIGNATURE;
  }
  if (type === 'other') return anyFault;
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

/** Fabric: the dispatcher of validation plugins and its built-in plugin, without key-level policies. */
function codeOfEndorsements(
  transaction: LedgerTransaction,
  action: EndorserAction,
  context: ValidationContext,
  place: Place,
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
    refuseKeyPolicies(set, place);
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

/** Fabric: the state validator (MVCC). */
function codeOfReads(action: EndorserAction, versions: Versions, place: Place): number {
  for (const set of action.readWriteSets) {
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
