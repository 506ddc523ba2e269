import type { ItemRow, RuleRow } from '../model/rows.js';
import { listedFor, withFacts } from './appliances.js';
import type { Draft } from './draft.js';
import { advance, checkStep, latest, retireTags, type ItemRule } from './item.js';
import { require } from './refusal.js';
import { keptTable, namedTable } from './rule-tables.js';

/** Table of the steps of a line, in their order: by type or, where it names none, by category. Unconfirmed values. */
export const LINE_STEPS = { name: 'lineSteps', province: 'CN' } as const;

/** It is to be used again or to be processed. As long as neither was done the choice may change; a new one begins anew. */
export const triage: ItemRule<'triage'> = (draft, event, moment) => {
  const { item, step } = checkStep(draft, event, moment);
  const { route } = event.data;
  advance(draft, event.item, item, step, moment, withFacts(item, { route, test: undefined }));
};

export const eraseData: ItemRule<'eraseData'> = (draft, event, moment) => {
  const { item, step } = checkStep(draft, event, moment);
  advance(draft, event.item, item, step, moment, withFacts(item, { dataErased: true }));
};

/** A later test replaces an earlier one. */
export const testUnit: ItemRule<'testUnit'> = (draft, event, moment) => {
  const { item, step } = checkStep(draft, event, moment);
  advance(draft, event.item, item, step, moment, withFacts(item, { test: event.data.result }));
};

/** It leaves for somebody's household: no waste any more. The same unit comes back as a new item. */
export const sellRefurbished: ItemRule<'sellRefurbished'> = (draft, event, moment) => {
  const { item, step } = checkStep(draft, event, moment);
  retireTags(draft, event.item, item);
  advance(draft, event.item, latest(draft, event.item, item), step, moment, {});
};

/** The steps that are due are those of the table that it is issued under, whatever tables come later. @throws Refusal HL-2131 */
export const issueToLine: ItemRule<'issueToLine'> = (draft, event, moment) => {
  const { item, step } = checkStep(draft, event, moment);
  const { line, stepsVersion } = event.data;
  stepsOf(namedTable(draft, LINE_STEPS, stepsVersion, moment), item);
  advance(draft, event.item, item, step, moment, withFacts(item, { line, stepsVersion }));
};

/** The next step of the table, and no other. @throws Refusal HL-2129 */
export const lineStep: ItemRule<'lineStep'> = (draft, event, moment) => {
  const { item, step } = checkStep(draft, event, moment);
  const { stepsVersion = 0, stepsDone = 0 } = item.appliance ?? {};
  const due = stepsDue(draft, item, stepsVersion, moment.time);
  require(due[stepsDone] === event.data.step, 'HL-2129');
  advance(draft, event.item, item, step, moment, withFacts(item, { stepsDone: stepsDone + 1 }));
};

/** The last required step is done: the day of this event is the unit's day in every count. @throws Refusal HL-2130 */
export const closeUnit: ItemRule<'closeUnit'> = (draft, event, moment) => {
  const { item, step } = checkStep(draft, event, moment);
  const { stepsVersion = 0, stepsDone = 0 } = item.appliance ?? {};
  require(stepsDone === stepsDue(draft, item, stepsVersion, moment.time).length, 'HL-2130');
  retireTags(draft, event.item, item);
  advance(draft, event.item, latest(draft, event.item, item), step, moment, {});
};

function stepsDue(draft: Draft, item: ItemRow, version: number, time: number): readonly string[] {
  return stepsOf(keptTable(draft, LINE_STEPS, version, time), item);
}

/** @throws Refusal HL-2131 */
function stepsOf(table: RuleRow['table'], item: ItemRow): readonly string[] {
  const due = listedFor(table, item);
  require(due !== undefined && due.length > 0, 'HL-2131');
  return due;
}
