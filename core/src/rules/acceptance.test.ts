import { beforeEach, describe, expect, it } from 'vitest';
import type { EventOf } from '../model/events.js';
import { Trade, type Party } from '../testing/trade.js';

let trade: Trade;
let plant: Party;
let carrier: Party;
let maker: Party;
let pallet: string;
let goods: string[];

beforeEach(() => {
  trade = new Trade();
  plant = trade.party('plant', ['dismantler']);
  carrier = trade.party('carrier', ['carrier']);
  maker = trade.party('maker', ['remanufacturer'], { mspId: 'AftermarketMSP' });
  const made = ['pallet', 'a', 'b', 'c', 'd'].map((name) => plant.signer.item(name));
  trade.given(
    plant,
    ...made.map(({ item, nonce }, i) => ({
      type: 'register' as const,
      item,
      data: {
        kind: i === 0 ? ('container' as const) : ('part' as const),
        category: i === 0 ? 'pallet' : 'starter',
        nonce,
        tags: [],
        massGrams: i === 0 ? 25_000 : 3_000,
      },
    })),
  );
  [pallet, ...goods] = made.map(({ item }) => item) as [string, ...string[]];
  trade.given(plant, { type: 'pack', item: pallet, data: { items: goods } });
});

type Accepting = Partial<EventOf<'accept'>['data']>;
const gives = (by: Party, item: string, to: Party, massGrams?: number) =>
  trade.does(by, {
    type: 'handover',
    item,
    data: { to: to.creditCode, ...(massGrams === undefined ? {} : { massGrams }) },
  });
const takes = (by: Party, item: string, from: Party, more: Accepting = {}) =>
  trade.does(by, { type: 'accept', item, data: { from: from.creditCode, ...more } });
const missing = (...items: string[]): Accepting => ({ exceptions: [{ reason: 'missing', items }] });
const settles = (by: Party, item: string) =>
  trade.does(by, { type: 'settleDifference', item, data: { reason: 'recounted' } });

