import { rowKey } from '@huilian/core';
import { Trade, type Party } from '@huilian/core/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Desk } from '../../testing/desk.js';

const VIN = 'LSVAM4186C2123456';
const SALT = 'AAECAwQFBgcICQoLDA0ODw';
const AFTERMARKET = { mspId: 'AftermarketMSP' };
let trade: Trade;
let own: Desk;
let third: Desk;
let shop: Desk;
let police: Party;
let desks: Desk[];

const claim = (claimNumber: string, lossNumber = 'L1') => ({ vin: VIN, lossNumber, claimNumber });
const amount = (amountFen: number) => ({ amountFen, salt: SALT });

beforeEach(async () => {
  trade = new Trade();
  own = new Desk(trade, trade.party('insurer X', ['insurer'], AFTERMARKET), 'insurance');
  third = new Desk(trade, trade.party('insurer Y', ['insurer'], AFTERMARKET), 'insurance');
  shop = new Desk(trade, trade.party('shop', ['repairShop'], AFTERMARKET), 'repair');
  police = trade.party('police', ['police'], { mspId: 'OversightMSP' });
  desks = [own, third, shop];
  await shop.sends(['vehicleRegistered', { vin: VIN, vehicleType: 'passengerCar' }]);
  await own.sends(['lossReported', { vin: VIN, lossNumber: 'L1' }]);
});
afterEach(() => {
  for (const desk of desks) desk.close();
});

const lossRow = () => {
  const vehicle = trade.world.row(rowKey.tag({ scheme: 'vin', value: VIN }))?.item ?? '';
  return trade.world.row(rowKey.loss(vehicle, 'L1'));
};

/** A door of 12 kg under line 2, a new or a reused one, and labour under line 1. */
const lines = [
  { line: 1, lineVersion: 1, ...amount(80_000) },
  {
    line: 2,
    lineVersion: 1,
    ...amount(120_000),
    approvedCategory: 'door',
    quantity: 1,
    allowsNewPart: 'yes',
    allowsSecondHandPart: 'yes',
    partNumber: 'D-100',
    equivalentNumber: 'D-101',
  },
];

async function approved(): Promise<void> {
  await own.sends(
    ['linesClaimed', { ...claim('X-1'), cover: 'ownDamage' }],
    ['linesApproved', { ...claim('X-1'), lines }],
  );
}

describe('a loss, from two insurers and a shop by their systems', () => {
  it('is approved by lines, repaired under a line, and paid', async () => {
    await approved();
    const door = { partSerial: 'D-1', category: 'door', partClass: 'newPart' };
    await shop.sends(['partRegistered', door], ['partInspected', { partSerial: 'D-1', result: 'fit' }]);
    const line = { lossNumber: 'L1', line: 2, lineVersion: 1, partNumber: 'D-101' };
    await shop.sends(['partFitted', { partSerial: 'D-1', vin: VIN, ...line }]);
    const paid = { ...claim('X-1'), ...amount(200_000) };
    const both = [
      { line: 1, lineVersion: 1 },
      { line: 2, lineVersion: 1 },
    ];
    expect(await own.send('linesPaid', { ...paid, lines: both })).toEqual(['accepted']);
    expect(await own.send('linesPaid', { ...paid, lines: both })).toEqual(['HL-2213']);
    expect(lossRow()?.lines.map(({ covers }) => covers)).toEqual([
      [{ claim: 0, paid: true }],
      [{ claim: 0, paid: true }],
    ]);
  });

  it('is not paid for a part that was not fitted, nor by an old version', async () => {
    await approved();
    const paid = { ...claim('X-1'), ...amount(1) };
    expect(await own.send('linesPaid', { ...paid, lines: [{ line: 2, lineVersion: 1 }] })).toEqual([
      'HL-2218',
    ]);
    const more = [{ line: 1, lineVersion: 2, ...amount(90_000) }];
    await own.sends(['linesApproved', { ...claim('X-1'), lines: more }]);
    expect(await own.send('linesPaid', { ...paid, lines: [{ line: 1, lineVersion: 1 }] })).toEqual([
      'HL-2214',
    ]);
  });

  it('has each line once under a kind of cover; recourse follows the payment', async () => {
    await approved();
    const other = { ...claim('Y-1'), lines: [{ line: 1 }] };
    expect(await third.send('linesClaimed', { ...other, cover: 'ownDamage' })).toEqual(['HL-2211']);
    expect(await third.send('linesClaimed', { ...other, cover: 'compulsory' })).toEqual(['accepted']);
    const recourse = { ...claim('X-R'), cover: 'recourse', against: third.creditCode, lines: [{ line: 1 }] };
    expect(await own.send('linesClaimed', recourse)).toEqual(['HL-2208']);
    await own.sends(['linesPaid', { ...claim('X-1'), ...amount(8), lines: [{ line: 1, lineVersion: 1 }] }]);
    expect(await own.send('linesClaimed', recourse)).toEqual(['accepted']);
    const back = { ...claim('X-R'), claimant: own.creditCode, ...amount(8) };
    expect(await third.send('linesPaid', { ...back, lines: [{ line: 1, lineVersion: 1 }] })).toEqual([
      'accepted',
    ]);
  });

  it('keeps amounts off the ledger, and their commitments on it', async () => {
    await own.sends(['linesClaimed', { ...claim('X-1'), cover: 'ownDamage' }]);
    await own.send('linesApproved', { ...claim('X-1'), lines }, { id: 'lines' });
    const recorded = own.signed('lines');
    expect(recorded).not.toContain('amountFen');
    expect(recorded).not.toContain(SALT);
    expect(recorded).toContain('approveLines');
  });
});

describe('the police, by the vehicle administration’s system', () => {
  it('let a car go again that was held', async () => {
    const desk = new Desk(trade, police, 'scrappedVehicle');
    desks.push(desk);
    await shop.sends(['vehicleHeld', { vin: VIN, holdReason: 'suspectedStolen' }]);
    expect(await shop.send('vehicleInspected', { vin: VIN, result: 'fit' })).toEqual(['HL-2100']);
    expect(await shop.send('goodsSent', { vin: VIN, receiver: own.creditCode })).toEqual(['HL-2100']);
    expect(await desk.send('vehicleReleased', { vin: VIN })).toEqual(['accepted']);
    expect(await shop.send('vehicleInspected', { vin: VIN, result: 'fit' })).toEqual(['accepted']);
  });
});
