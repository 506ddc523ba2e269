import {
  creditCodeCheck,
  dateOf,
  dayOf,
  HAZARDOUS_TABLE,
  holidayTableName,
  PUBLISHED_HOLIDAYS,
  rowKey,
  termsTable,
  TIME_LIMIT_TABLE,
  trialTerms,
  type LedgerEvent,
  type RuleRow,
} from '@huilian/core';
import type { Signer } from '@huilian/core/testing';
import { foldBlock, Projector, SqliteStore, Views, views, type Store } from '@huilian/gateway-api/model';
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest';
import { freshSigner } from '../verify/signer.js';
import { cast, event, newItem, output, plantCode, shopCode, type Cast } from './morning.js';
import type { Kind } from './sites.js';
import { ledgerId } from './synthetic-ledger.js';
import { watchedClocks } from './watched-clocks.js';

export const DAY = 86_400;
const dismantlerBody = '91330100MA27ABCE9';
export const dismantlerCode = dismantlerBody + creditCodeCheck(dismantlerBody);
const setUpMilliseconds = 300_000;
const patience = 20_000;

/** A thing that enters the ledger: its id and the event that registers it. */
export interface NewThing {
  readonly id: string;
  readonly register: LedgerEvent;
}

/**
 * A ledger and a read model of it for each test, in which time passes as a test says. Ledger time begins on 21 September 2026 at UTC+8,
 * shortly before National Day. After each test a verifier's count of the clocks, and that of a read model which folds all blocks
 * together, must be the read model's, which follows block by block.
 */
export class TimedLedger {
  played!: Cast;
  dismantler!: Signer;
  store!: Store;
  model!: Views;
  /** Versions of each table, under the key of their list. */
  readonly #versions = new Map<string, RuleRow['table']>();
  #projected = 0;

  constructor(kind: Kind) {
    beforeAll(() => kind.start(), setUpMilliseconds);
    afterAll(() => kind.dispose());
    beforeEach(async () => {
      this.played = cast();
      this.dismantler = freshSigner(ledgerId);
      this.played.ledger.admit(this.dismantler, dismantlerCode, 'dismantler');
      this.store = await kind.site().open(views);
      this.model = new Views(() => this.store);
      this.#projected = 0;
      this.#versions.clear();
    });
    afterEach(async () => {
      await this.project();
      const { records } = await this.model.heldClocks({ limit: 1_000 });
      await this.store.close();
      expect(watchedClocks(this.played.ledger.sealed), 'as a verifier counts them').toEqual(records);
      expect(await this.#rebuilt(), 'as a rebuild counts them').toEqual(records);
    });
  }

  wait(days: number): void {
    this.played.ledger.wait(days * DAY);
  }

  /** Records events as one batch, each accepted. @returns their ids */
  records(signer: Signer, ...events: readonly LedgerEvent[]): readonly string[] {
    const { ledger } = this.played;
    const batch = signer.batch(events, { time: ledger.time });
    ledger.record([batch]);
    const { keyId, sequence } = batch.header;
    return events.map((_, index) => `${keyId}.${sequence}.${index}`);
  }

  table(name: string, values: RuleRow['table'], version = 1, province = 'CN'): void {
    const row: RuleRow = { from: 0, table: values, proposedBy: 'a', approvedBy: 'b' };
    const list = rowKey.rule(name, province, 0);
    this.#versions.set(list, { ...this.#versions.get(list), [`v${version}`]: row.from });
    this.played.ledger.write({
      [rowKey.rule(name, province, version)]: row,
      [list]: { ...row, table: this.#versions.get(list) ?? {} },
    });
  }

  terms(): void {
    this.table(TIME_LIMIT_TABLE, termsTable(trialTerms()));
  }

  holidays(year: number): void {
    const published = PUBLISHED_HOLIDAYS.find((each) => each.year === year);
    if (published === undefined) throw new Error(`Nothing is published for ${year}.`);
    this.table(holidayTableName(year), { off: published.off, on: published.on });
  }

  async project(): Promise<void> {
    for (const block of this.played.ledger.sealed.slice(this.#projected)) {
      const { puts, time } = await foldBlock(block, this.store);
      for (const { view, document } of puts) view.schema.parse(document);
      await this.store.apply({ ...block, ledger: ledgerId, projection: 'test', time, puts });
      this.#projected += 1;
    }
  }

  async #rebuilt(): Promise<readonly unknown[]> {
    const { ledger } = this.played;
    const store = SqliteStore.open(':memory:', views);
    const projector = new Projector({ store, views, source: ledger, ledger: ledgerId });
    projector.start();
    await projector.waitFor(ledger.sealed.length - 1, patience);
    const { records } = await new Views(() => store).heldClocks({ limit: 1_000 });
    await projector.stop();
    await store.close();
    return records;
  }

  lot(signer: Signer, category: string): NewThing {
    return this.thing(signer, 'lot', category);
  }

  thing(signer: Signer, kind: 'lot' | 'container' | 'part', category: string): NewThing {
    const { item, nonce } = output(signer, category, 0);
    const data = { kind, category, nonce, tags: [], massGrams: 500_000 };
    return { id: item, register: event('register', item, data) };
  }

  /**
   * A starter battery of the plant: a part that a shop had before the table listed its category. A hazardous lot, which changes hands
   * under a manifest, whose steps are not taken back, would not do.
   */
  batteryHeld(): string {
    const { plant, shop } = this.played;
    const { id, register } = this.thing(shop, 'part', 'leadAcidBattery');
    this.records(shop, register);
    this.table(HAZARDOUS_TABLE, { leadAcidBattery: '900-052-31' });
    this.records(shop, event('handover', id, { to: plantCode }));
    this.records(plant, event('accept', id, { from: shopCode }));
    return id;
  }

  /** A car that the dismantler took in. */
  takenIn(packs: readonly string[] = []): string {
    const { id, register } = newItem(this.dismantler, 'vehicle');
    this.records(
      this.dismantler,
      register,
      event('surrender', id, {}),
      event('receive', id, { massGrams: 1_000_000, ...(packs.length > 0 && { packs: [...packs] }) }),
    );
    return id;
  }

  /** The clocks of an item, each as `limit status date`. */
  async told(item: string): Promise<string[]> {
    await this.project();
    const { records } = await this.model.clocksOf(item, { limit: 50 });
    return records.map(({ limit, status, dueAt }) =>
      [limit, status, ...(dueAt === 0 ? [] : [dateOf(dayOf(dueAt) - 1)])].join(' '),
    );
  }
}