describe('an acceptance with exceptions', () => {
  it('leaves what is missing on its way, with its giver', () => {
    const [lost] = goods as [string];
    gives(plant, pallet, maker);
    expect(takes(maker, pallet, plant, missing(lost))).toBe('accepted');
    expect(trade.item(pallet)).toMatchObject({
      custodian: maker.creditCode,
      logistics: { goods: { count: 3, owner: maker.creditCode } },
    });
    expect(trade.item(lost)).toMatchObject({
      custodian: plant.creditCode,
      owner: plant.creditCode,
      handover: { to: maker.creditCode },
      logistics: { exception: { by: maker.creditCode, container: pallet, reason: 'missing' } },
    });
  });

  it('lets the receiver accept what turns up later, and then nothing is open', () => {
    const [lost] = goods as [string];
    gives(plant, pallet, maker);
    takes(maker, pallet, plant, missing(lost));
    expect(takes(maker, lost, plant)).toBe('accepted');
    expect(trade.item(lost)).toMatchObject({ custodian: maker.creditCode, owner: maker.creditCode });
    expect(trade.item(lost).logistics).toMatchObject({ evidence: 'A' });
    expect(trade.item(lost).logistics?.exception).toBeUndefined();
  });

  it('lets the giver take back what turns up in its own yard', () => {
    const [lost] = goods as [string];
    gives(plant, pallet, maker);
    takes(maker, pallet, plant, missing(lost));
    expect(trade.does(plant, { type: 'withdraw', item: lost, data: {} })).toBe('accepted');
    const { handover, logistics, custodian } = trade.item(lost);
    expect([handover, logistics?.exception, custodian]).toEqual([undefined, undefined, plant.creditCode]);
  });

  it('leaves what is damaged with its giver, for the reason that was named, and no handover open', () => {
    const [broken] = goods as [string];
    gives(plant, pallet, maker);
    takes(maker, pallet, plant, { exceptions: [{ reason: 'damaged', items: [broken] }] });
    const { handover, custodian, logistics } = trade.item(broken);
    expect([handover, custodian, logistics?.exception?.reason]).toEqual([
      undefined,
      plant.creditCode,
      'damaged',
    ]);
  });

  it('may arrive before the handover, and ends in the same state', () => {
    const [lost, broken] = goods as [string, string];
    const exceptions = [
      { reason: 'missing' as const, items: [lost] },
      { reason: 'damaged' as const, items: [broken] },
    ];
    expect(takes(maker, pallet, plant, { exceptions, count: 2 })).toBe('accepted');
    expect(trade.item(pallet).custodian).toBe(plant.creditCode);
    expect(gives(plant, pallet, maker)).toBe('accepted');
    expect(trade.item(pallet)).toMatchObject({ custodian: maker.creditCode });
    expect(trade.item(pallet).logistics?.differences).toBeUndefined();
    expect(trade.item(lost).handover).toMatchObject({ to: maker.creditCode });
    expect(trade.item(broken).custodian).toBe(plant.creditCode);
  });

  it('is refused when it names what does not lie in the container, or twice, or of a single thing', () => {
    const [first] = goods as [string];
    gives(plant, pallet, maker);
    expect(takes(maker, pallet, plant, missing(pallet))).toBe('HL-2180');
    expect(takes(maker, pallet, plant, missing(plant.signer.item('nothing').item))).toBe('HL-2180');
    expect(takes(maker, pallet, plant, missing(first, first))).toBe('HL-2180');
    expect(trade.item(pallet).custodian).toBe(plant.creditCode);
    expect(takes(maker, first, plant, missing(first))).toBe('HL-2176');
    takes(maker, pallet, plant);
    trade.given(maker, { type: 'unpack', item: pallet, data: { items: [first] } });
    gives(maker, first, plant);
    expect(takes(plant, first, maker, missing(first))).toBe('HL-2181');
    expect(takes(plant, first, maker, { count: 1 })).toBe('HL-2181');
  });

  it('that came first and names what does not lie in the container does not refuse the giver’s handover', () => {
    takes(maker, pallet, plant, missing(plant.signer.item('nothing').item));
    expect(gives(plant, pallet, maker)).toBe('accepted');
    expect(trade.item(pallet)).toMatchObject({
      custodian: plant.creditCode,
      handover: { to: maker.creditCode },
    });
    expect(takes(maker, pallet, plant)).toBe('accepted');
  });

  it('reaches what lies in a box on the pallet', () => {
    const { item: outer, nonce } = plant.signer.item('truck');
    trade.given(
      plant,
      { type: 'register', item: outer, data: { kind: 'container', category: 'truck', nonce, tags: [] } },
      { type: 'pack', item: outer, data: { items: [pallet] } },
    );
    const [lost] = goods as [string];
    gives(plant, outer, maker);
    expect(takes(maker, outer, plant, missing(lost, pallet))).toBe('HL-2180');
    expect(takes(maker, outer, plant, missing(lost))).toBe('accepted');
    expect(trade.item(pallet).logistics?.goods?.count).toBe(3);
    expect(trade.item(lost)).toMatchObject({ custodian: plant.creditCode, owner: plant.creditCode });
  });
});

