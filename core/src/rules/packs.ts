import { sameCode } from '../model/codes.js';
import type { EventOf } from '../model/events.js';
import type { BatteryFacts } from '../model/facts/battery.js';
import { rowKey } from '../model/row-keys.js';
import type { ItemRow } from '../model/rows.js';
import { parseBatteryCode, type BatteryLevel } from '../tags/battery.js';
import type { Tag } from '../tags/tag.js';
import type { Draft } from './draft.js';
import { advance, checkStep, type ItemRule } from './item.js';
import { isGone } from './lifecycle/index.js';
import { require } from './refusal.js';

/** Categories of vehicles that have a traction battery: 纯电动、插电式混合动力（含增程式）、燃料电池. */
export const ELECTRIC_CATEGORIES: readonly string[] = [
  'electricCar',
  'plugInHybridCar',
  'fuelCellCar',
  'electricBus',
  'plugInHybridBus',
  'fuelCellBus',
  'electricTruck',
  'plugInHybridTruck',
  'fuelCellTruck',
];

type Output = EventOf<'depollute'>['data']['outputs'][number];
type Tagged = { readonly tags?: readonly Tag[] | undefined };

/** The code of GB/T 34014 that a battery bears, if it bears one. */
export function codeOf({ tags }: Tagged): string | undefined {
  return tags?.find(({ scheme }) => scheme === 'battery')?.value;
}

/** Whether a battery is a pack, a module or a cell: its code says so. @throws Refusal HL-2161 when it has none */
export function levelOf(battery: Tagged): BatteryLevel {
  const code = codeOf(battery);
  require(code, 'HL-2161');
  return parseBatteryCode(code).level;
}

const tagOf = (code: string): Tag => ({ scheme: 'battery', value: code });

/**
 * The packs of a vehicle that is taken in: named by their codes, or the reason why one is not there.
 *
 * @throws Refusal HL-2160, HL-2163, HL-2164, HL-2173
 */
export function packsNamed(
  draft: Draft,
  id: string,
  categories: readonly string[],
  { packs = [], incompleteVehicle }: EventOf<'receive'>['data'],
): BatteryFacts | undefined {
  const isNamed = packs.length > 0 || incompleteVehicle !== undefined;
  require(isNamed ||
    !categories.some((each) => sameCode(ELECTRIC_CATEGORIES, each) !== undefined), 'HL-2160');
  require(new Set(packs).size === packs.length, 'HL-2173');
  for (const code of packs) bearerElsewhere(draft, id, code);
  if (!isNamed) return undefined;
  return {
    ...(packs.length === 0 ? {} : { packs }),
    ...(incompleteVehicle === undefined ? {} : { incomplete: incompleteVehicle }),
  };
}

/**
 * The battery of this code that is in the vehicle by the record, if the ledger knows it. One that somebody merely registered
 * blocks nothing: where both turn out to bear the code, Oversight decides.
 *
 * @throws Refusal HL-2163 it is or was in another vehicle, or came out of this one; HL-2164 it is no more
 */
function bearerElsewhere(draft: Draft, vehicle: string, code: string): ItemRow | undefined {
  const bound = draft.get(rowKey.tag(tagOf(code)));
  if (!bound || bound.item === vehicle) return undefined;
  const bearer = draft.get(rowKey.item(bound.item));
  if (!bearer) return undefined;
  require(!isGone(bearer), 'HL-2164');
  if (bearer.fittedInto === vehicle) return bearer;
  const was = bearer.fittedInto ?? bearer.removedFrom ?? bearer.parent;
  require(was === undefined, 'HL-2163');
  return undefined;
}

/**
 * What the vehicle's record says of its packs after these came out of it. Only packs that were named at intake come out, each
 * under its code.
 *
 * @throws Refusal HL-2161 to HL-2164, HL-2166, HL-2171
 */
export function packsLeft(
  draft: Draft,
  id: string,
  vehicle: ItemRow,
  outputs: readonly Output[],
): Pick<ItemRow, 'battery' | 'tags'> {
  let { battery, tags } = vehicle;
  for (const output of outputs) {
    if (output.kind !== 'battery') continue;
    require(levelOf(output) === 'pack', 'HL-2166');
    const code = codeOf(output) ?? '';
    battery = without(battery, code);
    require(bearerElsewhere(draft, id, code) === undefined, 'HL-2171');
    const key = rowKey.tag(tagOf(code));
    const bound = draft.get(key);
    // The label stood on the vehicle's own record: it goes with the pack.
    if (bound?.item !== id || bound.contenders !== undefined) continue;
    draft.put(key, { ...bound, item: output.item });
    tags = tags?.filter(({ scheme, value }) => scheme !== 'battery' || value !== code);
  }
  return { battery, tags: tags?.length === 0 ? undefined : tags };
}

/** The facts without one pack. @throws Refusal HL-2162 when it is not on the vehicle's record, or not any more */
function without(facts: BatteryFacts | undefined, code: string): BatteryFacts {
  require(facts?.packs?.includes(code) === true, 'HL-2162');
  const packs = facts.packs.filter((each) => each !== code);
  return { ...facts, packs: packs.length === 0 ? undefined : packs };
}

/**
 * What the vehicle's record says of its packs after one that the ledger knew before was removed, and weighed.
 *
 * @throws Refusal HL-2051, HL-2162
 */
export function packRemoved(vehicle: ItemRow, pack: ItemRow): Pick<ItemRow, 'battery'> {
  const battery = without(vehicle.battery, codeOf(pack) ?? '');
  require(pack.massGrams !== undefined, 'HL-2051');
  return { battery };
}

/** A pack that was named at intake turns out not to be there. The reason stays on the vehicle's record. */
export const declarePackMissing: ItemRule<'declarePackMissing'> = (draft, event, moment) => {
  const { item, step } = checkStep(draft, event, moment);
  const { pack, reason } = event.data;
  const battery = { ...without(item.battery, pack), incomplete: reason };
  advance(draft, event.item, item, step, moment, { battery });
};
