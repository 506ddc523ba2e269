import { describe, expect, it } from 'vitest';
import { rowKey } from '../model/row-keys.js';
import { carrier, maker, pallet, plant, shop, trade, yard } from './yard.testing.js';

describe('a container', () => {
  it('is a pallet, a cage, a box, a truck or a roll container, and nothing else', () => {
    const { item, nonce } = plant.signer.item('drum');
    const data = { kind: 'container' as const, category: 'engine', nonce, tags: [] };
    expect(trade.does(plant, { type: 'register', item, data })).toBe('HL-2175');
  });

  it('takes what the same party holds, and what lies in it takes no step of its own', () => {
    const starter = yard.part(plant, 'starter');
    expect(yard.packs(plant, pallet, starter)).toBe('accepted');
    expect(trade.item(pallet).logistics?.goods).toMatchObject({ count: 1, owner: plant.creditCode });
    for (const verdict of [
      yard.gives(plant, starter, shop),
      trade.does(plant, { type: 'inspect', item: starter, data: { result: 'fit' } }),
      yard.takes(shop, starter, plant),
      yard.packs(plant, yard.container(plant, 'box'), starter),
      yard.packs(plant, pallet, starter),
    ])
      expect(verdict).toBe('HL-2176');
  });

  it('takes nothing that another holds, that is on its way, or that is no more', () => {
    expect(yard.packs(plant, pallet, yard.part(shop, 'other’s'))).toBe('HL-2020');
    const offered = yard.part(plant, 'offered');
    yard.gives(plant, offered, shop);
    expect(yard.packs(plant, pallet, offered)).toBe('HL-2021');
    expect(yard.packs(plant, pallet, plant.signer.item('nothing').item)).toBe('HL-2001');
    expect(yard.packs(plant, pallet, pallet)).toBe('HL-2061');
    expect(yard.packs(shop, pallet, yard.part(shop, 'own'))).toBe('HL-2020');
  });

  it('takes no vehicle and no traction battery: whether it is held and who may have it is looked at for each', () => {
    const truck = yard.container(plant, 'truck');
    expect(yard.packs(plant, truck, trade.scrapped(plant, 'car'))).toBe('HL-2177');
    const { item, nonce } = plant.signer.item('pack');
    const data = { kind: 'battery' as const, category: 'tractionBattery', nonce, tags: [] };
    trade.given(plant, { type: 'register', item, data });
    expect(yard.packs(plant, truck, item)).toBe('HL-2177');
  });

  it('is packed and unpacked by its holder, and not while it is on its way or in another one', () => {
    const [starter, lamp] = [yard.part(plant, 'starter'), yard.part(plant, 'lamp', 'lamp')];
    const box = yard.container(plant, 'box');
    yard.packs(plant, box, starter);
    expect(yard.packs(plant, pallet, box)).toBe('accepted');
    expect(yard.packs(plant, box, lamp)).toBe('HL-2176');
    expect(yard.unpacks(plant, box, starter)).toBe('HL-2176');
    yard.gives(plant, pallet, carrier, { keepOwnership: true });
    expect(yard.packs(plant, pallet, lamp)).toBe('HL-2021');
    expect(yard.unpacks(plant, pallet, box)).toBe('HL-2021');
    yard.takes(carrier, pallet, plant);
    expect(yard.unpacks(plant, pallet, box)).toBe('HL-2020');
    expect(yard.unpacks(carrier, pallet, starter)).toBe('HL-2180');
    expect(yard.unpacks(carrier, pallet, box)).toBe('accepted');
    expect(yard.unpacks(carrier, box, starter)).toBe('accepted');
    expect(trade.item(starter)).toMatchObject({ custodian: carrier.creditCode, owner: plant.creditCode });
  });

  it('is packed and handed over also by who has outlived its licence, who does nothing else with it', () => {
    const starter = yard.part(plant, 'starter');
    trade.world.time = 2_000_000_000;
    expect(trade.does(plant, { type: 'inspect', item: starter, data: { result: 'fit' } })).toBe('HL-2033');
    expect(yard.packs(plant, pallet, starter)).toBe('accepted');
    expect(yard.gives(plant, pallet, shop)).toBe('accepted');
  });

  it('is retired empty, and then is no more', () => {
    const starter = yard.part(plant, 'starter');
    yard.packs(plant, pallet, starter);
    const retires = () => trade.does(plant, { type: 'retireContainer', item: pallet, data: {} });
    expect(retires()).toBe('HL-2182');
    yard.unpacks(plant, pallet, starter);
    expect(retires()).toBe('accepted');
    expect(yard.packs(plant, pallet, starter)).toBe('HL-2011');
    expect(trade.world.row(rowKey.tag({ scheme: 'serial', value: 'pallet' }))).toMatchObject({
      retired: true,
    });
  });

  it('is held by the police with all that is in it', () => {
    const police = trade.party('police', ['police'], { mspId: 'OversightMSP' });
    const starter = yard.part(plant, 'starter');
    yard.packs(plant, pallet, starter);
    const reason = 'underInvestigation' as const;
    expect(trade.does(police, { type: 'hold', item: pallet, data: { reason } })).toBe('accepted');
    expect(yard.gives(plant, pallet, shop)).toBe('HL-2100');
    expect(yard.unpacks(plant, pallet, starter)).toBe('HL-2100');
  });

  it('is no host for a part, and a part in it is fitted into nothing', () => {
    const lamp = yard.part(shop, 'lamp', 'lamp');
    trade.given(shop, { type: 'inspect', item: lamp, data: { result: 'fit' } });
    const cage = yard.container(shop, 'cage');
    const fit = (into: string) => trade.does(shop, { type: 'fit', item: lamp, data: { into } });
    expect(fit(cage)).toBe('HL-2062');
    const host = yard.part(shop, 'door', 'door');
    yard.packs(shop, cage, host);
    expect(fit(host)).toBe('HL-2176');
  });
});

