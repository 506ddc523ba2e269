import { beforeEach, describe, expect, it } from 'vitest';
import { findingsIn } from '../testing/findings.js';
import { lotHeld } from '../testing/lots.js';
import { Trade, type Party } from '../testing/trade.js';

const BOARDS = '900-045-49';
let trade: Trade;
let plant: Party;
let carrier: Party;
let handler: Party;
let wet: string;
let dry: string;

beforeEach(() => {
  trade = new Trade();
  trade.table('hazardousCategories', 1, { circuitBoards: BOARDS });
  trade.table('manifestTolerance', 1, { permille: 50 });
  plant = trade.party('plant', ['processor']);
  carrier = trade.party('carrier', ['carrier']);
  handler = trade.party('handler', ['hazardousWasteHandler'], { categories: ['HW49'] });
  wet = lotHeld(trade, plant, 'wet boards', 'circuitBoards', 10_000);
  dry = lotHeld(trade, plant, 'dry boards', 'circuitBoards', 6_000);
});

/** A trip with lots of the plant. */
function opened(number = '20253100000001', lots = [wet, dry]): string {
  const { item, nonce } = plant.signer.item(`trip ${number}`);
  const data = {
    nonce,
    number,
    carrier: carrier.creditCode,
    handler: handler.creditCode,
    lots: lots.map((lot) => ({ item: lot, wasteCode: BOARDS })),
  };
  trade.given(plant, { type: 'openManifest', item, data });
  return item;
}
const carries = (item: string): string =>
  trade.does(carrier, { type: 'carryManifest', item, data: { lots: [wet, dry] } });
/** The handler takes the dry lot as it weighs and sends lots back. */
const takesDry = (item: string, back = [wet], massGrams = 6_000): string =>
  trade.does(handler, {
    type: 'acceptManifest',
    item,
    data: { lots: [{ item: dry, massGrams }], refused: { lots: back, reason: 'notAsDescribed' } },
  });
const takesBack = (item: string, lots = [wet], who = plant): string =>
  trade.does(who, { type: 'takeBackLots', item, data: { lots } });
const returns = (item: string): string =>
  trade.does(handler, { type: 'returnManifest', item, data: { evidence: ['e'.repeat(64)] } });

describe('a truck of which the handler accepts one lot and sends another back', () => {
  it('leaves what is accepted with the handler, and the rest on the truck, for its sender', () => {
    const trip = opened();
    expect(carries(trip)).toBe('accepted');
    expect(takesDry(trip)).toBe('accepted');
    expect(trade.item(dry)).toMatchObject({ custodian: handler.creditCode, owner: handler.creditCode });
    expect(trade.item(wet)).toMatchObject({
      custodian: carrier.creditCode,
      owner: plant.creditCode,
      consignee: plant.creditCode,
      massGrams: 10_000,
      lot: { manifest: trip },
    });
    expect(trade.item(trip)).toMatchObject({
      state: 'accepted',
      manifest: { acceptedGrams: 6_000, sentBack: [wet], refusal: 'notAsDescribed' },
    });
  });

  it('keeps what goes back still until its sender has it, who then ships it anew', () => {
    const trip = opened();
    carries(trip);
    takesDry(trip);
    const to = { to: plant.creditCode };
    expect(trade.does(carrier, { type: 'handover', item: wet, data: to })).toBe('HL-2158');
    expect(takesBack(trip, [wet], carrier)).toBe('HL-2020');
    expect(takesBack(trip, [dry])).toBe('HL-2272');
    expect(takesBack(trip, [wet, wet])).toBe('HL-2146');
    expect(takesBack(trip)).toBe('accepted');
    expect(takesBack(trip)).toBe('HL-2272');
    expect(trade.item(wet)).toMatchObject({ custodian: plant.creditCode, owner: plant.creditCode });
    expect(trade.item(wet).consignee).toBeUndefined();
    const again = opened('20253100000002', [wet]);
    expect(trade.item(wet).lot?.manifest).toBe(again);
  });

  it('is returned signed for what was accepted, and the sender takes the rest back also after that', () => {
    const trip = opened();
    carries(trip);
    takesDry(trip);
    expect(returns(trip)).toBe('accepted');
    expect(takesBack(trip)).toBe('accepted');
    expect(trade.item(trip)).toMatchObject({ state: 'returned', manifest: { refusal: 'notAsDescribed' } });
    expect(trade.item(trip).manifest?.sentBack).toBeUndefined();
  });

  it('names every lot once, as accepted or as sent back, and accepts at least one', () => {
    const trip = opened();
    carries(trip);
    expect(takesDry(trip, [dry])).toBe('HL-2156');
    expect(takesDry(trip, [wet, dry])).toBe('HL-2156');
    const lots = [{ item: dry, massGrams: 6_000 }];
    expect(trade.does(handler, { type: 'acceptManifest', item: trip, data: { lots } })).toBe('HL-2156');
    expect(trade.item(trip).state).toBe('opened');
  });

  it('ends in one state whether the carrier’s or the handler’s signature arrives first', () => {
    const first = opened();
    expect(takesDry(first)).toBe('accepted');
    expect(trade.item(wet).custodian).toBe(plant.creditCode);
    expect(carries(first)).toBe('accepted');
    expect(trade.item(wet)).toMatchObject({ custodian: carrier.creditCode, consignee: plant.creditCode });
    expect(trade.item(dry).custodian).toBe(handler.creditCode);
  });

  it('moves nothing by a carrier’s late signature when the sender has it back already', () => {
    const trip = opened();
    takesDry(trip);
    expect(takesBack(trip)).toBe('accepted');
    expect(carries(trip)).toBe('accepted');
    expect(trade.item(wet).custodian).toBe(plant.creditCode);
    expect(returns(trip)).toBe('accepted');
  });

  it('may be taken back by a sender whose own licence has ended meanwhile', () => {
    const trip = opened();
    carries(trip);
    takesDry(trip);
    trade.world.time = 2_000_000_001;
    expect(takesBack(trip)).toBe('accepted');
  });
});

