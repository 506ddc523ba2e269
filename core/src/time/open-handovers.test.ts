import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LedgerEvent } from '../model/events.js';
import type { ItemRow } from '../model/rows.js';
import { attempt, next } from '../record/history-attempts.testing.js';
import { opened } from '../record/history-field.testing.js';
import { isGone } from '../rules/lifecycle/index.js';
import { WatchedClocks } from '../testing/clocks.js';
import { correctable } from '../testing/corrections.js';
import { Trade, type Party, type Plain } from '../testing/trade.js';
import { runningIds } from './kept-clock.js';
import { HAZARDOUS_TABLE } from './thing.js';

/** The clocks that run for an item are those that are kept as running, and one of them is that of its open handover. */
function checkOpen({ memory }: WatchedClocks, id: string, { custodian, handover }: ItemRow): void {
  const open = memory.item(id)?.open;
  const pairs = open?.running.filter(({ limit }) => limit === 'handover').map(({ pair }) => pair) ?? [];
  expect(pairs, id).toEqual(handover === undefined ? [] : [`${custodian}>${handover.to}`]);
  const kept = [...memory.clocks()].filter(
    ({ item, status, stoppedBy }) => item === id && status !== 'void' && stoppedBy === undefined,
  );
  expect(kept.map((clock) => clock.id).sort(), id).toEqual([...runningIds(id, open)].sort());
}

describe('whatever parties try, in whatever order', { timeout: 300_000 }, () => {
  it('the clock of a handover runs as long as it is open', () => {
    let handovers = 0;
    fc.assert(
      fc.property(fc.array(attempt, { minLength: 20, maxLength: 60 }), (attempts) => {
        const field = opened();
        const { world } = field.trade;
        const watched = new WatchedClocks(world.rows);
        attempts.forEach((each, step) => {
          const { party, event } = next(field, step, each);
          field.memory.tell(party, event, world.verdict(party.signer, event));
          const last = world.transactions.at(-1);
          if (last) watched.take(last);
        });
        for (const key of world.rows.keys()) {
          const id = key.startsWith('item/') ? key.slice('item/'.length) : '';
          if (id === '') continue;
          const row = field.trade.item(id);
          // What travels under a manifest is handed over by that.
          if (row.kind === 'manifest') continue;
          checkOpen(watched, id, row);
          if (row.handover !== undefined) handovers += 1;
        }
      }),
      { numRuns: 60, endOnFailure: true },
    );
    expect(handovers).toBeGreaterThan(0);
  });
});

const STEPS = [
  'handover',
  'accept',
  'accept',
  'withdraw',
  'refuse',
  'pack',
  'unpack',
  'acceptOnBehalf',
  'receiveOnPaper',
  'correct',
  'agreeCorrection',
  'agreeCorrection',
] as const;

/** What somebody tries: with which thing, with whom, and whether as it ought to be or at random. */
const step = fc.record({
  type: fc.constantFrom(...STEPS),
  thing: fc.nat(5),
  other: fc.nat(5),
  party: fc.nat(2),
  rightly: fc.integer({ min: 0, max: 9 }).map((dice) => dice > 1),
  excepts: fc.integer({ min: 0, max: 9 }).map((dice) => dice > 7),
});
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

/** Three parties with three batteries, two boxes and a truck. */
class Storehouse {
  readonly trade = new Trade();
  readonly parties: readonly Party[];
  readonly things: readonly string[];
  readonly watched: WatchedClocks;
  /** Transactions whose clocks were counted. */
  seen: number;
  /** Types of events that were accepted. */
  readonly done = new Set<string>();
  /** The last event of each thing, and who signed it. */
  readonly last = new Map<string, { readonly id: string; readonly type: string; readonly by: Party }>();

  constructor() {
    const { trade } = this;
    correctable(trade);
    this.parties = ['one', 'two', 'three'].map((name) => trade.party(name, ['dismantler']));
    this.watched = new WatchedClocks(trade.world.rows);
    this.seen = trade.world.transactions.length;
    this.things = ['a', 'b', 'c', 'box', 'box', 'truck'].map((category, i) => {
      const by = this.parties[i % 2 === 0 ? 0 : 1] as Party;
      const { item, nonce } = by.signer.item(`${category} ${i}`);
      const of =
        category.length > 1 ? { kind: 'container', category } : { kind: 'part', category: 'leadAcidBattery' };
      trade.given(by, { type: 'register', item, data: { ...of, nonce, tags: [] } as never });
      this.watch();
      const { keyId, sequence } = by.signer;
      this.last.set(item, { id: `${keyId}.${sequence}.0`, type: 'register', by });
      return item;
    });
    // What was a part before the table listed it is stored by who takes it over from then on.
    trade.table(HAZARDOUS_TABLE, 1, { leadAcidBattery: '900-052-31' });
    this.watch();
    for (const item of this.things.slice(0, 3)) this.passOn(item);
  }

  /** A thing goes from the first to the second party, or back, for good: nobody calls that wrong. */
  passOn(item: string): void {
    const from = this.party(this.row(item).custodian) as Party;
    const to = this.parties.find((each) => each !== from) as Party;
    this.trade.given(from, { type: 'handover', item, data: { to: to.creditCode } });
    this.watch();
    this.trade.given(to, { type: 'accept', item, data: { from: from.creditCode } });
    this.watch();
  }

  watch(): void {
    for (const each of this.trade.world.transactions.slice(this.seen)) this.watched.take(each);
    this.seen = this.trade.world.transactions.length;
  }

