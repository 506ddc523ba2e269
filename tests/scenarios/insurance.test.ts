import { amountCommitment } from '@huilian/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Scene, type Actor } from './scene.js';
import { lastNotice, lossAsSeenBy, timelineAsSeenBy } from './seen.js';
import { verifyScene } from './verified.js';

let scene: Scene;
let owner: Actor;
let x: Actor;
let y: Actor;
let z: Actor;
let auction: Actor;
let shop: Actor;
let plant: Actor;
let works: Actor;
let police: Actor;
let car: string;

const L1 = { loss: 'L1' };
/** Amounts are commitments: the ledger never tells them. */
const sealed = (yuan: number): string =>
  amountCommitment({ amountFen: yuan * 100, salt: 'AAAAAAAAAAAAAAAAAAAAAA' });
const X1 = { ...L1, claim: 'X-2026-001' };
const Y1 = { ...L1, claim: 'Y-2026-001' };

beforeAll(async () => {
  scene = await Scene.begin();
  owner = await scene.party('车主', ['vehicleOwner']);
  x = await scene.party('保险 X', ['insurer']);
  y = await scene.party('保险 Y', ['insurer']);
  z = await scene.party('保险 Z', ['insurer']);
  auction = await scene.party('拍卖', ['auctionHouse']);
  shop = await scene.party('维修', ['repairShop']);
  plant = await scene.party('拆解厂', ['dismantler'], [{ role: 'dismantler' }]);
  works = await scene.party('再制造', ['remanufacturer'], [{ role: 'remanufacturer' }]);
  police = await scene.party('车管', ['police']);
});
afterAll(() => scene.end());

/** A car with its loss of 2 March 2026, assessed. */
async function damaged(name: string, vin?: string): Promise<string> {
  const named = vin === undefined ? {} : { tags: [{ scheme: 'vin', value: vin }] };
  const id = await owner.registers(name, 'vehicle', 'passengerCar', named);
  await owner.did(id, ['reportDamage', { ...L1, day: 20260302 }]);
  await x.did(
    id,
    ['claimLines', { ...X1, cover: 'ownDamage', lines: [] }],
    ['assess', L1],
    ['approveLines', { ...X1, lines: [{ line: 1, version: 1, amount: sealed(92_000) }] }],
  );
  return id;
}

/** A new part that the shop holds and found fit. */
async function spare(name: string, category: string): Promise<string> {
  const tags = [{ scheme: 'serial', value: name.replaceAll(' ', '-') }];
  const id = await shop.registers(name, 'part', category, { class: 'newPart', tags });
  await shop.did(id, ['inspect', { result: 'fit' }]);
  return id;
}

describe('a total loss that several insurers pay', () => {
  it('X under own damage and Y under compulsory cover claim the same line: both accepted', async () => {
    car = await damaged('car', 'LSVAM4186C2123456');
    await y.did(car, ['claimLines', { ...Y1, cover: 'compulsory', lines: [1] }]);
  });

  it('Z claims the same line: refused, and the loss tells Z who claimed first', async () => {
    const claim = { ...L1, claim: 'Z-1', cover: 'ownDamage', lines: [1] };
    expect(await z.does('claimLines', car, claim)).toBe('HL-2211');
    expect(await z.does('claimLines', car, { ...claim, cover: 'compulsory' })).toBe('HL-2211');
    const { body } = await lossAsSeenBy(scene, z, car);
    expect(body.claims).toMatchObject([
      { insurer: x.creditCode, cover: 'ownDamage' },
      { insurer: y.creditCode, cover: 'compulsory' },
    ]);
    expect((await lossAsSeenBy(scene, works, car)).status).toBe(403);
  });

  it('X declares it constructive, and Z, which has no claim, may not', async () => {
    const constructive = { ...L1, totalLoss: 'constructive' };
    expect(await z.does('declareTotalLoss', car, constructive)).toBe('HL-2204');
    await x.did(car, ['declareTotalLoss', constructive]);
  });

  it('Y pays 2 000 and X the rest, each once', async () => {
    const lines = [{ line: 1, version: 1 }];
    await y.did(car, ['payLines', { ...Y1, lines, amount: sealed(2_000) }]);
    await x.did(car, ['payLines', { ...X1, lines, amount: sealed(90_000) }]);
    expect(await x.does('payLines', car, { ...X1, lines, amount: sealed(90_000) })).toBe('HL-2213');
    expect(await z.does('payLines', car, { ...X1, lines, amount: sealed(1) })).toBe('HL-2205');
  });

  it('the winner of the auction is a repair firm: repaired, inspected, in use, and the passport says so', async () => {
    await owner.gives(car, auction, { keepOwnership: true });
    await auction.did(car, ['sellSalvage', { to: shop.creditCode }]);
    await auction.gives(car, shop);
    expect(await shop.does('returnToUse', car)).toBe('HL-2060');
    await shop.did(car, ['inspect', { result: 'fit' }], ['returnToUse']);
    const { body } = await scene.gateway.get(`/p/${car}?format=json`);
    expect(body).toMatchObject({ state: 'inUse', rebuilt: true });
  });

  it('X recovers from Y what it has paid, once, as a cover of its own', async () => {
    const recourse = { ...L1, claim: 'X-R', cover: 'recourse', lines: [1], against: y.creditCode };
    await x.did(car, ['claimLines', recourse]);
    const paid = {
      ...L1,
      claim: 'X-R',
      insurer: x.creditCode,
      lines: [{ line: 1, version: 1 }],
      amount: sealed(5_000),
    };
    expect(await x.does('payLines', car, paid)).toBe('HL-2205');
    await y.did(car, ['payLines', paid]);
    expect(await y.does('payLines', car, paid)).toBe('HL-2213');
  });
});

