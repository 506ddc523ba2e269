import { HuilianError } from '../messages/error.js';
import type { RuleRow } from '../model/rows.js';
import type { GradedCore } from '../model/sale.js';
import type { RemanScheme } from '../model/terms.js';
import type { OpenedPrice } from './commitments.js';
import { wholeFen, type Share } from './largest-remainder.js';

type Table = RuleRow['table'];

/** What is to be paid for one core. */
export interface Entitlement {
  readonly scheme: RemanScheme;
  readonly category: string;
  /** Grade of the core, and what it lacks. */
  readonly graded: GradedCore;
  readonly opened: OpenedPrice;
}

/** Whether a pilot table names a category: it has a share, and a cap for it. */
export function isInPilot(table: Table, category: string): boolean {
  return typeof table['sharePermille'] === 'number' && typeof table[memberOf('cap', category)] === 'number';
}

/** Whether a deposit table says in how many days a core comes back and what grade A is worth. */
export function isInDeposit(table: Table): boolean {
  return typeof table['returnDays'] === 'number' && typeof table[memberOf('grade', 'A')] === 'number';
}

/**
 * What is due for one core, in whole fen, from the opened prices and the table under which it was sold.
 *
 * - `statePilot`: a share of price minus core price, at most the cap of the category.
 * - `coreDeposit`: the deposit by grade, less what each missing part deducts; never below 0.
 *
 * @throws HuilianError HL-2070 when the table lacks a value that is needed
 */
export function oldForRemanAmount(entitlement: Entitlement, table: Table): number {
  return oldForRemanAmounts([entitlement], table)[0] ?? 0;
}

/** As {@link oldForRemanAmount}, of several that are paid together: their remainders are shared out by the largest-remainder rule. */
export function oldForRemanAmounts(entitlements: readonly Entitlement[], table: Table): number[] {
  return wholeFen(entitlements.map((each) => shareOf(each, table)));
}

/**
 * What a corrected grade changes, in fen: negative when too much was paid.
 *
 * @throws HuilianError HL-2070
 */
export function correctedDifference(entitlement: Entitlement, before: GradedCore, table: Table): number {
  return oldForRemanAmount(entitlement, table) - oldForRemanAmount({ ...entitlement, graded: before }, table);
}

function shareOf({ scheme, category, graded, opened }: Entitlement, table: Table): Share {
  if (scheme === 'statePilot') {
    const base = Math.max(0, opened.priceFen - opened.corePriceFen);
    const share = BigInt(base) * BigInt(valueOf(table, 'sharePermille'));
    const cap = BigInt(valueOf(table, memberOf('cap', category))) * 1000n;
    return { numerator: share < cap ? share : cap, denominator: 1000n };
  }
  const deducted = (graded.missing ?? []).map((part) => valueOf(table, memberOf('missing', part)));
  const permille = deducted.reduce(
    (left, one) => left - one,
    valueOf(table, memberOf('grade', graded.grade)),
  );
  return { numerator: BigInt(opened.depositFen) * BigInt(Math.max(0, permille)), denominator: 1000n };
}

function valueOf(table: Table, member: string): number {
  const value = table[member];
  if (typeof value !== 'number') throw new HuilianError('HL-2070', { field: member });
  return value;
}

/** `capEngine`, `gradeA`, `missingTurbocharger`: names of tables are codes. */
function memberOf(what: string, code: string): string {
  return what + code.charAt(0).toUpperCase() + code.slice(1);
}
