import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { claimantsOf } from '../model/claimants.js';
import { rowKey } from '../model/row-keys.js';
import type { HoldReason } from '../model/terms.js';
import { Trade, type Party } from '../testing/trade.js';

const TAGS = ['LSVAM4186C2123456', 'S-1', 'S-2'].map((value, at) => ({
  scheme: at === 0 ? ('vin' as const) : ('serial' as const),
  value,
}));
type TagName = 'vin' | 'first' | 'second';
const tagNamed = (name: TagName) => TAGS[['vin', 'first', 'second'].indexOf(name)]!;

let trade: Trade;
let shop: Party;
let police: Party;
let cars: Map<string, string>;

function opened(): void {
  trade = new Trade();
  shop = trade.party('shop', ['repairShop'], { mspId: 'AftermarketMSP' });
  police = trade.party('police', ['police'], { mspId: 'OversightMSP' });
  cars = new Map();
}
beforeEach(opened);

/** Registers a car under a name of the test, with tags. */
function registers(name: string, ...names: TagName[]): void {
  const { item, nonce } = shop.signer.item(name);
  const data = { kind: 'vehicle' as const, category: 'sedan', nonce, tags: names.map(tagNamed) };
  trade.given(shop, { type: 'register', item, data });
  cars.set(name, item);
}

const idOf = (name: string): string => cars.get(name) ?? '';
const holds = (name: string, reason: HoldReason = 'suspectedStolen', by = police): string =>
  trade.does(by, { type: 'hold', item: idOf(name), data: { reason } });
const releases = (name: string): string =>
  trade.does(police, { type: 'release', item: idOf(name), data: {} });
const awards = (tag: TagName, name: string): string =>
  trade.does(trade.oversight, { type: 'tag.award', data: { tag: tagNamed(tag), item: idOf(name) } });
/** Names of the cars that are held. */
const held = (): string[] =>
  [...cars].flatMap(([name, id]) => (trade.item(id).hold === undefined ? [] : [name]));
const noticed = (): readonly string[] =>
  (trade.world.transactions.at(-1)?.recorded.batches ?? []).flatMap(({ notices = [] }) =>
    notices.map(([, code]) => code),
  );

describe('of three cars, the second shares the VIN with the first and a serial with the third', () => {
  const chain = (): void => {
    registers('first', 'vin');
    registers('second', 'vin', 'first');
    registers('third', 'first');
  };

  it('one that is held for itself holds those that claim a tag of it, in whatever order they come', () => {
    const done = [
      () => registers('first', 'vin'),
      () => registers('second', 'vin', 'first'),
      () => registers('third', 'first'),
    ] as const;
    for (const order of [
      [0, 1, 2],
      [0, 2, 1],
      [1, 0, 2],
      [2, 1, 0],
    ]) {
      opened();
      for (const at of order) {
        done[at]?.();
        if (at === 0) expect(holds('first')).toBe('accepted');
      }
      expect(held().sort(), order.join()).toEqual(['first', 'second']);
    }
  });

  it('a release of the first leaves none of them held', () => {
    chain();
    expect(holds('second')).toBe('accepted');
    expect(held()).toEqual(['first', 'second', 'third']);
    expect(releases('first')).toBe('accepted');
    expect(held()).toEqual([]);
    expect(noticed()).toEqual([]);
  });

  it('a release of the first frees the second though the third was registered while that was held', () => {
    registers('first', 'vin');
    registers('second', 'vin', 'first');
    expect(holds('first')).toBe('accepted');
    registers('third', 'first');
    expect(releases('first')).toBe('accepted');
    expect(held()).toEqual([]);
  });

  it('a release of the first leaves the second held with the third, if that is held for itself, and says so', () => {
    chain();
    expect(holds('first')).toBe('accepted');
    expect(holds('third', 'underInvestigation', shop)).toBe('accepted');
    expect(releases('second')).toBe('accepted');
    expect(held()).toEqual(['second', 'third']);
    expect(noticed()).toEqual(['HL-2274']);
    expect(trade.item(idOf('second'))).toMatchObject({
      hold: 'underInvestigation',
      heldWith: idOf('third'),
    });
    expect(releases('second')).toBe('accepted');
    expect(held()).toEqual([]);
  });
});

