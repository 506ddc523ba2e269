import { oldForRemanAmounts, priceCommitment, type Entitlement, type OpenedPrice } from '@huilian/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Scene, type Actor } from './scene.js';
import { verifyScene } from './verified.js';

let scene: Scene;
let shop: Actor;
let otherShop: Actor;
let works: Actor;
let carrier: Actor;

const PILOT = { sharePermille: 100, capEngine: 200_000, capTransmission: 100_000 };
const DEPOSIT = { returnDays: 60, gradeA: 1000, gradeB: 600, gradeC: 0 };
const opened = (price: number, core: number): OpenedPrice => ({
  priceFen: price * 100,
  corePriceFen: core * 100,
  depositFen: 150_000,
  salt: 'AAAAAAAAAAAAAAAAAAAAAA',
});
const TEN = Array.from({ length: 10 }, (_, i) => i + 1);

/** Ten engines that the works has made of old ones lie in the shop, and a transmission. */
const products = new Map<number, string>();
const cores = new Map<number, string>();
const product = (line: number): string => products.get(line) ?? '';
const core = (line: number): string => cores.get(line) ?? '';

beforeAll(async () => {
  scene = await Scene.begin();
  await scene.table('statePilot', PILOT);
  await scene.table('coreDeposit', DEPOSIT);
  shop = await scene.party('维修', ['repairShop']);
  otherShop = await scene.party('另一维修', ['repairShop']);
  works = await scene.party('再制造', ['remanufacturer'], [{ role: 'remanufacturer' }]);
  carrier = await scene.party('承运', ['carrier']);
  for (const line of TEN) products.set(line, await made(`product ${line}`, 'engine'));
  products.set(11, await made('gearbox', 'transmission'));
});
afterAll(() => scene.end());

async function made(name: string, category: string): Promise<string> {
  const old = await works.registers(`core of ${name}`, 'part', category);
  const output = works.output(name, 'part', category, 90_000);
  await works.did(
    old,
    ['designateCore'],
    ['grade', { grade: 'A' }],
    ['remanufacture', { product: output, mark: `ZZZ-${name.replaceAll(' ', '-')}` }],
  );
  await works.gives(output.item, shop);
  return output.item;
}

const lineOf = (line: number) => ({ seller: shop.creditCode, sale: 'S-2026-07', line });
const sale = (line: number, price: OpenedPrice) => ({
  ...lineOf(line),
  price: priceCommitment(price),
  statePilotVersion: 1,
  coreDepositVersion: 1,
});
const returned = (line: number) => ({ ...lineOf(line), product: product(line) });
const claim = (line: number, scheme: string) => ({ ...lineOf(line), scheme, core: core(line) });

interface Shown {
  readonly price: string;
  readonly category: string;
  readonly core?: string;
  readonly statePilot?: Entitlement['graded'];
  readonly coreDeposit?: readonly Entitlement['graded'][];
}

/** A line of the sale as a reader sees it. */
async function shown(line: number, reader = shop): Promise<Shown> {
  const { seller, sale: number } = lineOf(line);
  const token = await scene.gateway.token(reader.signer);
  const { body } = await scene.gateway.get(`/v1/entitlements/${seller}/${number}/${line}`, token);
  return body as unknown as Shown;
}

