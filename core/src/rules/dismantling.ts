import type { EventOf } from '../model/events.js';
import type { LotFacts } from '../model/facts/lot.js';
import type { ItemRow } from '../model/rows.js';
import type { Assembly, ItemKind } from '../model/terms.js';
import type { Tag } from '../tags/tag.js';
import { checkTakenApart } from './battery-ways.js';
import type { Draft } from './draft.js';
import { requireHandler, requireLotOfWaste } from './hazardous.js';
import { advance, checkStep, createItem, latest, retireTags, type Allowed, type ItemRule } from './item.js';
import { requireFreeOrigin } from './origins.js';
import type { Moment } from './actor.js';
import { MIXED_INTAKE } from './lifecycle/index.js';
import { packsLeft } from './packs.js';
import { require } from './refusal.js';
import { namedTable } from './rule-tables.js';
import { isAssembly, requireCounted, requireFractions } from './ways.js';

/** Name and province of the table that says how much mass may go missing: `{"permille": n}`. */
export const MASS_TOLERANCE = { name: 'massTolerance', province: 'CN' } as const;

/** What comes out of an item. */
export interface Output {
  readonly item: string;
  readonly nonce: string;
  readonly kind: ItemKind;
  readonly category: string;
  readonly massGrams: number;
  readonly pieces?: number | undefined;
  /** Of a lot: what it ought to weigh, where more was weighed than went in. */
  readonly bookGrams?: number | undefined;
  readonly tags?: readonly Tag[] | undefined;
  /** Of a part: its model, where it was told apart. */
  readonly model?: string | undefined;
}

/** What is left of an item out of which something came, in grams: of a hulk what it was weighed at. */
export function massLeft({ massGrams, takenGrams = 0 }: ItemRow): number | undefined {
  return massGrams === undefined ? undefined : massGrams - takenGrams;
}

/**
 * What comes out plus the loss equals what went in, within the tolerance of a table.
 *
 * @throws Refusal HL-2050, HL-2051 its mass is not known, HL-2070 no such table, HL-2071
 */
export function balance(
  draft: Draft,
  into: number | undefined,
  out: number,
  toleranceVersion: number,
  moment: Moment,
): void {
  require(into !== undefined, 'HL-2051');
  const permille = massTolerance(draft, toleranceVersion, moment);
  require(Math.abs(out - into) * 1000 <= permille * into, 'HL-2050');
}

/** How much may go missing or appear, in thousandths. @throws Refusal HL-2070 no such table, HL-2071 not the one in force */
export function massTolerance(draft: Draft, version: number, moment: Moment): number {
  const { permille } = namedTable(draft, MASS_TOLERANCE, version, moment);
  require(typeof permille === 'number', 'HL-2070');
  return permille;
}

/** The mass of what comes out, in grams. */
export function massOf(outputs: readonly Output[]): number {
  return outputs.reduce((sum, { massGrams }) => sum + massGrams, 0);
}

/**
 * Brings what comes out of an item into the ledger: into the same hands, and its owner's property. An assembly of a scrapped
 * vehicle bears that mark for ever; what a dismantler has of them came out of such a vehicle, whatever it says, and so did what lies loose
 * on a truck of mixed goods, for nobody can name the car.
 *
 * @param facts of the lots among it
 * @throws Refusal HL-2147 a truck load, which is weighed in and nothing else, HL-2280, HL-2300 and those of new items
 */
export function bringOut(
  draft: Draft,
  from: { readonly id: string; readonly item: ItemRow },
  outputs: readonly Output[],
  holder: string,
  moment: Moment,
  facts?: LotFacts,
): void {
  const dismantles = moment.actor.participant?.roles.includes('dismantler') === true;
  const isOfScrapped = from.item.kind === 'vehicle' || dismantles || from.item.category === MIXED_INTAKE;
  for (const output of outputs) {
    require(output.category !== MIXED_INTAKE, 'HL-2147');
    requireCounted(output, from.item);
    requireLotOfWaste(draft, output, moment.time);
    const { item: id, nonce, kind, category, massGrams, pieces, bookGrams, tags, model } = output;
    const scrapped = isOfScrapped && isAssembly(category);
    const row = {
      kind,
      category,
      custodian: holder,
      owner: from.item.owner,
      massGrams,
      parent: from.id,
      ...(kind === 'lot' && (facts ?? pieces ?? bookGrams) !== undefined
        ? { lot: { ...facts, pieces, bookGrams } }
        : {}),
      ...(kind === 'part' ? { class: 'usedPart' as const } : {}),
      ...(kind === 'part' && model !== undefined ? { model } : {}),
      ...(scrapped ? { fromScrapped: true } : {}),
      ...(tags?.length ? { tags } : {}),
    };
    const state = kind === 'battery' ? 'removed' : 'registered';
    createItem(draft, { id, nonce, row, state }, moment);
  }
}

