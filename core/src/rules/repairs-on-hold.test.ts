import { beforeEach, describe, expect, it } from 'vitest';
import type { Party, Trade } from '../testing/trade.js';
import { Workshop } from '../testing/workshop.js';

let workshop: Workshop;
let trade: Trade;
let shop: Party;
let police: Party;
let plant: Party;

beforeEach(() => {
  workshop = new Workshop();
  ({ trade, shop, police, plant } = workshop);
});

describe('a vehicle on hold', () => {
  it('takes no part', () => {
    trade.given(police, { type: 'hold', item: workshop.car, data: { reason: 'alteredIdentity' } });
    expect(workshop.fits(workshop.part('door'))).toEqual(['HL-2100']);
  });
});

describe('a part out of a vehicle on hold', () => {
  it('is not smelted or taken apart, so that the evidence stays', () => {
    const melter = trade.party('melter', ['dismantler', 'smelter']);
    const wreck = trade.depolluted(melter, 'wreck');
    const output = (name: string) => ({
      ...melter.signer.item(name),
      kind: 'part' as const,
      category: 'door',
      massGrams: 20_000,
    });
    const door = output('door');
    trade.given(
      melter,
      { type: 'dismantle', item: wreck, data: { outputs: [door] } },
      { type: 'inspect', item: door.item, data: { result: 'unfit' } },
      { type: 'hold', item: wreck, data: { reason: 'suspectedStolen' } },
    );
    trade.table('massTolerance', 1, { permille: 10 });
    const piece = { ...output('piece'), kind: 'lot' as const, category: 'steel' };
    const apart = { outputs: [piece], lossGrams: 0, toleranceVersion: 1 };
    expect(trade.does(melter, { type: 'dispose', item: door.item, data: { method: 'smelted' } })).toBe(
      'HL-2115',
    );
    expect(trade.does(melter, { type: 'dismantle', item: door.item, data: apart })).toBe('HL-2115');
    trade.given(police, { type: 'release', item: wreck, data: {} });
    expect(trade.does(melter, { type: 'dismantle', item: door.item, data: apart })).toBe('accepted');
  });

  it('is not fitted under an approved line, nor handed over, until the police release the vehicle', () => {
    const wreck = trade.depolluted(plant, 'wreck');
    const door = {
      ...plant.signer.item('door'),
      kind: 'part' as const,
      category: 'door',
      massGrams: 20_000,
      tags: [{ scheme: 'serial' as const, value: 'D-9' }],
    };
    trade.given(
      plant,
      { type: 'dismantle', item: wreck, data: { outputs: [door] } },
      { type: 'inspect', item: door.item, data: { result: 'fit' } },
      { type: 'markReused', item: door.item, data: { mark: 'M-9' } },
      { type: 'handover', item: door.item, data: { to: shop.creditCode } },
    );
    trade.given(shop, { type: 'accept', item: door.item, data: { from: plant.creditCode } });
    workshop.approves(1, 1, { classes: ['secondHandPart'] });
    trade.given(plant, { type: 'hold', item: wreck, data: { reason: 'suspectedStolen' } });
    expect(workshop.fits(door.item, {})).toEqual(['HL-2115']);
    expect(trade.does(shop, { type: 'handover', item: door.item, data: { to: plant.creditCode } })).toBe(
      'HL-2115',
    );
    expect(workshop.fitted()).toEqual([]);
    trade.given(police, { type: 'release', item: wreck, data: {} });
    expect(workshop.fits(door.item, {})).toEqual(['accepted']);
  });
});
