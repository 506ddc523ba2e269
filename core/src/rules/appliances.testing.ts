import { beforeEach } from 'vitest';
import { ApplianceWorks } from '../testing/appliance-works.js';
import type { Party, Trade } from '../testing/trade.js';

// New works for each test of the file that imports this, and who is there.
export let works: ApplianceWorks;
export let trade: Trade;
export let plant: Party;
export let collector: Party;
export let shop: Party;

beforeEach(() => {
  works = new ApplianceWorks();
  ({ trade, plant, collector, shop } = works);
});
