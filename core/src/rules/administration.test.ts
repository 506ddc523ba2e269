import { beforeEach, describe, expect, it } from 'vitest';
import { rowKey } from '../model/row-keys.js';
import { creditCodeNumbered } from '../testing/keys.js';
import type { Signer } from '../testing/signer.js';
import { Trade, type Party } from '../testing/trade.js';
import { provePossession } from './keys.js';
import { licenceDigest } from './participants.js';
import { numbered } from '../testing/numbered.js';

let trade: Trade;
let plant: Party;

beforeEach(() => {
  trade = new Trade();
  plant = trade.party('plant', ['dismantler']);
});

const LICENCE = {
  number: 'L-7',
  kind: 'dismantler' as const,
  categories: [],
  annualCapacity: 1,
  validFrom: 0,
  validTo: 1,
  authority: '商务局',
};

describe('a participant', () => {
  const registers = (who: Signer | Party, creditCode: string, roles: ['dismantler' | 'regulator']): string =>
    trade.does(who, {
      type: 'participant.register',
      data: { creditCode, name: '回收厂', roles, province: '310000' },
    });

  it('joins the organisation of the administrator who registers it, once', () => {
    const code = creditCodeNumbered(700);
    expect(registers(trade.aftermarket, code, ['dismantler'])).toBe('accepted');
    expect(trade.world.row(rowKey.participant(code))).toMatchObject({
      mspId: 'AftermarketMSP',
      status: 'active',
      licences: [],
    });
    expect(registers(trade.recycling, code, ['dismantler'])).toBe('HL-3031');
  });

  it('is not registered by a participant’s key, and no supervisor by the supervised', () => {
    expect(registers(plant, creditCodeNumbered(700), ['dismantler'])).toBe('HL-2090');
    expect(registers(trade.recycling, creditCodeNumbered(700), ['regulator'])).toBe('HL-3033');
    expect(registers(trade.oversight, creditCodeNumbered(700), ['regulator'])).toBe('accepted');
  });

  it('is suspended by its organisation or Oversight and reinstated by Oversight alone', () => {
    const data = { creditCode: plant.creditCode, reason: 'audit' };
    expect(trade.does(trade.aftermarket, { type: 'participant.suspend', data })).toBe('HL-3032');
    expect(trade.does(trade.recycling, { type: 'participant.suspend', data })).toBe('accepted');
    expect(
      trade.does(trade.recycling, { type: 'participant.reinstate', data: { creditCode: plant.creditCode } }),
    ).toBe('HL-3033');
    expect(
      trade.does(trade.oversight, { type: 'participant.reinstate', data: { creditCode: plant.creditCode } }),
    ).toBe('accepted');
    expect(
      trade.does(trade.oversight, {
        type: 'participant.suspend',
        data: { ...data, creditCode: creditCodeNumbered(999) },
      }),
    ).toBe('HL-3030');
  });
});

describe('a licence', () => {
  const grants = (who: Signer, number = 'L-7'): string =>
    trade.does(who, {
      type: 'licence.grant',
      data: { creditCode: plant.creditCode, licence: { ...LICENCE, number } },
    });
  const countersigns = (who: Signer, number = 'L-7'): string =>
    trade.does(who, { type: 'licence.countersign', data: { creditCode: plant.creditCode, number } });

  it('is entered by the participant’s organisation and countersigned by Oversight, once', () => {
    expect(grants(trade.aftermarket)).toBe('HL-3032');
    expect(countersigns(trade.oversight)).toBe('HL-3037');
    expect(grants(trade.recycling)).toBe('accepted');
    expect(countersigns(trade.recycling)).toBe('HL-3033');
    expect(countersigns(trade.oversight)).toBe('accepted');
    expect(countersigns(trade.secondOversight)).toBe('HL-3038');
  });

  it('entered again replaces the former entry and needs a new countersignature', () => {
    const licence = { ...LICENCE, validTo: 2_000_000_000 };
    const { creditCode } = plant;
    const grantsLonger = (): void =>
      trade.given(trade.recycling, { type: 'licence.grant', data: { creditCode, licence } });
    grantsLonger();
    countersigns(trade.oversight);
    grantsLonger();
    expect(
      trade.world.row(rowKey.participant(creditCode))?.licences.filter(({ number }) => number === 'L-7'),
    ).toEqual([licence]);
  });

  it('is countersigned as it was seen: what was put in its place meanwhile is not', () => {
    const seen = licenceDigest({ ...LICENCE, number: 'L-7' });
    const wider = { ...LICENCE, number: 'L-7', annualCapacity: LICENCE.annualCapacity + 1 };
    const { creditCode } = plant;
    grants(trade.recycling);
    trade.given(trade.recycling, { type: 'licence.grant', data: { creditCode, licence: wider } });
    const countersign = {
      type: 'licence.countersign',
      data: { creditCode, number: 'L-7', digest: seen },
    } as const;
    expect(trade.does(trade.oversight, countersign)).toBe('HL-3046');
    grants(trade.recycling);
    expect(trade.does(trade.oversight, countersign)).toBe('accepted');
  });

  it('is one of a bounded number', () => {
    const verdicts = Array.from({ length: 40 }, (_, i) => grants(trade.recycling, `L-${100 + i}`));
    expect(verdicts.slice(0, 39)).toEqual(Array.from({ length: 39 }, () => 'accepted')); // one came with the plant
    expect(verdicts[39]).toBe('HL-3045');
    expect(grants(trade.recycling, 'L-100')).toBe('accepted');
  });
});

