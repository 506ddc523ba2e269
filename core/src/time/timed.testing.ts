import { beforeEach } from 'vitest';
import type { EventOf, LedgerEvent } from '../model/events.js';
import { eventIdOf } from '../ids/event-id.js';
import { clocksCounted, clockText } from '../testing/clocks.js';
import { correctable } from '../testing/corrections.js';
import { lotOf } from '../testing/lots.js';
import { Trade, type Party, type Plain } from '../testing/trade.js';
import { PUBLISHED_HOLIDAYS } from './arrangements.js';
import { holidayTableName } from './holidays.js';
import { termsTable, TIME_LIMIT_TABLE, type TermTables } from './terms.js';
import { HAZARDOUS_TABLE } from './thing.js';
import { trialTerms } from './time-limits.js';
import { numbered } from '../testing/numbered.js';

// A trade with the tables of a trial on record, on 1 July 2025, anew for each test of the file that imports this.
export let trade: Trade;
export let plant: Party;
export let shop: Party;
export let collector: Party;
export let smelter: Party;
export let police: Party;

export const PACK = '001PE240000003B3C0000001';
const DAY = 86_400;

beforeEach(() => {
  trade = new Trade();
  correctable(trade);
  trade.table('massTolerance', 1, { permille: 20 });
  trade.table(TIME_LIMIT_TABLE, 1, tableOf(trialTerms()));
  trade.table(HAZARDOUS_TABLE, 1, { leadAcidBattery: '900-052-31', wasteOil: '900-214-08' });
  holidays(2025, 1);
  plant = trade.party('plant', ['dismantler']);
  collector = trade.party('collector', ['collector']);
  smelter = trade.party('smelter', ['smelter']);
  shop = trade.party('shop', ['repairShop'], { mspId: 'AftermarketMSP' });
  police = trade.party('police', ['police'], { mspId: 'OversightMSP' });
});

/** Terms as an event proposes them. */
function tableOf(terms: TermTables): EventOf<'rule.propose'>['data']['table'] {
  return Object.fromEntries(
    Object.entries(termsTable(terms)).map(([name, values]) => [
      name,
      typeof values === 'object' ? [...values] : values,
    ]),
  );
}

/** The holidays of a year as they were published, with further days that are free or worked. */
export function holidays(year: number, version: number, more: { off?: number[]; on?: number[] } = {}): void {
  const published = PUBLISHED_HOLIDAYS.find((each) => each.year === year);
  const { off = [], on = [] } = published ?? {};
  trade.table(holidayTableName(year), version, {
    off: [...off, ...(more.off ?? [])],
    on: [...on, ...(more.on ?? [])],
  });
}

export function wait(days: number): void {
  trade.world.time += days * DAY;
}

/** Records a batch of events that must be accepted. @returns their ids */
export function records(who: Party, ...plains: Plain<LedgerEvent>[]): readonly string[] {
  trade.given(who, ...plains);
  const { keyId, sequence } = who.signer;
  return plains.map((_, index) => eventIdOf({ keyId, sequence, index }));
}

/** One event. @returns its id */
export function does(who: Party, plain: Plain<LedgerEvent>): string {
  return records(who, plain)[0] ?? '';
}

/** An event is taken back by who recorded it, or by him and another. */
export function takesBack(item: string, event: string, ...parties: readonly Party[]): void {
  parties.forEach((party, i) => {
    const data = { event, termVersion: 1 };
    does(
      party,
      i === 0
        ? { type: 'correct', item, data: { ...data, reason: 'wrongItem' } }
        : { type: 'agreeCorrection', item, data },
    );
  });
}

export function registers(
  who: Party,
  kind: 'vehicle' | 'part' | 'lot' | 'battery' | 'container',
  category: string,
  name = category,
): string {
  const { item, nonce } = who.signer.item(name);
  const pack = kind === 'battery' ? [{ scheme: 'battery' as const, value: PACK }] : [];
  const tags = kind === 'vehicle' ? numbered(nonce) : pack;
  does(who, { type: 'register', item, data: { kind, category, nonce, tags, massGrams: 400_000 } });
  return item;
}

