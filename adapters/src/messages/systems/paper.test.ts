import { rowKey } from '@huilian/core';
import { Trade } from '@huilian/core/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Desk } from '../../testing/desk.js';

const SLIP = 'c'.repeat(64);
/** Of no enterprise on the ledger. */
const SMELTER = '91440300708461136T';
let trade: Trade;
let plant: Desk;

beforeEach(async () => {
  trade = new Trade();
  plant = new Desk(trade, trade.party('plant', ['dismantler']), 'scrappedVehicle');
  await plant.sends(['lotRegistered', { lotNumber: 'CU-1', category: 'copper', massGrams: 12_000 }]);
});
afterEach(() => {
  plant.close();
});

const lot = () => trade.item(trade.world.row(rowKey.tag({ scheme: 'serial', value: 'CU-1' }))?.item ?? '');

describe('a partner on paper', () => {
  it('takes a lot by its slip, with its credit code and licence, and gives it back', async () => {
    const slip = {
      lotNumber: 'CU-1',
      slipSha256: SLIP,
      paperParty: SMELTER,
      paperLicence: 'YL-7',
      massGrams: 12_000,
    };
    await plant.sends(['goodsGivenOnPaper', slip]);
    expect(lot()).toMatchObject({ custodian: SMELTER, logistics: { evidence: 'C' } });
    expect(await plant.send('goodsReceivedOnPaper', { ...slip, paperParty: '91320000MA0DEM0045' })).toEqual([
      'HL-2186',
    ]);
    await plant.sends(['goodsReceivedOnPaper', slip]);
    expect(lot().custodian).toBe(plant.creditCode);
  });

  it('that is an enterprise needs its licence, and a household the number of its slip', async () => {
    const slip = { lotNumber: 'CU-1', slipSha256: SLIP };
    expect(await plant.send('goodsGivenOnPaper', slip)).toEqual(['HL-2183']);
    expect(await plant.send('goodsGivenOnPaper', { ...slip, paperParty: SMELTER })).toEqual(['HL-2183']);
    expect(
      await plant.send('goodsGivenOnPaper', { ...slip, paperParty: plant.creditCode, paperLicence: 'Y' }),
    ).toEqual(['HL-2184']);
    await plant.sends(['goodsGivenOnPaper', { ...slip, household: 'SL-20', keepsOwner: 'yes' }]);
    expect(lot()).toMatchObject({ custodian: 'household:SL-20', owner: plant.creditCode });
  });
});
