import { beforeEach, describe, expect, it } from 'vitest';
import type { EventOf, ItemEvent } from '../model/events.js';
import { rowKey } from '../model/row-keys.js';
import type { LossRow } from '../model/rows.js';
import type { Cover } from '../model/terms.js';
import { amountCommitment } from '../prices/commitments.js';
import { lossShares } from '../prices/loss-shares.js';
import { Trade, type Party, type Plain } from '../testing/trade.js';
import { numbered } from '../testing/numbered.js';

type Line = EventOf<'approveLines'>['data']['lines'][number];

const AFTERMARKET = { mspId: 'AftermarketMSP' };
const amount = amountCommitment({ amountFen: 350_000, salt: 'AAAAAAAAAAAAAAAAAAAAAA' });

let trade: Trade;
let x: Party;
let y: Party;
let z: Party;
let auction: Party;
let shop: Party;
let car: string;

beforeEach(() => {
  trade = new Trade();
  x = trade.party('insurer X', ['insurer'], AFTERMARKET);
  y = trade.party('insurer Y', ['insurer'], AFTERMARKET);
  z = trade.party('insurer Z', ['insurer'], AFTERMARKET);
  shop = trade.party('shop', ['repairShop'], AFTERMARKET);
  auction = trade.party('auction house', ['insurer', 'auctionHouse'], AFTERMARKET);
  const made = shop.signer.item('car');
  car = made.item;
  trade.given(
    shop,
    {
      type: 'register',
      item: car,
      data: { kind: 'vehicle', category: 'sedan', nonce: made.nonce, tags: numbered(made.nonce) },
    },
    { type: 'reportDamage', item: car, data: { loss: 'L1', day: 20250630 } },
  );
});

const loss = (number = 'L1'): LossRow => {
  const row = trade.world.row(rowKey.loss(car, number));
  if (!row) throw new Error(`no loss ${number}`);
  return row;
};
const claims = (who: Party, claim: string, cover: Cover, lines: number[], against?: Party): string =>
  trade.does(who, {
    type: 'claimLines',
    item: car,
    data: {
      loss: 'L1',
      claim,
      cover,
      lines,
      ...(against === undefined ? {} : { against: against.creditCode }),
    },
  });
const sum = (line: number, version = 1): Line => ({ line, version, amount });
const approves = (who: Party, claim: string, ...lines: Line[]): string =>
  trade.does(who, { type: 'approveLines', item: car, data: { loss: 'L1', claim, lines } });
const pays = (who: Party, claim: string, lines: [line: number, version: number][], insurer?: Party): string =>
  trade.does(who, {
    type: 'payLines',
    item: car,
    data: {
      loss: 'L1',
      claim,
      lines: lines.map(([line, version]) => ({ line, version })),
      amount,
      ...(insurer === undefined ? {} : { insurer: insurer.creditCode }),
    },
  });
/** X claims under own damage and approves two lines; Y claims the same under compulsory cover. */
function claimedByTwo(): void {
  expect(claims(x, 'X-1', 'ownDamage', [])).toBe('accepted');
  expect(approves(x, 'X-1', sum(1), sum(2))).toBe('accepted');
  expect(claims(y, 'Y-1', 'compulsory', [1, 2])).toBe('accepted');
}

describe('a loss', () => {
  it('stands under its number with its day, and the vehicle bears it until it is in use again', () => {
    expect(loss()).toMatchObject({ day: 20250630, reportedBy: shop.creditCode });
    expect(trade.item(car).insurance?.loss).toBe('L1');
    trade.given(
      shop,
      { type: 'inspect', item: car, data: { result: 'fit' } },
      { type: 'returnToUse', item: car, data: {} },
    );
    expect(trade.item(car).insurance).toBeUndefined();
  });

  it('has the day of the report where nothing is said, and none that is still to come', () => {
    trade.given(
      shop,
      { type: 'inspect', item: car, data: { result: 'fit' } },
      { type: 'returnToUse', item: car, data: {} },
    );
    const reports = (number: string, day?: number): string =>
      trade.does(shop, {
        type: 'reportDamage',
        item: car,
        data: { loss: number, ...(day === undefined ? {} : { day }) },
      });
    expect(reports('L2', 20250702)).toBe('HL-2202');
    expect(reports('L1')).toBe('HL-2201');
    expect(reports('L2')).toBe('accepted');
    expect(loss('L2').day).toBe(20250701);
  });

  it('is assessed and declared total under its own number only', () => {
    const assesses = (number: string): string =>
      trade.does(x, { type: 'assess', item: car, data: { loss: number } });
    expect(assesses('L7')).toBe('HL-2200');
    expect(assesses('L1')).toBe('accepted');
    const declares = (who: Party, number: string): string =>
      trade.does(who, {
        type: 'declareTotalLoss',
        item: car,
        data: { loss: number, totalLoss: 'constructive' },
      });
    expect(declares(x, 'L7')).toBe('HL-2200');
    expect(claims(x, 'X-1', 'ownDamage', [])).toBe('accepted');
    expect(declares(z, 'L1')).toBe('HL-2204');
    expect(declares(x, 'L1')).toBe('accepted');
    expect(loss().totalLoss).toBe('constructive');
  });

  it('that was repaired long ago is not approved again, but may still be paid', () => {
    claimedByTwo();
    const repaired: Plain<ItemEvent>[] = [
      { type: 'inspect', item: car, data: { result: 'fit' } },
      { type: 'returnToUse', item: car, data: {} },
      { type: 'reportDamage', item: car, data: { loss: 'L2' } },
    ];
    trade.given(shop, ...repaired);
    expect(approves(x, 'X-1', sum(3))).toBe('HL-2203');
    expect(pays(x, 'X-1', [[1, 1]])).toBe('accepted');
  });
});