/**
 * A starter battery that was a part before the table listed its category, and that somebody took over since: it is stored as hazardous
 * waste, and changes hands as a part does.
 */
export function batteryHeld(who: Party): string {
  const battery = registers(shop, 'part', 'starterBattery');
  const listed = { leadAcidBattery: '900-052-31', starterBattery: '900-052-31', wasteOil: '900-214-08' };
  trade.table(HAZARDOUS_TABLE, 2, listed, trade.world.time);
  gives(shop, battery, who);
  takes(who, battery, shop);
  return battery;
}

/** A car that the plant has taken in. @returns the id of the last step, too */
export function takenIn(packs: readonly string[] = []): { readonly car: string; readonly receipt: string } {
  const { item: car, nonce } = plant.signer.item('car');
  const category = packs.length > 0 ? 'electricCar' : 'sedan';
  const [, , receipt = ''] = records(
    plant,
    { type: 'register', item: car, data: { kind: 'vehicle', category, nonce, tags: numbered(nonce) } },
    { type: 'surrender', item: car, data: {} },
    { type: 'receive', item: car, data: receiving(packs) },
  );
  return { car, receipt };
}

export function receiving(packs: readonly string[] = []) {
  return { massGrams: 1_000_000, ...(packs.length > 0 && { packs: [...packs] }) };
}

/** The certificate of a car, by which the plant ends what it owes. */
export function certifies(car: string): string {
  return does(plant, { type: 'issueCertificate', item: car, data: { number: 'C-1' } });
}

/** The traction battery of a car, as it comes out of it at the plant. */
export function packOut() {
  const made = plant.signer.item('pack');
  const tags = [{ scheme: 'battery' as const, value: PACK }];
  return { ...made, kind: 'battery' as const, category: 'tractionBattery', massGrams: 1, tags };
}

/** A part that the shop registered and found fit. */
export function partFound(category: string, of: 'newPart' | 'usedPart' = 'newPart'): string {
  const { item, nonce } = shop.signer.item(category);
  const data = { kind: 'part' as const, category, nonce, tags: [], class: of };
  records(shop, { type: 'register', item, data }, { type: 'inspect', item, data: { result: 'fit' } });
  return item;
}

/** A battery is taken in and recycled whole. */
export function recycles(who: Party, item: string): void {
  const outputs = [lotOf(who, 'black mass', 'blackMass', 400_000)];
  records(
    who,
    { type: 'takeInBattery', item, data: { massGrams: 400_000, toleranceVersion: 1 } },
    { type: 'recycle', item, data: { outputs, lossGrams: 0, toleranceVersion: 1 } },
  );
}

export function gives(from: Party, item: string, to: Party, replaces?: string): string {
  const more = replaces === undefined ? {} : { replaces };
  return does(from, { type: 'handover', item, data: { to: to.creditCode }, ...more });
}

export function takes(to: Party, item: string, from: Party, replaces?: string): string {
  const more = replaces === undefined ? {} : { replaces };
  return does(to, { type: 'accept', item, data: { from: from.creditCode }, ...more });
}

/** The clocks of an item, or those of one limit. */
export function told(item: string, limit = ''): readonly string[] {
  return clocksCounted(trade.world.transactions, item)
    .map(clockText)
    .filter((each) => each.startsWith(limit));
}

/** Limits of the clocks of an item that nothing has stopped. */
export function running(item: string): readonly string[] {
  return clocksCounted(trade.world.transactions, item)
    .filter(({ stoppedBy, status }) => stoppedBy === undefined && status !== 'void')
    .map(({ limit }) => limit);
}

/** Who owes what a limit asks for of an item. */
export function owing(item: string, limit: string): readonly string[] {
  return clocksCounted(trade.world.transactions, item)
    .filter((clock) => clock.limit === limit)
    .map(({ party }) => party);
}