/**
 * An item becomes parts and mass fractions. A vehicle does so in several steps, and is weighed when all is out; everything
 * else at once. An appliance keeps its tags until its record is closed.
 */
export const dismantle: ItemRule<'dismantle'> = (draft, event, moment) => {
  const allowed = checkStep(draft, event, moment);
  const { item, step, creditCode } = allowed;
  const { outputs, lossGrams = 0, toleranceVersion = 0 } = event.data;
  require(outputs.length > 0, 'HL-2052');
  if (item.kind === 'vehicle') return takeOut(draft, event, allowed, moment);
  require(!outputs.some(({ category }) => isAssembly(category)), 'HL-2281');
  requireFractions(item, outputs, moment.actor.participant, moment.time);
  if (item.kind === 'battery') checkTakenApart(draft, item, outputs, moment);
  requireFreeOrigin(draft, item);
  balance(draft, item.massGrams, massOf(outputs) + lossGrams, toleranceVersion, moment);
  if (item.kind !== 'device') retireTags(draft, event.item, item);
  bringOut(draft, { id: event.item, item }, outputs, creditCode, moment);
  advance(draft, event.item, latest(draft, event.item, item), step, moment, {});
};

/**
 * Some of a vehicle comes out: fluids, hazardous parts, assemblies, reusable parts. Of each assembly no more than the vehicle
 * has, and never more mass than was taken in.
 *
 * @throws Refusal HL-2103, HL-2050, HL-2161 to HL-2164, HL-2166, HL-2171
 */
export function takeOut(
  draft: Draft,
  event: EventOf<'depollute' | 'dismantle'>,
  { item, step, creditCode }: Allowed,
  moment: Moment,
): void {
  const { outputs } = event.data;
  require(outputs.length > 0, 'HL-2052');
  const taken = takenFrom(item, outputs);
  const change = { ...taken, ...packsLeft(draft, event.item, item, outputs) };
  bringOut(draft, { id: event.item, item }, outputs, creditCode, moment);
  advance(draft, event.item, latest(draft, event.item, item), step, moment, change);
}

/** What comes out of a vehicle, as far as its record goes. */
type Taken = Pick<Output, 'category' | 'massGrams'> & { readonly kind: ItemRow['kind'] };

/**
 * The facts of a vehicle after something came out of it.
 *
 * @throws Refusal HL-2050, HL-2051, HL-2103
 */
export function takenFrom(vehicle: ItemRow, taken: readonly Taken[]): Partial<ItemRow> {
  require(vehicle.massGrams !== undefined, 'HL-2051');
  const takenGrams = taken.reduce((sum, { massGrams }) => sum + massGrams, vehicle.takenGrams ?? 0);
  require(takenGrams <= vehicle.massGrams, 'HL-2050');
  const assemblies = assembliesLeft(vehicle, taken);
  return { takenGrams, ...(assemblies === undefined ? {} : { assemblies }) };
}

/** How many of each assembly a vehicle still has. One of each, unless its record says otherwise. */
function assembliesLeft(item: ItemRow, outputs: readonly Taken[]): ItemRow['assemblies'] {
  const taken = outputs.flatMap(({ kind, category }) =>
    kind === 'part' && isAssembly(category) ? [category] : [],
  );
  if (taken.length === 0) return undefined;
  const left: { [Name in Assembly]?: number | undefined } = { ...item.assemblies };
  for (const assembly of taken) {
    const count = left[assembly] ?? 1;
    require(count > 0, 'HL-2103');
    left[assembly] = count - 1;
  }
  return left;
}

/** Final disposal: smelted, shredded, treated. The item is no more. A truck load is sorted first. @throws Refusal HL-2140, HL-2148 */
export const dispose: ItemRule<'dispose'> = (draft, event, moment) => {
  const { item, step } = checkStep(draft, event, moment);
  require(item.category !== MIXED_INTAKE, 'HL-2140');
  requireHandler(draft, item, moment.actor.participant, moment.time);
  requireFreeOrigin(draft, item);
  retireTags(draft, event.item, item);
  advance(draft, event.item, latest(draft, event.item, item), step, moment, {});
};
