import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packGroup, type LedgerEvent, type SignedBatch } from '@huilian/core';
import { decodeBlock } from '@huilian/fabric';
import { blocksOfPeer, stateOfPeer, verifyLedger } from '@huilian/verifier';
import type { common } from '@hyperledger/fabric-protos';
import { broadcast } from './channel-update.js';
import { junkEnvelope, keyPolicies, writes } from './junk.js';
import { playHistory, type History } from './history.js';
import { startTrialNetwork, type TrialNetwork } from './trial-network.js';

const setUpMilliseconds = 180_000;
const garbage = Buffer.from([0xff, 0xff, 0xff, 0xff, 0x01]);

let network: TrialNetwork;
let history: History;
let batch: SignedBatch;

beforeAll(async () => {
  network = await startTrialNetwork();
  history = await playHistory(network);
  const time = Math.floor(Date.now() / 1000);
  const event = { type: 'withdraw', version: 1, item: history.vehicle, time, data: {} } as LedgerEvent;
  batch = history.shop.batch([event], { time });
}, setUpMilliseconds);

afterAll(async () => {
  await network.stop();
}, setUpMilliseconds);

async function report() {
  const connection = await network.connect('OversightMSP', 'auditor');
  return verifyLedger({
    source: blocksOfPeer(connection),
    trust: network.trust,
    stateSource: () => stateOfPeer(connection),
  });
}

async function lastCodes(): Promise<string[]> {
  const connection = await network.connect('OversightMSP', 'auditor');
  const height = await connection.height();
  const codes: string[] = [];
  for await (const { bytes } of connection.blocks(height - 1, { to: height - 1 }))
    codes.push(...decodeBlock(bytes).transactions.map(({ codeName }) => codeName));
  return codes;
}

async function ordered(envelope: common.Envelope): Promise<string[]> {
  const connection = await network.connect('OversightMSP', 'auditor');
  const before = await connection.height();
  await broadcast(network, envelope);
  while ((await connection.height()) === before) await new Promise((resolve) => setTimeout(resolve, 50));
  return lastCodes();
}

