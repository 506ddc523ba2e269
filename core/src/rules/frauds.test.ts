import { beforeEach, describe, expect, it } from 'vitest';
import type { EventOf, ItemEvent } from '../model/events.js';
import { lotHeld, lotOf, weighed } from '../testing/lots.js';
import { Trade, type Party, type Plain } from '../testing/trade.js';
import { numbered } from '../testing/numbered.js';

const HASH = 'e'.repeat(64);
const AFTERMARKET = { mspId: 'AftermarketMSP' };

let trade: Trade;
let plant: Party;
let shop: Party;

beforeEach(() => {
  trade = new Trade();
  trade.table('massTolerance', 1, { permille: 20 });
  plant = trade.party('plant', ['dismantler']);
  shop = trade.party('shop', ['repairShop'], AFTERMARKET);
});

function car(by: Party, name: string, vin: string): string {
  const { item, nonce } = by.signer.item(name);
  const tags = [{ scheme: 'vin' as const, value: vin }];
  const data = { kind: 'vehicle' as const, category: 'sedan', nonce, tags };
  trade.given(by, { type: 'register', item, data });
  return item;
}
const VIN = 'LSVAM4186C2123456';

describe('a stolen car', () => {
  it('stands still also under a second registration of its VIN', () => {
    const police = trade.party('police', ['police'], { mspId: 'OversightMSP' });
    const stolen = car(shop, 'car', VIN);
    trade.given(police, { type: 'hold', item: stolen, data: { reason: 'suspectedStolen' } });
    const again = car(plant, 'again', VIN);
    expect(trade.item(again).hold).toBe('suspectedStolen');
    expect(trade.does(plant, { type: 'surrender', item: again, data: {} })).toBe('HL-2100');
    trade.given(police, { type: 'release', item: again, data: {} });
    expect(trade.does(plant, { type: 'surrender', item: again, data: {} })).toBe('accepted');
  });

  it('is told from one whose VIN only looks alike', () => {
    const police = trade.party('police', ['police'], { mspId: 'OversightMSP' });
    const stolen = car(shop, 'car', VIN);
    trade.given(police, { type: 'hold', item: stolen, data: { reason: 'suspectedStolen' } });
    expect(trade.item(car(plant, 'other', '1M8GDM9AXKP042788')).hold).toBeUndefined();
  });
});

describe('a damage line of a car that is registered twice', () => {
  const paysFor = (insurer: Party, item: string): string => {
    const shared = { loss: 'L1', claim: 'C-1' };
    const line = { line: 1, version: 1 };
    const steps: Plain<ItemEvent>[] = [
      { type: 'reportDamage', item, data: { loss: 'L1' } },
      { type: 'claimLines', item, data: { ...shared, cover: 'ownDamage', lines: [] } },
      { type: 'approveLines', item, data: { ...shared, lines: [{ ...line, amount: HASH }] } },
    ];
    trade.given(insurer, ...steps);
    return trade.does(insurer, { type: 'payLines', item, data: { ...shared, lines: [line], amount: HASH } });
  };

  it('is paid under neither until it is decided which of them bears the VIN', () => {
    const x = trade.party('insurer X', ['insurer'], AFTERMARKET);
    const z = trade.party('insurer Z', ['insurer'], AFTERMARKET);
    const [first, second] = [car(x, 'car', VIN), car(z, 'car', VIN)];
    expect(paysFor(x, first)).toBe('HL-2225');
    expect(paysFor(z, second)).toBe('HL-2225');
    const tag = { scheme: 'vin' as const, value: VIN };
    trade.given(trade.oversight, { type: 'tag.award', data: { tag, item: first } });
    const lines = [{ line: 1, version: 1 }];
    const data = { loss: 'L1', claim: 'C-1', lines, amount: HASH };
    expect(trade.does(x, { type: 'payLines', item: first, data })).toBe('accepted');
  });
});

