import { beforeEach, describe, expect, it } from 'vitest';
import type { EventOf } from '../model/events.js';
import { Trade, type Party } from '../testing/trade.js';
import { numbered } from '../testing/numbered.js';

/** Of no enterprise on the ledger. */
const SMELTER = '91440300708461136T';
const document = 'd'.repeat(64);

let trade: Trade;
let plant: Party;
let shop: Party;
let item: string;

beforeEach(() => {
  trade = new Trade();
  plant = trade.party('plant', ['dismantler']);
  shop = trade.party('shop', ['repairShop'], { mspId: 'AftermarketMSP' });
  const made = plant.signer.item('starter');
  item = made.item;
  trade.given(plant, {
    type: 'register',
    item,
    data: { kind: 'part', category: 'starter', nonce: made.nonce, tags: [], massGrams: 6_000 },
  });
});

type Slip = Partial<EventOf<'acceptOnBehalf'>['data']>;
const smelter: Slip = { creditCode: SMELTER, licence: 'L-77' };
const gives = (by: Party, slip: Slip, id = item) =>
  trade.does(by, { type: 'acceptOnBehalf', item: id, data: { document, ...slip } });
const takes = (by: Party, slip: Slip) =>
  trade.does(by, { type: 'receiveOnPaper', item, data: { document, ...slip } });

describe('custody on paper', () => {
  it('goes to an enterprise that is not on the ledger, by its credit code and licence, with evidence C', () => {
    expect(gives(plant, smelter)).toBe('accepted');
    expect(trade.item(item)).toMatchObject({
      custodian: SMELTER,
      owner: SMELTER,
      logistics: { evidence: 'C', paperBy: plant.creditCode },
    });
  });

  it('goes to a household by the number of its slip, never a name', () => {
    expect(gives(plant, { household: 'SLIP-0001', keepOwnership: true })).toBe('accepted');
    expect(trade.item(item)).toMatchObject({ custodian: 'household:SLIP-0001', owner: plant.creditCode });
  });

  it('asks for one party and for the licence of an enterprise', () => {
    expect(gives(plant, {})).toBe('HL-2183');
    expect(gives(plant, { ...smelter, household: 'S-1' })).toBe('HL-2183');
    expect(gives(plant, { creditCode: SMELTER })).toBe('HL-2183');
  });

  it('is refused to a party that is on the ledger, which signs for itself', () => {
    expect(gives(plant, { creditCode: shop.creditCode, licence: 'L-1' })).toBe('HL-2184');
  });

  it('is recorded by the holder alone, and not while a handover is open', () => {
    expect(gives(shop, smelter)).toBe('HL-2020');
    trade.given(plant, { type: 'handover', item, data: { to: shop.creditCode } });
    expect(gives(plant, smelter)).toBe('HL-2021');
  });

  it('is not for an assembly of a scrapped vehicle: nobody can check the licence', () => {
    const car = trade.depolluted(plant, 'car');
    const made = {
      ...plant.signer.item('engine'),
      kind: 'part' as const,
      category: 'engine',
      massGrams: 120_000,
    };
    trade.given(
      plant,
      { type: 'dismantle', item: car, data: { outputs: [made] } },
      { type: 'inspect', item: made.item, data: { result: 'unfit' } },
    );
    expect(gives(plant, smelter, made.item)).toBe('HL-2187');
  });

  it('is not for a pallet with such an assembly, nor for a car that must be scrapped', () => {
    const insurer = trade.party('insurer', ['insurer'], { mspId: 'AftermarketMSP' });
    const { item: car, nonce } = insurer.signer.item('wreck');
    trade.given(
      insurer,
      {
        type: 'register',
        item: car,
        data: { kind: 'vehicle', category: 'sedan', nonce, tags: numbered(nonce) },
      },
      { type: 'reportDamage', item: car, data: { loss: 'L1' } },
      { type: 'assess', item: car, data: { loss: 'L1' } },
      { type: 'declareTotalLoss', item: car, data: { loss: 'L1', totalLoss: 'mustScrap' } },
    );
    expect(gives(insurer, { household: 'S-1' }, car)).toBe('HL-2112');
  });

  it('comes back to who recorded the slip or to the owner, and to nobody else', () => {
    gives(plant, { ...smelter, keepOwnership: true });
    expect(takes(shop, smelter)).toBe('HL-2185');
    expect(takes(plant, { household: 'S-9' })).toBe('HL-2186');
    expect(takes(plant, smelter)).toBe('accepted');
    expect(trade.item(item)).toMatchObject({
      custodian: plant.creditCode,
      owner: plant.creditCode,
      logistics: { evidence: 'C' },
    });
    expect(takes(plant, smelter)).toBe('HL-2186');
  });

  it('that came back is shown as paper until the next change of hands', () => {
    gives(plant, smelter);
    takes(plant, smelter);
    trade.given(plant, { type: 'handover', item, data: { to: shop.creditCode } });
    trade.given(shop, { type: 'accept', item, data: { from: plant.creditCode } });
    expect(trade.item(item).logistics).toMatchObject({ evidence: 'A' });
  });
});

describe('the grade of evidence', () => {
  it('is C for what a household brought', () => {
    const made = plant.signer.item('brought');
    trade.given(plant, {
      type: 'register',
      item: made.item,
      data: {
        kind: 'part',
        category: 'starter',
        nonce: made.nonce,
        tags: [],
        source: { kind: 'household', slip: 'SLIP-1' },
      },
    });
    expect(trade.item(made.item).logistics).toEqual({ evidence: 'C' });
  });

  it.each(['giver', 'receiver'] as const)(
    'is B when a service key signed for the %s, in either order',
    (who) => {
      for (const giverFirst of [true, false]) {
        const made = plant.signer.item(`${who} ${String(giverFirst)}`);
        const service = trade.key(
          `${who} ${String(giverFirst)}`,
          who === 'giver' ? plant.creditCode : shop.creditCode,
          who === 'giver' ? plant.mspId : shop.mspId,
          undefined,
          'service',
        );
        const giver = who === 'giver' ? service : plant.signer;
        const receiver = who === 'receiver' ? service : shop.signer;
        trade.given(plant, {
          type: 'register',
          item: made.item,
          data: { kind: 'part', category: 'starter', nonce: made.nonce, tags: [] },
        });
        const steps = [
          () => trade.does(giver, { type: 'handover', item: made.item, data: { to: shop.creditCode } }),
          () => trade.does(receiver, { type: 'accept', item: made.item, data: { from: plant.creditCode } }),
        ];
        for (const step of giverFirst ? steps : steps.reverse()) expect(step()).toBe('accepted');
        expect(trade.item(made.item)).toMatchObject({
          custodian: shop.creditCode,
          logistics: { evidence: 'B' },
        });
        const [batch] = trade.world.transactions.at(-1)!.recorded.batches;
        expect(batch?.notices).toEqual([[0, 'HL-2197']]);
      }
    },
  );
});

describe('an enterprise on paper that has joined the ledger since', () => {
  it('signs for itself: who gave it the thing does not take it back without it', () => {
    const slip = { creditCode: SMELTER, licence: 'L-77' };
    expect(gives(plant, slip)).toBe('accepted');
    const joins = {
      creditCode: SMELTER,
      name: 'smelter',
      roles: ['smelter' as const],
      province: '440000',
    };
    trade.given(trade.recycling, { type: 'participant.register', data: joins });
    expect(takes(plant, slip)).toBe('HL-2184');
    expect(trade.item(item)).toMatchObject({ custodian: SMELTER, owner: SMELTER });
  });
});
