import type { ItemRow, RuleRow } from '../model/rows.js';
import type { Moment } from './actor.js';
import type { Draft } from './draft.js';
import { tableInForce } from './in-force.js';

/**
 * Name of the table of categories of vehicles that are dismantled under supervision: `{"categories": ["schoolBus"]}`. Which they are is
 * unconfirmed.
 */
export const SUPERVISED_CATEGORIES = { name: 'supervisedCategories', province: 'CN' } as const;

/** Whether a table lists categories, each a text. */
export function areSupervisedCategories({ categories, ...rest }: RuleRow['table']): boolean {
  const listed = typeof categories === 'object' && categories.every((each) => typeof each === 'string');
  return listed && Object.keys(rest).length === 0;
}

/**
 * Whether a vehicle is due to be dismantled under supervision: by the table that is in force when it is taken in, whatever who takes it
 * in declares. A declaration may add the supervision, not take it away.
 */
export function supervisionOf(
  draft: Draft,
  { category }: ItemRow,
  declared: boolean | undefined,
  moment: Moment,
): Pick<ItemRow, 'supervision'> {
  const listed = tableInForce(draft, SUPERVISED_CATEGORIES, moment.time)?.['categories'];
  const byTable = typeof listed === 'object' && listed.includes(category);
  if (byTable && declared !== true) moment.notice('HL-2270');
  return byTable || declared === true ? { supervision: 'due' } : {};
}