describe('an acceptance with a difference', () => {
  it('in mass stands until one side yields', () => {
    gives(plant, pallet, maker, 37_000);
    expect(takes(maker, pallet, plant, { massGrams: 36_100 })).toBe('accepted');
    expect(trade.item(pallet).logistics?.differences).toEqual([
      {
        from: plant.creditCode,
        to: maker.creditCode,
        handedOverGrams: 37_000,
        acceptedGrams: 36_100,
      },
    ]);
    expect(settles(carrier, pallet)).toBe('HL-2189');
    expect(settles(plant, pallet)).toBe('accepted');
    expect(trade.item(pallet).logistics?.differences).toBeUndefined();
    expect(settles(plant, pallet)).toBe('HL-2188');
  });

  it('in count is one of what was not excepted by name', () => {
    gives(plant, pallet, maker);
    takes(maker, pallet, plant, { ...missing(goods[0]!), count: 2 });
    expect(trade.item(pallet).logistics?.differences).toEqual([
      { from: plant.creditCode, to: maker.creditCode, handedOverCount: 3, acceptedCount: 2 },
    ]);
    expect(settles(maker, pallet)).toBe('accepted');
  });

  it('stands while the thing goes on, and an auditor may settle it', () => {
    const auditor = trade.party('auditor', ['auditor'], { mspId: 'OversightMSP' });
    gives(plant, pallet, carrier);
    takes(carrier, pallet, plant, { count: 3 });
    gives(carrier, pallet, maker);
    takes(maker, pallet, carrier);
    expect(trade.item(pallet).logistics?.differences).toMatchObject([{ from: plant.creditCode }]);
    expect(settles(auditor, pallet)).toBe('accepted');
    expect(trade.item(pallet).logistics?.differences).toBeUndefined();
  });

  it('is a matter of its two hands, and not of who holds the thing by then', () => {
    gives(plant, pallet, carrier);
    takes(carrier, pallet, plant, { count: 3 });
    gives(carrier, pallet, maker);
    takes(maker, pallet, carrier);
    expect(settles(maker, pallet)).toBe('HL-2189');
    expect(settles(carrier, pallet)).toBe('accepted');
    expect(settles(plant, pallet)).toBe('HL-2188');
  });

  it('stands beside a later one until its own hands settle it', () => {
    gives(plant, pallet, carrier);
    takes(carrier, pallet, plant, { count: 3 });
    gives(carrier, pallet, maker);
    takes(maker, pallet, carrier, { count: 2 });
    const between = () => trade.item(pallet).logistics?.differences?.map(({ from, to }) => [from, to]);
    expect(between()).toEqual([
      [plant.creditCode, carrier.creditCode],
      [carrier.creditCode, maker.creditCode],
    ]);
    expect(settles(maker, pallet)).toBe('accepted');
    expect(between()).toEqual([[plant.creditCode, carrier.creditCode]]);
    expect(settles(maker, pallet)).toBe('HL-2189');
    expect(settles(plant, pallet)).toBe('accepted');
  });

  it('of the first handover is settled by the carrier alone, who names its giver', () => {
    gives(plant, pallet, carrier);
    takes(carrier, pallet, plant, { count: 3 });
    gives(carrier, pallet, maker);
    takes(maker, pallet, carrier, { count: 2 });
    const settlesOf = (from: Party) =>
      trade.does(carrier, {
        type: 'settleDifference',
        item: pallet,
        data: { reason: 'recounted', from: from.creditCode },
      });
    expect(settlesOf(maker)).toBe('HL-2188');
    expect(settlesOf(plant)).toBe('accepted');
    expect(trade.item(pallet).logistics?.differences).toMatchObject([{ from: carrier.creditCode }]);
  });

  it('is the ninth that stands: the thing is accepted as its giver names it, or not', () => {
    const differs = (from: Party, to: Party) => {
      gives(from, pallet, to);
      return takes(to, pallet, from, { count: 1 });
    };
    for (let i = 0; i < 4; i += 1) {
      expect(differs(plant, maker)).toBe('accepted');
      expect(differs(maker, plant)).toBe('accepted');
    }
    expect(differs(plant, maker)).toBe('HL-2191');
    expect(takes(maker, pallet, plant)).toBe('accepted');
    takes(plant, pallet, maker, { count: 1 });
    expect(gives(maker, pallet, plant)).toBe('accepted');
    expect(trade.item(pallet)).toMatchObject({
      custodian: maker.creditCode,
      handover: { to: plant.creditCode },
    });
  });

  it('is settled also when the thing was melted meanwhile', () => {
    const smelter = trade.party('smelter', ['smelter']);
    const [part = ''] = goods;
    trade.given(plant, { type: 'unpack', item: pallet, data: { items: [part] } });
    expect(gives(plant, part, smelter, 3_000)).toBe('accepted');
    const data = { from: plant.creditCode, massGrams: 2_700 };
    trade.given(smelter, { type: 'accept', item: part, data });
    trade.given(smelter, { type: 'dispose', item: part, data: { method: 'smelted' } });
    expect(settles(carrier, part)).toBe('HL-2189');
    expect(settles(plant, part)).toBe('accepted');
    expect(trade.item(part).logistics?.differences).toBeUndefined();
    expect(trade.item(part).state).toBe('disposed');
    expect(settles(plant, part)).toBe('HL-2188');
  });
});