describe('an old part that comes back', () => {
  it('earns nothing as long as the car that it came out of is held', () => {
    trade.table('coreDeposit', 1, { returnDays: 60, gradeA: 1000, gradeB: 600, gradeC: 0 });
    const police = trade.party('police', ['police'], { mspId: 'OversightMSP' });
    const works = trade.party('works', ['remanufacturer'], AFTERMARKET);
    const stolen = trade.depolluted(plant, 'stolen');
    const starter = (by: Party, name: string) => ({
      ...by.signer.item(name),
      kind: 'part' as const,
      category: 'starter',
      massGrams: 6_000,
      tags: [{ scheme: 'serial' as const, value: name }],
    });
    const [old, core, made] = [starter(plant, 'OLD-1'), starter(works, 'C-1'), starter(works, 'P-1')];
    const { item, ...known } = core;
    const line = { seller: works.creditCode, sale: 'S-1', line: 1 };
    trade.given(
      works,
      { type: 'register', item, data: known },
      { type: 'designateCore', item, data: {} },
      { type: 'grade', item, data: { grade: 'A' } },
      { type: 'remanufacture', item, data: { product: made, mark: 'Z-1' } },
      {
        type: 'sellRemanufactured',
        item: made.item,
        data: { ...line, price: HASH, coreDepositVersion: 1 },
      },
    );
    trade.given(
      plant,
      { type: 'dismantle', item: stolen, data: { outputs: [old] } },
      { type: 'handover', item: old.item, data: { to: works.creditCode } },
    );
    trade.given(works, { type: 'accept', item: old.item, data: { from: plant.creditCode } });
    trade.given(police, { type: 'hold', item: stolen, data: { reason: 'suspectedStolen' } });
    const returns = (): string =>
      trade.does(works, { type: 'receiveCore', item: old.item, data: { ...line, product: made.item } });
    expect(returns()).toBe('HL-2115');
    trade.given(police, { type: 'release', item: stolen, data: {} });
    expect(returns()).toBe('accepted');
  });

  it('is not the product itself, fitted and taken out again', () => {
    trade.table('coreDeposit', 1, { returnDays: 60, gradeA: 1000, gradeB: 600, gradeC: 0 });
    const both = trade.party('works', ['remanufacturer', 'repairShop'], AFTERMARKET);
    const core = both.signer.item('core');
    const made = { ...both.signer.item('product'), kind: 'part' as const, category: 'starter', massGrams: 1 };
    const data = { kind: 'part' as const, category: 'starter', nonce: core.nonce, tags: [] };
    const line = { seller: both.creditCode, sale: 'S-1', line: 1 };
    const host = car(both, 'car', VIN);
    trade.given(
      both,
      { type: 'register', item: core.item, data },
      { type: 'designateCore', item: core.item, data: {} },
      { type: 'grade', item: core.item, data: { grade: 'A' } },
      { type: 'remanufacture', item: core.item, data: { product: made, mark: 'Z-1' } },
      {
        type: 'sellRemanufactured',
        item: made.item,
        data: { ...line, price: HASH, coreDepositVersion: 1 },
      },
      { type: 'fit', item: made.item, data: { into: host } },
      { type: 'remove', item: made.item, data: { from: host } },
    );
    const returned = { ...line, product: made.item };
    expect(trade.does(both, { type: 'receiveCore', item: made.item, data: returned })).toBe('HL-2285');
  });
});

describe('mass', () => {
  it('does not grow by the tolerance each time that a lot is divided or put together', () => {
    let held = lotHeld(trade, plant, 'copper', 'copper', 100_000);
    const shared = { lossGrams: 0, toleranceVersion: 1 };
    const splits = (name: string, ...masses: number[]): string => {
      const outputs = masses.map((mass, i) => lotOf(plant, `${name} ${i}`, 'copper', mass));
      const verdict = trade.does(plant, { type: 'split', item: held, data: { outputs, ...shared } });
      if (verdict === 'accepted') held = outputs[0]?.item ?? '';
      return verdict;
    };
    expect(splits('once', 102_000)).toBe('accepted');
    expect(splits('twice', 104_000)).toBe('HL-2050');
    expect(splits('twice', 102_000)).toBe('accepted');
    expect(splits('halves', 51_000, 51_000)).toBe('accepted');
    const half = held;
    const merged = lotOf(plant, 'merged', 'copper', 104_000);
    const others = [plant.signer.item('halves 1').item];
    const merges = (output: typeof merged): string =>
      trade.does(plant, { type: 'merge', item: half, data: { others, output, ...shared } });
    expect(merges(merged)).toBe('HL-2050');
    expect(merges({ ...merged, massGrams: 102_000 })).toBe('accepted');
    const weighing = weighed(trade, 103_000);
    expect(trade.does(plant, { type: 'weigh', item: merged.item, data: { weighing, ...shared } })).toBe(
      'HL-2050',
    );
  });

  it('that was lost on the way does not come back by the next step', () => {
    const held = lotHeld(trade, plant, 'copper', 'copper', 100_000);
    const shared = { toleranceVersion: 1 };
    const less = lotOf(plant, 'less', 'copper', 90_000);
    const loses = { outputs: [less], lossGrams: 10_000, ...shared };
    trade.given(plant, { type: 'split', item: held, data: loses });
    const more = lotOf(plant, 'more', 'copper', 100_000);
    const gains = { outputs: [more], lossGrams: 0, ...shared };
    expect(trade.does(plant, { type: 'split', item: less.item, data: gains })).toBe('HL-2050');
  });
});