describe('example D.1: X and Y claim under one loss, and Z the same lines', () => {
  it('X and Y are accepted, Z is refused under either cover, and the loss names the first', () => {
    claimedByTwo();
    expect(claims(z, 'Z-1', 'ownDamage', [1])).toBe('HL-2211');
    expect(claims(z, 'Z-1', 'compulsory', [2])).toBe('HL-2211');
    const [own, compulsory] = loss().claims;
    expect(own).toMatchObject({ insurer: x.creditCode, cover: 'ownDamage', claim: 'X-1' });
    expect(compulsory).toMatchObject({ insurer: y.creditCode, cover: 'compulsory', claim: 'Y-1' });
    expect(loss().claims).toHaveLength(2);
  });

  it('each line is paid once under each cover', () => {
    claimedByTwo();
    expect(pays(y, 'Y-1', [[1, 1]])).toBe('accepted');
    expect(pays(y, 'Y-1', [[1, 1]])).toBe('HL-2213');
    expect(
      pays(x, 'X-1', [
        [1, 1],
        [2, 1],
      ]),
    ).toBe('accepted');
    expect(pays(x, 'X-1', [[2, 1]])).toBe('HL-2213');
    expect(
      pays(y, 'Y-1', [
        [2, 1],
        [2, 1],
      ]),
    ).toBe('HL-2213');
    expect(pays(z, 'X-1', [[2, 1]])).toBe('HL-2205');
  });

  it('Y pays its limit of 2 000, X the rest of 92 000, and nothing is paid twice', () => {
    const compulsory = { cover: 'compulsory' as const, limitFen: 200_000 };
    const own = { cover: 'ownDamage' as const };
    expect(lossShares(9_200_000, [own, compulsory])).toEqual([9_000_000, 200_000]);
    expect(lossShares(150_000, [own, compulsory])).toEqual([0, 150_000]);
    const liability = { cover: 'thirdPartyLiability' as const, limitFen: 5_000_000 };
    expect(lossShares(9_200_000, [liability, own, compulsory])).toEqual([5_000_000, 4_000_000, 200_000]);
  });

  it('one insurer opens at most four claims, so that it keeps nobody out', () => {
    for (const claim of ['X-1', 'X-2', 'X-3', 'X-4'])
      expect(claims(x, claim, 'ownDamage', [])).toBe('accepted');
    expect(claims(x, 'X-5', 'ownDamage', [])).toBe('HL-2209');
    expect(claims(y, 'Y-1', 'compulsory', [])).toBe('accepted');
  });

  it('a second claim of one insurer under its own cover does not take the lines again', () => {
    claimedByTwo();
    expect(claims(x, 'X-2', 'ownDamage', [1])).toBe('HL-2211');
    expect(claims(x, 'X-1', 'compulsory', [])).toBe('HL-2206');
    expect(claims(x, 'X-1', 'ownDamage', [1, 2])).toBe('accepted');
    expect(claims(z, 'Z-1', 'thirdPartyLiability', [1])).toBe('accepted');
  });
});

