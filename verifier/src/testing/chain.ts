import { createHash, randomBytes } from 'node:crypto';
import { encodeHeader } from '@huilian/fabric';
import { common } from '@hyperledger/fabric-protos';
import { commitHash } from '../fabric/commit-hash.js';
import { Versions } from '../fabric/versions.js';
import { Tables } from '../rows/tables.js';
import { configurationOf, type Channel } from './channel.js';
import type { Member } from './members.js';

const entries = common.BlockMetadataIndex;

/** A transaction as it goes into a block. All of them are valid. */
export interface Ordered {
  readonly envelope: Uint8Array;
  readonly namespace: string;
  readonly writes: readonly { readonly key: string; readonly value: Uint8Array }[];
}

/** Makes blocks as one Raft orderer and a peer do: linked, signed, with validation codes and commit hashes. */
export class Chain {
  readonly #orderer: Member;
  readonly #versions = new Versions(new Tables());
  #number = 0;
  #previous: Uint8Array = new Uint8Array();
  #commitHash: Uint8Array = new Uint8Array();

  constructor(readonly channel: Channel) {
    this.#orderer = channel.ordering.orderer;
  }

  /** Number of the next block. */
  get height(): number {
    return this.#number;
  }

  /** Hash of the header of the last block, hex. After the genesis block it is the name of the ledger. */
  get hash(): string {
    return Buffer.from(this.#previous).toString('hex');
  }

  genesis(): Uint8Array {
    const content = new common.ConfigEnvelope();
    content.setConfig(configurationOf(this.channel));
    const header = new common.ChannelHeader();
    header.setType(common.HeaderType.CONFIG);
    header.setChannelId(this.channel.name);
    const headers = new common.Header();
    headers.setChannelHeader(header.serializeBinary());
    const payload = new common.Payload();
    payload.setHeader(headers);
    payload.setData(content.serializeBinary());
    const envelope = new common.Envelope();
    envelope.setPayload(payload.serializeBinary());
    const signed = new common.Metadata();
    const unsigned = new common.OrdererBlockMetadata();
    unsigned.setLastConfig(new common.LastConfig());
    signed.setValue(unsigned.serializeBinary());
    return this.#block([envelope.serializeBinary()], signed);
  }

  async seal(transactions: readonly Ordered[]): Promise<Uint8Array> {
    for (const [transaction, { namespace, writes }] of transactions.entries()) {
      const set = { namespace, reads: [], writes, collections: [], rangeQueries: [], metadataWrites: 0 };
      this.#versions.write(set, { block: this.#number, transaction });
    }
    const filter = new Uint8Array(transactions.length);
    this.#commitHash = commitHash(filter, this.#versions.updates(), this.#commitHash);
    this.#versions.commit();
    const envelopes = transactions.map(({ envelope }) => envelope);
    const signed = await this.#signed(this.#header(envelopes));
    return this.#block(envelopes, signed);
  }

  #header(envelopes: readonly Uint8Array[]): common.BlockHeader {
    const hash = createHash('sha256');
    for (const envelope of envelopes) hash.update(envelope);
    const header = new common.BlockHeader();
    header.setNumber(this.#number);
    header.setPreviousHash(this.#previous);
    header.setDataHash(hash.digest());
    return header;
  }

  async #signed(header: common.BlockHeader): Promise<common.Metadata> {
    const content = new common.OrdererBlockMetadata();
    content.setLastConfig(new common.LastConfig());
    const creator = new common.SignatureHeader();
    creator.setCreator(this.#orderer.identity);
    creator.setNonce(randomBytes(24));
    const signature = new common.MetadataSignature();
    signature.setSignatureHeader(creator.serializeBinary());
    const message = [content.serializeBinary(), signature.getSignatureHeader_asU8(), headerBytes(header)];
    signature.setSignature(await this.#orderer.sign(Buffer.concat(message)));
    const signed = new common.Metadata();
    signed.setValue(content.serializeBinary());
    signed.setSignaturesList([signature]);
    return signed;
  }

  #block(envelopes: Uint8Array[], signed: common.Metadata): Uint8Array {
    const header = this.#header(envelopes);
    const data = new common.BlockData();
    data.setDataList(envelopes);
    const metadata = new common.BlockMetadata();
    const list: Uint8Array[] = [];
    list[entries.SIGNATURES] = signed.serializeBinary();
    list[entries.LAST_CONFIG] = wrapped(new common.LastConfig().serializeBinary());
    list[entries.TRANSACTIONS_FILTER] = new Uint8Array(envelopes.length);
    list[entries.ORDERER] = new Uint8Array();
    list[entries.COMMIT_HASH] = wrapped(this.#commitHash);
    metadata.setMetadataList(list);
    const block = new common.Block();
    block.setHeader(header);
    block.setData(data);
    block.setMetadata(metadata);
    this.#previous = createHash('sha256').update(headerBytes(header)).digest();
    this.#number += 1;
    return block.serializeBinary();
  }
}

function headerBytes(header: common.BlockHeader): Uint8Array {
  return encodeHeader(header.getNumber(), header.getPreviousHash_asU8(), header.getDataHash_asU8());
}

function wrapped(value: Uint8Array): Uint8Array {
  const metadata = new common.Metadata();
  metadata.setValue(value);
  return metadata.serializeBinary();
}
