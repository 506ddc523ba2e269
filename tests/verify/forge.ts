import { createHash, createPrivateKey, X509Certificate } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { encodeHeader, nativeSigner } from '@huilian/fabric';
import { common, ledger, msp, peer } from '@hyperledger/fabric-protos';

/** Signs a message as the owner of a certificate. */
export type Notary = (certificate: Uint8Array, message: Uint8Array) => Promise<Uint8Array>;

/** Changes the rows that a transaction writes. */
export type Change = (rows: ledger.rwset.kvrwset.KVRWSet) => void;

/** A notary with every key of a trial network: organisations, orderer and client in league. */
export async function everybodyInLeague(cryptoFolder: string): Promise<Notary> {
  const names = (await readdir(cryptoFolder, { recursive: true })).filter((name) =>
    /(\.pem|_sk)$/u.test(name),
  );
  const texts = await Promise.all(names.map((name) => readFile(join(cryptoFolder, name), 'utf8')));
  const keys = texts.filter((text) => text.includes('PRIVATE KEY')).map((pem) => createPrivateKey(pem));
  return (pem, message) => {
    const certificate = new X509Certificate(pem);
    const key = keys.find((candidate) => certificate.checkPrivateKey(candidate));
    if (key === undefined) throw new Error('nobody here has this certificate');
    return nativeSigner(key)(message);
  };
}

/**
 * Rewrites what the first transaction of a block wrote and has everybody sign it again: endorsers, client and orderer. The
 * commit hash is the caller's to give, as a peer in league would compute it.
 */
export async function forge(
  bytes: Uint8Array,
  change: Change,
  notary: Notary,
  commitHash?: Uint8Array,
): Promise<Uint8Array> {
  const block = common.Block.deserializeBinary(bytes);
  const data = block.getData() ?? new common.BlockData();
  const [first, ...others] = data.getDataList_asU8();
  data.setDataList([await forgeEnvelope(first ?? new Uint8Array(), change, notary), ...others]);
  const header = block.getHeader() ?? new common.BlockHeader();
  const hash = createHash('sha256');
  for (const envelope of data.getDataList_asU8()) hash.update(envelope);
  header.setDataHash(hash.digest());
  await signBlock(block, header, notary);
  if (commitHash !== undefined) {
    const entry = new common.Metadata();
    entry.setValue(commitHash);
    setEntry(block, common.BlockMetadataIndex.COMMIT_HASH, entry);
  }
  return block.serializeBinary();
}

/** Rewrites the configuration in a configuration block and has the orderer sign it again. */
export async function forgeConfiguration(
  bytes: Uint8Array,
  change: (config: common.Config) => void,
  notary: Notary,
): Promise<Uint8Array> {
  const block = common.Block.deserializeBinary(bytes);
  const data = block.getData() ?? new common.BlockData();
  const envelope = common.Envelope.deserializeBinary(data.getDataList_asU8()[0] ?? new Uint8Array());
  const payload = common.Payload.deserializeBinary(envelope.getPayload_asU8());
  const content = common.ConfigEnvelope.deserializeBinary(payload.getData_asU8());
  change(content.getConfig() ?? new common.Config());
  payload.setData(content.serializeBinary());
  await signEnvelope(envelope, payload, notary);
  data.setDataList([envelope.serializeBinary()]);
  const header = block.getHeader() ?? new common.BlockHeader();
  header.setDataHash(createHash('sha256').update(envelope.serializeBinary()).digest());
  await signBlock(block, header, notary);
  return block.serializeBinary();
}

async function forgeEnvelope(bytes: Uint8Array, change: Change, notary: Notary): Promise<Uint8Array> {
  const envelope = common.Envelope.deserializeBinary(bytes);
  const payload = common.Payload.deserializeBinary(envelope.getPayload_asU8());
  const transaction = peer.Transaction.deserializeBinary(payload.getData_asU8());
  for (const action of transaction.getActionsList()) await forgeAction(action, change, notary);
  payload.setData(transaction.serializeBinary());
  await signEnvelope(envelope, payload, notary);
  return envelope.serializeBinary();
}

async function signEnvelope(
  envelope: common.Envelope,
  payload: common.Payload,
  notary: Notary,
): Promise<void> {
  envelope.setPayload(payload.serializeBinary());
  const header = payload.getHeader() ?? new common.Header();
  const signer = common.SignatureHeader.deserializeBinary(header.getSignatureHeader_asU8());
  envelope.setSignature(await notary(certificateOf(signer.getCreator_asU8()), envelope.getPayload_asU8()));
}

async function forgeAction(action: peer.TransactionAction, change: Change, notary: Notary): Promise<void> {
  const payload = peer.ChaincodeActionPayload.deserializeBinary(action.getPayload_asU8());
  const endorsed = payload.getAction() ?? new peer.ChaincodeEndorsedAction();
  const response = peer.ProposalResponsePayload.deserializeBinary(endorsed.getProposalResponsePayload_asU8());
  const chaincode = peer.ChaincodeAction.deserializeBinary(response.getExtension_asU8());
  chaincode.setResults(forgeResults(chaincode.getResults_asU8(), change));
  response.setExtension$(chaincode.serializeBinary());
  endorsed.setProposalResponsePayload(response.serializeBinary());
  for (const endorsement of endorsed.getEndorsementsList()) {
    const identity = endorsement.getEndorser_asU8();
    const message = Buffer.concat([endorsed.getProposalResponsePayload_asU8(), identity]);
    endorsement.setSignature(await notary(certificateOf(identity), message));
  }
  action.setPayload(payload.serializeBinary());
}

function forgeResults(bytes: Uint8Array, change: Change): Uint8Array {
  const results = ledger.rwset.TxReadWriteSet.deserializeBinary(bytes);
  for (const set of results.getNsRwsetList().filter((own) => own.getNamespace() === 'huilian')) {
    const rows = ledger.rwset.kvrwset.KVRWSet.deserializeBinary(set.getRwset_asU8());
    change(rows);
    set.setRwset(rows.serializeBinary());
  }
  return results.serializeBinary();
}

async function signBlock(block: common.Block, header: common.BlockHeader, notary: Notary): Promise<void> {
  const entries = block.getMetadata()?.getMetadataList_asU8() ?? [];
  const index = common.BlockMetadataIndex.SIGNATURES;
  const metadata = common.Metadata.deserializeBinary(entries[index] ?? new Uint8Array());
  const headerBytes = encodeHeader(
    header.getNumber(),
    header.getPreviousHash_asU8(),
    header.getDataHash_asU8(),
  );
  for (const signature of metadata.getSignaturesList()) {
    const signer = common.SignatureHeader.deserializeBinary(signature.getSignatureHeader_asU8());
    const message = [metadata.getValue_asU8(), signature.getSignatureHeader_asU8(), headerBytes];
    signature.setSignature(await notary(certificateOf(signer.getCreator_asU8()), Buffer.concat(message)));
  }
  setEntry(block, index, metadata);
}

function setEntry(block: common.Block, index: number, metadata: common.Metadata): void {
  const entries = block.getMetadata()?.getMetadataList_asU8() ?? [];
  block.getMetadata()?.setMetadataList(entries.with(index, metadata.serializeBinary()));
}

function certificateOf(identity: Uint8Array): Uint8Array {
  return msp.SerializedIdentity.deserializeBinary(identity).getIdBytes_asU8();
}
