import { beforeEach, describe, expect, it } from 'vitest';
import { findingsIn } from '../testing/findings.js';
import { Trade, type Party } from '../testing/trade.js';

let trade: Trade;
let maker: Party;

beforeEach(() => {
  trade = new Trade();
  maker = trade.party('maker', ['remanufacturer'], { mspId: 'AftermarketMSP' });
});

/** A graded core of 10 kg, or one that nobody weighed. */
function core(name: string, massGrams: number | undefined = 10_000, category = 'starter'): string {
  const { item, nonce } = maker.signer.item(name);
  const weighed = massGrams === 0 ? {} : { massGrams };
  trade.given(
    maker,
    { type: 'register', item, data: { kind: 'part', category, nonce, tags: [], ...weighed } },
    { type: 'designateCore', item, data: {} },
    { type: 'grade', item, data: { grade: 'A' } },
  );
  return item;
}
function makes(item: string, massGrams: number, addedGrams?: number): string {
  const { category } = trade.item(item);
  const product = { ...maker.signer.item(`product of ${item}`), kind: 'part' as const, category, massGrams };
  const added = addedGrams === undefined ? {} : { addedGrams };
  return trade.does(maker, { type: 'remanufacture', item, data: { product, mark: 'Z-1', ...added } });
}

describe('a remanufactured product', () => {
  it('weighs no more than its core and the new parts in it, within the tolerance in force', () => {
    trade.table('massTolerance', 1, { permille: 20 });
    const item = core('core');
    expect(makes(item, 10_201)).toBe('HL-2287');
    expect(makes(item, 11_221, 1_000)).toBe('HL-2287');
    expect(findingsIn(trade.world).map(({ kind, evidence }) => [kind, evidence])).toEqual([
      ['massAppears', { code: 'HL-2287', inGrams: 10_000, outGrams: 10_201 }],
      ['massAppears', { code: 'HL-2287', inGrams: 11_000, outGrams: 11_221 }],
    ]);
    expect(makes(item, 11_220, 1_000)).toBe('accepted');
  });

  it('holds new parts that weigh no more than it, whether its core was weighed or not', () => {
    const item = core('core');
    expect(makes(item, 8_000, 8_001)).toBe('HL-2287');
    expect(makes(core('unweighed', 0), 8_000, 8_001)).toBe('HL-2287');
    expect(makes(item, 8_000, 8_000)).toBe('accepted');
  });

  it('tells of new parts that nothing proves', () => {
    const noticed = (item: string, evidence?: string[]): unknown => {
      const made = maker.signer.item(`product of ${item}`);
      const product = { ...made, kind: 'part' as const, category: 'starter', massGrams: 10_500 };
      const data = { product, mark: 'Z-1', addedGrams: 500, ...(evidence === undefined ? {} : { evidence }) };
      const event = trade.event({ type: 'remanufacture', item, data });
      const [batch] = trade.world.record(maker.signer.batch([event])).batches;
      expect(batch?.verdicts).toEqual(['accepted']);
      return batch?.notices;
    };
    expect(noticed(core('one'))).toEqual([[0, 'HL-2309']]);
    expect(noticed(core('two'), ['e'.repeat(64)]) ?? []).toEqual([]);
  });

  it('may be lighter, and is bounded exactly as long as no table says otherwise', () => {
    const item = core('core');
    expect(makes(item, 10_001)).toBe('HL-2287');
    expect(makes(item, 8_000)).toBe('accepted');
  });

  it('of a core that nobody weighed is not bounded', () => {
    expect(makes(core('core', 0), 10_000)).toBe('accepted');
  });
});

describe('what is never remanufactured', () => {
  it('is what the table in force lists, and does not become a product when it was a core before', () => {
    trade.table('neverRemanufactured', 1, { categories: [] });
    const item = core('airbag', 2_000, 'airbag');
    trade.table('neverRemanufactured', 2, { categories: ['airbag'] });
    expect(makes(item, 2_000)).toBe('HL-2110');
    trade.table('neverRemanufactured', 3, { categories: ['brakeSafetyPart'] });
    expect(makes(item, 2_000)).toBe('accepted');
  });

  it('is what protects people as long as no table is on record', () => {
    for (const category of ['airbag', 'brakeSafetyPart']) {
      const { item, nonce } = maker.signer.item(category);
      const data = { kind: 'part' as const, category, nonce, tags: [] };
      trade.given(maker, { type: 'register', item, data });
      expect(trade.does(maker, { type: 'designateCore', item, data: {} })).toBe('HL-2110');
    }
  });
});
