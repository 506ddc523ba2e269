import { factsWith, type RegistrationChange } from '../model/facts/insurance.js';
import { rowKey } from '../model/row-keys.js';
import type { ItemRow } from '../model/rows.js';
import type { Moment } from './actor.js';
import type { Draft } from './draft.js';
import { advance, checkStep, type ItemRule } from './item.js';
import { require } from './refusal.js';
import { withoutUndo } from './undo.js';

/** Their numbers stand in the registration of a vehicle. Unconfirmed: fitting them is not refused, overdue is shown. */
const REGISTERED = ['engine', 'frame'];

function withChanges(vehicle: ItemRow, changes: readonly RegistrationChange[]): Pick<ItemRow, 'insurance'> {
  return {
    insurance: factsWith(vehicle.insurance, { changes: changes.length === 0 ? undefined : changes }),
  };
}

/** An engine or frame of another origin went into a vehicle: its registration is to be changed. */
export function openRegistrationChange(
  draft: Draft,
  id: string,
  vehicle: ItemRow,
  part: { readonly id: string; readonly category: string },
  { time }: Moment,
): void {
  if (vehicle.kind !== 'vehicle' || !REGISTERED.includes(part.category)) return;
  const change = { part: part.id, since: time };
  const before = vehicle.insurance?.changes ?? [];
  draft.put(rowKey.item(id), withoutUndo({ ...vehicle, ...withChanges(vehicle, [...before, change]) }));
}

/**
 * It came out again before the registration was changed: nothing is to be changed.
 *
 * @returns whether a change was due
 */
export function dropRegistrationChange(draft: Draft, id: string, part: string): boolean {
  const vehicle = draft.get(rowKey.item(id));
  const before = vehicle?.insurance?.changes ?? [];
  const left = before.filter((each) => each.part !== part);
  if (!vehicle || left.length === before.length) return false;
  draft.put(rowKey.item(id), withoutUndo({ ...vehicle, ...withChanges(vehicle, left) }));
  return true;
}

/** The police have changed the registration. @throws Refusal HL-2219 */
export const changeRegistration: ItemRule<'changeRegistration'> = (draft, event, moment) => {
  const { item, step } = checkStep(draft, event, moment);
  const before = item.insurance?.changes ?? [];
  const left = before.filter(({ part }) => part !== event.data.part);
  require(left.length < before.length, 'HL-2219');
  advance(draft, event.item, item, step, moment, withChanges(item, left));
};
