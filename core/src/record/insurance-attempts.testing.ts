import { expect } from 'vitest';
import type { ItemEvent } from '../model/events.js';
import type { LossRow } from '../model/loss.js';
import { rowKey } from '../model/row-keys.js';
import type { ItemRow, Row, SaleRow } from '../model/rows.js';
import { COVERS } from '../model/terms.js';
import type { Tag } from '../tags/tag.js';
import type { Party, Plain, Trade } from '../testing/trade.js';
import { numbered } from '../testing/numbered.js';

/** Steps of insurance and old-for-reman that chance may try. */
export const INSURANCE_TYPES = [
  ...(['claimLines', 'claimLines', 'approveLines', 'payLines', 'payLines', 'changeRegistration'] as const),
  ...(['sellRemanufactured', 'receiveCore', 'receiveCore', 'claimEntitlement', 'claimEntitlement'] as const),
];
type InsuranceType = (typeof INSURANCE_TYPES)[number];

const amount = 'a'.repeat(64);

/** Tables under which parts are sold for old ones. */
export function remanTables(trade: Trade): void {
  trade.table('statePilot', 1, { sharePermille: 100, capEngine: 200_000 });
  trade.table('coreDeposit', 1, { returnDays: 30, gradeA: 1000, gradeUnfit: 0 });
}

/** Things of one party that have come some way: an insured car, one with a strange engine, a product, a sale with its core. */
export function insured(trade: Trade, party: Party): string[] {
  const made = (name: string): Id => party.signer.item(name);
  const [car, swapped, engine] = [made('insured'), made('swapped'), made('strange engine')];
  const [product, sold, open, back] = [made('product'), made('sold'), made('sold too'), made('back')];
  const { creditCode: seller } = party;
  trade.given(
    party,
    registered(car, 'vehicle'),
    { type: 'reportDamage', item: car.item, data: { loss: 'L9' } },
    claims(car.item),
    {
      type: 'approveLines',
      item: car.item,
      data: { loss: 'L9', claim: 'K0', lines: [{ line: 1, version: 1, amount }] },
    },
    registered(swapped, 'vehicle'),
    ...remade(made('oldest of all'), engine),
    { type: 'fit', item: engine.item, data: { into: swapped.item } },
    ...remade(made('old'), product),
    ...remade(made('older'), sold),
    ...remade(made('oldest'), open),
    { type: 'sellRemanufactured', item: open.item, data: { ...bySeller(seller, 999), ...terms } },
    { type: 'sellRemanufactured', item: sold.item, data: { ...bySeller(seller, 1), ...terms } },
    registered(back, 'part'),
    {
      type: 'receiveCore',
      item: back.item,
      data: { ...bySeller(seller, 1), product: sold.item, label: labelOf(seller, 0) },
    },
    { type: 'designateCore', item: back.item, data: {} },
    { type: 'grade', item: back.item, data: { grade: 'A' } },
  );
  return [car, swapped, product, sold, back].map(({ item }) => item);
}

function labelOf(seller: string, number: number): Tag {
  return { scheme: 'serial', value: `CORE-${seller}-${number}` };
}

interface Id {
  readonly item: string;
  readonly nonce: string;
}

const terms = { price: amount, statePilotVersion: 1, coreDepositVersion: 1 };
const bySeller = (seller: string, line: number) => ({ seller, sale: 'S', line });

function registered({ item, nonce }: Id, kind: 'vehicle' | 'part'): Plain<ItemEvent> {
  const category = kind === 'part' ? 'engine' : 'sedan';
  const data = {
    kind,
    category,
    nonce,
    tags: kind === 'vehicle' ? numbered(item) : [],
    massGrams: 1000,
  };
  return { type: 'register', item, data };
}

function claims(item: string): Plain<ItemEvent> {
  return { type: 'claimLines', item, data: { loss: 'L9', claim: 'K0', cover: 'ownDamage', lines: [] } };
}

function remade(core: Id, product: Id): Plain<ItemEvent>[] {
  const { item } = core;
  const made = { ...product, kind: 'part' as const, category: 'engine', massGrams: 1000 };
  return [
    registered(core, 'part'),
    { type: 'designateCore', item, data: {} },
    { type: 'grade', item, data: { grade: 'A' } },
    { type: 'remanufacture', item, data: { product: made, mark: 'Z' } },
  ];
}