describe('recourse between insurers', () => {
  it('begins when the line was paid, names another insurer, and is paid by it once', () => {
    claimedByTwo();
    expect(claims(x, 'R-1', 'recourse', [1])).toBe('HL-2207');
    expect(claims(x, 'R-1', 'recourse', [1], x)).toBe('HL-2207');
    expect(claims(x, 'R-1', 'recourse', [1], shop)).toBe('HL-2207');
    expect(claims(x, 'R-1', 'recourse', [1], y)).toBe('HL-2208');
    expect(pays(x, 'X-1', [[1, 1]])).toBe('accepted');
    expect(claims(x, 'R-1', 'recourse', [1], y)).toBe('accepted');
    expect(pays(x, 'R-1', [[1, 1]])).toBe('HL-2205');
    expect(pays(y, 'R-1', [[1, 1]], x)).toBe('accepted');
    expect(pays(y, 'R-1', [[1, 1]], x)).toBe('HL-2213');
    expect(approves(x, 'R-1', sum(9))).toBe('HL-2206');
  });

  it('is the only kind of cover that names another insurer', () => {
    claimedByTwo();
    expect(claims(z, 'Z-1', 'thirdPartyLiability', [1], y)).toBe('HL-2207');
  });
});

describe('approval by lines', () => {
  const door: Line = {
    ...sum(1),
    part: { category: 'door', quantity: 1, classes: ['newPart'], numbers: ['D-1'] },
  };

  it('begins with version 1, and a supplement is the next version of the insurer that approved it', () => {
    expect(approves(x, 'X-1', door)).toBe('HL-2205');
    expect(claims(x, 'X-1', 'ownDamage', [])).toBe('accepted');
    expect(claims(x, 'X-1', 'ownDamage', [1])).toBe('HL-2210');
    expect(approves(x, 'X-1', { ...door, version: 2 })).toBe('HL-2215');
    expect(approves(x, 'X-1', door)).toBe('accepted');
    expect(approves(x, 'X-1', door)).toBe('HL-2215');
    expect(claims(y, 'Y-1', 'compulsory', [1])).toBe('accepted');
    expect(approves(y, 'Y-1', { ...door, version: 2 })).toBe('HL-2216');
    const two = { category: 'door', quantity: 2, classes: ['newPart' as const] };
    expect(approves(x, 'X-1', { ...door, version: 2, part: two })).toBe('accepted');
    expect(loss().lines).toMatchObject([{ line: 1, version: 2, part: { quantity: 2 } }]);
  });

  it('does not turn one part into another, nor change what was paid', () => {
    expect(claims(x, 'X-1', 'ownDamage', [])).toBe('accepted');
    expect(approves(x, 'X-1', sum(2), door)).toBe('accepted');
    const bonnet = { category: 'bonnet', quantity: 1, classes: ['newPart' as const] };
    expect(approves(x, 'X-1', { ...door, version: 2, part: bonnet })).toBe('HL-2217');
    expect(pays(x, 'X-1', [[2, 1]])).toBe('accepted');
    expect(approves(x, 'X-1', sum(2, 2))).toBe('HL-2213');
  });

  it('makes the older version useless for payment', () => {
    expect(claims(x, 'X-1', 'ownDamage', [])).toBe('accepted');
    expect(approves(x, 'X-1', sum(2))).toBe('accepted');
    expect(approves(x, 'X-1', sum(2, 2))).toBe('accepted');
    expect(pays(x, 'X-1', [[2, 1]])).toBe('HL-2214');
    expect(pays(x, 'X-1', [[2, 2]])).toBe('accepted');
    expect(pays(x, 'X-1', [[8, 1]])).toBe('HL-2210');
  });

  it('is not for a repair shop', () => {
    expect(claims(shop, 'S-1', 'ownDamage', [])).toBe('HL-2030');
  });

  it('pays a part when it was fitted, and at once when the car is a total loss', () => {
    expect(claims(x, 'X-1', 'ownDamage', [])).toBe('accepted');
    expect(approves(x, 'X-1', door)).toBe('accepted');
    expect(pays(x, 'X-1', [[1, 1]])).toBe('HL-2218');
    trade.given(
      x,
      { type: 'assess', item: car, data: { loss: 'L1' } },
      { type: 'declareTotalLoss', item: car, data: { loss: 'L1', totalLoss: 'mustScrap' } },
    );
    expect(pays(x, 'X-1', [[1, 1]])).toBe('accepted');
    expect(pays(y, 'Y-1', [[1, 1]])).toBe('HL-2205');
  });
});

