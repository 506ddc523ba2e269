import { beforeEach, describe, expect, it } from 'vitest';
import { lotHeld, lotOf } from '../testing/lots.js';
import { Trade, type Party } from '../testing/trade.js';

const BOARDS = '900-045-49';
const NUMBER = '20253100000001';
let trade: Trade;
let plant: Party;
let carrier: Party;
let handler: Party;
let boards: string;

beforeEach(() => {
  trade = new Trade();
  trade.table('massTolerance', 1, { permille: 0 });
  trade.table('hazardousCategories', 1, { circuitBoards: BOARDS, crtGlass: ['900-044-49'] });
  trade.table('manifestNumber', 1, { digits: 14 });
  plant = trade.party('plant', ['processor']);
  carrier = trade.party('carrier', ['carrier']);
  handler = trade.party('handler', ['hazardousWasteHandler'], { categories: ['HW49'] });
  boards = lotHeld(trade, plant, 'boards', 'circuitBoards', 10_000);
});

interface Opening {
  readonly name?: string;
  readonly number?: string;
  readonly lots?: readonly string[];
  readonly wasteCode?: string;
  readonly by?: Party;
  readonly carrier?: Party;
  readonly handler?: Party;
}

function opens(opening: Opening = {}): { manifest: string; verdict: string } {
  const { name = 'trip', number = NUMBER, lots = [boards], wasteCode = BOARDS, by = plant } = opening;
  const { item: manifest, nonce } = by.signer.item(name);
  const data = {
    nonce,
    number,
    carrier: (opening.carrier ?? carrier).creditCode,
    handler: (opening.handler ?? handler).creditCode,
    lots: lots.map((item) => ({ item, wasteCode })),
  };
  return { manifest, verdict: trade.does(by, { type: 'openManifest', item: manifest, data }) };
}

const carries = (item: string, who = carrier, lots = [boards]): string =>
  trade.does(who, { type: 'carryManifest', item, data: { lots } });
const accepts = (item: string, massGrams = 10_000, who = handler): string =>
  trade.does(who, { type: 'acceptManifest', item, data: { lots: [{ item: boards, massGrams }] } });
const returns = (item: string, who = handler): string =>
  trade.does(who, { type: 'returnManifest', item, data: { evidence: ['e'.repeat(64)] } });