describe('an insurer that never held the car', () => {
  it('reads the loss from the damage to the sale of the salvage and the recourse, and not whose hands the car was in', async () => {
    const loss = [
      ...['reportDamage all', 'claimLines all', 'assess all', 'approveLines all', 'claimLines all'],
      ...['declareTotalLoss all', 'payLines all', 'payLines all', 'sellSalvage all', 'returnToUse what'],
      ...['claimLines all', 'payLines all'],
    ];
    for (const insurer of [x, y])
      expect(await timelineAsSeenBy(scene, insurer, '/v1/vehicles/LSVAM4186C2123456')).toEqual(loss);
    const whole = await timelineAsSeenBy(scene, shop, `/v1/items/${car}`);
    expect(whole).toEqual(expect.arrayContaining(['register what', 'inspect all', 'accept all']));
    const token = await scene.gateway.token(x.signer);
    expect((await scene.gateway.get(`/v1/items/${car}`, token)).status).toBe(403);
    // Its claim was refused, so it has no part in the loss.
    const other = await scene.gateway.token(z.signer);
    expect((await scene.gateway.get(`/v1/items/${car}/timeline`, other)).status).toBe(403);
  });
});

describe('a total loss that a dismantler wins', () => {
  it('is surrendered, received, certified, depolluted; dismantling before that is refused', async () => {
    const wreck = await damaged('wreck');
    await x.did(wreck, ['declareTotalLoss', { ...L1, totalLoss: 'constructive' }]);
    await owner.gives(wreck, auction, { keepOwnership: true });
    await auction.did(wreck, ['sellSalvage', { to: plant.creditCode }]);
    await auction.gives(wreck, plant);
    await plant.did(
      wreck,
      ['surrender'],
      ['receive', { massGrams: 1_200_000 }],
      ['issueCertificate', { number: 'HZ-D' }],
    );
    const door = { outputs: [plant.output('door', 'part', 'door', 20_000)] };
    expect(await plant.does('dismantle', wreck, door)).toBe('HL-2101');
    await plant.did(wreck, ['depollute', { outputs: [plant.output('oil', 'lot', 'wasteOil', 9_000)] }]);
    await plant.did(wreck, ['dismantle', door]);
  });

  it('that must be scrapped is not sold to the repair firm', async () => {
    const wreck = await damaged('must scrap');
    await x.did(wreck, ['declareTotalLoss', { ...L1, totalLoss: 'mustScrap' }]);
    await owner.gives(wreck, auction, { keepOwnership: true });
    expect(await auction.does('sellSalvage', wreck, { to: shop.creditCode })).toBe('HL-2112');
    await auction.did(wreck, ['sellSalvage', { to: plant.creditCode }]);
  });

  it('ends in the same state when the acceptance, made offline, arrives before the handover', async () => {
    const ends: unknown[] = [];
    for (const order of ['in order', 'acceptance first'] as const) {
      const wreck = await damaged(order);
      await x.did(wreck, ['declareTotalLoss', { ...L1, totalLoss: 'constructive' }]);
      await owner.gives(wreck, auction, { keepOwnership: true });
      await auction.did(wreck, ['sellSalvage', { to: plant.creditCode }]);
      const gives = (): Promise<void> => auction.did(wreck, ['handover', { to: plant.creditCode }]);
      const takes = (): Promise<void> => plant.did(wreck, ['accept', { from: auction.creditCode }]);
      for (const step of order === 'in order' ? [gives, takes] : [takes, gives]) await step();
      const {
        item: _id,
        head: _order,
        correction: _undo,
        tags: _number,
        ...rest
      } = (await scene.item(wreck, plant)) as Record<string, unknown>;
      ends.push(rest);
    }
    expect(ends[0]).toEqual(ends[1]);
    expect(ends[0]).toMatchObject({ custodian: plant.creditCode, owner: plant.creditCode });
  });
});

