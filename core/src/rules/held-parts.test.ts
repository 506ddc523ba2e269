import { describe, expect, it } from 'vitest';
import { agrees, correctable, corrects, recorded } from '../testing/corrections.js';
import { Yard } from '../testing/yard.js';

describe('a part of a held car', () => {
  it('does not change hands by a correction either', () => {
    const yard = new Yard();
    const { trade, plant, maker } = yard;
    correctable(trade);
    const { engine, car } = yard.engine('car');
    expect(yard.gives(plant, engine, maker)).toBe('accepted');
    const data = { from: plant.creditCode };
    const accepted = recorded(trade, maker, { type: 'accept', item: engine, data });
    const police = trade.party('police', ['police'], { mspId: 'OversightMSP' });
    trade.given(police, { type: 'hold', item: car, data: { reason: 'suspectedStolen' } });
    expect(corrects(trade, maker, engine, accepted)).toBe('HL-2115');
    expect(agrees(trade, plant, engine, accepted)).toBe('HL-2115');
    expect(trade.item(engine).custodian).toBe(maker.creditCode);
  });
});
