import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Home } from '@huilian/network';
import { blocksOfPeer, verifyLedger, type LedgerReport } from '@huilian/verifier';
import { orderer, type common } from '@hyperledger/fabric-protos';
import { changeBlockTimeout } from './channel-update.js';
import { everybodyInLeague, forgeConfiguration, type Notary } from './forge.js';
import { startTrialNetwork, type TrialNetwork } from './trial-network.js';

const setUpMilliseconds = 180_000;

let network: TrialNetwork;
let notary: Notary;
let blocks: Uint8Array[];
/** Number of the block with the second configuration. */
let changed: number;

beforeAll(async () => {
  network = await startTrialNetwork();
  notary = await everybodyInLeague(new Home(network.home).crypto);
  const connection = await network.connect('OversightMSP', 'auditor');
  blocks = await collect(blocksOfPeer(connection));
  changed = blocks.length;
  await changeBlockTimeout(network, blocks[0] ?? new Uint8Array(), '150ms');
  for await (const { number } of connection.blocks(changed)) if (number === changed) break;
  await (await network.connect('RecyclingMSP')).submit('State:ledger', []);
  blocks = await collect(blocksOfPeer(connection));
}, setUpMilliseconds);

afterAll(() => network.stop(), setUpMilliseconds);

describe('A change of the configuration of the channel', () => {
  it('is followed when those signed it who may', async () => {
    const report = await verify(blocks);
    expect(report.firstDifference).toBeUndefined();
    expect(report.configurations).toBe(2);
  });

  it('is found when it says something else than what was signed', async () => {
    const report = await forged((config) => {
      const other = new orderer.BatchTimeout();
      other.setTimeout('10s');
      orderingOf(config)?.getValuesMap().get('BatchTimeout')?.setValue(other.serializeBinary());
    });
    expect(report.firstDifference).toMatchObject({ code: 'HL-6027', block: changed });
    expect(report.firstDifference?.what).toContain('BatchTimeout');
  });

  it('is found when it removes an organisation that nobody spoke of', async () => {
    const report = await forged((config) => {
      config.getChannelGroup()?.getGroupsMap().get('Application')?.getGroupsMap().del('OversightMSP');
    });
    expect(report.firstDifference).toMatchObject({ code: 'HL-6027', what: 'Channel/Application' });
  });

  it('is found when it changes who may change', async () => {
    const report = await forged((config) => {
      config.getChannelGroup()?.getGroupsMap().get('Application')?.setModPolicy('Writers');
    });
    expect(report.firstDifference).toMatchObject({ code: 'HL-6027', what: 'Channel/Application' });
  });

  it('is found when a number was left out', async () => {
    const report = await forged((config) => {
      config.setSequence(config.getSequence() + 1);
    });
    expect(report.firstDifference).toMatchObject({ code: 'HL-6027', what: 'sequence of the configuration' });
  });
});

function orderingOf(config: common.Config): common.ConfigGroup | undefined {
  return config.getChannelGroup()?.getGroupsMap().get('Orderer');
}

/** The ledger up to its second configuration, forged there by an orderer. */
async function forged(change: (config: common.Config) => void): Promise<LedgerReport> {
  const block = await forgeConfiguration(blocks[changed] ?? new Uint8Array(), change, notary);
  return verify([...blocks.slice(0, changed), block]);
}

function verify(source: readonly Uint8Array[]): Promise<LedgerReport> {
  return verifyLedger({ source, trust: network.trust });
}

async function collect<T>(source: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const one of source) all.push(one);
  return all;
}
