import { beforeEach } from 'vitest';
import type { Party, Trade } from '../testing/trade.js';
import { Yard } from '../testing/yard.js';

// A new yard for each test of the file that imports this, and what is in it.
export let yard: Yard;
export let trade: Trade;
export let plant: Party;
export let carrier: Party;
export let maker: Party;
export let shop: Party;
export let pallet: string;

beforeEach(() => {
  yard = new Yard();
  ({ trade, plant, carrier, maker, shop, pallet } = yard);
});
