import { describe, expect, it } from 'vitest';
import { correctable, corrects, recorded } from '../testing/corrections.js';
import { maker, trade, yard } from './yard.testing.js';

describe('a core that failed grading', () => {
  function failed(): { core: string; wrong: string } {
    correctable(trade);
    const core = yard.part(maker, 'core');
    trade.given(maker, { type: 'designateCore', item: core, data: {} });
    const data = { grade: 'unfit' as const };
    return { core, wrong: recorded(trade, maker, { type: 'grade', item: core, data }) };
  }
  const better = (item: string, replaces?: string): string =>
    trade.does(maker, {
      type: 'grade',
      item,
      data: { grade: 'A' },
      ...(replaces === undefined ? {} : { replaces }),
    });

  it('is not graded until it passes', () => {
    const { core } = failed();
    expect(better(core)).toBe('HL-2111');
  });

  it('is graded anew when the grade was a mistake and is taken back', () => {
    const { core, wrong } = failed();
    expect(corrects(trade, maker, core, wrong)).toBe('accepted');
    expect(better(core)).toBe('accepted');
  });

  it('is graded anew in the place of a grade that stands and was declared wrong', () => {
    const { core, wrong } = failed();
    const shredder = trade.party('shredder', ['shredder']);
    for (let i = 0; i < 4; i++) {
      expect(yard.gives(maker, core, shredder)).toBe('accepted');
      trade.given(maker, { type: 'withdraw', item: core, data: {} });
    }
    expect(better(core, wrong), 'nobody has declared it wrong').toBe('HL-2111');
    expect(corrects(trade, maker, core, wrong, { eventType: 'grade' })).toBe('accepted');
    expect(better(core)).toBe('HL-2111');
    expect(better(core, wrong)).toBe('accepted');
  });
});
