import { rowKey } from '../model/row-keys.js';
import type { ItemRow } from '../model/rows.js';
import { capitals } from '../tags/letters.js';
import type { Tag, TagScheme } from '../tags/tag.js';
import { findVin } from '../tags/vin.js';
import type { Draft } from './draft.js';
import { addTag, advance, checkStep, type ItemRule } from './item.js';
import { originsOf, requireFreeOrigin } from './origins.js';
import { require } from './refusal.js';
import { boundOf, type CodeLack } from './ways.js';

/** Schemes under which a digest stands, in which nobody reads a number. */
const DIGESTS: readonly TagScheme[] = ['label', 'imei'];

/**
 * A part gets a code that it bears from now on, or its model is put on record. It may have come out without a label, or lost it. The
 * model that was named last counts; the journal shows all.
 *
 * @throws Refusal HL-2012 neither is named, HL-2041, HL-2115, HL-2132
 */
export const codePart: ItemRule<'codePart'> = (draft, event, moment) => {
  const { item, step } = checkStep(draft, event, moment);
  const { label, model = item.model } = event.data;
  require(label ?? event.data.model, 'HL-2012');
  requireFreeOrigin(draft, item);
  const { tags, contested } = label === undefined ? item : addTag(draft, event.item, item, label, moment);
  advance(draft, event.item, item, step, moment, { contested, model, tags });
};

/**
 * What the code of an assembly of a scrapped vehicle lacks, so that a remanufacturer may not have it: each bears a code of its own, and
 * that of a frame the number of the vehicle that it came out of. What a smelter or a shredder gets needs none.
 */
export function codeLackOf(draft: Draft, item: ItemRow): CodeLack | undefined {
  if (item.fromScrapped !== true) return undefined;
  const tags = item.tags ?? [];
  if (tags.length === 0) return 'HL-2313';
  if (item.category !== 'frame') return undefined;
  const numbers = numbersOfVehicle(draft, item);
  return tags.some((tag) => carries(tag, numbers)) ? undefined : 'HL-2314';
}

/** Whether an assembly of a scrapped vehicle goes on to be used while nobody has told its model. */
export function tellsNoModel(item: ItemRow): boolean {
  return item.fromScrapped === true && item.model === undefined && boundOf(item)?.endsWith(' fit') === true;
}

/** The VIN of the nearest vehicle that it came out of, or the frame number of one that has none; undefined where no vehicle is known. */
function numbersOfVehicle(draft: Draft, item: ItemRow): readonly Tag[] | undefined {
  const read = (id: string): ItemRow | undefined => draft.get(rowKey.item(id));
  const vehicle = originsOf(item, read)
    .map(read)
    .find((each) => each?.kind === 'vehicle');
  const named = (wanted: TagScheme): readonly Tag[] =>
    vehicle?.tags?.filter(({ scheme }) => scheme === wanted) ?? [];
  return vehicle && [named('vin'), named('serial')].find((numbers) => numbers.length > 0);
}

/** Whether a tag bears one of the numbers. Of a vehicle that is not on the ledger nobody knows its VIN: then any will do. */
function carries({ scheme, value }: Tag, numbers: readonly Tag[] | undefined): boolean {
  if (DIGESTS.includes(scheme)) return false;
  const text = capitals(value);
  if (numbers === undefined) return findVin(text) !== undefined;
  return numbers.some((number) => holds(text, number));
}

/** A VIN is told anywhere in a code. A frame number may be short, so it stands by itself: `17` is not in `serial:2017-1`. */
function holds(text: string, { scheme, value }: Tag): boolean {
  const number = capitals(value);
  if (scheme === 'vin') return text.includes(number);
  for (let at = text.indexOf(number); at >= 0; at = text.indexOf(number, at + 1)) {
    const around = text.charAt(at - 1) + text.charAt(at + number.length);
    if (!/[0-9A-Z]/.test(around)) return true;
  }
  return false;
}