describe('a car that stands still with another one', () => {
  it('may be held for itself, and is freed by its own release', () => {
    for (const order of [
      ['first', 'second'],
      ['second', 'first'],
    ]) {
      opened();
      registers('first', 'vin');
      registers('second', 'vin');
      for (const name of order) expect(holds(name)).toBe('accepted');
      for (const name of order) expect(holds(name)).toBe('HL-2100');
      expect(releases('first')).toBe('accepted');
      expect(held()).toEqual(['first', 'second']);
      expect(noticed()).toEqual(['HL-2274']);
      expect(trade.item(idOf('second')).heldWith).toBeUndefined();
      expect(releases('second')).toBe('accepted');
      expect(held()).toEqual([]);
    }
  });
});

describe('nine cars and more that claim one tag or another of a held one', () => {
  it('are freed by one release as far as it asks about them, and by the next release of one of the others', () => {
    registers('held', 'vin', 'first');
    for (let i = 0; i < 6; i++) {
      registers(`vin ${i}`, 'vin');
      registers(`first ${i}`, 'first');
    }
    expect(holds('held')).toBe('accepted');
    expect(held()).toHaveLength(13);
    expect(releases('held')).toBe('accepted');
    expect(held()).toHaveLength(4);
    expect(releases(held()[0] ?? '')).toBe('accepted');
    expect(held()).toEqual([]);
  });
});

describe('when Oversight has said whose a tag is', () => {
  it('who stood still only for that tag is free, and who is held for itself stays so', () => {
    registers('stolen', 'vin');
    registers('other', 'vin', 'first');
    expect(holds('stolen')).toBe('accepted');
    expect(awards('vin', 'stolen')).toBe('accepted');
    expect(held()).toEqual(['stolen']);
  });

  it('the one that has got it stays held, for itself, with those that claim another tag of it', () => {
    registers('stolen', 'vin');
    registers('other', 'vin', 'first');
    registers('third', 'first');
    expect(holds('stolen')).toBe('accepted');
    expect(held()).toEqual(['stolen', 'other']);
    expect(awards('vin', 'other')).toBe('accepted');
    expect(held()).toEqual(['stolen', 'other', 'third']);
    expect(releases('stolen')).toBe('accepted');
    expect(held()).toEqual(['other', 'third']);
    expect(releases('third')).toBe('accepted');
    expect(held()).toEqual([]);
  });

  it('who claims yet another tag of a held one stays held with that', () => {
    registers('stolen', 'vin', 'second');
    registers('other', 'vin', 'second');
    registers('third', 'vin', 'first');
    registers('fourth', 'first');
    expect(holds('stolen')).toBe('accepted');
    expect(holds('fourth', 'underInvestigation', shop)).toBe('accepted');
    expect(awards('vin', 'stolen')).toBe('accepted');
    expect(trade.item(idOf('other')).heldWith).toBe(idOf('stolen'));
    expect(trade.item(idOf('third')).heldWith).toBe(idOf('fourth'));
  });
});

/** Names of those that claim a tag with a car. */
function sharing(name: string): ReadonlySet<string> {
  const own = trade.item(idOf(name)).tags ?? [];
  return new Set(own.flatMap((tag) => claimantsOf(trade.world.row(rowKey.tag(tag)))));
}

describe('whatever is registered, held, released and awarded', () => {
  it('a car is held for itself, or with one that is and claims a tag of it, or not at all', () => {
    const step = fc.record({
      does: fc.constantFrom('register' as const, 'hold' as const, 'release' as const, 'award' as const),
      car: fc.nat(5),
      tags: fc.subarray(['vin', 'first', 'second'] as const, { minLength: 1 }),
    });
    fc.assert(
      fc.property(fc.array(step, { minLength: 8, maxLength: 24 }), (steps) => {
        opened();
        for (const { does, car, tags } of steps) {
          const name = String(car % Math.max(1, cars.size));
          const [tag = 'vin'] = tags;
          if (does === 'register' && cars.size < 6) registers(String(cars.size), ...tags);
          else if (cars.size === 0) continue;
          else if (does === 'hold') holds(name);
          else if (does === 'release') releases(name);
          else awards(tag, name);
          for (const [each, id] of cars) {
            const { hold, heldWith } = trade.item(id);
            const around = [...sharing(each)]
              .filter((other) => other !== id)
              .map((other) => trade.item(other));
            const holding = around.filter((row) => row.hold !== undefined && row.heldWith === undefined);
            if (hold === undefined) expect(holding, each).toEqual([]);
            if (heldWith === undefined) continue;
            expect(sharing(each).has(heldWith), each).toBe(true);
            expect(trade.item(heldWith)).toMatchObject({ hold });
            expect(trade.item(heldWith).heldWith).toBeUndefined();
          }
        }
      }),
      { numRuns: 40 },
    );
  });
});
