import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connect, type ConnectionOptions, type LedgerConnection } from '@huilian/fabric';
import { canonical } from '@huilian/core';
import { freshSigner } from './signer.js';
import { startTrialNetwork, type TrialNetwork } from './trial-network.js';

const setUpMilliseconds = 180_000;
/** Reads one row and writes none. */
const harmless = 'State:ledger';
const nobody = { address: 'localhost:1' };

let network: TrialNetwork;
let connection: LedgerConnection;
const opened: LedgerConnection[] = [];

beforeAll(async () => {
  network = await startTrialNetwork();
  connection = await network.connect('RecyclingMSP');
}, setUpMilliseconds);

afterAll(async () => {
  for (const one of opened) one.close();
  await network.stop();
}, setUpMilliseconds);

describe('A connection to the ledger', () => {
  it('submits a transaction once and says in which block it stands', async () => {
    const { transactionId, block } = await connection.submit(harmless, []);
    expect(await connection.commitStatus(transactionId)).toMatchObject({
      block,
      valid: true,
      codeName: 'VALID',
    });
    expect(await connection.height()).toBeGreaterThan(block);
  });

  it('may send the same transaction again and again: it is committed once, and its status stays valid', async () => {
    const transaction = await connection.endorse(harmless, []);
    await Promise.all([transaction.send(), transaction.send()]);
    const outcome = await transaction.status();
    await transaction.send();
    expect(await transaction.commit()).toMatchObject({ block: outcome.block });
    expect(await transaction.status()).toEqual(outcome);
  });

  it('tells the loser of two colliding transactions', async () => {
    const administrator = await network.connect('RecyclingMSP', 'administrator');
    const signer = freshSigner(network.trust.ledger);
    const request = canonical(signer.request('RecyclingMSP'));
    const both = await Promise.all(
      [1, 2].map(() => administrator.endorse('Administration:registerAdministrator', [request])),
    );
    const outcomes = await Promise.allSettled(both.map((transaction) => transaction.commit()));
    const lost = outcomes
      .filter((outcome) => outcome.status === 'rejected')
      .map(({ reason }) => reason as unknown);
    expect(lost).toEqual([expect.objectContaining({ kind: 'conflict', code: 'HL-5010' })]);
  });

  it('passes on what the chaincode refuses, by its code', async () => {
    await expect(connection.submit('Record:record', [new Uint8Array(8)])).rejects.toMatchObject({
      kind: 'inadmissible',
      code: 'HL-1025',
    });
  });

  it('turns to another peer when the first is dead', async () => {
    const peers = (await options()).peers;
    const other = open({
      ...(await options()),
      peers: [{ ...peers[0], ...nobody, tlsCa: peers[0]?.tlsCa ?? '' }, ...peers],
    });
    expect((await other.submit(harmless, [])).block).toBeGreaterThan(0);
    const interruptions: string[] = [];
    const onInterruption = ({ kind }: { kind: string }): void => void interruptions.push(kind);
    const fresh = open({
      ...(await options()),
      peers: [{ ...peers[0], ...nobody, tlsCa: peers[0]?.tlsCa ?? '' }, ...peers],
    });
    expect(await numbers(fresh.blocks(0, { to: 3, onInterruption }))).toEqual([0, 1, 2, 3]);
    expect(interruptions).toEqual(['unavailable']);
  });

  it('says that the ledger is unavailable when no peer answers', async () => {
    const { peers, ...rest } = await options();
    const alone = open({ ...rest, peers: [{ ...nobody, tlsCa: peers[0]?.tlsCa ?? '' }] });
    await expect(alone.evaluate('State:ledger', [])).rejects.toMatchObject({
      kind: 'unavailable',
      code: 'HL-5001',
    });
    await expect(alone.submit(harmless, [])).rejects.toMatchObject({ kind: 'unavailable' });
  });

  it('says that the chaincode is not there when it is not', async () => {
    const other = open({ ...(await options()), chaincode: 'absent' });
    await expect(other.evaluate('State:ledger', [])).rejects.toMatchObject({
      kind: 'noChaincode',
      code: 'HL-5012',
    });
    await expect(other.submit(harmless, [])).rejects.toMatchObject({ kind: 'noChaincode' });
  });

  it('says that an identity is not permitted when its organisation does not vouch for it', async () => {
    const { identity, ...rest } = await options();
    const stranger = open({ ...rest, identity: { ...identity, mspId: 'OversightMSP' } });
    await expect(stranger.evaluate('State:ledger', [])).rejects.toMatchObject({ kind: 'notPermitted' });
    await expect(numbers(stranger.blocks(0, { to: 0 }))).rejects.toMatchObject({ kind: 'notPermitted' });
  });

  it('follows blocks as they are committed, until it is told to stop', async () => {
    const from = await connection.height();
    const stop = new AbortController();
    const followed: number[] = [];
    const following = (async () => {
      for await (const { number } of connection.blocks(from, { signal: stop.signal })) {
        followed.push(number);
        if (followed.length === 2) stop.abort();
      }
    })();
    await connection.submit(harmless, []);
    await connection.submit(harmless, []);
    await following;
    expect(followed).toEqual([from, from + 1]);
  });

  it('has an answer signed by the organisations that were asked', async () => {
    const { endorsements } = await connection.attest('State:ledger', [], ['OversightMSP', 'AftermarketMSP']);
    const signers = endorsements.map(({ endorser }) => Buffer.from(endorser).toString('utf8'));
    expect(signers).toHaveLength(2);
    expect(signers.some((signer) => signer.includes('AftermarketMSP'))).toBe(true);
  });
});

async function options(): Promise<ConnectionOptions> {
  const { organisations, channel, chaincode } = network.description;
  const own = organisations[0];
  const files = own?.identities['gateway'];
  if (own === undefined || files === undefined) throw new Error('a gateway identity');
  const { address, hostOverride, tlsCa } = own.peer;
  return {
    peers: [{ address, hostOverride, tlsCa: await readFile(tlsCa, 'utf8') }],
    identity: { mspId: own.mspId, cert: await readFile(files.cert, 'utf8') },
    key: await readFile(files.key, 'utf8'),
    channel,
    chaincode,
  };
}

function open(given: ConnectionOptions): LedgerConnection {
  const one = connect(given);
  opened.push(one);
  return one;
}

async function numbers(blocks: AsyncIterable<{ readonly number: number }>): Promise<number[]> {
  const all: number[] = [];
  for await (const { number } of blocks) all.push(number);
  return all;
}