describe('a pallet of five hundred parts', () => {
  it('changes hands in one event that writes its own row, and all on it is where it is', () => {
    const all = yard.parts(plant, 500);
    for (let i = 0; i < all.length; i += 100)
      expect(yard.packs(plant, pallet, ...all.slice(i, i + 100))).toBe('accepted');
    expect(yard.gives(plant, pallet, maker)).toBe('accepted');
    expect(yard.takes(maker, pallet, plant)).toBe('accepted');
    const { writes } = trade.world.transactions.at(-1)!.recorded;
    expect([...writes.keys()].filter((key) => key.startsWith('item/'))).toEqual([rowKey.item(pallet)]);
    const [first] = all as [string];
    expect(yard.unpacks(maker, pallet, first)).toBe('accepted');
    expect(trade.item(first)).toMatchObject({
      custodian: maker.creditCode,
      owner: maker.creditCode,
      logistics: { evidence: 'A' },
    });
  });

  it('belongs to its owner on the way with a carrier, and to the consignee when it arrives', () => {
    const starter = yard.part(plant, 'starter');
    yard.packs(plant, pallet, starter);
    yard.gives(plant, pallet, carrier, { consignee: maker.creditCode, keepOwnership: true });
    yard.takes(carrier, pallet, plant);
    const truck = yard.container(carrier, 'truck');
    expect(yard.packs(carrier, truck, pallet)).toBe('accepted');
    expect(yard.unpacks(carrier, truck, pallet)).toBe('accepted');
    expect(yard.gives(carrier, pallet, shop)).toBe('HL-2107');
    yard.gives(carrier, pallet, maker);
    yard.takes(maker, pallet, carrier);
    expect(trade.item(pallet)).toMatchObject({ custodian: maker.creditCode, owner: plant.creditCode });
    yard.unpacks(maker, pallet, starter);
    const { custodian, owner, consignee } = trade.item(starter);
    expect([custodian, owner, consignee]).toEqual([maker.creditCode, maker.creditCode, undefined]);
  });
});