describe('a total loss that nobody has claimed under', () => {
  const declares = (who: Party): string =>
    trade.does(who, { type: 'declareTotalLoss', item: car, data: { loss: 'L1', totalLoss: 'mustScrap' } });
  const assesses = (): void => trade.given(x, { type: 'assess', item: car, data: { loss: 'L1' } });

  it('is not declared by an insurer that has nothing to do with it', () => {
    assesses();
    expect(declares(y)).toBe('HL-2306');
    expect(claims(x, 'X-1', 'ownDamage', [])).toBe('accepted');
    expect(declares(y)).toBe('HL-2204');
    expect(declares(x)).toBe('accepted');
  });

  it('is declared by the insurer that holds the car', () => {
    trade.given(shop, { type: 'handover', item: car, data: { to: z.creditCode, keepOwnership: true } });
    trade.given(z, { type: 'accept', item: car, data: { from: shop.creditCode } });
    assesses();
    expect(declares(z)).toBe('accepted');
  });
});

describe('a car that was a total loss', () => {
  const inspects = (who: Party): void =>
    trade.given(who, { type: 'inspect', item: car, data: { result: 'fit' } });
  const returns = (): string => trade.does(shop, { type: 'returnToUse', item: car, data: {} });

  it('is not back in use by an inspection from before its damage, or from before its repair', () => {
    const { item, nonce } = shop.signer.item('another');
    const data = { kind: 'vehicle' as const, category: 'sedan', nonce, tags: numbered(nonce) };
    trade.given(
      shop,
      { type: 'register', item, data },
      { type: 'inspect', item, data: { result: 'fit' } },
      { type: 'reportDamage', item, data: { loss: 'L1' } },
    );
    expect(trade.does(shop, { type: 'returnToUse', item, data: {} })).toBe('HL-2060');
    inspects(shop);
    trade.given(shop, { type: 'handover', item: car, data: { to: auction.creditCode } });
    trade.given(auction, { type: 'accept', item: car, data: { from: shop.creditCode } });
    trade.given(
      auction,
      { type: 'assess', item: car, data: { loss: 'L1' } },
      { type: 'declareTotalLoss', item: car, data: { loss: 'L1', totalLoss: 'constructive' } },
      { type: 'sellSalvage', item: car, data: { to: shop.creditCode } },
      { type: 'handover', item: car, data: { to: shop.creditCode } },
    );
    trade.given(shop, { type: 'accept', item: car, data: { from: auction.creditCode } });
    expect(returns()).toBe('HL-2060');
    inspects(shop);
    expect(returns()).toBe('accepted');
    expect(trade.item(car)).toMatchObject({ state: 'inUse', rebuilt: true });
  });

  it('is claimed, paid, recovered and struck off the register also after it was shredded', () => {
    const police = trade.party('police', ['police'], { mspId: 'OversightMSP' });
    const plant = trade.party('plant', ['dismantler']);
    trade.table('massTolerance', 1, { permille: 10 });
    const lot = (name: string, massGrams: number) => ({
      ...plant.signer.item(name),
      kind: 'lot' as const,
      category: name,
      massGrams,
    });
    expect(claims(x, 'X-1', 'ownDamage', [])).toBe('accepted');
    expect(approves(x, 'X-1', sum(1))).toBe('accepted');
    trade.given(
      x,
      { type: 'assess', item: car, data: { loss: 'L1' } },
      { type: 'declareTotalLoss', item: car, data: { loss: 'L1', totalLoss: 'mustScrap' } },
    );
    trade.given(shop, { type: 'handover', item: car, data: { to: plant.creditCode } });
    trade.given(
      plant,
      { type: 'accept', item: car, data: { from: shop.creditCode } },
      { type: 'surrender', item: car, data: {} },
      { type: 'receive', item: car, data: { massGrams: 1_000 } },
      { type: 'issueCertificate', item: car, data: { number: 'C-1' } },
      { type: 'depollute', item: car, data: { outputs: [lot('wasteOil', 10)] } },
      { type: 'dismantle', item: car, data: { outputs: [lot('glass', 90)] } },
      { type: 'leaveHulk', item: car, data: { massGrams: 900, lossGrams: 0, toleranceVersion: 1 } },
      {
        type: 'shred',
        item: car,
        data: { outputs: [lot('steel', 900)], lossGrams: 0, toleranceVersion: 1 },
      },
    );
    expect(pays(x, 'X-1', [[1, 1]])).toBe('accepted');
    expect(claims(x, 'X-R', 'recourse', [1], y)).toBe('accepted');
    expect(claims(z, 'Z-1', 'ownDamage', [])).toBe('accepted');
    expect(claims(z, 'Z-1', 'ownDamage', [1])).toBe('HL-2211');
    expect(approves(x, 'X-1', sum(2)), 'nothing is repaired any more').toBe('HL-2011');
    expect(trade.does(police, { type: 'cancelRegistration', item: car, data: {} })).toBe('accepted');
    expect(trade.item(car)).toMatchObject({ state: 'shredded', registrationCancelled: true });
  });
});