describe('a repair by approved lines', () => {
  let repaired: string;
  const part = { category: 'door', quantity: 1, classes: ['newPart'], numbers: ['D-100', 'D-100-EQ'] };

  beforeAll(async () => {
    repaired = await damaged('repaired');
    await owner.gives(repaired, shop, { keepOwnership: true });
    await x.did(repaired, [
      'approveLines',
      { ...X1, lines: [{ line: 2, version: 1, amount: sealed(3_500), part }] },
    ]);
  });
  const onLine2 = (version: number, number = 'D-100') => ({
    into: repaired,
    repair: { ...L1, line: 2, version, number },
  });

  it('the line is not paid before its part is fitted', async () => {
    const paid = { ...X1, lines: [{ line: 2, version: 1 }], amount: sealed(3_500) };
    expect(await x.does('payLines', repaired, paid)).toBe('HL-2218');
  });

  it('a supplement takes the place of the line: what is fitted under the old version is not payable', async () => {
    const two = { line: 2, version: 2, amount: sealed(7_000), part: { ...part, quantity: 2 } };
    await x.did(repaired, ['approveLines', { ...X1, lines: [two] }]);
    const door = await spare('left door', 'door');
    await shop.did(door, ['fit', onLine2(1)]);
    expect(await lastNotice(scene, shop, door)).toBe('HL-2221');
    await shop.did(door, ['remove', { from: repaired }]);
  });

  it('an approved part or its equivalent is fitted on the line, another one is recorded and not payable', async () => {
    const doors = [await spare('new door', 'door'), await spare('equivalent door', 'door')];
    await shop.did(doors[0] ?? '', ['fit', onLine2(2)]);
    await shop.did(doors[1] ?? '', ['fit', onLine2(2, 'D-100-EQ')]);
    const bonnet = await spare('bonnet', 'bonnet');
    await shop.did(bonnet, ['fit', { into: repaired }]);
    expect(await lastNotice(scene, shop, bonnet)).toBe('HL-2220');
    const { body } = await lossAsSeenBy(scene, x, repaired);
    expect(body.lines[1]).toMatchObject({ version: 2, fitted: doors });
  });

  it('the line is paid by its last version', async () => {
    const paid = (version: number) => ({ ...X1, lines: [{ line: 2, version }], amount: sealed(7_000) });
    expect(await x.does('payLines', repaired, paid(1))).toBe('HL-2214');
    await x.did(repaired, ['payLines', paid(2)]);
  });

  it('the insurer reads what was fitted under its lines, and no other part', async () => {
    expect(await timelineAsSeenBy(scene, x, `/v1/items/${repaired}`)).toEqual([
      ...['reportDamage all', 'claimLines all', 'assess all', 'approveLines all'],
      ...['approveLines all', 'approveLines all', 'fit what', 'remove what', 'fit what', 'fit what'],
      'payLines all',
    ]);
    expect(await timelineAsSeenBy(scene, shop, `/v1/items/${repaired}`)).toEqual(
      expect.arrayContaining(['handover step', 'accept all']),
    );
  });

  it('a remanufactured engine in another car makes a change of registration due, until the police record it', async () => {
    const core = await works.registers('core', 'part', 'engine');
    const product = works.output('engine', 'part', 'engine', 59_000);
    await works.did(
      core,
      ['designateCore'],
      ['grade', { grade: 'A' }],
      ['remanufacture', { product, mark: 'ZZZ-D' }],
    );
    await works.gives(product.item, shop);
    await shop.did(product.item, ['fit', { into: repaired }]);
    expect(await scene.item(repaired, shop)).toMatchObject({
      insurance: { changes: [{ part: product.item }] },
    });
    expect(await shop.does('changeRegistration', repaired, { part: product.item })).toBe('HL-2030');
    await police.did(repaired, ['changeRegistration', { part: product.item }]);
    expect((await scene.item(repaired, shop)) as object).not.toHaveProperty('insurance.changes');
  });
});

describe('what was recorded', () => {
  it('verifies, and the read model holds every loss as the blocks say', async () => {
    await verifyScene(scene);
  });
});
