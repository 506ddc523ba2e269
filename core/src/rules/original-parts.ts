import type { EventOf } from '../model/events.js';
import { rowKey } from '../model/row-keys.js';
import type { ItemRow, ParticipantRow } from '../model/rows.js';
import { checkRole } from './actor.js';
import type { Draft } from './draft.js';
import { isGone, stepOf } from './lifecycle/index.js';
import { require } from './refusal.js';
import { isToBeScrapped } from './ways.js';

/**
 * A part that was always in a car enters the ledger when a workshop takes it out: as if it had been fitted and was removed. It names
 * its car, so that it goes back into that one and stands still with it, and it is the property of whose the car is.
 *
 * @returns what the row of the part says of that; nothing where none is named
 * @throws Refusal HL-2001, HL-2011, HL-2020, HL-2021, HL-2030, HL-2033, HL-2100, HL-2101, HL-2311 it is no used part, or that is no vehicle
 */
export function outOfCar(
  draft: Draft,
  { outOf, kind, class: of, category }: EventOf<'register'>['data'],
  holder: { readonly creditCode: string; readonly participant: ParticipantRow },
  time: number,
): Partial<Pick<ItemRow, 'owner' | 'removedFrom'>> {
  if (outOf === undefined) return {};
  const car = draft.get(rowKey.item(outOf));
  require(car, 'HL-2001');
  require(kind === 'part' && of !== 'newPart' && car.kind === 'vehicle', 'HL-2311');
  checkRole(holder.participant, stepOf('remove', kind)?.roles, false, category, time);
  require(!isGone(car), 'HL-2011');
  require(car.hold === undefined, 'HL-2100');
  require(car.custodian === holder.creditCode, 'HL-2020');
  // Out of a scrapped vehicle it comes by dismantling, in the order of that.
  require(!isToBeScrapped(car), 'HL-2101');
  require(car.handover === undefined, 'HL-2021');
  return { owner: car.owner, removedFrom: outOf };
}
