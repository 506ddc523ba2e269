import { beforeEach, describe, expect, it } from 'vitest';
import type { LedgerEvent } from '../model/events.js';
import { correctable, recorded } from '../testing/corrections.js';
import { Trade, type Party, type Plain } from '../testing/trade.js';
import { retractionsIn, type Retraction } from './retractions.js';

let trade: Trade;
let plant: Party;

beforeEach(() => {
  trade = new Trade();
  correctable(trade);
  plant = trade.party('plant', ['dismantler']);
});

/** Records events as one batch. @returns what was taken back by it */
function retractedBy(...plains: Plain<LedgerEvent>[]): readonly Retraction[] {
  const before = new Map(
    plains.flatMap((plain) => ('item' in plain ? [[plain.item, trade.item(plain.item)] as const] : [])),
  );
  trade.given(plant, ...plains);
  const { keyId, sequence } = plant.signer;
  const events = plains.map((plain, index) => ({ event: trade.event(plain), verdict: 'accepted', index }));
  const batch = { batch: { header: { keyId, sequence } }, row: { time: trade.world.time }, events };
  return retractionsIn(
    [batch],
    (id) => before.get(id),
    (id) => trade.item(id),
  );
}

const wrongly = (event: string, eventType?: string) => ({
  event,
  termVersion: 1,
  reason: 'wrongValue' as const,
  ...(eventType === undefined ? {} : { eventType }),
});

describe('a correction and the step in its place that are recorded as one batch', () => {
  it('take back what the wrong step did to clocks, if what it did is put back', () => {
    const item = trade.depolluted(plant, 'car');
    const output = {
      ...plant.signer.item('door'),
      kind: 'part' as const,
      category: 'door',
      massGrams: 9_000,
    };
    trade.given(plant, { type: 'dismantle', item, data: { outputs: [output] } });
    const wrong = recorded(trade, plant, { type: 'inspect', item: output.item, data: { result: 'unfit' } });
    const right = { type: 'inspect' as const, item: output.item, data: { result: 'fit' as const } };
    const found = retractedBy(
      { type: 'correct', item: output.item, data: wrongly(wrong) },
      { ...right, replaces: wrong },
    );
    expect(found.map(({ item: of, event }) => [of, event])).toEqual([[output.item, wrong]]);
  });

  it('take back nothing where what the wrong step did stands, whatever the correction calls it and names', () => {
    const item = trade.scrapped(plant, 'car');
    const other = trade.scrapped(plant, 'another car');
    const { keyId, sequence } = plant.signer;
    // The certificate of the other car is the last event of the batch that brought it in.
    const wrong = `${keyId}.${sequence}.3`;
    const oil = { ...plant.signer.item('oil'), kind: 'lot' as const, category: 'wasteOil', massGrams: 1_000 };
    const found = retractedBy(
      { type: 'correct', item, data: { ...wrongly(wrong, 'depollute'), outputs: [other] } },
      { type: 'depollute', item, data: { outputs: [oil] }, replaces: wrong },
    );
    expect(found).toEqual([]);
    expect(trade.item(item).correction?.questioned, 'the mark is gone all the same').toBeUndefined();
  });
});
