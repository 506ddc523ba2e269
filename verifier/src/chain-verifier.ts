import { type TrustBundle } from '@huilian/core';
import { decodeBlock, type LedgerBlock } from '@huilian/fabric';
import { common } from '@hyperledger/fabric-protos';
import { checkEncoding, checkLinks, checkMetadata, type ChainHead } from './checks/block-shape.js';
import { checkCertificateTimes } from './checks/certificate-times.js';
import { checkOrdererSignatures, type OrdererSigners } from './checks/orderer-signatures.js';
import { checkTransactionCodes } from './checks/transaction-codes.js';
import { differ, hex, readable, same } from './difference.js';
import { commitHash } from './fabric/commit-hash.js';
import { unauthorisedChange } from './fabric/configuration-update.js';
import { Configuration } from './fabric/configuration.js';
import { Definitions } from './fabric/definitions.js';
import { Versions } from './fabric/versions.js';
import type { KeySet } from './rows/key-set.js';
import type { Tables } from './rows/tables.js';

/** What has been checked of the blocks so far. */
export interface ChainCounts {
  readonly blocks: number;
  readonly transactions: number;
  readonly validTransactions: number;
  readonly configurations: number;
}

/** What is known of the chain after a block. */
export interface ChainState {
  readonly counts: ChainCounts;
  /** Number and hash of the last block checked. */
  readonly head?: ChainHead | undefined;
  /** How the last block was signed by the ordering service. */
  readonly ordererSigners?: OrdererSigners | undefined;
  /** The chaincode's definition: its version string carries the digest of the bundle that was agreed on. */
  readonly chaincodeVersion?: string | undefined;
}

/**
 * Checks what Fabric makes of a ledger, block by block: links, signatures, validation codes, commit hashes, configurations.
 * What transactions say by the rules is for {@link RulesVerifier}; neither asks the other.
 */
export class ChainVerifier {
  readonly #counts = { blocks: 0, transactions: 0, validTransactions: 0, configurations: 0 };
  readonly #trust: TrustBundle;
  readonly #definitions = new Definitions();
  readonly #versions: Versions;
  /** Ids of all transactions of earlier blocks. */
  readonly #seen: KeySet;
  #configuration: Configuration | undefined;
  #lastConfiguration = 0;
  #head: ChainHead | undefined;
  #commitHash: Uint8Array = new Uint8Array();
  #ordererSigners: OrdererSigners | undefined;

  constructor(trust: TrustBundle, tables: Tables) {
    this.#trust = trust;
    this.#versions = new Versions(tables);
    this.#seen = tables.newSet();
  }

  get state(): ChainState {
    return {
      counts: { ...this.#counts },
      head: this.#head,
      ordererSigners: this.#ordererSigners,
      chaincodeVersion: this.#definitions.get(this.#trust.chaincode)?.version,
    };
  }

  /**
   * Checks the next block.
   *
   * @param bytes of the common.Block, exactly as the source holds them.
   * @throws DifferenceFound
   */
  block(bytes: Uint8Array): LedgerBlock {
    const place = { block: this.#head === undefined ? 0 : this.#head.number + 1 };
    return readable(place, () => this.#check(bytes));
  }

  #check(bytes: Uint8Array): LedgerBlock {
    const block = decodeBlock(bytes, { namespace: this.#trust.chaincode });
    checkEncoding(bytes, block);
    checkLinks(block, this.#head);
    if (this.#configuration === undefined) this.#genesis(block);
    else this.#successor(block, this.#configuration);
    this.#head = { number: block.number, hash: block.hash };
    this.#counts.blocks += 1;
    this.#counts.transactions += block.transactions.length;
    return block;
  }

  /** The genesis block is believed for its hash, and everything else for the genesis block. */
  #genesis(block: LedgerBlock): void {
    same('HL-6022', { block: 0 }, 'hash of the genesis block', this.#trust.ledger, block.hash);
    checkMetadata(block, 0);
    same('HL-6025', { block: 0 }, 'validation codes', '00', hex(block.metadata.filter));
    same('HL-6025', { block: 0 }, 'commit hash', '', hex(block.metadata.commitHash));
    same('HL-6025', { block: 0 }, 'orderer signatures', 0, block.metadata.signatures.length);
    same('HL-6025', { block: 0 }, 'orderer metadata', hex(genesisMetadata()), hex(block.metadata.value));
    this.#counts.validTransactions += block.transactions.length;
    this.#configuration = new Configuration(this.#config(block));
    this.#counts.configurations += 1;
  }

  #successor(block: LedgerBlock, configuration: Configuration): void {
    const isConfiguration = block.transactions.some(({ type }) => type === 'configuration');
    if (isConfiguration) this.#lastConfiguration = block.number;
    checkMetadata(block, this.#lastConfiguration);
    this.#ordererSigners = checkOrdererSignatures(block, configuration);
    checkTransactionCodes(block, {
      channel: this.#trust.channel,
      configuration,
      definitions: this.#definitions,
      versions: this.#versions,
      seen: this.#seen,
    });
    checkCertificateTimes(block, configuration);
    this.#checkCommitHash(block);
    this.#define(block);
    if (isConfiguration) this.#configure(block, configuration);
    for (const { id } of block.transactions) if (id !== '') this.#seen.add(id);
  }

  #checkCommitHash(block: LedgerBlock): void {
    const { filter } = block.metadata;
    this.#commitHash = commitHash(filter, this.#versions.updates(), this.#commitHash);
    const found = hex(block.metadata.commitHash);
    same('HL-6030', { block: block.number }, 'commit hash', hex(this.#commitHash), found);
    this.#versions.commit();
  }

  /** Takes over the definitions of chaincode that the block commits. */
  #define(block: LedgerBlock): void {
    for (const transaction of block.transactions) {
      if (!transaction.valid) continue;
      this.#counts.validTransactions += 1;
      for (const set of transaction.action?.readWriteSets ?? []) this.#definitions.apply(set);
    }
  }

  /** Takes over a new configuration if the old one allows it. */
  #configure(block: LedgerBlock, before: Configuration): void {
    const place = { block: block.number };
    same('HL-6027', place, 'transactions in a block with a configuration', 1, block.transactions.length);
    const after = new Configuration(this.#config(block));
    same('HL-6027', place, 'sequence of the configuration', before.sequence + 1, after.sequence);
    const update = this.#configEnvelope(block).getLastUpdate() ?? new common.Envelope();
    const fault = unauthorisedChange(before, after, update);
    if (fault !== undefined) {
      differ(
        'HL-6027',
        place,
        fault.path,
        `signatures that satisfy ${fault.policy}`,
        'a change without them',
      );
    }
    this.#configuration = after;
    this.#counts.configurations += 1;
  }

  #config(block: LedgerBlock): common.Config {
    const config = this.#configEnvelope(block).getConfig();
    return config ?? differ('HL-6027', { block: block.number }, 'configuration', 'a configuration', 'none');
  }

  #configEnvelope(block: LedgerBlock): common.ConfigEnvelope {
    const data = block.transactions[0]?.envelope.data ?? new Uint8Array();
    return common.ConfigEnvelope.deserializeBinary(data);
  }
}

/** What nobody signs in the genesis block: that it is itself the last configuration. */
function genesisMetadata(): Uint8Array {
  const metadata = new common.OrdererBlockMetadata();
  metadata.setLastConfig(new common.LastConfig());
  return metadata.serializeBinary();
}