/** Whether an item has what a step of ours goes on from; true for the steps of others. */
export function isInsuranceReady({ insurance }: ItemRow, type: ItemEvent['type']): boolean {
  switch (type) {
    case 'changeRegistration':
      return insurance?.changes !== undefined;
    case 'approveLines':
    case 'payLines':
      return insurance?.loss !== undefined;
    case 'claimEntitlement':
      return insurance?.sale !== undefined;
    case 'receiveCore':
      return insurance?.offer === undefined;
    default:
      return true;
  }
}

/** What chance knows of the field. */
export interface Chance {
  readonly trade: Trade;
  readonly party: Party;
  readonly item: string;
  readonly row: ItemRow | undefined;
  readonly step: number;
  readonly number: number;
  /** Some item, now and then the right one. */
  readonly other: string;
}

/** One step of insurance or old-for-reman. */
export function insuranceStep(type: InsuranceType, chance: Chance): Plain<ItemEvent> {
  const { trade, party, item, row, step, number, other } = chance;
  const loss = row?.insurance?.loss ?? 'L9';
  const known = trade.world.row(rowKey.loss(item, loss));
  const line = known?.lines[number % Math.max(1, known.lines.length)];
  const claim = `K${number % 2}`;
  const { creditCode: seller } = party;
  const sale = row?.insurance?.sale ?? row?.insurance?.offer;
  const [, of = 'S', ofLine = '1'] = sale?.split('/') ?? [];
  switch (type) {
    case 'claimLines': {
      const cover = COVERS[number % 3] ?? 'compulsory';
      return { type, item, data: { loss, claim, cover, lines: line ? [line.line] : [] } };
    }
    case 'approveLines': {
      const version = number === 3 ? (line?.version ?? 0) + 1 : 1;
      const part = { category: 'engine', quantity: 1, classes: ['newPart' as const] };
      const approved = {
        line: number === 3 ? 1 : step + 2,
        version,
        amount,
        ...(number === 2 ? { part } : {}),
      };
      return { type, item, data: { loss, claim, lines: [approved] } };
    }
    case 'payLines': {
      const paid = { line: line?.line ?? 1, version: line?.version ?? 1 };
      return { type, item, data: { loss, claim, lines: [paid], amount } };
    }
    case 'changeRegistration':
      return { type, item, data: { part: row?.insurance?.changes?.[0]?.part ?? other } };
    case 'sellRemanufactured':
      return { type, item, data: { ...bySeller(seller, number === 0 ? 1 : step + 2), ...terms } };
    case 'receiveCore': {
      const open = [...trade.world.rows].find(([key, each]) => isOpen(key, each, seller));
      const [, , name = 'S', openLine = '9'] = open?.[0].split('/') ?? [];
      const product = (open?.[1] as SaleRow | undefined)?.product ?? other;
      const label = labelOf(seller, step + 1);
      return { type, item, data: { seller, sale: name, line: Number(openLine), product, label } };
    }
    case 'claimEntitlement': {
      const scheme = number < 2 ? 'statePilot' : 'coreDeposit';
      const core = trade.world.row(rowKey.reman(sale ?? ''))?.core ?? other;
      return { type, item, data: { seller, sale: of, line: Number(ofLine), scheme, core } };
    }
  }
}

function isOpen(key: string, row: Row, seller: string): boolean {
  return key.startsWith(`reman/${seller}/`) && (row as SaleRow).core === undefined;
}

/** What holds of losses and sales in every state of the ledger. */
export function checkInsurance(rows: ReadonlyMap<string, Row>): void {
  const cores = new Set<string>();
  for (const [key, row] of rows) {
    if (key.startsWith('loss/')) {
      const { claims: all, lines } = row as LossRow;
      for (const { covers, version, fitted = [], part } of lines) {
        const kinds = covers.map(({ claim }) => all[claim]?.cover);
        expect(new Set(kinds).size, 'a line is claimed once per kind of cover').toBe(kinds.length);
        expect(version).toBeGreaterThan(0);
        expect(fitted.length).toBeLessThanOrEqual(part?.quantity ?? 0);
      }
    }
    if (!key.startsWith('reman/')) continue;
    const { core, product, statePilot, coreDeposit } = row as SaleRow;
    const sold = rows.get(rowKey.item(product)) as ItemRow;
    expect(`reman/${sold.insurance?.sale}`).toBe(key);
    if (core === undefined) {
      expect([statePilot, coreDeposit]).toEqual([undefined, undefined]);
      continue;
    }
    expect(cores.has(core), 'a core comes back once').toBe(false);
    cores.add(core);
  }
}
