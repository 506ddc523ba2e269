import { ledger } from '@hyperledger/fabric-protos';
import { BinaryReader } from 'google-protobuf';

/** The height of a committed transaction: a version of a row. */
export interface Version {
  readonly block: number;
  readonly transaction: number;
}

export interface Read {
  readonly key: string;
  /** Undefined where the key was absent. */
  readonly version?: Version;
}

export interface Write {
  readonly key: string;
  /** Null is a deletion. */
  readonly value: Uint8Array | null;
}

/** Reads and writes of the hashed keys of a private collection; only the lifecycle of chaincode uses them here. */
export interface CollectionReadWriteSet {
  readonly collection: string;
  readonly reads: readonly { readonly keyHash: Uint8Array; readonly version?: Version }[];
  readonly writes: readonly { readonly keyHash: Uint8Array; readonly valueHash: Uint8Array | null }[];
  readonly metadataWrites: number;
}

export interface NamespaceReadWriteSet {
  readonly namespace: string;
  readonly reads: readonly Read[];
  readonly writes: readonly Write[];
  readonly collections: readonly CollectionReadWriteSet[];
  readonly rangeQueries: readonly ledger.rwset.kvrwset.RangeQueryInfo[];
  readonly metadataWrites: number;
}

/**
 * Reads a rwset.TxReadWriteSet. Values are views of the bytes.
 *
 * @throws Error if the bytes are no read-write sets.
 */
export function parseReadWriteSets(bytes: Uint8Array): NamespaceReadWriteSet[] {
  const sets = ledger.rwset.TxReadWriteSet.deserializeBinary(bytes).getNsRwsetList();
  return sets.map((set) => ({
    namespace: set.getNamespace(),
    ...parseRows(set.getRwset_asU8()),
    collections: set.getCollectionHashedRwsetList().map(parseCollection),
  }));
}

type Rows = Pick<NamespaceReadWriteSet, 'reads' | 'writes' | 'rangeQueries' | 'metadataWrites'>;

/** Field numbers of kvrwset.KVRWSet. */
const rowsField = { reads: 1, rangeQueries: 2, writes: 3, metadataWrites: 4 } as const;

/**
 * A kvrwset.KVRWSet, field by field: there is a read and a write for each event, and objects of the message classes would
 * cost more than all that is done with them.
 */
function parseRows(bytes: Uint8Array): Rows {
  const reads: Read[] = [];
  const writes: Write[] = [];
  const rangeQueries: ledger.rwset.kvrwset.RangeQueryInfo[] = [];
  let metadataWrites = 0;
  const reader = new BinaryReader(bytes);
  const text = textOf(bytes);
  while (reader.nextField()) {
    switch (reader.getFieldNumber()) {
      case rowsField.reads:
        reader.readMessage(undefined, () => reads.push(parseRead(reader, text)));
        break;
      case rowsField.writes:
        reader.readMessage(undefined, () => writes.push(parseWrite(reader, text)));
        break;
      case rowsField.rangeQueries:
        rangeQueries.push(ledger.rwset.kvrwset.RangeQueryInfo.deserializeBinary(reader.readBytes()));
        break;
      case rowsField.metadataWrites:
        metadataWrites += 1;
        reader.skipField();
        break;
      default:
        reader.skipField();
    }
  }
  return { reads, writes, rangeQueries, metadataWrites };
}

type TextOf = (part: Uint8Array) => string;

/** Reads parts of some bytes as UTF-8. */
function textOf(bytes: Uint8Array): TextOf {
  const whole = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  return (part) => {
    const start = part.byteOffset - bytes.byteOffset;
    return whole.toString('utf8', start, start + part.length);
  };
}

/** A kvrwset.KVRead. */
function parseRead(reader: BinaryReader, text: TextOf): Read {
  let key = '';
  let version: Version | undefined;
  while (reader.nextField()) {
    switch (reader.getFieldNumber()) {
      case 1:
        key = text(reader.readBytes());
        break;
      case 2:
        reader.readMessage(undefined, () => (version = parseVersion(reader)));
        break;
      default:
        reader.skipField();
    }
  }
  return version === undefined ? { key } : { key, version };
}

/** A kvrwset.Version. */
function parseVersion(reader: BinaryReader): Version {
  let block = 0;
  let transaction = 0;
  while (reader.nextField()) {
    switch (reader.getFieldNumber()) {
      case 1:
        block = reader.readUint64();
        break;
      case 2:
        transaction = reader.readUint64();
        break;
      default:
        reader.skipField();
    }
  }
  return { block, transaction };
}

/** A kvrwset.KVWrite. */
function parseWrite(reader: BinaryReader, text: TextOf): Write {
  let key = '';
  let isDelete = false;
  let value: Uint8Array = nothing;
  while (reader.nextField()) {
    switch (reader.getFieldNumber()) {
      case 1:
        key = text(reader.readBytes());
        break;
      case 2:
        isDelete = reader.readBool();
        break;
      case 3:
        value = reader.readBytes();
        break;
      default:
        reader.skipField();
    }
  }
  return { key, value: valueOf(isDelete, value) };
}

const nothing = new Uint8Array();

function parseCollection(set: ledger.rwset.CollectionHashedReadWriteSet): CollectionReadWriteSet {
  const rows = ledger.rwset.kvrwset.HashedRWSet.deserializeBinary(set.getHashedRwset_asU8());
  return {
    collection: set.getCollectionName(),
    reads: rows.getHashedReadsList().map((read) => ({
      keyHash: read.getKeyHash_asU8(),
      ...versionOf(read.getVersion()),
    })),
    writes: rows.getHashedWritesList().map((write) => ({
      keyHash: write.getKeyHash_asU8(),
      valueHash: valueOf(write.getIsDelete(), write.getValueHash_asU8()),
    })),
    metadataWrites: rows.getMetadataWritesList().length,
  };
}

/** Fabric takes an empty value for a deletion. */
function valueOf(isDelete: boolean, value: Uint8Array): Uint8Array | null {
  return isDelete || value.length === 0 ? null : value;
}

function versionOf(version: ledger.rwset.kvrwset.Version | undefined): { version?: Version } {
  if (version === undefined) return {};
  return { version: { block: version.getBlockNum(), transaction: version.getTxNum() } };
}
