import { beforeEach, describe, expect, it } from 'vitest';
import { rowKey } from '../model/row-keys.js';
import type { SaleRow } from '../model/rows.js';
import { saleId } from '../model/sale.js';
import type { CoreGrade, RemanScheme } from '../model/terms.js';
import { priceCommitment } from '../prices/commitments.js';
import { Trade, type Party } from '../testing/trade.js';
import { numbered } from '../testing/numbered.js';

const AFTERMARKET = { mspId: 'AftermarketMSP' };
const DAY = 86_400;
const price = priceCommitment({
  priceFen: 2_500_000,
  corePriceFen: 300_000,
  depositFen: 150_000,
  salt: 'AAAAAAAAAAAAAAAAAAAAAA',
});

let trade: Trade;
let factory: Party;
let shop: Party;
let other: Party;

beforeEach(() => {
  trade = new Trade();
  factory = trade.party('factory', ['remanufacturer'], AFTERMARKET);
  shop = trade.party('shop', ['repairShop'], AFTERMARKET);
  other = trade.party('other shop', ['repairShop'], AFTERMARKET);
  trade.table('statePilot', 1, { sharePermille: 100, capEngine: 200_000, capTransmission: 100_000 });
  trade.table('coreDeposit', 1, { returnDays: 60, gradeA: 1000, gradeB: 600, gradeC: 0, missingTurbo: 100 });
});

/** A used part that a party holds. */
function used(who: Party, name: string, category = 'engine', serial: string | undefined = name): string {
  const { item, nonce } = who.signer.item(name);
  const tags = serial === '' ? [] : [{ scheme: 'serial' as const, value: serial }];
  trade.given(who, { type: 'register', item, data: { kind: 'part', category, nonce, tags } });
  return item;
}

function passes(item: string, from: Party, to: Party): void {
  trade.given(from, { type: 'handover', item, data: { to: to.creditCode } });
  trade.given(to, { type: 'accept', item, data: { from: from.creditCode } });
}

/** A remanufactured part that a shop bought. */
function product(name: string, who = shop, category = 'engine'): string {
  const core = used(factory, `the core of ${name}`.replaceAll(' ', '-'), category);
  const made = { ...factory.signer.item(name), kind: 'part' as const, category, massGrams: 90_000 };
  trade.given(
    factory,
    { type: 'designateCore', item: core, data: {} },
    { type: 'grade', item: core, data: { grade: 'A' } },
    { type: 'remanufacture', item: core, data: { product: made, mark: 'Z-1' } },
  );
  passes(made.item, factory, who);
  return made.item;
}

interface Terms {
  readonly statePilotVersion?: number;
  readonly coreDepositVersion?: number;
}
const BOTH: Terms = { statePilotVersion: 1, coreDepositVersion: 1 };
const lineOf = (who: Party, line: number) => ({ seller: who.creditCode, sale: 'S-1', line });

const sells = (item: string, line = 1, terms: Terms = BOTH, who = shop): string =>
  trade.does(who, { type: 'sellRemanufactured', item, data: { ...lineOf(who, line), price, ...terms } });
/** The old part comes back for what was sold under a line. */
const returns = (item: string, line = 1, who = shop): string => {
  const sold = trade.world.row(rowKey.reman(saleId(lineOf(who, line))))?.product ?? item;
  return trade.does(who, { type: 'receiveCore', item, data: { ...lineOf(who, line), product: sold } });
};
const claims = (item: string, core: string, scheme: RemanScheme, line = 1, who = shop): string =>
  trade.does(who, { type: 'claimEntitlement', item, data: { ...lineOf(who, line), scheme, core } });
const sale = (line = 1, who = shop): SaleRow => {
  const row = trade.world.row(rowKey.reman(saleId(lineOf(who, line))));
  if (!row) throw new Error(`no line ${line}`);
  return row;
};
function grades(core: string, grade: CoreGrade, missing?: string[]): void {
  trade.given(factory, {
    type: 'grade',
    item: core,
    data: { grade, ...(missing === undefined ? {} : { missing }) },
  });
}
/** Sold, the core came back and lies at the factory, to be graded. */
function coreAtFactory(): { readonly engine: string; readonly core: string } {
  const engine = product('engine');
  expect(sells(engine)).toBe('accepted');
  const core = used(shop, 'OLD-1');
  expect(returns(core)).toBe('accepted');
  trade.given(shop, { type: 'designateCore', item: core, data: {} });
  passes(core, shop, factory);
  return { engine, core };
}

