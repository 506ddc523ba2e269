import { sameCode } from '../model/codes.js';
import type { EventOf } from '../model/events.js';
import type { ItemRow, RuleRow } from '../model/rows.js';
import type { Moment } from './actor.js';
import type { Draft } from './draft.js';
import { tableInForce } from './in-force.js';
import { areCategories } from './remanufacturing.js';
import { isOtherCategory } from './vehicle-categories.js';

/**
 * Name of the table of vehicles that are dismantled under supervision: by their categories, and from a mass on whatever they are called,
 * `{"categories": ["schoolBus"], "fromGrams": 3500000}`. Which they are is unconfirmed.
 */
export const SUPERVISED_CATEGORIES = { name: 'supervisedCategories', province: 'CN' } as const;

/**
 * The categories that are known of a vehicle: what it was registered as, and what who looks at it, or the register of the police, says
 * that it is. Where there are two the stricter rule holds, and where they contradict one another whoever looks at the event is told.
 */
export function categoriesOf(
  { category }: Pick<ItemRow, 'category'>,
  seen: string | undefined,
  moment: Moment,
): readonly string[] {
  if (seen === undefined || seen === category) return [category];
  if (isOtherCategory(category, seen)) moment.notice('HL-2273');
  return [category, seen];
}

/** Whether a table lists categories and, if it likes, a mass. */
export function areSupervised({ fromGrams, ...rest }: RuleRow['table']): boolean {
  const isMass = typeof fromGrams === 'number' && Number.isSafeInteger(fromGrams) && fromGrams > 0;
  return (fromGrams === undefined || isMass) && areCategories(rest);
}

/** Whether a vehicle is as heavy as those are that the table in force names by their mass: a bus that is called a car is. */
function isHeavy(draft: Draft, massGrams: number, time: number): boolean {
  const from = tableInForce(draft, SUPERVISED_CATEGORIES, time)?.['fromGrams'];
  return typeof from === 'number' && massGrams >= from;
}

/** Whether the table in force lists one of the categories. */
function isSupervised(draft: Draft, categories: readonly string[], time: number): boolean {
  const listed = tableInForce(draft, SUPERVISED_CATEGORIES, time)?.['categories'];
  return typeof listed === 'object' && categories.some((each) => sameCode(listed, each) !== undefined);
}

/**
 * Whether a vehicle is due to be dismantled under supervision: by the table that is in force when it is taken in, whatever who takes it
 * in declares; by its category, or by its mass where it is called something that does not weigh as much. A declaration may add the
 * supervision, not take it away.
 */
export function supervisionOf(
  draft: Draft,
  categories: readonly string[],
  { massGrams, supervised: declared }: Pick<EventOf<'receive'>['data'], 'massGrams' | 'supervised'>,
  moment: Moment,
): Pick<ItemRow, 'supervision'> {
  const byTable = isSupervised(draft, categories, moment.time);
  const byMass = !byTable && isHeavy(draft, massGrams, moment.time);
  if (byTable && declared !== true) moment.notice('HL-2270');
  if (byMass && declared !== true) moment.notice('HL-2308');
  return byTable || byMass || declared === true ? { supervision: 'due' } : {};
}

/** What the register of the police says is due from then on, too, if nothing was due before. */
export function supervisionByRegister(
  draft: Draft,
  { supervision }: ItemRow,
  categories: readonly string[],
  moment: Moment,
): Pick<ItemRow, 'supervision'> {
  if (supervision !== undefined || categories.length === 1) return {};
  return isSupervised(draft, categories, moment.time) ? { supervision: 'due' } : {};
}
