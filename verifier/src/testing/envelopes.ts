import { createHash, randomBytes } from 'node:crypto';
import { common, ledger, peer } from '@hyperledger/fabric-protos';
import timestampProtos from 'google-protobuf/google/protobuf/timestamp_pb.js';
import type { Version } from '@huilian/fabric';
import type { Member } from './members.js';

/** A row that a transaction read; without a version there was none. */
export interface ReadRow {
  readonly key: string;
  readonly version: Version | undefined;
}

/** An invocation with everything that its endorsers found. Reads and writes are sorted by key. */
export interface Endorsed {
  readonly channel: string;
  readonly chaincode: { readonly name: string; readonly version: string };
  readonly namespace: string;
  readonly function: string;
  readonly args: readonly Uint8Array[];
  readonly time: number;
  readonly proposal: Proposal;
  readonly reads: readonly ReadRow[];
  readonly writes: readonly { readonly key: string; readonly value: Uint8Array }[];
  readonly response: Uint8Array;
  readonly endorsers: readonly Member[];
}

/** Who proposes, and the id that follows from it: SHA-256 over nonce and creator. */
export interface Proposal {
  readonly client: Member;
  readonly nonce: Uint8Array;
  readonly id: string;
}

export function newProposal(client: Member): Proposal {
  const nonce = randomBytes(24);
  return { client, nonce, id: createHash('sha256').update(nonce).update(client.identity).digest('hex') };
}

/** The signed envelope of an endorsed transaction, as a client hands it to the orderer. */
export async function envelopeOf(endorsed: Endorsed): Promise<Uint8Array> {
  const { client, nonce } = endorsed.proposal;
  const signatureHeader = new common.SignatureHeader();
  signatureHeader.setCreator(client.identity);
  signatureHeader.setNonce(nonce);
  const header = new common.Header();
  header.setChannelHeader(channelHeader(endorsed));
  header.setSignatureHeader(signatureHeader.serializeBinary());
  const action = new peer.TransactionAction();
  action.setHeader(header.getSignatureHeader_asU8());
  action.setPayload(await actionPayload(endorsed, header));
  const transaction = new peer.Transaction();
  transaction.setActionsList([action]);
  return signedEnvelope(header, transaction.serializeBinary(), client);
}

/** Any content under a header, signed by its creator. */
export async function signedEnvelope(
  header: common.Header,
  data: Uint8Array,
  client: Member,
): Promise<Uint8Array> {
  const payload = new common.Payload();
  payload.setHeader(header);
  payload.setData(data);
  const envelope = new common.Envelope();
  envelope.setPayload(payload.serializeBinary());
  envelope.setSignature(await client.sign(envelope.getPayload_asU8()));
  return envelope.serializeBinary();
}

function channelHeader({ channel, chaincode, time, proposal }: Endorsed): Uint8Array {
  const id = new peer.ChaincodeID();
  id.setName(chaincode.name);
  const extension = new peer.ChaincodeHeaderExtension();
  extension.setChaincodeId(id);
  const timestamp = new timestampProtos.Timestamp();
  timestamp.setSeconds(time);
  const header = new common.ChannelHeader();
  header.setType(common.HeaderType.ENDORSER_TRANSACTION);
  header.setTimestamp(timestamp);
  header.setChannelId(channel);
  header.setTxId(proposal.id);
  header.setExtension$(extension.serializeBinary());
  return header.serializeBinary();
}

async function actionPayload(endorsed: Endorsed, header: common.Header): Promise<Uint8Array> {
  const proposalPayload = invocation(endorsed);
  const hash = createHash('sha256').update(header.getChannelHeader_asU8());
  hash.update(header.getSignatureHeader_asU8()).update(proposalPayload);
  const response = new peer.ProposalResponsePayload();
  response.setProposalHash(hash.digest());
  response.setExtension$(chaincodeAction(endorsed));
  const action = new peer.ChaincodeEndorsedAction();
  action.setProposalResponsePayload(response.serializeBinary());
  const endorsements = endorsed.endorsers.map(async ({ identity, sign }) => {
    const endorsement = new peer.Endorsement();
    endorsement.setEndorser(identity);
    endorsement.setSignature(await sign(Buffer.concat([action.getProposalResponsePayload_asU8(), identity])));
    return endorsement;
  });
  action.setEndorsementsList(await Promise.all(endorsements));
  const payload = new peer.ChaincodeActionPayload();
  payload.setChaincodeProposalPayload(proposalPayload);
  payload.setAction(action);
  return payload.serializeBinary();
}

function invocation(endorsed: Endorsed): Uint8Array {
  const id = new peer.ChaincodeID();
  id.setName(endorsed.chaincode.name);
  const input = new peer.ChaincodeInput();
  input.setArgsList([Buffer.from(endorsed.function), ...endorsed.args]);
  const spec = new peer.ChaincodeSpec();
  spec.setChaincodeId(id);
  spec.setInput(input);
  const invoked = new peer.ChaincodeInvocationSpec();
  invoked.setChaincodeSpec(spec);
  const payload = new peer.ChaincodeProposalPayload();
  payload.setInput(invoked.serializeBinary());
  return payload.serializeBinary();
}

function chaincodeAction(endorsed: Endorsed): Uint8Array {
  const id = new peer.ChaincodeID();
  id.setName(endorsed.chaincode.name);
  id.setVersion(endorsed.chaincode.version);
  const answer = new peer.Response();
  answer.setStatus(200);
  answer.setPayload(endorsed.response);
  const action = new peer.ChaincodeAction();
  action.setResults(results(endorsed));
  action.setResponse(answer);
  action.setChaincodeId(id);
  return action.serializeBinary();
}

function results({ namespace, reads, writes }: Endorsed): Uint8Array {
  const rows = new ledger.rwset.kvrwset.KVRWSet();
  rows.setReadsList(reads.map(readOf));
  rows.setWritesList(
    writes.map(({ key, value }) => {
      const write = new ledger.rwset.kvrwset.KVWrite();
      write.setKey(key);
      write.setValue(value);
      return write;
    }),
  );
  const set = new ledger.rwset.NsReadWriteSet();
  set.setNamespace(namespace);
  set.setRwset(rows.serializeBinary());
  const all = new ledger.rwset.TxReadWriteSet();
  all.setNsRwsetList([set]);
  return all.serializeBinary();
}

function readOf({ key, version }: ReadRow): ledger.rwset.kvrwset.KVRead {
  const read = new ledger.rwset.kvrwset.KVRead();
  read.setKey(key);
  if (version === undefined) return read;
  const height = new ledger.rwset.kvrwset.Version();
  height.setBlockNum(version.block);
  height.setTxNum(version.transaction);
  read.setVersion(height);
  return read;
}
