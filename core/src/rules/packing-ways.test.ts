import { describe, expect, it } from 'vitest';
import { carrier, maker, pallet, plant, shop, trade, yard } from './yard.testing.js';

describe('goods of several parties', () => {
  it('stay each its owner’s when the container changes hands', () => {
    const own = yard.part(plant, 'own');
    const others = yard.part(shop, 'other’s');
    yard.gives(shop, others, plant, { keepOwnership: true });
    yard.takes(plant, others, shop);
    yard.packs(plant, pallet, own, others);
    expect(trade.item(pallet).logistics?.goods?.owner).toBeUndefined();
    yard.gives(plant, pallet, maker);
    yard.takes(maker, pallet, plant);
    yard.unpacks(maker, pallet, own, others);
    expect(trade.item(own).owner).toBe(plant.creditCode);
    expect(trade.item(others).owner).toBe(shop.creditCode);
  });

  it('that changed owners in the container are not mixed with others afterwards', () => {
    const starter = yard.part(plant, 'starter');
    yard.packs(plant, pallet, starter);
    yard.gives(plant, pallet, maker);
    yard.takes(maker, pallet, plant);
    const foreign = yard.part(shop, 'foreign');
    yard.gives(shop, foreign, maker, { keepOwnership: true });
    yard.takes(maker, foreign, shop);
    expect(yard.packs(maker, pallet, foreign)).toBe('HL-2179');
    expect(yard.packs(maker, pallet, yard.part(maker, 'its own'))).toBe('accepted');
  });

  it('for several consignees travel on one truck and are handed over one by one', () => {
    const pallets = [maker, shop].map((to, i) => {
      const each = yard.container(plant, 'pallet', `pallet ${i}`);
      yard.packs(plant, each, yard.part(plant, `starter ${i}`));
      yard.gives(plant, each, carrier, { consignee: to.creditCode });
      yard.takes(carrier, each, plant);
      return each;
    });
    const truck = yard.container(carrier, 'truck');
    expect(yard.packs(carrier, truck, ...pallets)).toBe('accepted');
    expect(yard.gives(carrier, truck, maker)).toBe('HL-2178');
    const [first] = pallets as [string];
    yard.unpacks(carrier, truck, first);
    expect(yard.gives(carrier, first, shop)).toBe('HL-2107');
    expect(yard.gives(carrier, first, maker)).toBe('accepted');
  });
});

describe('the lawful ways of assemblies', () => {
  it('are not evaded by a pallet: it goes where all that is on it may go', () => {
    const { engine: fit } = yard.engine('car');
    yard.packs(plant, pallet, yard.part(plant, 'starter'), fit);
    expect(yard.gives(plant, pallet, shop)).toBe('HL-2104');
    expect(yard.gives(plant, pallet, carrier, { keepOwnership: true })).toBe('HL-2107');
    expect(yard.gives(plant, pallet, carrier, { consignee: shop.creditCode })).toBe('HL-2104');
    expect(yard.gives(plant, pallet, maker)).toBe('accepted');
  });

  it('are those of what is left on the pallet, once the assemblies are out', () => {
    const [{ engine: first, car }, { engine: second }] = [yard.engine('car'), yard.engine('second car')];
    const police = trade.party('police', ['police'], { mspId: 'OversightMSP' });
    yard.packs(plant, pallet, yard.part(plant, 'starter'), first, second);
    expect(yard.unpacks(plant, pallet, first)).toBe('accepted');
    expect(yard.gives(plant, pallet, shop), 'the second one is still on it').toBe('HL-2104');
    expect(yard.unpacks(plant, pallet, second)).toBe('accepted');
    expect(trade.item(pallet).logistics?.goods).toMatchObject({ count: 1, bounds: undefined });
    trade.given(police, { type: 'hold', item: car, data: { reason: 'suspectedStolen' } });
    expect(yard.gives(plant, pallet, shop)).toBe('accepted');
  });

  it('hold for boxes on a pallet, and for what is unfit', () => {
    const { engine: unfit } = yard.engine('car', 'unfit');
    const box = yard.container(plant, 'box');
    yard.packs(plant, box, unfit);
    yard.packs(plant, pallet, box);
    expect(yard.gives(plant, pallet, maker)).toBe('HL-2104');
    const shredder = trade.party('shredder', ['shredder']);
    expect(yard.gives(plant, pallet, shredder)).toBe('accepted');
  });

  it('hold for the very assembly when it is unpacked', () => {
    const { engine: fit } = yard.engine('car');
    yard.packs(plant, pallet, fit);
    yard.gives(plant, pallet, maker);
    yard.takes(maker, pallet, plant);
    yard.unpacks(maker, pallet, fit);
    expect(yard.gives(maker, fit, shop)).toBe('HL-2104');
  });

  it('end with the container when the car that an assembly came from is held', () => {
    const { engine: fit, car } = yard.engine('car');
    yard.packs(plant, pallet, fit);
    trade.given(plant, { type: 'hold', item: car, data: { reason: 'suspectedStolen' } });
    expect(yard.gives(plant, pallet, maker)).toBe('HL-2115');
    expect(yard.unpacks(plant, pallet, fit)).toBe('HL-2115');
  });

  it('let another part of a held car neither into a container nor out of one', () => {
    const car = trade.depolluted(plant, 'car');
    const made = ['lamp', 'door'].map((category) => ({
      ...plant.signer.item(category),
      kind: 'part' as const,
      category,
      massGrams: 1_000,
    }));
    trade.given(plant, { type: 'dismantle', item: car, data: { outputs: made } });
    const [lamp, door] = made.map(({ item }) => item) as [string, string];
    yard.packs(plant, pallet, lamp);
    trade.given(plant, { type: 'hold', item: car, data: { reason: 'suspectedStolen' } });
    expect(yard.packs(plant, pallet, door)).toBe('HL-2115');
    yard.gives(plant, pallet, maker);
    yard.takes(maker, pallet, plant);
    expect(yard.unpacks(maker, pallet, lamp)).toBe('HL-2115');
  });

  it('are looked at for up to sixteen cars in one container', () => {
    const engines = Array.from({ length: 17 }, (_, i) => yard.engine(`car ${i}`).engine);
    expect(yard.packs(plant, pallet, ...engines.slice(0, 16))).toBe('accepted');
    expect(yard.packs(plant, pallet, engines[16]!)).toBe('HL-2190');
  });

  it('lie in containers in containers, eight levels within one at most, and come out again from the outside', () => {
    const { engine } = yard.engine('car');
    const boxes = Array.from({ length: 10 }, (_, i) => yard.container(plant, 'box', `box ${i}`));
    yard.packs(plant, boxes[0]!, engine);
    for (let i = 1; i <= 8; i += 1) expect(yard.packs(plant, boxes[i]!, boxes[i - 1]!)).toBe('accepted');
    expect(yard.packs(plant, boxes[9]!, boxes[8]!)).toBe('HL-2192');
    expect(yard.gives(plant, boxes[8]!, maker)).toBe('accepted');
    expect(yard.takes(maker, boxes[8]!, plant)).toBe('accepted');
    for (let i = 8; i >= 1; i -= 1) yard.unpacks(maker, boxes[i]!, boxes[i - 1]!);
    expect(yard.unpacks(maker, boxes[0]!, engine)).toBe('accepted');
    expect(trade.item(engine).custodian).toBe(maker.creditCode);
    expect(yard.packs(maker, boxes[1]!, boxes[0]!)).toBe('accepted');
  });
});
