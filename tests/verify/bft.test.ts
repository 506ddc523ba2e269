import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { common } from '@hyperledger/fabric-protos';
import { blocksOfPeer, verifyLedger } from '@huilian/verifier';
import { playHistory } from './history.js';
import { startTrialNetwork, type TrialNetwork } from './trial-network.js';

const setUpMilliseconds = 240_000;

let network: TrialNetwork;
let blocks: Uint8Array[];

beforeAll(async () => {
  network = await startTrialNetwork('bft');
  await playHistory(network);
  blocks = [];
  for await (const block of blocksOfPeer(await network.connect('OversightMSP', 'auditor')))
    blocks.push(block);
}, setUpMilliseconds);

afterAll(() => network.stop(), setUpMilliseconds);

describe('A ledger ordered by four SmartBFT orderers', () => {
  it('verifies: a quorum of consenters signed each block', async () => {
    const report = await verifyLedger({ source: blocks, trust: network.trust });
    expect(report.firstDifference).toBeUndefined();
    expect(report.ordererSignatures?.form).toBe('identifier header');
    expect(report.ordererSignatures?.count).toBeGreaterThanOrEqual(3);
  });

  it('does not verify with signatures of fewer than a quorum', async () => {
    const report = await verifyLedger({
      source: withLastSigned((all) => all.slice(0, 2)),
      trust: network.trust,
    });
    expect(report.firstDifference).toMatchObject({ code: 'HL-6026', what: 'policy for blocks' });
  });

  it('does not verify with one orderer signing for others', async () => {
    const report = await verifyLedger({
      source: withLastSigned((all) => all.map(() => all[0] ?? new common.MetadataSignature())),
      trust: network.trust,
    });
    expect(report.firstDifference).toMatchObject({ code: 'HL-6026', what: 'policy for blocks' });
  });
});

/** The ledger with the signatures of its last block changed. */
function withLastSigned(
  change: (signatures: readonly common.MetadataSignature[]) => common.MetadataSignature[],
): Uint8Array[] {
  const block = common.Block.deserializeBinary(blocks.at(-1) ?? new Uint8Array());
  const entries = block.getMetadata()?.getMetadataList_asU8() ?? [];
  const index = common.BlockMetadataIndex.SIGNATURES;
  const metadata = common.Metadata.deserializeBinary(entries[index] ?? new Uint8Array());
  metadata.setSignaturesList(change(metadata.getSignaturesList()));
  block.getMetadata()?.setMetadataList(entries.with(index, metadata.serializeBinary()));
  return [...blocks.slice(0, -1), block.serializeBinary()];
}