describe('a unit that is one of a set', () => {
  it('does not become a set by itself afterwards', () => {
    trade.table('requiredParts', 1, { laptop: ['mainboard'] });
    const processor = trade.party('processor', ['processor']);
    const unit = (name: string, type: 'desktopHost' | 'desktopMonitor'): string => {
      const { item, nonce } = processor.signer.item(name);
      const data = { kind: 'device' as const, category: 'computer', nonce, tags: [] };
      trade.given(processor, { type: 'register', item, data }, receiving(item, type));
      return item;
    };
    const receiving = (item: string, type: EventOf<'receiveUnit'>['data']['type']) =>
      ({
        type: 'receiveUnit',
        item,
        data: { massGrams: 8_000, identity: 'label', partsVersion: 1, type },
      }) as const;
    const [host, monitor] = [unit('host', 'desktopHost'), unit('monitor', 'desktopMonitor')];
    trade.given(processor, { type: 'bindSet', item: host, data: { partner: monitor } });
    expect(trade.does(processor, receiving(host, 'laptop'))).toBe('HL-2286');
    expect(trade.does(processor, receiving(monitor, 'laptop'))).toBe('HL-2286');
    expect(trade.does(processor, receiving(host, 'desktopHost'))).toBe('accepted');
  });
});

describe('a licence that has ended', () => {
  it('does not come to life by being entered again', () => {
    const { creditCode } = plant;
    const registers = (name: string): string => {
      const { item, nonce } = plant.signer.item(name);
      const data = { kind: 'vehicle' as const, category: 'sedan', nonce, tags: numbered(nonce) };
      return trade.does(plant, { type: 'register', item, data });
    };
    const surrenders = (item: string): string => trade.does(plant, { type: 'surrender', item, data: {} });
    expect(registers('car')).toBe('accepted');
    const { item } = plant.signer.item('car');
    const after = 2_000_000_001;
    trade.world.time = after;
    expect(surrenders(item)).toBe('HL-2033');
    const licence = {
      number: 'L-dismantler',
      kind: 'dismantler' as const,
      categories: [],
      annualCapacity: 1,
      validFrom: 0,
      validTo: after + 1_000,
      authority: '生态环境局',
    };
    trade.given(trade.recycling, { type: 'licence.grant', data: { creditCode, licence } });
    expect(surrenders(item)).toBe('HL-2033');
    const number = licence.number;
    trade.given(trade.oversight, { type: 'licence.countersign', data: { creditCode, number } });
    expect(surrenders(item)).toBe('accepted');
  });
});

describe('a printed serial', () => {
  it('is the same in small and in capital letters', () => {
    const registers = (name: string, value: string) => {
      const { item, nonce } = shop.signer.item(name);
      const data = {
        kind: 'part' as const,
        category: 'door',
        nonce,
        tags: [{ scheme: 'serial' as const, value }],
      };
      trade.given(shop, { type: 'register', item, data });
      return item;
    };
    const first = registers('first', 'ea211-42');
    const second = registers('second', 'EA211-42');
    expect(trade.item(first).contested).toBe(true);
    expect(trade.item(second).contested).toBe(true);
  });
});