  row(id: string): ItemRow {
    return this.trade.item(id);
  }

  /** Who has a thing: of what lies in a container, who holds the outermost one. */
  hands(id: string): string {
    const { logistics, custodian } = this.row(id);
    return logistics?.container === undefined ? custodian : this.hands(logistics.container);
  }

  party(creditCode: string | undefined): Party | undefined {
    return this.parties.find((each) => each.creditCode === creditCode);
  }

  /** A thing with which a step may succeed, where there is one; else any. */
  chosen(type: Step['type'], thing: number, rightly: boolean): string {
    const ready = rightly ? this.things.filter((id) => this.isReady(type, id)) : [];
    return ready[thing % Math.max(1, ready.length)] ?? (this.things[thing] as string);
  }

  isReady(type: Step['type'], id: string): boolean {
    const { kind, handover, logistics } = this.row(id);
    switch (type) {
      case 'accept':
      case 'refuse':
      case 'withdraw':
        return handover !== undefined;
      case 'pack':
        return kind === 'container' && handover === undefined;
      case 'unpack':
        return logistics?.goods !== undefined && handover === undefined;
      case 'receiveOnPaper':
        return logistics?.paperBy !== undefined;
      default:
        return true;
    }
  }

  /** The event that a step is, as its thing is now, and who signs it. */
  planned({ type, thing, other, party, rightly, excepts }: Step): readonly [Party, Plain<LedgerEvent>] {
    const item = this.chosen(type, thing, rightly);
    const row = this.row(item);
    const holder = this.party(this.hands(item));
    const anybody = this.parties[party] as Party;
    const someone = this.parties[other % 3] as Party;
    const receiver = this.party(row.handover?.to);
    const last = this.last.get(item);
    const named = { event: last?.id ?? '', eventType: last?.type ?? '', termVersion: 1 };
    const as = (right: Party | undefined): Party => (rightly && right ? right : anybody);
    const from = rightly && holder ? holder.creditCode : someone.creditCode;
    const inside = this.things.filter((id) => this.row(id).logistics?.container === item);
    const loose = this.things.filter((id) => id !== item && this.row(id).logistics?.container === undefined);
    const slip = { document: 'd'.repeat(64), household: 'SLIP-1' };
    switch (type) {
      case 'handover':
        return [as(holder), { type, item, data: { to: someone.creditCode } }];
      case 'accept': {
        const exceptions =
          excepts && inside[0] ? [{ reason: 'missing' as const, items: [inside[0]] }] : undefined;
        return [as(receiver), { type, item, data: { from, ...(exceptions && { exceptions }) } }];
      }
      case 'refuse':
        return [as(receiver), { type, item, data: { from, reason: 'other' } }];
      case 'withdraw':
        return [as(holder), { type, item, data: {} }];
      case 'pack':
        return [as(holder), { type, item, data: { items: [loose[other % loose.length] ?? item] } }];
      case 'unpack':
        return [
          as(holder),
          { type, item, data: { items: [inside[other % Math.max(1, inside.length)] ?? item] } },
        ];
      case 'acceptOnBehalf':
        return [as(holder), { type, item, data: slip }];
      case 'receiveOnPaper':
        return [as(this.party(row.logistics?.paperBy)), { type, item, data: slip }];
      case 'correct':
        return [as(last?.by), { type, item, data: { ...named, reason: 'wrongItem' } }];
      case 'agreeCorrection':
        return [someone, { type, item, data: named }];
    }
  }

  /** Records steps of several parties as one transaction. */
  record(steps: readonly Step[]): void {
    const planned = steps.map((each) => this.planned(each));
    const batches = planned.map(([{ signer }, plain]) => signer.batch([this.trade.event(plain)]));
    const recorded = this.trade.world.record(...batches);
    recorded.batches.forEach(({ keyId, sequence, verdicts }, i) => {
      const [by, plain] = planned[i] ?? [];
      const own =
        plain !== undefined &&
        'item' in plain &&
        plain.type !== 'correct' &&
        plain.type !== 'agreeCorrection';
      if (verdicts[0] === 'accepted' && plain) this.done.add(plain.type);
      if (verdicts[0] === 'accepted' && by && own)
        this.last.set(plain.item, { id: `${keyId}.${sequence}.0`, type: plain.type, by });
    });
    this.watch();
  }
}

describe('three parties with batteries, boxes and a truck', { timeout: 300_000 }, () => {
  it('store what they hold, each thing once and where it is', () => {
    const done = new Set<string>();
    fc.assert(
      fc.property(
        fc.array(fc.array(step, { minLength: 1, maxLength: 3 }), { minLength: 10, maxLength: 40 }),
        (transactions) => {
          const house = new Storehouse();
          for (const steps of transactions) {
            house.record(steps);
            for (const id of house.things) check(house, id);
          }
          for (const type of house.done) done.add(type);
        },
      ),
      { numRuns: 80, endOnFailure: true },
    );
    for (const type of STEPS) expect(done).toContain(type);
  });

  function check(house: Storehouse, id: string): void {
    const row = house.row(id);
    const { memory } = house.watched;
    if (row.logistics?.container === undefined) checkOpen(house.watched, id, row);
    if (row.kind !== 'part') return;
    const parties = [...memory.clocks()]
      .filter(
        ({ item, limit, stoppedBy, status }) =>
          item === id && limit === 'hazardousStorage' && stoppedBy === undefined && status !== 'void',
      )
      .map(({ party }) => party);
    expect(parties).toEqual(isGone(row) ? [] : [house.hands(id)]);
  }
});