describe('hazardous waste', () => {
  it('goes from the sender by the carrier to the licensed handler, and is open until the signed return', () => {
    const { manifest, verdict } = opens();
    expect(verdict).toBe('accepted');
    expect(trade.item(manifest)).toMatchObject({ kind: 'manifest', state: 'opened', massGrams: 10_000 });
    expect(carries(manifest)).toBe('accepted');
    expect(trade.item(boards)).toMatchObject({
      custodian: carrier.creditCode,
      owner: plant.creditCode,
      consignee: handler.creditCode,
    });
    expect(accepts(manifest)).toBe('accepted');
    expect(trade.item(boards)).toMatchObject({ custodian: handler.creditCode, owner: handler.creditCode });
    expect(trade.item(manifest).state).toBe('accepted');
    expect(returns(manifest)).toBe('accepted');
    expect(trade.item(manifest).state).toBe('returned');
    expect(
      trade.does(handler, { type: 'dispose', item: boards, data: { method: 'hazardousTreatment' } }),
    ).toBe('accepted');
  });

  it('does not change hands by a plain handover, not even to the handler', () => {
    const to = handler.creditCode;
    expect(trade.does(plant, { type: 'handover', item: boards, data: { to } })).toBe('HL-2149');
    const iron = lotHeld(trade, plant, 'iron', 'iron', 10);
    expect(trade.does(plant, { type: 'handover', item: iron, data: { to } })).toBe('accepted');
  });

  it('is judged in the batch that registers it, too', () => {
    const { item, nonce } = plant.signer.item('fresh');
    const registers = (category: string) =>
      trade.event({
        type: 'register',
        item,
        data: { kind: 'lot', category, nonce, tags: [], massGrams: 10 },
      });
    const gives = trade.event({ type: 'handover', item, data: { to: handler.creditCode } });
    const ends = trade.event({ type: 'dispose', item, data: { method: 'smelted' } });
    expect(trade.world.verdicts(plant.signer, registers('circuitBoards'), gives, ends)).toEqual([
      'accepted',
      'HL-2149',
      'HL-2030',
    ]);
  });

  it('that was handed over before its category became hazardous is not accepted after it did', () => {
    const glass = lotHeld(trade, plant, 'glass', 'leadGlass', 10);
    trade.given(plant, { type: 'handover', item: glass, data: { to: handler.creditCode } });
    trade.table('hazardousCategories', 2, { leadGlass: '900-044-49' }, trade.world.time);
    expect(trade.does(handler, { type: 'accept', item: glass, data: { from: plant.creditCode } })).toBe(
      'HL-2149',
    );
  });

  it('is what the table in force says: one of tomorrow says nothing today, and one of yesterday no more', () => {
    const to = handler.creditCode;
    const glass = lotHeld(trade, plant, 'glass', 'leadGlass', 10);
    trade.table('hazardousCategories', 2, { leadGlass: '900-044-49' }, trade.world.time + 3_600);
    expect(trade.does(plant, { type: 'handover', item: glass, data: { to } })).toBe('accepted');
    trade.world.time += 3_600;
    expect(trade.does(plant, { type: 'handover', item: boards, data: { to } })).toBe('accepted');
  });

  it('is what the later of two tables says that come into force in the same second', () => {
    trade.table('hazardousCategories', 3, {}, 100);
    trade.table('hazardousCategories', 2, { circuitBoards: BOARDS }, 100);
    const to = handler.creditCode;
    expect(trade.does(plant, { type: 'handover', item: boards, data: { to } })).toBe('accepted');
  });

  it('does not go to a handler whose licence lacks the code, has ended, or was never countersigned', () => {
    const oils = trade.party('oils', ['hazardousWasteHandler'], { categories: ['HW08'] });
    expect(opens({ handler: oils }).verdict).toBe('HL-2154');
    const unsigned = trade.party('unsigned', ['hazardousWasteHandler'], { licence: false });
    expect(opens({ handler: unsigned }).verdict).toBe('HL-2154');
    const smelter = trade.party('smelter', ['smelter']);
    expect(opens({ handler: smelter }).verdict).toBe('HL-2154');
    const precise = trade.party('precise', ['hazardousWasteHandler'], { categories: ['HW90004549'] });
    expect(opens({ handler: precise }).verdict).toBe('accepted');
  });

  it('is not accepted by a handler that lost its licence on the way', () => {
    const { manifest } = opens();
    carries(manifest);
    trade.world.time = 2_000_000_000;
    expect(accepts(manifest)).toBe('HL-2033');
    const lots = [boards];
    const reason = 'other' as const;
    expect(trade.does(handler, { type: 'refuseManifest', item: manifest, data: { lots, reason } })).toBe(
      'accepted',
    );
  });

  it('is accepted with a difference, which stands as a fact of the lot and of the manifest', () => {
    const { manifest } = opens();
    carries(manifest);
    expect(accepts(manifest, 9_700)).toBe('accepted');
    expect(trade.item(boards)).toMatchObject({ massGrams: 9_700, lot: { differenceGrams: -300 } });
    expect(trade.item(manifest)).toMatchObject({ massGrams: 10_000, manifest: { acceptedGrams: 9_700 } });
  });

  it('stands still under its manifest', () => {
    opens();
    const outputs = [lotOf(plant, 'a', 'circuitBoards', 10_000)];
    const data = { outputs, lossGrams: 0, toleranceVersion: 1 };
    expect(trade.does(plant, { type: 'split', item: boards, data })).toBe('HL-2158');
    expect(opens({ name: 'second', number: '20253100000002' }).verdict).toBe('HL-2158');
  });

  it('is processed and disposed of by a licensed handler alone', () => {
    const data = { process: 'crushing', outputs: [lotOf(plant, 'c', 'copper', 10_000)] };
    const balanced = { lossGrams: 0, toleranceVersion: 1 };
    expect(trade.does(plant, { type: 'transform', item: boards, data: { ...data, ...balanced } })).toBe(
      'HL-2148',
    );
    const both = trade.party('smelter', ['smelter']);
    const own = lotHeld(trade, both, 'own', 'circuitBoards', 10);
    expect(trade.does(both, { type: 'dispose', item: own, data: { method: 'smelted' } })).toBe('HL-2148');
    const { manifest } = opens();
    carries(manifest);
    accepts(manifest);
    const outputs = [lotOf(handler, 'copper', 'copper', 10_000)];
    expect(
      trade.does(handler, {
        type: 'transform',
        item: boards,
        data: { process: 'smelting', outputs, ...balanced },
      }),
    ).toBe('accepted');
  });

  it('of two codes is not merged', () => {
    trade.table('hazardousCategories', 2, { circuitBoards: [BOARDS, '900-044-49'] });
    const other = lotHeld(trade, plant, 'other', 'circuitBoards', 10);
    const first = opens();
    const second = opens({
      name: 'second',
      number: '20253100000002',
      lots: [other],
      wasteCode: '900-044-49',
    });
    for (const [{ manifest }, lot, massGrams] of [
      [first, boards, 10_000],
      [second, other, 10],
    ] as const) {
      expect(carries(manifest, carrier, [lot])).toBe('accepted');
      const lots = [{ item: lot, massGrams }];
      trade.given(handler, { type: 'acceptManifest', item: manifest, data: { lots } });
    }
    const output = lotOf(handler, 'all', 'circuitBoards', 10_010);
    const data = { others: [other], output, lossGrams: 0, toleranceVersion: 1 };
    expect(trade.does(handler, { type: 'merge', item: boards, data })).toBe('HL-2144');
  });
});

