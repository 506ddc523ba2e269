import { sameCode } from '../model/codes.js';
import type { EventOf } from '../model/events.js';
import type { ItemRow, RuleRow } from '../model/rows.js';
import type { Draft } from './draft.js';
import { MASS_TOLERANCE } from './dismantling.js';
import { tableInForce } from './in-force.js';
import type { Moment } from './actor.js';
import { require } from './refusal.js';

/** Name of the table of categories that are never remanufactured: `{"categories": ["airbag"]}`. Which they are is unconfirmed. */
export const NEVER_REMANUFACTURED = { name: 'neverRemanufactured', province: 'CN' } as const;

/** As long as no table is on record: parts that protect people. Unconfirmed. */
const UNTIL_LISTED: readonly string[] = ['airbag', 'brakeSafetyPart'];

/** Says of mass that appears, because something was built in, when nothing proves it. */
export function tellUnproved(
  {
    addedGrams = 0,
    evidence = [],
  }: { readonly addedGrams?: number | undefined; readonly evidence?: readonly string[] | undefined },
  moment: Moment,
): void {
  if (addedGrams > 0 && evidence.length === 0) moment.notice('HL-2309');
}

/** Whether a table lists categories, each a text. */
export function areCategories({ categories, ...rest }: RuleRow['table']): boolean {
  const listed = typeof categories === 'object' && categories.every((each) => typeof each === 'string');
  return listed && Object.keys(rest).length === 0;
}

/**
 * Parts that protect people do not become a core, nor a product: by the table in force when the ledger hears of it.
 *
 * @throws Refusal HL-2110
 */
export function requireRemanufacturable(draft: Draft, { category }: ItemRow, time: number): void {
  const listed = tableInForce(draft, NEVER_REMANUFACTURED, time)?.['categories'] ?? UNTIL_LISTED;
  require(typeof listed !== 'object' || sameCode(listed, category) === undefined, 'HL-2110');
}

/**
 * A product weighs no more than its core and the new parts in it, within the tolerance in force: it may be lighter, for what was worn
 * is left out. The new parts are in it, so they weigh no more than it. Of a core that nobody has weighed nothing else is known.
 *
 * @throws Refusal HL-2287
 */
export function requireMassOfCore(
  draft: Draft,
  { massGrams: core }: ItemRow,
  { product, addedGrams = 0 }: EventOf<'remanufacture'>['data'],
  time: number,
): void {
  require(addedGrams <= product.massGrams, 'HL-2287');
  if (core === undefined) return;
  const permille = tableInForce(draft, MASS_TOLERANCE, time)?.['permille'];
  const into = core + addedGrams;
  const more = product.massGrams - into;
  require(more * 1000 <= (typeof permille === 'number' ? permille : 0) * into, 'HL-2287');
}
