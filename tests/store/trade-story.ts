import { storedBytes, termsTable, trialTerms, priceCommitment, amountCommitment } from '@huilian/core';
import { correctable, lotHeld, recorded, Trade, type Party } from '@huilian/core/testing';
import { SyntheticLedger } from './synthetic-ledger.js';

const DAY = 86_400;
const AFTERMARKET = { mspId: 'AftermarketMSP' };
const salt = 'AAAAAAAAAAAAAAAAAAAAAA';
const amount = amountCommitment({ amountFen: 350_000, salt });
const price = priceCommitment({ priceFen: 2_500_000, corePriceFen: 300_000, depositFen: 150_000, salt });

/** A trade with one of everything that a gateway lists, and a ledger that holds it. */
export class TradeStory {
  readonly trade = new Trade();
  /** Rows that come by no event: the ledger's own, and first keys of administrators. */
  readonly #founded = [...this.trade.world.rows];
  readonly insurer = this.trade.party('insurer', ['insurer'], AFTERMARKET);
  readonly otherInsurer = this.trade.party('other insurer', ['insurer'], AFTERMARKET);
  readonly shop = this.trade.party('shop', ['repairShop'], AFTERMARKET);
  readonly factory = this.trade.party('factory', ['remanufacturer'], AFTERMARKET);
  readonly plant = this.trade.party('plant', ['dismantler'], { licence: false });
  readonly owner = this.trade.party('owner', ['vehicleOwner'], AFTERMARKET);
  readonly police = this.trade.party('police', ['police'], { mspId: 'OversightMSP' });
  readonly ledger = new SyntheticLedger();

  constructor() {
    const { trade } = this;
    correctable(trade);
    trade.table('massTolerance', 1, { permille: 10 });
    trade.table('timeLimits', 1, termsTable(trialTerms()) as Record<string, (string | number)[]>);
    trade.table('statePilot', 1, { sharePermille: 100, capEngine: 200_000, capTransmission: 100_000 });
    trade.table('coreDeposit', 1, { returnDays: 60, gradeA: 1000, gradeB: 600, gradeC: 0 });
    trade.table('hazardousStorageLimits', 1, { warnPermille: 900, wasteOil: 1_000_000 });
    this.#licence(2);
  }