describe('a sale for an old part', () => {
  it('is of a remanufactured part, by its holder, under at least one table', () => {
    const engine = product('engine');
    expect(sells(used(shop, 'OLD-1'))).toBe('HL-2113');
    expect(sells(engine, 1, BOTH, other)).toBe('HL-2020');
    expect(sells(engine, 1, {})).toBe('HL-2226');
    expect(sells(engine, 1, { statePilotVersion: 2 })).toBe('HL-2070');
    const stolen = { ...lineOf(other, 1), price, ...BOTH };
    expect(trade.does(shop, { type: 'sellRemanufactured', item: engine, data: stolen })).toBe('HL-2238');
    expect(sells(engine)).toBe('accepted');
    expect(sale()).toMatchObject({ product: engine, category: 'engine', price, time: trade.world.time });
  });

  it('sells each part once and each line once', () => {
    const [engine, second] = [product('engine'), product('second engine')];
    expect(sells(engine)).toBe('accepted');
    expect(sells(engine, 2)).toBe('HL-2227');
    expect(sells(second)).toBe('HL-2228');
    expect(sells(second, 2)).toBe('accepted');
  });

  it('is under the state pilot only where the table names the category', () => {
    const starter = product('starter', shop, 'starter');
    expect(sells(starter)).toBe('HL-2239');
    expect(sells(starter, 1, { coreDepositVersion: 1 })).toBe('accepted');
  });
});

describe('the old part', () => {
  it('comes back for a line of the sale, one for one, of the same kind', () => {
    const sold = product('engine');
    expect(sells(sold)).toBe('accepted');
    expect(returns(used(shop, 'OLD-1'), 9)).toBe('HL-2229');
    expect(returns(used(shop, 'GEARBOX', 'transmission'))).toBe('HL-2232');
    const core = used(shop, 'OLD-2');
    const data = { ...lineOf(shop, 1), product: sold };
    expect(trade.does(other, { type: 'receiveCore', item: core, data })).toBe('HL-2020');
    expect(trade.does(shop, { type: 'receiveCore', item: core, data: { ...data, product: core } })).toBe(
      'HL-2229',
    );
    expect(returns(core)).toBe('accepted');
    expect(sale()).toMatchObject({ core, returned: trade.world.time });
    expect(returns(used(shop, 'OLD-3'))).toBe('HL-2231');
  });

  it('that another shop offers again is refused, and its record names the first sale', () => {
    expect(sells(product('engine'))).toBe('accepted');
    expect(sells(product('their engine', other), 1, BOTH, other)).toBe('accepted');
    const core = used(shop, 'OLD-1');
    expect(returns(core)).toBe('accepted');
    expect(returns(core, 1, other)).toBe('HL-2230');
    passes(core, shop, other);
    expect(returns(core, 1, other)).toBe('HL-2230');
    expect(trade.item(core).insurance?.offer).toBe(`${shop.creditCode}/S-1/001`);
    expect(sale(1, other).core).toBeUndefined();
  });

  it('is known by its serial when it is registered anew, also after it was remanufactured', () => {
    const { core } = coreAtFactory();
    expect(sells(product('their engine', other), 1, BOTH, other)).toBe('accepted');
    const twin = used(other, 'TWIN', 'engine', 'OLD-1');
    expect(returns(twin, 1, other)).toBe('HL-2230');
    grades(core, 'A');
    const made = { ...factory.signer.item('new'), kind: 'part' as const, category: 'engine', massGrams: 9 };
    trade.given(factory, { type: 'remanufacture', item: core, data: { product: made, mark: 'Z-2' } });
    trade.given(trade.oversight, {
      type: 'tag.award',
      data: { tag: { scheme: 'serial', value: 'OLD-1' }, item: twin },
    });
    expect(trade.item(twin).contested).toBeUndefined();
    expect(returns(twin, 1, other)).toBe('HL-2230');
  });

  it('whose tag is in dispute earns nothing', () => {
    expect(sells(product('engine'))).toBe('accepted');
    const core = used(shop, 'OLD-1');
    used(other, 'TWIN', 'engine', 'OLD-1');
    expect(returns(core)).toBe('HL-2225');
  });

  it('without a number comes back with a label, by which it is known when it comes again', () => {
    const engine = product('engine');
    expect(sells(engine)).toBe('accepted');
    expect(sells(product('their engine', other), 1, BOTH, other)).toBe('accepted');
    const core = used(shop, 'nameless', 'engine', '');
    expect(returns(core)).toBe('HL-2288');
    const label = { scheme: 'serial' as const, value: 'SHOP-7' };
    const data = { ...lineOf(shop, 1), product: engine, label };
    expect(trade.does(shop, { type: 'receiveCore', item: core, data })).toBe('accepted');
    expect(trade.item(core).tags).toEqual([label]);
    expect(returns(used(other, 'TWIN', 'engine', 'SHOP-7'), 1, other)).toBe('HL-2230');
  });

  it('is not labelled with what another thing bears', () => {
    const engine = product('engine');
    expect(sells(engine)).toBe('accepted');
    used(other, 'SHOP-7');
    const core = used(shop, 'nameless', 'engine', '');
    const label = { scheme: 'serial' as const, value: 'SHOP-7' };
    const data = { ...lineOf(shop, 1), product: engine, label };
    expect(trade.does(shop, { type: 'receiveCore', item: core, data })).toBe('HL-2225');
    expect(trade.item(core).tags).toBeUndefined();
  });
});