describe('who has outlived its licence', () => {
  const AFTER = 2_000_000_000;
  const registers = (who: Party, name: string): string =>
    trade.does(who, {
      type: 'register',
      item: who.signer.item(name).item,
      data: {
        kind: 'vehicle',
        category: 'sedan',
        nonce: who.signer.item(name).nonce,
        tags: numbered(who.signer.item(name).nonce),
      },
    });

  it('does nothing more, but hands over what it holds', () => {
    const other = trade.party('other plant', ['dismantler'], { licence: false });
    expect(registers(plant, 'car')).toBe('accepted');
    const { item } = plant.signer.item('car');
    trade.world.time = AFTER;
    expect(registers(plant, 'another car')).toBe('HL-2033');
    expect(trade.does(plant, { type: 'surrender', item, data: {} })).toBe('HL-2033');
    expect(trade.does(plant, { type: 'accept', item, data: { from: other.creditCode } })).toBe('HL-2033');
    const handover = { type: 'handover', item, data: { to: other.creditCode } } as const;
    expect(trade.does(plant, handover)).toBe('accepted');
    expect(trade.does(plant, { type: 'withdraw', item, data: {} })).toBe('accepted');
  });

  it('goes on in the roles that it still has, and in all when the licence is renewed', () => {
    const both = trade.party('plant with a workshop', ['dismantler', 'repairShop']);
    const { creditCode } = both;
    expect(registers(both, 'car')).toBe('accepted');
    const { item } = both.signer.item('car');
    trade.given(both, { type: 'surrender', item, data: {} });
    trade.world.time = AFTER;
    const receive = { type: 'receive', item, data: { massGrams: 1_000_000 } } as const;
    expect(trade.does(both, receive)).toBe('HL-2033');
    expect(registers(both, 'a car to be repaired')).toBe('accepted');
    const licence = { ...LICENCE, number: 'L-8', validFrom: AFTER, validTo: AFTER + 86_400 };
    trade.given(trade.recycling, { type: 'licence.grant', data: { creditCode, licence } });
    expect(trade.does(both, receive)).toBe('HL-2033');
    trade.given(trade.oversight, { type: 'licence.countersign', data: { creditCode, number: 'L-8' } });
    expect(trade.does(both, receive)).toBe('accepted');
  });
});

