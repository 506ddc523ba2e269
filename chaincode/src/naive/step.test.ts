import type { ItemEvent, ItemRow } from '@huilian/core';
import { Trade, type Party } from '@huilian/core/testing';
import { beforeEach, describe, expect, it } from 'vitest';
import { naiveStep } from './step.js';

let trade: Trade;
let plant: Party;
let shop: Party;
let item: string;
let nonce: string;

beforeEach(() => {
  trade = new Trade();
  plant = trade.party('plant', ['dismantler']);
  shop = trade.party('shop', ['repairShop'], { mspId: 'AftermarketMSP' });
  ({ item, nonce } = plant.signer.item('starter'));
});

const bytes = new Uint8Array([1]);

function event(type: ItemEvent['type'], data: object): ItemEvent {
  return { type, version: 1, time: trade.world.time, item, data } as ItemEvent;
}

const steps = (): [ItemEvent, Party][] => [
  [event('register', { kind: 'part', category: 'starter', nonce, tags: [], massGrams: 6200 }), plant],
  [event('inspect', { result: 'fit' }), plant],
  [event('handover', { to: shop.creditCode }), plant],
  [event('accept', { from: plant.creditCode }), shop],
];

function play(upTo: number): ItemRow | undefined {
  return steps()
    .slice(0, upTo)
    .reduce<ItemRow | undefined>((row, [step, by]) => naiveStep(row, step, by.creditCode, bytes), undefined);
}

describe('the naive way', () => {
  it('writes the row that the rules of the product write, but for the link to the signed leaf and how to go back', () => {
    for (const [index, [step, by]] of steps().entries()) {
      expect(trade.does(by, step)).toBe('accepted');
      const { head: _ours, correction: _undo, ...row } = trade.item(item);
      const { head: _naive, ...naive } = play(index + 1) ?? { head: '' };
      expect(naive).toEqual(row);
    }
  });

  it('refuses what is out of turn or not the signer’s', () => {
    const [register, inspect, handover, accept] = steps().map(([step]) => step);
    const tries = (upTo: number, step: ItemEvent | undefined, by: Party) => () =>
      naiveStep(play(upTo), step!, by.creditCode, bytes);
    expect(tries(0, inspect, plant)).toThrow('not registered');
    expect(tries(1, register, plant)).toThrow('is registered');
    expect(tries(1, inspect, shop)).toThrow('does not hold');
    expect(tries(2, handover, shop)).toThrow('cannot hand over');
    expect(tries(3, handover, plant)).toThrow('cannot hand over');
    expect(tries(2, accept, shop)).toThrow('cannot accept');
    expect(tries(3, accept, plant)).toThrow('cannot accept');
    expect(tries(4, event('dispose', { method: 'smelted' }), shop)).toThrow('has no dispose');
  });
});
