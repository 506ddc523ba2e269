import { up, type NetworkDescription } from '@huilian/network';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { as, height, kill9, ledgerRow, pids, removeHome, temporaryHome } from './trial.js';

let first: string;
let second: string;
let one: NetworkDescription;
let four: NetworkDescription;

/** A single Raft orderer and four SmartBFT orderers, as two checkouts on one machine would have them. */
beforeAll(async () => {
  [first, second] = await Promise.all([temporaryHome('one'), temporaryHome('bft')]);
  [one, four] = await Promise.all([up({ home: first }), up({ home: second, ordering: 'bft' })]);
});

afterAll(async () => {
  await Promise.all([removeHome(first), removeHome(second)]);
});

function commit(network: NetworkDescription): Promise<unknown> {
  return as(network, 'OversightMSP', 'administrator', (connection) =>
    connection.submit('Administration:foundLedger', [network.ledger]),
  );
}

describe('two networks that start at the same moment', () => {
  it('run beside each other with ports and ledgers of their own', async () => {
    const addresses = [one, four].flatMap(({ organisations, orderers }) => [
      ...organisations.map(({ peer }) => peer.address),
      ...orderers.map(({ address }) => address),
    ]);
    expect(new Set(addresses).size).toBe(addresses.length);
    expect(await ledgerRow(one)).toEqual({ id: one.ledger });
    expect(await ledgerRow(four)).toEqual({ id: four.ledger });
    expect(one.ledger).not.toBe(four.ledger);
  });
});

describe('four SmartBFT orderers', () => {
  it('go on when the leader is killed, and take it back', async () => {
    const blocks = await height(four);
    // The first of the list leads at the beginning.
    await kill9(second, 'orderer-1');
    await commit(four);
    expect(await height(four)).toBeGreaterThan(blocks);
    await up({ home: second });
    expect([...(await pids(second)).keys()]).toContain('orderer-1');
  });

  it('cannot be asked for where one Raft orderer is', async () => {
    await expect(up({ home: first, ordering: 'bft' })).rejects.toMatchObject({ code: 'HL-8020' });
  });
});
