import { beforeEach, describe, expect, it } from 'vitest';
import { catalogue } from '../messages/catalogue.js';
import { rowKey } from '../model/row-keys.js';
import { lotHeld, lotOf } from '../testing/lots.js';
import { Trade, type Party } from '../testing/trade.js';
import { LIST_OF_VERSIONS } from './in-force.js';

const HOUR = 3_600;

let trade: Trade;
let plant: Party;
let tries: number;

beforeEach(() => {
  trade = new Trade();
  plant = trade.party('plant', ['processor']);
  trade.table('massTolerance', 1, { permille: 50 });
  tries = 0;
});

/** A lot is divided under a version of the table; the device signed it so long ago. */
function splits(toleranceVersion: number, ago = 0): string {
  const name = `lot ${++tries}`;
  const item = lotHeld(trade, plant, name, 'copper', 1_000);
  const outputs = [lotOf(plant, `half of ${name}`, 'copper', 1_000)];
  const event = trade.event({ type: 'split', item, data: { outputs, lossGrams: 0, toleranceVersion } });
  return trade.world.verdict(plant.signer, { ...event, time: trade.world.time - ago });
}

describe('the version of a table that an event names', () => {
  it('is the one in force, and no older one', () => {
    expect(splits(1)).toBe('accepted');
    trade.table('massTolerance', 2, { permille: 10 }, trade.world.time);
    expect(splits(1)).toBe('HL-2071');
    expect(splits(2)).toBe('accepted');
  });

  it('is not one that comes into force later', () => {
    trade.table('massTolerance', 2, { permille: 10 }, trade.world.time + HOUR);
    expect(splits(2)).toBe('HL-2070');
    expect(splits(1)).toBe('accepted');
    trade.world.time += HOUR;
    expect(splits(1)).toBe('HL-2071');
    expect(splits(2)).toBe('accepted');
  });

  it('may be the one that was in force when a device without a network signed', () => {
    trade.world.time += HOUR;
    trade.table('massTolerance', 2, { permille: 10 }, trade.world.time);
    trade.world.time += HOUR;
    trade.table('massTolerance', 3, { permille: 20 }, trade.world.time);
    trade.world.time += HOUR;
    expect(splits(1, 3 * HOUR)).toBe('accepted');
    expect(splits(2, 3 * HOUR), 'neither then nor now').toBe('HL-2071');
    expect(splits(3, 3 * HOUR)).toBe('accepted');
    expect(splits(1, HOUR)).toBe('HL-2071');
  });

  it('is the one of that time though a later one was approved to hold from long before', () => {
    trade.world.time += HOUR;
    trade.table('massTolerance', 2, { permille: 10 }, trade.world.time - 30 * 24 * HOUR);
    trade.world.time += HOUR;
    expect(splits(1, 2 * HOUR)).toBe('accepted');
    expect(splits(1, 3 * HOUR), 'the first one, before it was approved').toBe('accepted');
    expect(splits(1, HOUR)).toBe('HL-2071');
    expect(splits(2, 2 * HOUR)).toBe('accepted');
    const row = trade.world.row(rowKey.rule('massTolerance', 'CN', 2));
    expect(row?.from).toBe(trade.world.time - HOUR - 30 * 24 * HOUR);
    // Since when each is in force is listed there, and not by its date: the refusal says where.
    const list = trade.world.row(rowKey.rule('massTolerance', 'CN', LIST_OF_VERSIONS));
    expect(list?.table).toEqual({ v1: 0, v2: trade.world.time - HOUR });
    const { en, zh } = catalogue['HL-2071'];
    for (const { next } of [en, zh]) expect(next).toContain(`/v1/rules/NAME/PROVINCE/${LIST_OF_VERSIONS}`);
    expect(en.what).toContain('dated back');
  });

  it('is not chosen by a clock that runs ahead', () => {
    trade.table('massTolerance', 2, { permille: 10 }, trade.world.time + HOUR);
    expect(splits(2, -2 * HOUR)).toBe('HL-2070');
    expect(splits(1, -2 * HOUR)).toBe('accepted');
  });
});
