import { computeDataHash, type LedgerBlock } from '@huilian/fabric';
import { common } from '@hyperledger/fabric-protos';
import { differ, hex, same } from '../difference.js';

const index = common.BlockMetadataIndex;
const entryCount = index.COMMIT_HASH + 1;

/** What a block must link to. */
export interface ChainHead {
  readonly number: number;
  readonly hash: string;
}

/**
 * The bytes are the only encoding of the block, so that no bit stands outside of every hash and signature.
 */
export function checkEncoding(bytes: Uint8Array, block: LedgerBlock): void {
  const again = common.Block.deserializeBinary(bytes).serializeBinary();
  if (!Buffer.from(again).equals(bytes)) {
    differ(
      'HL-6021',
      { block: block.number },
      'encoding',
      `${String(again.length)} bytes`,
      `${String(bytes.length)} bytes`,
    );
  }
}

/** Number, previous hash and data hash fit. `head` is undefined for the genesis block. */
export function checkLinks(block: LedgerBlock, head: ChainHead | undefined): void {
  const place = { block: block.number };
  same('HL-6023', place, 'number', head === undefined ? 0 : head.number + 1, block.number);
  same('HL-6023', place, 'previous hash', head?.hash ?? '', block.previousHash);
  same('HL-6024', place, 'data hash', computeDataHash(block), block.dataHash);
}

/**
 * The metadata that no signature covers holds only what follows from the chain: the number of the last configuration block,
 * one validation code for each transaction, and nothing in the retired entry.
 */
export function checkMetadata(block: LedgerBlock, lastConfiguration: number): void {
  const place = { block: block.number };
  const { entries, filter } = block.metadata;
  same('HL-6025', place, 'number of metadata entries', entryCount, entries.length);
  same('HL-6025', place, 'number of validation codes', block.transactions.length, filter.length);
  same('HL-6025', place, 'retired orderer entry', '', hex(entries[index.ORDERER] ?? new Uint8Array()));
  const lastConfig = new common.LastConfig();
  lastConfig.setIndex(lastConfiguration);
  same(
    'HL-6025',
    place,
    'last configuration entry',
    hex(wrapped(lastConfig.serializeBinary())),
    entry(block, index.LAST_CONFIG),
  );
  same(
    'HL-6025',
    place,
    'encoding of the commit hash',
    hex(wrapped(block.metadata.commitHash)),
    entry(block, index.COMMIT_HASH),
  );
  const signatures = common.Metadata.deserializeBinary(entries[index.SIGNATURES] ?? new Uint8Array());
  same(
    'HL-6025',
    place,
    'encoding of the signatures',
    hex(signatures.serializeBinary()),
    entry(block, index.SIGNATURES),
  );
  const signed = common.OrdererBlockMetadata.deserializeBinary(block.metadata.value);
  same(
    'HL-6025',
    place,
    'signed last configuration',
    lastConfiguration,
    signed.getLastConfig()?.getIndex() ?? 0,
  );
}

function entry(block: LedgerBlock, position: number): string {
  return hex(block.metadata.entries[position] ?? new Uint8Array());
}

function wrapped(value: Uint8Array): Uint8Array {
  const metadata = new common.Metadata();
  metadata.setValue(value);
  return metadata.serializeBinary();
}