describe('what weighs otherwise than it was sent', () => {
  /** What the ledger notes of an acceptance at a mass. */
  function noted(massGrams: number, number?: string): unknown {
    const trip = opened(number);
    carries(trip);
    const data = {
      lots: [
        { item: wet, massGrams: 10_000 },
        { item: dry, massGrams },
      ],
    };
    const event = trade.event({ type: 'acceptManifest', item: trip, data });
    const [batch] = trade.world.record(handler.signer.batch([event])).batches;
    expect(batch?.verdicts).toEqual(['accepted']);
    return batch?.notices ?? [];
  }

  it.each([5_699, 6_301, 0])(
    'by more than the tolerance is accepted, told and found: %i of 6 000 grams',
    (grams) => {
      expect(noted(grams)).toEqual([[0, 'HL-2271']]);
      expect(trade.item(dry)).toMatchObject({ massGrams: grams, lot: { differenceGrams: grams - 6_000 } });
      const found = findingsIn(trade.world);
      expect(found).toHaveLength(1);
      expect(found[0]).toMatchObject({
        kind: 'shipmentDiffers',
        party: handler.creditCode,
        evidence: { code: 'HL-2271', inGrams: 16_000, outGrams: 10_000 + grams },
      });
      expect(found[0]?.items.slice(1)).toEqual([dry]);
    },
  );

  it.each([5_700, 6_300, 6_000])(
    'within the tolerance is accepted and told to nobody: %i of 6 000 grams',
    (grams) => {
      expect(noted(grams)).toEqual([]);
      expect(findingsIn(trade.world)).toEqual([]);
    },
  );
});

describe('a lot that bore a waste code before its manifest', () => {
  const ships = (number: string): string => {
    const { item, nonce } = handler.signer.item(`trip ${number}`);
    const other = trade.party('other handler', ['hazardousWasteHandler'], { categories: ['HW49'] });
    const parties = { carrier: carrier.creditCode, handler: other.creditCode };
    const data = { nonce, number, ...parties, lots: [{ item: dry, wasteCode: BOARDS }] };
    trade.given(handler, { type: 'openManifest', item, data });
    return item;
  };

  it('bears it again when the manifest is cancelled, and one that bore none bears none', () => {
    const trip = opened();
    trade.given(plant, { type: 'cancelManifest', item: trip, data: { lots: [wet, dry] } });
    expect(trade.item(dry).lot?.wasteCode).toBeUndefined();
    const again = opened('20253100000002');
    carries(again);
    expect(takesDry(again)).toBe('accepted');
    const third = ships('20253100000003');
    trade.given(handler, { type: 'cancelManifest', item: third, data: { lots: [dry] } });
    expect(trade.item(dry).lot).toEqual({ wasteCode: BOARDS });
    trade.table('hazardousCategories', 2, {}, trade.world.time);
    const given = { type: 'handover' as const, item: dry, data: { to: plant.creditCode } };
    expect(trade.does(handler, given)).toBe('HL-2149');
  });
});
