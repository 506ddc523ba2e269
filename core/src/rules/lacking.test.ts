import { beforeEach, describe, expect, it } from 'vitest';
import type { LedgerEvent } from '../model/events.js';
import { rowKey } from '../model/row-keys.js';
import { Trade, type Party, type Plain } from '../testing/trade.js';
import type { ErrorCode } from '../messages/catalogue.js';
import { lackingOf, tableOfLacking, type Lacking } from './lacking.js';

let trade: Trade;
let processor: Party;
let item: string;

beforeEach(() => {
  trade = new Trade();
  trade.table('requiredParts', 1, { fridge: ['compressor', 'cabinet'] });
  trade.table('lineSteps', 1, { refrigerator: ['drainRefrigerant', 'removeCompressor', 'shredCabinet'] });
  trade.table('massTolerance', 1, { permille: 50 });
  processor = trade.party('processor', ['processor', 'collector']);
  const made = processor.signer.item('fridge');
  item = made.item;
  const data = { kind: 'device' as const, category: 'refrigerator', nonce: made.nonce, tags: [] };
  trade.given(processor, { type: 'register', item, data });
});

/** Offers a step, which is refused, and tells what it lacked by the rows that stand then. */
function lacked(code: ErrorCode, plain: Plain<LedgerEvent>): Lacking | undefined {
  const event = trade.event(plain);
  const row = trade.item(item);
  expect(trade.does(processor, plain)).toBe(code);
  const asked = tableOfLacking(code, event, row);
  const table = asked && trade.world.row(rowKey.rule(asked.name, asked.province, asked.version));
  return lackingOf(code, event, row, table?.table);
}

function onTheLine(): void {
  const label = { scheme: 'label' as const, value: 'f'.repeat(64) };
  const received = {
    massGrams: 50_000,
    identity: 'label' as const,
    type: 'fridge' as const,
    partsVersion: 1,
  };
  trade.given(
    processor,
    { type: 'receiveUnit', item, data: { ...received, label } },
    { type: 'triage', item, data: { route: 'process' } },
    { type: 'issueToLine', item, data: { line: 'L-1', stepsVersion: 1 } },
    { type: 'lineStep', item, data: { step: 'drainRefrigerant' } },
  );
}

const lot = (massGrams: number) => {
  const { item: id, nonce } = processor.signer.item(`lot ${massGrams}`);
  return { item: id, nonce, kind: 'lot' as const, category: 'steel', massGrams };
};

describe('a refused step says what it lacked', () => {
  it('of a line: the steps that are left, and which is next', () => {
    onTheLine();
    expect(lacked('HL-2129', { type: 'lineStep', item, data: { step: 'shredCabinet' } })).toEqual({
      what: 'nextLineStep',
      step: 'removeCompressor',
    });
    const outputs = [lot(49_000)];
    trade.given(processor, {
      type: 'dismantle',
      item,
      data: { outputs, lossGrams: 0, toleranceVersion: 1 },
    });
    expect(lacked('HL-2130', { type: 'closeUnit', item, data: {} })).toEqual({
      what: 'lineSteps',
      steps: ['removeCompressor', 'shredCabinet'],
    });
  });

  it('of a balance: both sides in grams and what is allowed', () => {
    onTheLine();
    const data = { outputs: [lot(40_000)], lossGrams: 2_000, toleranceVersion: 1 };
    expect(lacked('HL-2050', { type: 'dismantle', item, data })).toEqual({
      what: 'mass',
      into: 50_000,
      out: 42_000,
      tolerance: 2_500,
    });
  });

  it('of an intake: the parts whose want is not proved, and the types of the category', () => {
    const received = { massGrams: 50_000, identity: 'label' as const, partsVersion: 1 };
    const missing = ['compressor', 'drawer'];
    const type = 'fridge' as const;
    expect(lacked('HL-2124', { type: 'receiveUnit', item, data: { ...received, type, missing } })).toEqual({
      what: 'missingParts',
      parts: ['compressor'],
    });
    expect(lacked('HL-2126', { type: 'receiveUnit', item, data: received })).toEqual({
      what: 'description',
      types: ['fridge', 'freezer'],
      measure: 'volumeLitres',
    });
  });

  it('of what must be given: what was not', () => {
    onTheLine();
    expect(lacked('HL-2012', { type: 'dismantle', item, data: { outputs: [lot(1)] } })).toEqual({
      what: 'given',
      members: ['lossGrams', 'toleranceVersion'],
    });
  });

  it('and nothing more where the code says it all', () => {
    expect(lacked('HL-2010', { type: 'closeUnit', item, data: {} })).toBeUndefined();
  });
});