describe('a manifest', () => {
  it('bears a number of fourteen digits, and no two bear the same, not even after one was cancelled', () => {
    expect(opens({ number: '2025310000000' }).verdict).toBe('HL-2151');
    expect(opens({ number: 'A0253100000001' }).verdict).toBe('HL-2151');
    const { manifest } = opens();
    const more = lotHeld(trade, plant, 'more', 'circuitBoards', 10);
    expect(opens({ name: 'twin', lots: [more] }).verdict).toBe('HL-2152');
    trade.given(plant, { type: 'cancelManifest', item: manifest, data: { lots: [boards] } });
    expect(opens({ name: 'twin', lots: [more] }).verdict).toBe('HL-2152');
  });

  it('names a code of the category, a carrier that is one, and lots that the sender holds and has weighed', () => {
    expect(opens({ wasteCode: '900-044-49' }).verdict).toBe('HL-2150');
    const iron = lotHeld(trade, plant, 'iron', 'iron', 10);
    expect(opens({ lots: [iron] }).verdict).toBe('HL-2150');
    expect(opens({ carrier: handler }).verdict).toBe('HL-2153');
    expect(opens({ lots: [boards, boards] }).verdict).toBe('HL-2146');
    expect(opens({ by: trade.party('rival', ['processor']) }).verdict).toBe('HL-2020');
    const { item, nonce } = plant.signer.item('unweighed');
    const data = { kind: 'lot' as const, category: 'circuitBoards', nonce, tags: [] };
    trade.given(plant, { type: 'register', item, data });
    expect(opens({ lots: [item] }).verdict).toBe('HL-2051');
  });

  it('is signed by whom it names, for all of its lots', () => {
    const { manifest } = opens();
    const other = trade.party('other', ['carrier', 'hazardousWasteHandler']);
    expect(carries(manifest, other)).toBe('HL-2155');
    expect(carries(manifest, carrier, [manifest])).toBe('HL-2156');
    expect(accepts(manifest, 10_000, other)).toBe('HL-2155');
    expect(carries(manifest)).toBe('accepted');
    expect(carries(manifest)).toBe('HL-2010');
  });

  it('ends in one state whether the carrier’s or the handler’s signature arrives first', () => {
    const { manifest } = opens();
    expect(accepts(manifest, 9_000)).toBe('accepted');
    expect(returns(manifest)).toBe('HL-2157');
    expect(carries(manifest)).toBe('accepted');
    expect(trade.item(boards)).toMatchObject({ custodian: handler.creditCode, massGrams: 9_000 });
    expect(trade.item(boards).consignee).toBeUndefined();
    expect(returns(manifest)).toBe('accepted');
  });

  it('is cancelled by the sender before the truck leaves, and after it was turned back, not between', () => {
    const cancels = (item: string, who = plant): string =>
      trade.does(who, { type: 'cancelManifest', item, data: { lots: [boards] } });
    const { manifest } = opens();
    expect(cancels(manifest, carrier)).toBe('HL-2020');
    carries(manifest);
    expect(cancels(manifest)).toBe('HL-2159');
    const lots = [boards];
    expect(
      trade.does(handler, {
        type: 'refuseManifest',
        item: manifest,
        data: { lots, reason: 'notAsDescribed' },
      }),
    ).toBe('accepted');
    expect(trade.item(boards).custodian).toBe(carrier.creditCode);
    expect(cancels(manifest)).toBe('accepted');
    expect(trade.item(boards)).toMatchObject({ custodian: plant.creditCode, owner: plant.creditCode });
    expect(opens({ name: 'again', number: '20253100000002' }).verdict).toBe('accepted');
  });

  it('is nothing without a table of hazardous categories', () => {
    const bare = new Trade();
    const sender = bare.party('plant', ['processor']);
    const lot = lotHeld(bare, sender, 'boards', 'circuitBoards', 10);
    const firm = bare.party('handler', ['hazardousWasteHandler']);
    expect(bare.does(sender, { type: 'handover', item: lot, data: { to: firm.creditCode } })).toBe(
      'accepted',
    );
  });
});

describe('a manifest', () => {
  it('is a paper, into which nothing is fitted', () => {
    const both = trade.party('plant with a workshop', ['processor', 'repairShop']);
    const lots = [lotHeld(trade, both, 'its boards', 'circuitBoards', 10_000)];
    const { manifest, verdict } = opens({ by: both, lots });
    expect(verdict).toBe('accepted');
    const { item, nonce } = both.signer.item('door');
    const data = { kind: 'part' as const, category: 'door', nonce, tags: [], class: 'newPart' as const };
    trade.given(both, { type: 'register', item, data }, { type: 'inspect', item, data: { result: 'fit' } });
    expect(trade.does(both, { type: 'fit', item, data: { into: manifest } })).toBe('HL-2062');
  });

  it('names no carrier that is suspended', () => {
    const { creditCode } = carrier;
    trade.given(trade.oversight, { type: 'participant.suspend', data: { creditCode, reason: 'audit' } });
    expect(opens().verdict).toBe('HL-2283');
  });
});
