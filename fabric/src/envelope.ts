import { common, peer } from '@hyperledger/fabric-protos';
import { parseReadWriteSets, type NamespaceReadWriteSet } from './read-write-set.js';

/** One organisation's signature over a proposal response. `endorser` is a SerializedIdentity. */
export interface Endorsement {
  readonly endorser: Uint8Array;
  readonly signature: Uint8Array;
}

/** What two organisations signed, without anybody submitting it. `payload` is a ProposalResponsePayload. */
export interface EndorsedResponse {
  readonly payload: Uint8Array;
  readonly endorsements: readonly Endorsement[];
}

/** The parts of an endorsed transaction, with the bytes that signatures and hashes cover. */
export interface EndorserAction extends EndorsedResponse {
  /** The SignatureHeader of the proposal. */
  readonly header: Uint8Array;
  readonly proposalPayload: Uint8Array;
  readonly proposalHash: Uint8Array;
  readonly chaincode: { readonly name: string; readonly version: string };
  readonly function: string;
  readonly args: readonly Uint8Array[];
  readonly response: { readonly status: number; readonly message: string; readonly payload: Uint8Array };
  /** A ChaincodeEvent, empty if there is none. */
  readonly event: Uint8Array;
  readonly readWriteSets: readonly NamespaceReadWriteSet[];
}

/** What a ProposalResponsePayload says: the chaincode's answer and its reads and writes. */
export type ResponsePayload = Pick<
  EndorserAction,
  'proposalHash' | 'chaincode' | 'response' | 'event' | 'readWriteSets'
>;

/**
 * The endorsed response inside a prepared or committed transaction.
 *
 * @param transaction bytes of a peer.Transaction.
 * @throws Error if the bytes do not hold exactly one action.
 */
export function parseEndorserTransaction(transaction: Uint8Array): EndorserAction {
  const actions = peer.Transaction.deserializeBinary(transaction).getActionsList();
  const [first] = actions;
  if (first === undefined || actions.length !== 1)
    throw new Error(`a transaction of ${String(actions.length)} actions`);
  const payload = peer.ChaincodeActionPayload.deserializeBinary(first.getPayload_asU8());
  const endorsed = payload.getAction();
  if (endorsed === undefined) throw new Error('an action without an endorsed response');
  const responsePayload = endorsed.getProposalResponsePayload_asU8();
  return {
    header: first.getHeader_asU8(),
    payload: responsePayload,
    endorsements: endorsed.getEndorsementsList().map((endorsement) => ({
      endorser: endorsement.getEndorser_asU8(),
      signature: endorsement.getSignature_asU8(),
    })),
    proposalPayload: payload.getChaincodeProposalPayload_asU8(),
    ...parseInvocation(payload.getChaincodeProposalPayload_asU8()),
    ...parseResponsePayload(responsePayload),
  };
}

/** The transaction bytes inside an envelope, signed or not. */
export function transactionOfEnvelope(envelope: common.Envelope): Uint8Array {
  return common.Payload.deserializeBinary(envelope.getPayload_asU8()).getData_asU8();
}

/** Reads a ProposalResponsePayload, as in a transaction or an attestation. */
export function parseResponsePayload(bytes: Uint8Array): ResponsePayload {
  const payload = peer.ProposalResponsePayload.deserializeBinary(bytes);
  const action = peer.ChaincodeAction.deserializeBinary(payload.getExtension_asU8());
  const response = action.getResponse();
  const chaincode = action.getChaincodeId();
  return {
    proposalHash: payload.getProposalHash_asU8(),
    chaincode: { name: chaincode?.getName() ?? '', version: chaincode?.getVersion() ?? '' },
    response: {
      status: response?.getStatus() ?? 0,
      message: response?.getMessage() ?? '',
      payload: response?.getPayload_asU8() ?? new Uint8Array(),
    },
    event: action.getEvents_asU8(),
    readWriteSets: parseReadWriteSets(action.getResults_asU8()),
  };
}

function parseInvocation(proposalPayload: Uint8Array): Pick<EndorserAction, 'function' | 'args'> {
  const proposal = peer.ChaincodeProposalPayload.deserializeBinary(proposalPayload);
  const invocation = peer.ChaincodeInvocationSpec.deserializeBinary(proposal.getInput_asU8());
  const [name, ...args] = invocation.getChaincodeSpec()?.getInput()?.getArgsList_asU8() ?? [];
  return { function: Buffer.from(name ?? []).toString('utf8'), args };
}