describe('a key', () => {
  function registers(
    who: Signer,
    owner: string,
    change: { kind?: 'device' | 'administrator'; proof?: string; name?: string } = {},
  ): string {
    const { key } = trade.world.signer(change.name ?? 'new key');
    const proof = change.proof ?? provePossession(trade.world.ledger, owner, key);
    return trade.does(who, {
      type: 'key.register',
      data: { owner, kind: change.kind ?? 'device', publicKey: { x: key.x, y: key.y }, proof },
    });
  }

  it('is registered once, for a participant of the administrator’s organisation', () => {
    expect(registers(trade.aftermarket, plant.creditCode)).toBe('HL-3032');
    expect(registers(trade.recycling, creditCodeNumbered(999))).toBe('HL-3030');
    expect(registers(trade.recycling, plant.creditCode)).toBe('accepted');
    expect(registers(trade.recycling, plant.creditCode)).toBe('HL-3035');
  });

  it('is registered only with proof that its private half is held, for this ledger and this owner', () => {
    const { key } = trade.world.signer('new key');
    const wrong = [
      provePossession('f'.repeat(64), plant.creditCode, key),
      provePossession(trade.world.ledger, creditCodeNumbered(1000), key),
      provePossession(trade.world.ledger, plant.creditCode, trade.world.signer('thief').key),
    ];
    for (const proof of wrong)
      expect(registers(trade.recycling, plant.creditCode, { proof })).toBe('HL-3036');
  });

  it('that is no point of the curve is refused as not possessed', () => {
    const { key } = trade.world.signer('new key');
    const proof = provePossession(trade.world.ledger, plant.creditCode, key);
    const publicKey = { x: key.x, y: trade.world.signer('other').key.y };
    expect(
      trade.does(trade.recycling, {
        type: 'key.register',
        data: { owner: plant.creditCode, kind: 'device', publicKey, proof },
      }),
    ).toBe('HL-3036');
  });

  it('of an administrator is registered by one of its own organisation', () => {
    expect(registers(trade.recycling, 'OversightMSP', { kind: 'administrator' })).toBe('HL-3032');
    expect(registers(trade.recycling, plant.creditCode, { kind: 'administrator' })).toBe('HL-3032');
    expect(registers(trade.recycling, 'RecyclingMSP', { kind: 'administrator' })).toBe('accepted');
    const second = trade.world.signer('new key');
    expect(
      trade.does(second, {
        type: 'participant.suspend',
        data: { creditCode: plant.creditCode, reason: 'audit' },
      }),
    ).toBe('accepted');
  });

  it('is revoked by its organisation or Oversight, at or behind what is recorded', () => {
    const { keyId } = plant.signer;
    const revokes = (who: Signer, lastSequence: number, id = keyId): string =>
      trade.does(who, { type: 'key.revoke', data: { keyId: id, lastSequence, reason: 'lost' } });
    const item = plant.signer.item('car');
    trade.given(plant, {
      type: 'register',
      item: item.item,
      data: { kind: 'vehicle', category: 'sedan', nonce: item.nonce, tags: numbered(item.nonce) },
    });
    expect(revokes(trade.aftermarket, 1)).toBe('HL-3032');
    expect(revokes(trade.recycling, 0)).toBe('HL-3043');
    expect(revokes(trade.recycling, 5)).toBe('accepted');
    expect(revokes(trade.oversight, 6)).toBe('HL-3043');
    expect(revokes(trade.oversight, 1)).toBe('accepted');
    expect(revokes(trade.oversight, 0, trade.world.signer('nobody').keyId)).toBe('HL-3001');
  });
});

describe('a rule table', () => {
  const place = { name: 'massTolerance', province: 'CN', version: 9 };
  const proposes = (who: Signer): string =>
    trade.does(who, { type: 'rule.propose', data: { ...place, from: 0, table: { permille: 5 } } });
  const approves = (who: Signer): string => trade.does(who, { type: 'rule.approve', data: place });

  it('is proposed by one key of Oversight, approved by another, and never changed', () => {
    expect(proposes(trade.recycling)).toBe('HL-3033');
    expect(approves(trade.oversight)).toBe('HL-3040');
    expect(proposes(trade.oversight)).toBe('accepted');
    expect(approves(trade.oversight)).toBe('HL-3034');
    expect(approves(trade.recycling)).toBe('HL-3033');
    expect(approves(trade.secondOversight)).toBe('accepted');
    expect(approves(trade.secondOversight)).toBe('HL-3041');
    expect(proposes(trade.oversight)).toBe('HL-3039');
  });

  it('is not approved by a key that the proposer registered for itself, nor by one that such a key registered', () => {
    const [second, third] = [registeredBy(trade.oversight, 'second'), registeredBy(trade.oversight, 'third')];
    const child = registeredBy(second, 'child');
    expect(proposes(second)).toBe('accepted');
    for (const key of [trade.oversight, second, third, child]) expect(approves(key)).toBe('HL-3034');
    expect(approves(registeredBy(trade.secondOversight, 'independent'))).toBe('accepted');
  });
});

/** A further administrator of Oversight, registered by an administrator's key. */
function registeredBy(who: Signer, name: string): Signer {
  const made = trade.world.signer(name);
  const { x, y } = made.key;
  const proof = provePossession(trade.world.ledger, 'OversightMSP', made.key);
  trade.given(who, {
    type: 'key.register',
    data: { owner: 'OversightMSP', kind: 'administrator', publicKey: { x, y }, proof },
  });
  return made;
}

describe('a ruleset', () => {
  const proposes = (who: Signer, number = 1): string =>
    trade.does(who, { type: 'ruleset.propose', data: { number } });
  const approves = (who: Signer, number = 1): string =>
    trade.does(who, { type: 'ruleset.approve', data: { number } });

  it('becomes active by two keys of Oversight, if the software holds it', () => {
    expect(approves(trade.oversight)).toBe('HL-3044');
    expect(proposes(trade.recycling)).toBe('HL-3033');
    expect(proposes(trade.oversight, 2)).toBe('HL-3042');
    expect(proposes(trade.oversight)).toBe('accepted');
    expect(approves(trade.oversight)).toBe('HL-3034');
    expect(approves(registeredBy(trade.oversight, 'second'))).toBe('HL-3034');
    expect(approves(trade.secondOversight)).toBe('accepted');
    expect(trade.world.row(rowKey.activeRuleset)).toEqual({ number: 1 });
  });
});