describe('old for reman', () => {
  it('ten engines and a transmission are sold for old ones, at prices that the ledger does not tell', async () => {
    for (const line of TEN)
      await shop.did(product(line), ['sellRemanufactured', sale(line, opened(25_000, 3_000))]);
    await shop.did(product(11), ['sellRemanufactured', sale(11, opened(8_000, 1_500))]);
    expect(await shop.does('sellRemanufactured', product(1), sale(12, opened(1, 0)))).toBe('HL-2227');
    expect((await shown(1)).price).toBe(priceCommitment(opened(25_000, 3_000)));
  });

  it('the old parts come to the shop, and nothing is due yet', async () => {
    for (const line of [...TEN, 11]) {
      const tags = [{ scheme: 'serial', value: `OLD-${line}` }];
      cores.set(
        line,
        await shop.registers(`old ${line}`, 'part', line === 11 ? 'transmission' : 'engine', { tags }),
      );
      await shop.did(core(line), ['receiveCore', returned(line)], ['designateCore']);
    }
    expect(await shop.does('claimEntitlement', product(1), claim(1, 'coreDeposit'))).toBe('HL-2234');
    expect(await shop.does('receiveCore', core(1), returned(2))).toBe('HL-2230');
  });

  it('a box of ten is handed over and nine are accepted: the tenth is in transit', async () => {
    for (const line of TEN) await shop.did(core(line), ['handover', { to: works.creditCode }]);
    for (const line of TEN.slice(0, 9)) await works.did(core(line), ['accept', { from: shop.creditCode }]);
    expect(await scene.item(core(10), shop)).toMatchObject({
      custodian: shop.creditCode,
      handover: { to: works.creditCode },
    });
    expect(await shop.does('claimEntitlement', product(1), claim(1, 'coreDeposit'))).toBe('HL-2234');
  });

  it('six are graded A, two B, one C: 10 800 are refunded, each once, and nothing for the tenth', async () => {
    const grades = ['A', 'A', 'A', 'A', 'A', 'A', 'B', 'B', 'C'];
    for (const [i, grade] of grades.entries()) await works.did(core(i + 1), ['grade', { grade }]);
    for (const line of TEN.slice(0, 9))
      await shop.did(product(line), ['claimEntitlement', claim(line, 'coreDeposit')]);
    expect(await shop.does('claimEntitlement', product(1), claim(1, 'coreDeposit'))).toBe('HL-2236');
    expect(await shop.does('claimEntitlement', product(10), claim(10, 'coreDeposit'))).toBe('HL-2234');
    const claimed: Entitlement[] = [];
    for (const line of TEN.slice(0, 9)) {
      const { category, coreDeposit: [graded] = [] } = await shown(line);
      if (graded) claimed.push({ scheme: 'coreDeposit', category, graded, opened: opened(25_000, 3_000) });
    }
    const refunds = oldForRemanAmounts(claimed, DEPOSIT);
    expect(refunds.reduce((sum, fen) => sum + fen, 0)).toBe(1_080_000);
  });

  it('the state pilot gives 2 000 for an engine, which is the cap, and 650 for the transmission', async () => {
    await shop.gives(core(11), works);
    await works.did(core(11), ['grade', { grade: 'A' }]);
    for (const line of [1, 11]) {
      await shop.did(product(line), ['claimEntitlement', claim(line, 'statePilot')]);
      expect(await shop.does('claimEntitlement', product(line), claim(line, 'statePilot'))).toBe('HL-2236');
    }
    const of = async (line: number, prices: OpenedPrice): Promise<Entitlement> => {
      const { category, statePilot: graded = { grade: 'unfit' } } = await shown(line);
      return { scheme: 'statePilot', category, graded, opened: prices };
    };
    const due = [await of(1, opened(25_000, 3_000)), await of(11, opened(8_000, 1_500))];
    expect(oldForRemanAmounts(due, PILOT)).toEqual([200_000, 65_000]);
  });

  it('a corrected grade is claimed once more, for the difference', async () => {
    await works.did(core(7), ['grade', { grade: 'A' }]);
    await shop.did(product(7), ['claimEntitlement', claim(7, 'coreDeposit')]);
    expect(await shop.does('claimEntitlement', product(7), claim(7, 'coreDeposit'))).toBe('HL-2236');
    expect((await shown(7, works)).coreDeposit).toEqual([{ grade: 'B' }, { grade: 'A' }]);
  });

  it('the same core offered by another shop is refused, and its record names both', async () => {
    const theirs = { seller: otherShop.creditCode, sale: 'T-1', line: 1 };
    const again = await made('their product', 'engine');
    await shop.gives(again, otherShop);
    await otherShop.did(again, [
      'sellRemanufactured',
      { ...theirs, price: priceCommitment(opened(25_000, 3_000)), coreDepositVersion: 1 },
    ]);
    await shop.did(core(10), ['withdraw']);
    await shop.gives(core(10), carrier, { keepOwnership: true });
    await carrier.gives(core(10), otherShop);
    const offered = { ...theirs, product: again };
    expect(await otherShop.does('receiveCore', core(10), offered)).toBe('HL-2230');
    const token = await scene.gateway.token(otherShop.signer);
    const tag = await scene.gateway.get('/v1/tags/serial/OLD-10', token);
    expect(tag.body).toMatchObject({ item: core(10), offered: `${shop.creditCode}/S-2026-07/010` });
    const { body } = await scene.gateway.get(`/v1/items/${core(10)}/history?limit=200`, token);
    const refused = (body.events as unknown as { verdict: string; signer: string }[]).find(
      ({ verdict }) => verdict === 'HL-2230',
    );
    expect(refused?.signer).toBe(otherShop.creditCode);
  });
});

describe('what was recorded', () => {
  it('verifies, and the read model holds every sale as the blocks say', async () => {
    await verifyScene(scene);
  });
});
