import { rowKey } from '@huilian/core';
import { Trade } from '@huilian/core/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Desk } from '../../testing/desk.js';

const BOARDS = '900-045-49';
const NUMBER = '20253100000001';
const HASH = 'a'.repeat(64);
let trade: Trade;
let plant: Desk;
let carrier: Desk;
let handler: Desk;

beforeEach(() => {
  trade = new Trade();
  trade.table('massTolerance', 1, { permille: 50 });
  trade.table('hazardousCategories', 1, { circuitBoards: BOARDS });
  trade.table('manifestNumber', 1, { digits: 14 });
  plant = new Desk(trade, trade.party('plant', ['processor']), 'scrappedVehicle');
  carrier = new Desk(trade, trade.party('carrier', ['carrier']), 'scrappedVehicle');
  const licensed = { categories: ['HW49'] };
  handler = new Desk(trade, trade.party('handler', ['hazardousWasteHandler'], licensed), 'scrappedVehicle');
});
afterEach(() => {
  for (const desk of [plant, carrier, handler]) desk.close();
});

const weighed = (netGrams: number) => ({
  grossGrams: 10_000_000 + netGrams,
  tareGrams: 10_000_000,
  netGrams,
  scale: 'WB-1',
  calibratedUntil: trade.world.time + 86_400,
});
const balanced = { lossGrams: 0, toleranceVersion: 1 };
const lot = (number: string) => {
  const item = trade.world.row(rowKey.tag({ scheme: 'serial', value: number }))?.item;
  return item === undefined ? undefined : trade.item(item);
};
const steel = (lotNumber: string) =>
  ['lotRegistered', { lotNumber, category: 'steel', massGrams: 1_000 }] as const;

describe('a truck load', () => {
  it('is weighed in, sorted into units and cages, and closed with the residue', async () => {
    const load = {
      lotNumber: 'T-1',
      ticket: 'WB-77',
      ticketSha256: HASH,
      ...weighed(500_000),
      estimatedPieces: 20,
      sourceKind: 'participant',
      slip: 'SL-3',
      mix: [{ declaredCategory: 'television', pieces: 20 }],
    };
    const outputs = [
      { kind: 'device', category: 'television', massGrams: 20_000, unitLabel: 'HX-100' },
      { kind: 'lot', category: 'washingMachine', massGrams: 450_000, pieces: 9, newLotNumber: 'CAGE-1' },
    ];
    await plant.sends(
      ['truckWeighedIn', load],
      ['loadSorted', { lotNumber: 'T-1', toleranceVersion: 1, outputs }],
      ['sortingClosed', { lotNumber: 'T-1', residueGrams: 30_000, toleranceVersion: 1 }],
    );
    expect(lot('HX-100')).toMatchObject({ kind: 'device', category: 'television' });
    expect(lot('CAGE-1')).toMatchObject({ massGrams: 450_000, lot: { pieces: 9 } });
    expect(await plant.send('truckWeighedIn', { ...load, lotNumber: 'T-2', netGrams: 1 })).toEqual([
      'HL-2141',
    ]);
  });
});

describe('a lot', () => {
  it('is weighed, sampled, split, merged, transformed and smelted', async () => {
    await plant.sends(
      steel('A'),
      steel('B'),
      ['lotWeighed', { lotNumber: 'A', ...weighed(1_000), ...balanced }],
      [
        'lotSampled',
        { lotNumber: 'A', newLotNumber: 'A-S', category: 'steel', massGrams: 10, sampleNumber: 'S-1' },
      ],
      [
        'lotsMerged',
        {
          lotNumber: 'A',
          others: [{ lotNumber: 'B' }],
          newLotNumber: 'C',
          category: 'steel',
          massGrams: 1_990,
          ...balanced,
        },
      ],
      [
        'lotSplit',
        {
          lotNumber: 'C',
          ...balanced,
          outputs: [
            { kind: 'lot', category: 'steel', massGrams: 990, newLotNumber: 'D' },
            { kind: 'lot', category: 'steel', massGrams: 1_000, newLotNumber: 'E' },
          ],
        },
      ],
      [
        'lotTransformed',
        {
          lotNumber: 'D',
          others: [{ lotNumber: 'E' }],
          process: 'baling',
          ...balanced,
          outputs: [{ kind: 'lot', category: 'steelBales', massGrams: 1_990, newLotNumber: 'F' }],
        },
      ],
    );
    expect(lot('F')?.massGrams).toBe(1_990);
    expect(await plant.send('lotDisposed', { lotNumber: 'F', disposalMethod: 'smelted' })).toEqual([
      'HL-2030',
    ]);
  });

  it('of hazardous waste travels under a manifest until the signed return', async () => {
    await plant.sends([
      'lotRegistered',
      { lotNumber: 'PCB-1', category: 'circuitBoards', massGrams: 10_000 },
    ]);
    expect(await plant.send('goodsSent', { lotNumber: 'PCB-1', receiver: handler.creditCode })).toEqual([
      'HL-2149',
    ]);
    const lots = [{ lotNumber: 'PCB-1' }];
    const opened = {
      manifestNumber: NUMBER,
      carrier: carrier.creditCode,
      handler: handler.creditCode,
      lots: [{ lotNumber: 'PCB-1', wasteCode: BOARDS }],
    };
    await plant.sends(['manifestOpened', opened]);
    expect(await plant.send('manifestOpened', opened)).toEqual(['HL-2152']);
    await carrier.sends(['manifestCarried', { manifestNumber: NUMBER, lots }]);
    const arrived = [{ lotNumber: 'PCB-1', massGrams: 9_900 }];
    await handler.sends(
      ['manifestAccepted', { manifestNumber: NUMBER, lots: arrived }],
      ['manifestReturned', { manifestNumber: NUMBER, evidenceSha256: HASH }],
      ['lotDisposed', { lotNumber: 'PCB-1', disposalMethod: 'hazardousTreatment' }],
    );
  });

  it('that was turned back is the sender’s again when he cancels the manifest', async () => {
    await plant.sends(
      ['lotRegistered', { lotNumber: 'PCB-1', category: 'circuitBoards', massGrams: 10_000 }],
      [
        'manifestOpened',
        {
          manifestNumber: NUMBER,
          carrier: carrier.creditCode,
          handler: handler.creditCode,
          lots: [{ lotNumber: 'PCB-1', wasteCode: BOARDS }],
        },
      ],
    );
    const lots = [{ lotNumber: 'PCB-1' }];
    await carrier.sends(['manifestCarried', { manifestNumber: NUMBER, lots }]);
    await handler.sends([
      'manifestRefused',
      { manifestNumber: NUMBER, lots, refusalReason: 'documentsMissing' },
    ]);
    await plant.sends(['manifestCancelled', { manifestNumber: NUMBER, lots }]);
    expect(lot('PCB-1')?.custodian).toBe(plant.creditCode);
  });
});
