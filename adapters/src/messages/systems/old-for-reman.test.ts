import { Trade } from '@huilian/core/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Desk } from '../../testing/desk.js';

const AFTERMARKET = { mspId: 'AftermarketMSP' };
let trade: Trade;
let works: Desk;
let shop: Desk;
let other: Desk;

beforeEach(async () => {
  trade = new Trade();
  works = new Desk(trade, trade.party('works', ['remanufacturer'], AFTERMARKET), 'oldForReman');
  shop = new Desk(trade, trade.party('shop', ['repairShop'], AFTERMARKET), 'repair');
  other = new Desk(trade, trade.party('other shop', ['repairShop'], AFTERMARKET), 'repair');
  trade.table('statePilot', 1, { sharePermille: 100, capEngine: 200_000 });
  trade.table('coreDeposit', 1, {
    returnDays: 60,
    gradeA: 1000,
    gradeB: 600,
    gradeC: 0,
    missingTurbocharger: 100,
  });
  await works.sends(
    ['partRegistered', { partSerial: 'E-0', category: 'engine', partClass: 'usedPart' }],
    ['coreDesignated', { partSerial: 'E-0' }],
    ['coreGraded', { coreSerial: 'E-0', grade: 'A' }],
    [
      'coreRemanufactured',
      { coreSerial: 'E-0', productSerial: 'ZZ-1', category: 'engine', massGrams: 90_000, mark: 'ZZ-1' },
    ],
    ['goodsSent', { partSerial: 'ZZ-1', receiver: shop.creditCode }],
  );
  await shop.sends(
    ['goodsAccepted', { partSerial: 'ZZ-1', sender: works.creditCode }],
    ['partRegistered', { partSerial: 'E-9', category: 'engine', partClass: 'usedPart' }],
  );
});
afterEach(() => {
  for (const desk of [works, shop, other]) desk.close();
});

const sale = () => ({ seller: shop.creditCode, saleNumber: 'S-1', saleLine: 1 });
const sold = () => ({
  ...sale(),
  productSerial: 'ZZ-1',
  priceFen: 2_500_000,
  corePriceFen: 300_000,
  depositFen: 150_000,
  salt: 'AAECAwQFBgcICQoLDA0ODw',
  statePilotVersion: 1,
  coreDepositVersion: 1,
});
const claimed = (scheme: string) => ({ ...sale(), productSerial: 'ZZ-1', coreSerial: 'E-9', scheme });

describe('an old engine for a remanufactured one', () => {
  it('comes back, is graded at the works, and each entitlement is redeemed once', async () => {
    await shop.sends(
      ['productSold', sold()],
      ['coreReturned', { ...sale(), coreSerial: 'E-9', productSerial: 'ZZ-1' }],
    );
    expect(await shop.send('entitlementClaimed', claimed('coreDeposit'))).toEqual(['HL-2234']);
    await shop.sends(
      ['coreDesignated', { partSerial: 'E-9' }],
      ['goodsSent', { partSerial: 'E-9', receiver: works.creditCode }],
    );
    await works.sends(
      ['goodsAccepted', { partSerial: 'E-9', sender: shop.creditCode }],
      ['coreGraded', { coreSerial: 'E-9', grade: 'B', missing: [{ missingPart: 'turbocharger' }] }],
    );
    await shop.sends(
      ['entitlementClaimed', claimed('coreDeposit')],
      ['entitlementClaimed', claimed('statePilot')],
    );
    expect(await shop.send('entitlementClaimed', claimed('coreDeposit'))).toEqual(['HL-2236']);
    expect(await shop.send('entitlementClaimed', claimed('statePilot'))).toEqual(['HL-2236']);
  });

  it('is returned once, whoever brings it the second time', async () => {
    await shop.sends(
      ['productSold', sold()],
      ['coreReturned', { ...sale(), coreSerial: 'E-9', productSerial: 'ZZ-1' }],
    );
    await shop.sends(['goodsSent', { partSerial: 'E-9', receiver: other.creditCode }]);
    await other.sends(['goodsAccepted', { partSerial: 'E-9', sender: shop.creditCode }]);
    const again = { seller: other.creditCode, saleNumber: 'S-2', saleLine: 1 };
    expect(await other.send('coreReturned', { ...again, coreSerial: 'E-9', productSerial: 'ZZ-1' })).toEqual([
      'HL-2230',
    ]);
  });

  it('has its prices committed to, and not on the ledger', async () => {
    await shop.send('productSold', sold(), { id: 'sold' });
    const recorded = shop.signed('sold');
    expect(recorded).toContain('sellRemanufactured');
    expect(recorded).not.toContain('2500000');
  });
});