describe('what is due for a core', () => {
  it('is nothing before the core came back and was graded', () => {
    const engine = product('engine');
    expect(sells(engine)).toBe('accepted');
    const core = used(shop, 'OLD-1');
    expect(claims(engine, core, 'coreDeposit')).toBe('HL-2233');
    expect(returns(core)).toBe('accepted');
    for (const scheme of ['coreDeposit', 'statePilot'] as const)
      expect(claims(engine, core, scheme)).toBe('HL-2234');
    trade.given(shop, { type: 'designateCore', item: core, data: {} });
    passes(core, shop, factory);
    expect(claims(engine, core, 'coreDeposit')).toBe('HL-2234');
    grades(core, 'B');
    expect(claims(engine, core, 'coreDeposit')).toBe('accepted');
    expect(sale().coreDeposit).toEqual([{ grade: 'B' }]);
  });

  it('is two entitlements, each claimed once, by the seller', () => {
    const { engine, core } = coreAtFactory();
    grades(core, 'A');
    expect(
      trade.does(other, {
        type: 'claimEntitlement',
        item: engine,
        data: { ...lineOf(shop, 1), scheme: 'statePilot', core },
      }),
    ).toBe('HL-2238');
    for (const scheme of ['statePilot', 'coreDeposit'] as const) {
      expect(claims(engine, core, scheme)).toBe('accepted');
      expect(claims(engine, core, scheme)).toBe('HL-2236');
    }
    expect(sale()).toMatchObject({ statePilot: { grade: 'A' }, coreDeposit: [{ grade: 'A' }] });
  });

  it('is only what the sale was made under', () => {
    const engine = product('engine');
    expect(sells(engine, 1, { statePilotVersion: 1 })).toBe('accepted');
    const core = used(shop, 'OLD-1');
    expect(returns(core)).toBe('accepted');
    trade.given(shop, { type: 'designateCore', item: core, data: {} });
    passes(core, shop, factory);
    grades(core, 'A');
    expect(claims(engine, core, 'coreDeposit')).toBe('HL-2237');
    expect(claims(engine, core, 'statePilot')).toBe('accepted');
  });

  it('is not lost when the core became a product and the part is in a car', () => {
    const { engine, core } = coreAtFactory();
    grades(core, 'A');
    const made = { ...factory.signer.item('new'), kind: 'part' as const, category: 'engine', massGrams: 9 };
    trade.given(factory, { type: 'remanufacture', item: core, data: { product: made, mark: 'Z-2' } });
    const car = shop.signer.item('car');
    trade.given(
      shop,
      {
        type: 'register',
        item: car.item,
        data: { kind: 'vehicle', category: 'sedan', nonce: car.nonce, tags: numbered(car.nonce) },
      },
      { type: 'fit', item: engine, data: { into: car.item } },
    );
    expect(claims(engine, core, 'coreDeposit')).toBe('accepted');
  });

  it('is nothing while the core’s number is in dispute, also once it became a product', () => {
    const { engine, core } = coreAtFactory();
    grades(core, 'A');
    const twin = used(other, 'TWIN', 'engine', 'OLD-1');
    expect(claims(engine, core, 'statePilot')).toBe('HL-2225');
    const made = { ...factory.signer.item('new'), kind: 'part' as const, category: 'engine', massGrams: 9 };
    trade.given(factory, { type: 'remanufacture', item: core, data: { product: made, mark: 'Z-2' } });
    expect(claims(engine, core, 'statePilot')).toBe('HL-2225');
    const tag = { scheme: 'serial' as const, value: 'OLD-1' };
    trade.given(trade.oversight, { type: 'tag.award', data: { tag, item: core } });
    expect(claims(engine, core, 'statePilot')).toBe('accepted');
    expect(trade.item(twin).tags).toBeUndefined();
    expect(trade.world.row(rowKey.tag(tag))).toMatchObject({ item: core, retired: true });
  });

  it('is no deposit when the core came back after the term', () => {
    const engine = product('engine');
    expect(sells(engine)).toBe('accepted');
    trade.world.time += 61 * DAY;
    const core = used(shop, 'OLD-1');
    expect(returns(core)).toBe('accepted');
    trade.given(shop, { type: 'designateCore', item: core, data: {} });
    passes(core, shop, factory);
    grades(core, 'A');
    expect(claims(engine, core, 'coreDeposit')).toBe('HL-2235');
    expect(claims(engine, core, 'statePilot')).toBe('accepted');
  });

  it('is claimed once more when the grade was corrected, and then not again', () => {
    const { engine, core } = coreAtFactory();
    grades(core, 'B', ['turbo']);
    expect(claims(engine, core, 'coreDeposit')).toBe('accepted');
    grades(core, 'B', ['turbo']);
    expect(claims(engine, core, 'coreDeposit')).toBe('HL-2236');
    grades(core, 'A');
    expect(claims(engine, core, 'coreDeposit')).toBe('accepted');
    expect(claims(engine, core, 'coreDeposit')).toBe('HL-2236');
    expect(sale().coreDeposit).toEqual([{ grade: 'B', missing: ['turbo'] }, { grade: 'A' }]);
  });
});