describe('A member who is no friend', () => {
  it.each([
    'record',
    ':record',
    ' :record',
    'Record:record\n',
    'Record:record\nRecord:other',
    ':record\u2028x',
  ])('cannot have a batch recorded under another name of the function: %j', async (name) => {
    const connection = await network.connect('RecyclingMSP');
    await expect(connection.endorse(name, [packGroup([batch])])).rejects.toThrow();
  });

  it.each([
    ['all rows', ['', '1000']],
    ['some rows', ['', '5']],
    ['rows of one kind', ['item/', '1']],
    ['no rows', ['zzz', '5']],
  ])('cannot make an honest ledger look tampered with by submitting a query: %s', async (_what, args) => {
    const auditor = await network.connect('OversightMSP', 'auditor');
    await auditor.submit('State:page', args);
    expect((await report()).firstDifference).toBeUndefined();
  });

  it('cannot make an honest ledger look tampered with by submitting questions about single rows', async () => {
    const auditor = await network.connect('OversightMSP', 'auditor');
    const { keyId } = history.plant;
    await auditor.submit('Receipts:receipt', [keyId, '1']);
    await auditor.submit('Items:get', ['constructor']);
    await auditor.submit('Items:tag', ['vin', '\u0000\u4e2d']).catch(() => undefined);
    await auditor.submit('org.hyperledger.fabric:GetMetadata', []).catch(() => undefined);
    expect((await report()).firstDifference).toBeUndefined();
  });

  const spoiled: readonly (readonly [string, Parameters<typeof junkEnvelope>[1]])[] = [
    ['nothing endorsed', () => undefined],
    [
      'no arguments',
      (junk) => {
        junk.actionPayload.setChaincodeProposalPayload('');
      },
    ],
    [
      'key policies',
      (junk) => {
        junk.instead = { results: keyPolicies('huilian') };
      },
    ],
    [
      'a name that is no text',
      (junk) => {
        junk.instead = { results: Buffer.from('120412020aff', 'hex') };
      },
    ],
    [
      'results that are no write set',
      (junk) => {
        junk.instead = { results: garbage };
      },
    ],
    [
      'an action that cannot be read',
      (junk) => {
        junk.instead = { extension: garbage };
      },
    ],
    [
      'a response that cannot be read',
      (junk) => {
        junk.instead = { response: garbage };
      },
    ],
    [
      'a payload that cannot be read',
      (junk) => {
        junk.instead = { action: garbage };
      },
    ],
    [
      'a transaction that cannot be read',
      (junk) => {
        junk.instead = { transaction: garbage };
      },
    ],
    [
      'an empty transaction',
      (junk) => {
        junk.instead = { transaction: new Uint8Array() };
      },
    ],
    [
      'events that cannot be read',
      (junk) => {
        junk.instead = { events: garbage };
      },
    ],
    [
      'two actions',
      (junk) => {
        junk.actions = 2;
      },
    ],
    [
      'no action',
      (junk) => {
        junk.actions = 0;
      },
    ],
    [
      'the id of another transaction',
      (junk) => {
        junk.channelHeader.setTxId(history.intakeTransaction);
      },
    ],
    [
      'another channel',
      (junk) => {
        junk.channelHeader.setChannelId('elsewhere');
      },
    ],
    [
      'a chaincode that nobody defined',
      (junk) => {
        junk.headerExtension.getChaincodeId()?.setName('nobody');
        junk.action.getChaincodeId()?.setName('nobody');
      },
    ],
    [
      'another chaincode in the header',
      (junk) => {
        junk.headerExtension.getChaincodeId()?.setName('nobody');
      },
    ],
    [
      'no chaincode in the header',
      (junk) => {
        junk.headerExtension.clearChaincodeId();
      },
    ],
    [
      'no version',
      (junk) => {
        junk.action.getChaincodeId()?.setVersion('');
      },
    ],
    [
      'another version',
      (junk) => {
        junk.action.getChaincodeId()?.setVersion('0');
      },
    ],
    [
      'writes of our rows',
      (junk) => {
        junk.instead = { results: writes('huilian') };
      },
    ],
    [
      'writes of the definitions',
      (junk) => {
        junk.instead = { results: writes('_lifecycle') };
      },
    ],
    [
      'writes of the old definitions',
      (junk) => {
        junk.instead = { results: writes('lscc') };
      },
    ],
    [
      'writes of a system chaincode',
      (junk) => {
        junk.instead = { results: writes('qscc') };
      },
    ],
    [
      'writes of a chaincode that nobody defined',
      (junk) => {
        junk.instead = { results: writes('nobody') };
      },
    ],
    [
      'a namespace twice',
      (junk) => {
        junk.instead = { results: writes('huilian', 'huilian') };
      },
    ],
    [
      'namespaces out of order',
      (junk) => {
        junk.instead = { results: writes('nobody', 'huilian') };
      },
    ],
    [
      'a namespace without a name',
      (junk) => {
        junk.instead = { results: writes('') };
      },
    ],
    [
      'a refusal as answer',
      (junk) => {
        junk.action.getResponse()?.setStatus(500);
      },
    ],
    [
      'no time',
      (junk) => {
        junk.channelHeader.clearTimestamp();
      },
    ],
    [
      'an epoch',
      (junk) => {
        junk.channelHeader.setEpoch(7);
      },
    ],
    [
      'a short nonce',
      (junk) => {
        junk.nonce = Buffer.from([1]);
      },
    ],
    [
      'the type of a message',
      (junk) => {
        junk.channelHeader.setType(0);
      },
    ],
    [
      'the type of a configuration',
      (junk) => {
        junk.channelHeader.setType(1);
      },
    ],
    [
      'a type that there is not',
      (junk) => {
        junk.channelHeader.setType(99);
      },
    ],
  ];

  it.each(spoiled)('cannot make an honest ledger look tampered with: %s', async (_what, spoil) => {
    const envelope = await junkEnvelope(network, spoil);
    const codes = await ordered(envelope).catch((error: unknown) => [`not ordered: ${String(error)}`]);
    const { firstDifference } = await report();
    expect(codes).not.toContain('VALID');
    expect(firstDifference).toBeUndefined();
  });
});
