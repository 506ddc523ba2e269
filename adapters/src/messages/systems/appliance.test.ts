import { Trade } from '@huilian/core/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { rowKey } from '@huilian/core';
import { Desk } from '../../testing/desk.js';

const PHOTO = 'a'.repeat(64);
let trade: Trade;
let plant: Desk;
let collector: Desk;

beforeEach(() => {
  trade = new Trade();
  trade.table('massTolerance', 1, { permille: 50 });
  trade.table('requiredParts', 1, { refrigerator: ['compressor', 'cabinet'], desktopHost: ['mainboard'] });
  trade.table('lineSteps', 1, { refrigerator: ['drainRefrigerant', 'removeCompressor'] });
  plant = new Desk(trade, trade.party('plant', ['processor']), 'scrappedVehicle');
  collector = new Desk(trade, trade.party('collector', ['collector']), 'scrappedVehicle');
});
afterEach(() => {
  for (const desk of [plant, collector]) desk.close();
});

const unit = (label: string) => {
  const item = trade.world.row(rowKey.tag({ scheme: 'serial', value: label }))?.item;
  return item === undefined ? undefined : trade.item(item);
};
const received = (unitLabel: string, more: object = {}) => ({
  unitLabel,
  massGrams: 9_000,
  identity: 'label',
  partsVersion: 1,
  ...more,
});

describe('a refrigerator', () => {
  it('goes from a household to the line and is closed, step by step', async () => {
    const unitSerial = 'BCD-200-77';
    await collector.sends(
      ['unitRegistered', { unitSerial, applianceCategory: 'refrigerator' }],
      ['unitCollected', { unitSerial, sourceKind: 'household', slip: 'SL-1' }],
      ['goodsSent', { unitSerial, receiver: plant.creditCode }],
    );
    const described = {
      unitSerial,
      massGrams: 41_000,
      identity: 'serial',
      nameplateSha256: PHOTO,
      applianceType: 'fridge',
      volumeLitres: 200,
      partsVersion: 1,
    };
    await plant.sends(
      ['goodsAccepted', { unitSerial, sender: collector.creditCode }],
      ['unitReceived', described],
      ['unitLabelled', { unitSerial, unitLabel: 'HX-1' }],
      ['unitSorted', { unitLabel: 'HX-1', route: 'process' }],
      ['unitStocked', { unitLabel: 'HX-1', place: 'A-01' }],
      ['unitIssued', { unitLabel: 'HX-1', productionLine: 'LINE-1', stepsVersion: 1 }],
    );
    expect(await plant.send('lineStepDone', { unitLabel: 'HX-1', lineStep: 'removeCompressor' })).toEqual([
      'HL-2129',
    ]);
    const outputs = [
      { kind: 'part', category: 'compressor', massGrams: 8_000, partSerial: 'CP-1' },
      { kind: 'lot', category: 'steel', massGrams: 33_000, newLotNumber: 'ST-1' },
    ];
    await plant.sends(
      ['lineStepDone', { unitLabel: 'HX-1', lineStep: 'drainRefrigerant' }],
      ['unitDismantled', { unitLabel: 'HX-1', lossGrams: 0, toleranceVersion: 1, outputs }],
      ['lineStepDone', { unitLabel: 'HX-1', lineStep: 'removeCompressor' }],
      ['unitClosed', { unitLabel: 'HX-1' }],
    );
    expect(unit('HX-1')?.state).toBe('closed');
  });

  it('without its compressor is incomplete, and a photograph proves it', async () => {
    await plant.sends(['unitRegistered', { unitLabel: 'HX-2', applianceCategory: 'refrigerator' }]);
    const missing = { applianceType: 'fridge', missing: [{ missingPart: 'compressor' }] };
    expect(await plant.send('unitReceived', received('HX-2', missing))).toEqual(['HL-2124']);
    await plant.sends(['unitReceived', received('HX-2', { ...missing, evidenceSha256: PHOTO })]);
    expect(unit('HX-2')?.appliance).toMatchObject({
      incomplete: true,
      labelled: true,
      missing: ['compressor'],
    });
  });
});

describe('a desktop computer', () => {
  it('is a set of host and monitor, bound once', async () => {
    for (const [label, applianceType] of [
      ['PC-1', 'desktopHost'],
      ['PC-2', 'desktopMonitor'],
      ['PC-3', 'desktopMonitor'],
    ] as const)
      await plant.sends(
        ['unitRegistered', { unitLabel: label, applianceCategory: 'computer' }],
        ['unitReceived', received(label, { applianceType })],
      );
    await plant.sends(['setBound', { unitLabel: 'PC-1', partnerLabel: 'PC-2' }]);
    expect(await plant.send('setBound', { unitLabel: 'PC-3', partnerLabel: 'PC-1' })).toEqual(['HL-2128']);
  });

  it('is erased, tested, refurbished and sold, and not processed after that', async () => {
    await plant.sends(
      ['unitRegistered', { unitLabel: 'PC-4', applianceCategory: 'computer' }],
      ['unitReceived', received('PC-4', { applianceType: 'laptop' })],
      ['unitSorted', { unitLabel: 'PC-4', route: 'reuse' }],
      ['dataErased', { unitLabel: 'PC-4', erasureMethod: 'overwritten' }],
      ['unitTested', { unitLabel: 'PC-4', unitTest: 'passed' }],
      ['unitRefurbished', { unitLabel: 'PC-4', mark: 'JH-1' }],
    );
    expect(await plant.send('unitSorted', { unitLabel: 'PC-4', route: 'process' })).toEqual(['HL-2120']);
    await plant.sends(['unitSold', { unitLabel: 'PC-4', sourceKind: 'household', slip: 'SL-2' }]);
  });
});
