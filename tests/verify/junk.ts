import { createHash, randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { nativeSigner } from '@huilian/fabric';
import { common, ledger, msp, peer } from '@hyperledger/fabric-protos';
import timestampProtos from 'google-protobuf/google/protobuf/timestamp_pb.js';
import type { TrialNetwork } from './trial-network.js';

/** The parts of an envelope that nobody endorsed, before they are put together and signed. */
interface Junk {
  readonly channelHeader: common.ChannelHeader;
  readonly headerExtension: peer.ChaincodeHeaderExtension;
  readonly action: peer.ChaincodeAction;
  readonly response: peer.ProposalResponsePayload;
  readonly endorsed: peer.ChaincodeEndorsedAction;
  readonly actionPayload: peer.ChaincodeActionPayload;
  /** Replaces what stands at a place with bytes that mean nothing. */
  readonly instead: Partial<
    Record<'results' | 'extension' | 'response' | 'action' | 'transaction' | 'events', Uint8Array>
  >;
  /** How often the action stands in the transaction. */
  readonly actions: number;
  readonly nonce: Uint8Array;
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** Makes an envelope as any member of an organisation can have it ordered. `spoil` changes its parts. */
export async function junkEnvelope(
  network: TrialNetwork,
  spoil: (junk: Mutable<Junk>) => void,
): Promise<common.Envelope> {
  const { creator, sign } = await member(network);
  const junk: Mutable<Junk> = {
    channelHeader: new common.ChannelHeader(),
    headerExtension: new peer.ChaincodeHeaderExtension(),
    action: new peer.ChaincodeAction(),
    response: new peer.ProposalResponsePayload(),
    endorsed: new peer.ChaincodeEndorsedAction(),
    actionPayload: new peer.ChaincodeActionPayload(),
    instead: {},
    actions: 1,
    nonce: randomBytes(24),
  };
  const { chaincode, channel } = network.trust;
  const id = new peer.ChaincodeID();
  id.setName(chaincode);
  junk.headerExtension.setChaincodeId(id);
  const versioned = new peer.ChaincodeID();
  versioned.setName(chaincode);
  versioned.setVersion(network.description.chaincodeVersion);
  junk.action.setChaincodeId(versioned);
  const answer = new peer.Response();
  answer.setStatus(200);
  junk.action.setResponse(answer);
  junk.channelHeader.setType(common.HeaderType.ENDORSER_TRANSACTION);
  junk.channelHeader.setChannelId(channel);
  const time = new timestampProtos.Timestamp();
  time.fromDate(new Date());
  junk.channelHeader.setTimestamp(time);
  junk.channelHeader.setTxId(createHash('sha256').update(junk.nonce).update(creator).digest('hex'));
  const input = new peer.ChaincodeProposalPayload();
  input.setInput(Buffer.from([0x0a, 0x00]));
  junk.actionPayload.setChaincodeProposalPayload(input.serializeBinary());
  spoil(junk);
  return assemble(junk, creator, sign);
}

/** One row written in each namespace. */
export function writes(...namespaces: readonly string[]): Uint8Array {
  const rows = new ledger.rwset.kvrwset.KVRWSet();
  const write = new ledger.rwset.kvrwset.KVWrite();
  write.setKey('key');
  write.setValue(Buffer.from('{}'));
  rows.setWritesList([write]);
  return inNamespaces(rows, namespaces);
}

/** A policy of its own for one row of a namespace. */
export function keyPolicies(namespace: string): Uint8Array {
  const rows = new ledger.rwset.kvrwset.KVRWSet();
  const write = new ledger.rwset.kvrwset.KVMetadataWrite();
  write.setKey('key');
  rows.setMetadataWritesList([write]);
  return inNamespaces(rows, [namespace]);
}

function inNamespaces(rows: ledger.rwset.kvrwset.KVRWSet, namespaces: readonly string[]): Uint8Array {
  const all = new ledger.rwset.TxReadWriteSet();
  all.setNsRwsetList(
    namespaces.map((namespace) => {
      const set = new ledger.rwset.NsReadWriteSet();
      set.setNamespace(namespace);
      set.setRwset(rows.serializeBinary());
      return set;
    }),
  );
  return all.serializeBinary();
}

async function assemble(
  junk: Junk,
  creator: Uint8Array,
  sign: (message: Uint8Array) => Promise<Uint8Array>,
): Promise<common.Envelope> {
  const { channelHeader, instead, action, response, endorsed, actionPayload } = junk;
  channelHeader.setExtension$(junk.headerExtension.serializeBinary());
  const signatureHeader = new common.SignatureHeader();
  signatureHeader.setCreator(creator);
  signatureHeader.setNonce(junk.nonce);
  const header = new common.Header();
  header.setChannelHeader(channelHeader.serializeBinary());
  header.setSignatureHeader(signatureHeader.serializeBinary());
  const proposal = actionPayload.getChaincodeProposalPayload_asU8();
  const hash = createHash('sha256').update(header.getChannelHeader_asU8());
  hash.update(header.getSignatureHeader_asU8()).update(proposal);
  if (instead.results !== undefined) action.setResults(instead.results);
  if (instead.events !== undefined) action.setEvents(instead.events);
  response.setProposalHash(hash.digest());
  response.setExtension$(instead.extension ?? action.serializeBinary());
  endorsed.setProposalResponsePayload(instead.response ?? response.serializeBinary());
  actionPayload.setAction(endorsed);
  const one = new peer.TransactionAction();
  one.setHeader(header.getSignatureHeader_asU8());
  one.setPayload(instead.action ?? actionPayload.serializeBinary());
  const transaction = new peer.Transaction();
  transaction.setActionsList(Array.from({ length: junk.actions }, () => one));
  const payload = new common.Payload();
  payload.setHeader(header);
  payload.setData(instead.transaction ?? transaction.serializeBinary());
  const envelope = new common.Envelope();
  envelope.setPayload(payload.serializeBinary());
  envelope.setSignature(await sign(envelope.getPayload_asU8()));
  return envelope;
}

async function member(network: TrialNetwork) {
  const own = network.description.organisations.find(({ mspId }) => mspId === 'RecyclingMSP');
  const files = own?.identities['gateway'];
  if (files === undefined) throw new Error('a member of RecyclingMSP');
  const identity = new msp.SerializedIdentity();
  identity.setMspid('RecyclingMSP');
  identity.setIdBytes(await readFile(files.cert));
  return { creator: identity.serializeBinary(), sign: nativeSigner(await readFile(files.key, 'utf8')) };
}
