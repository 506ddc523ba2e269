import { makeKeyRequest, rowKey } from '@huilian/core';
import { Trade, type Party } from '@huilian/core/testing';
import { beforeEach, describe, expect, it } from 'vitest';
import { newItems } from './custody.js';
import { Duo, type Member } from './duo.js';

const ITEMS = 6;
let trade: Trade;
let members: [Member, Member];

/** A device of a party whose key is on the ledger. */
function member(party: Party): Member {
  const device = trade.world.signer(`${party.creditCode}, second device`);
  const { owner, publicKey, proof } = makeKeyRequest(trade.world.ledger, party.creditCode, device.key);
  trade.given(trade.administratorOf(party.mspId), {
    type: 'key.register',
    data: { owner, kind: 'device', publicKey, proof },
  });
  return { device, keyId: device.keyId, creditCode: party.creditCode };
}

beforeEach(() => {
  trade = new Trade();
  members = [
    member(trade.party('plant', ['dismantler'])),
    member(trade.party('shop', ['repairShop'], { mspId: 'AftermarketMSP' })),
  ];
});

function duo(): Duo {
  return new Duo(members, [newItems(members[0].keyId, ITEMS), newItems(members[1].keyId, ITEMS)]);
}

/** Records a step, the second device's batches before the first's or after them. */
function verdictsOf(pair: Duo, events: number, secondFirst: boolean): string[] {
  const [first, second] = pair.step(events, 4);
  const batches = secondFirst ? [...second, ...first] : [...first, ...second];
  return batches.flatMap((batch) => trade.world.record(batch).batches.flatMap(({ verdicts }) => verdicts));
}

describe('what two devices hand in', () => {
  it('is accepted to the last event, whoever of the two is first in a step', () => {
    const pair = duo();
    for (let step = 0; step < 40; step++) {
      const verdicts = verdictsOf(pair, 1 + (step % 7), step % 2 === 0);
      expect(new Set(verdicts)).toEqual(new Set(['accepted']));
    }
  });

  it('changes hands at the end of each turn', () => {
    const pair = duo();
    const holderOf = (pool: 0 | 1): string | undefined =>
      trade.world.row(rowKey.item(pair.pools[pool][0]?.id ?? ''))?.custodian;
    verdictsOf(pair, pair.left, false);
    expect(holderOf(0)).toBe(members[0].creditCode);
    verdictsOf(pair, ITEMS, false);
    expect([holderOf(0), holderOf(1)]).toEqual([members[1].creditCode, members[0].creditCode]);
  });

  it('goes no further in one step than the pools stay where they are', () => {
    const pair = duo();
    const { left } = pair;
    const [first] = pair.step(10 * left, 1_000);
    expect(first.map(({ header }) => header.count)).toEqual([left]);
    expect(pair.left).toBe(pair.length);
  });

  it('needs no registration for items that are on the ledger', () => {
    const known = duo();
    verdictsOf(known, ITEMS, false);
    const later = new Duo(members, known.pools, true);
    expect(new Set(verdictsOf(later, later.left, true))).toEqual(new Set(['accepted']));
  });
});