  /** A licence of the plant for so many vehicles a year. */
  #licence(annualCapacity: number): void {
    const { creditCode } = this.plant;
    const licence = {
      number: 'L-1',
      kind: 'dismantler' as const,
      categories: [],
      annualCapacity,
      validFrom: 0,
      validTo: 2_000_000_000,
      authority: '生态环境局',
    };
    this.trade.given(this.trade.recycling, { type: 'licence.grant', data: { creditCode, licence } });
    this.trade.given(this.trade.oversight, {
      type: 'licence.countersign',
      data: { creditCode, number: 'L-1' },
    });
  }

  /**
   * A car with a damage that two insurers know of: two lines are approved, one is paid. The next one is reported by its owner, and
   * declared wrong; neither the owner nor an insurer ever holds the car.
   */
  damage(): string {
    const { trade, shop, insurer, otherInsurer, owner } = this;
    const { item, nonce } = shop.signer.item('damaged car');
    const tags = [{ scheme: 'vin' as const, value: 'LSVAM4186C2123456' }];
    const data = { kind: 'vehicle' as const, category: 'sedan', nonce, tags };
    const line = (number: number) => ({ line: number, version: 1, amount });
    trade.given(
      shop,
      { type: 'register', item, data },
      { type: 'reportDamage', item, data: { loss: 'L1', day: 20250630 } },
    );
    trade.given(insurer, {
      type: 'claimLines',
      item,
      data: { loss: 'L1', claim: 'X-1', cover: 'ownDamage', lines: [] },
    });
    trade.given(insurer, {
      type: 'approveLines',
      item,
      data: { loss: 'L1', claim: 'X-1', lines: [line(1), line(2)] },
    });
    trade.given(otherInsurer, {
      type: 'claimLines',
      item,
      data: { loss: 'L1', claim: 'Y-1', cover: 'compulsory', lines: [1, 2] },
    });
    const paid = [{ line: 1, version: 1 }];
    trade.given(insurer, { type: 'payLines', item, data: { loss: 'L1', claim: 'X-1', lines: paid, amount } });
    trade.given(
      shop,
      { type: 'inspect', item, data: { result: 'fit' } },
      { type: 'returnToUse', item, data: {} },
    );
    const event = recorded(trade, owner, {
      type: 'reportDamage',
      item,
      data: { loss: 'L2', day: 20250701 },
    });
    const wrong = { event, eventType: 'reportDamage', termVersion: 1, reason: 'wrongItem' as const };
    trade.given(owner, { type: 'correct', item, data: wrong });
    return item;
  }

  /** A remanufactured engine is sold for an old one, which comes back and is graded; the deposit is claimed. */
  sale(): { product: string; core: string } {
    const { trade, factory, shop } = this;
    const line = { seller: shop.creditCode, sale: 'S-1', line: 1 };
    const made = this.#used(factory, 'worn engine');
    const product = { ...factory.signer.item('product'), kind: 'part' as const, category: 'engine' };
    trade.given(
      factory,
      { type: 'designateCore', item: made, data: {} },
      { type: 'grade', item: made, data: { grade: 'A' } },
      {
        type: 'remanufacture',
        item: made,
        data: { product: { ...product, massGrams: 90_000 }, mark: 'Z-1' },
      },
    );
    this.#passes(product.item, factory, shop);
    trade.given(shop, {
      type: 'sellRemanufactured',
      item: product.item,
      data: { ...line, price, statePilotVersion: 1, coreDepositVersion: 1 },
    });
    const core = this.#used(shop, 'old engine');
    trade.given(
      shop,
      { type: 'receiveCore', item: core, data: { ...line, product: product.item } },
      { type: 'designateCore', item: core, data: {} },
    );
    this.#passes(core, shop, factory);
    trade.given(factory, { type: 'grade', item: core, data: { grade: 'B' } });
    trade.given(shop, {
      type: 'claimEntitlement',
      item: product.item,
      data: { ...line, scheme: 'coreDeposit', core },
    });
    return { product: product.item, core };
  }

  /** The plant takes in one car more than it may; Oversight calls that irregular, and then a mistake. @returns the car */
  capacity(): string {
    const { trade, plant } = this;
    for (const name of ['first', 'second']) trade.scrapped(plant, name);
    const third = trade.scrapped(plant, 'third');
    const finding = `capacityExceeded.${plant.signer.keyId}.${plant.signer.sequence}.2`;
    for (const [outcome, reason] of [
      ['irregular', 'aboveLicence'],
      ['mistake', 'licenceExtended'],
    ] as const) {
      trade.world.time += DAY;
      trade.given(trade.oversight, { type: 'finding.decide', data: { finding, outcome, reason } });
    }
    return third;
  }

  /** The oil of the plant comes near the limit, and above it. @returns the lot that is too much */
  storage(): string {
    const { trade, plant } = this;
    lotHeld(trade, plant, 'iron', 'iron', 7_000);
    lotHeld(trade, plant, 'oil', 'wasteOil', 950_000);
    return lotHeld(trade, plant, 'more oil', 'WasteOil', 51_000);
  }

  /** A pallet of nine parts in three boxes goes to the shop, which misses one part and sends one back. */
  pallet(): { pallet: string; boxes: readonly string[]; missing: string; damaged: string } {
    const { trade, plant, shop } = this;
    const named = (name: string) => plant.signer.item(name);
    const container = (name: string, category: string): string => {
      const { item, nonce } = named(name);
      const data = { kind: 'container' as const, category, nonce, tags: [] };
      trade.given(plant, { type: 'register', item, data });
      return item;
    };
    const pallet = container('pallet', 'pallet');
    const boxes = ['box 1', 'box 2', 'box 3'].map((name) => container(name, 'box'));
    const parts: string[] = [];
    for (const box of boxes) {
      const made = [1, 2, 3].map((number) => named(`part ${number} of ${box}`));
      const data = { kind: 'part' as const, category: 'lamp', tags: [], massGrams: 900 };
      trade.given(
        plant,
        ...made.map(({ item, nonce }) => ({ type: 'register' as const, item, data: { ...data, nonce } })),
        { type: 'pack', item: box, data: { items: made.map(({ item }) => item) } },
      );
      parts.push(...made.map(({ item }) => item));
    }
    trade.given(plant, { type: 'pack', item: pallet, data: { items: [...boxes] } });
    trade.given(plant, { type: 'handover', item: pallet, data: { to: shop.creditCode } });
    trade.world.time += DAY;
    const [missing = '', , , damaged = ''] = parts;
    const exceptions = [
      { reason: 'missing' as const, items: [missing] },
      { reason: 'damaged' as const, items: [damaged] },
    ];
    trade.given(shop, { type: 'accept', item: pallet, data: { from: plant.creditCode, exceptions } });
    return { pallet, boxes, missing, damaged };
  }

  /** A lamp that the shop must not use: two attempts are refused, one is offered again, and one is called an attempt. */
  refusals(): string {
    const { trade, shop } = this;
    const auditor = trade.party('auditor', ['auditor'], { mspId: 'OversightMSP' });
    const lamp = this.#used(shop, 'lamp', 'lamp');
    const into = this.#used(shop, 'door', 'door');
    const wrong = recorded(trade, shop, { type: 'inspect', item: lamp, data: { result: 'unfit' } });
    for (let times = 0; times < 2; times += 1) trade.does(shop, { type: 'fit', item: lamp, data: { into } });
    const attempt = `${shop.signer.keyId}.${shop.signer.sequence}.0`;
    trade.given(auditor, { type: 'classifyRefusal', item: lamp, data: { event: attempt, class: 'attempt' } });
    const data = { event: wrong, termVersion: 1, reason: 'wrongValue' as const };
    trade.given(shop, { type: 'correct', item: lamp, data });
    return lamp;
  }

  /** A car that may be stolen, and what was tried with it. */
  stolen(): string {
    const { trade, plant, police } = this;
    const car = trade.scrapped(plant, 'stolen');
    trade.given(plant, { type: 'hold', item: car, data: { reason: 'suspectedStolen' } });
    trade.does(plant, { type: 'depollute', item: car, data: { outputs: [] } });
    trade.given(police, { type: 'release', item: car, data: {} });
    return car;
  }

  /** Puts all that happened into blocks, one a transaction. */
  seal(): SyntheticLedger {
    this.ledger.write(Object.fromEntries(this.#founded));
    for (const { group, recorded: done } of this.trade.world.transactions) {
      const writes = [...done.writes].map(([key, row]) => ({ key, value: storedBytes(key, row) }));
      this.ledger.append({ function: 'Record:record', args: [group], writes });
    }
    return this.ledger;
  }

  #used(who: Party, name: string, category = 'engine'): string {
    const { item, nonce } = who.signer.item(name);
    const tags = [{ scheme: 'serial' as const, value: name.replaceAll(' ', '-') }];
    const data = { kind: 'part' as const, category, nonce, tags };
    this.trade.given(who, { type: 'register', item, data });
    return item;
  }

  #passes(item: string, from: Party, to: Party): void {
    this.trade.given(from, { type: 'handover', item, data: { to: to.creditCode } });
    this.trade.given(to, { type: 'accept', item, data: { from: from.creditCode } });
  }
}
