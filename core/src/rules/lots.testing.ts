import { beforeEach } from 'vitest';
import { lotHeld } from '../testing/lots.js';
import { Trade, type Party } from '../testing/trade.js';

// A plant under an exact table of tolerances, anew for each test of the file that imports this.
export let trade: Trade;
export let plant: Party;

beforeEach(() => {
  trade = new Trade();
  trade.table('massTolerance', 1, { permille: 0 });
  plant = trade.party('plant', ['processor']);
});

export const exact = { lossGrams: 0, toleranceVersion: 1 };
/** A scale may err by a twentieth from now on. */
export const tolerant = (): void => trade.table('massTolerance', 2, { permille: 50 });

/** A lot of copper of the plant. */
export const copper = (name: string, massGrams: number): string =>
  lotHeld(trade, plant, name, 'copper', massGrams);
