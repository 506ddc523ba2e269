import { sameCode } from '../model/codes.js';
import type { ItemRow, ParticipantRow } from '../model/rows.js';
import { hasLicence, wasteNames } from './actor.js';
import type { Draft } from './draft.js';
import { tableInForce } from './in-force.js';
import { require } from './refusal.js';

/** The table of categories of lots that are hazardous waste, each with the codes of the national list: `{"circuitBoards": "900-045-49"}`. */
export const HAZARDOUS_CATEGORIES = { name: 'hazardousCategories', province: 'CN' } as const;

/**
 * The waste codes that a lot may bear: its own, if it was shipped under one, else those of its category.
 *
 * @returns undefined when it is no hazardous waste
 */
export function wasteCodesOf(draft: Draft, item: ItemRow, time: number): readonly string[] | undefined {
  if (item.kind !== 'lot') return undefined;
  if (item.lot?.wasteCode !== undefined) return [item.lot.wasteCode];
  return codesOf(draft, item.category, time);
}

/** The waste codes that the table in force lists for a category. */
function codesOf(draft: Draft, category: string, time: number): readonly string[] | undefined {
  const table = tableInForce(draft, HAZARDOUS_CATEGORIES, time) ?? {};
  const listed = sameCode(Object.keys(table).sort(), category);
  const codes = listed === undefined ? undefined : table[listed];
  if (codes === undefined) return undefined;
  return typeof codes === 'object' ? codes.map(String) : [String(codes)];
}

/**
 * Whether a thing might be hazardous waste under the name of something that changes hands without a manifest. Who may have a traction
 * battery its own rules say, and its code (GB/T 34014) tells that it is one; a lead-acid battery bears none.
 */
export function mayHideWaste({ kind, tags }: Pick<ItemRow, 'kind' | 'tags'>): boolean {
  if (kind === 'battery') return tags?.some(({ scheme }) => scheme === 'battery') !== true;
  return kind === 'part' || kind === 'device';
}

/**
 * What is listed as hazardous waste enters the ledger as a lot: as a part it would leave without a manifest. The same law, article 82.
 *
 * @throws Refusal HL-2300
 */
export function requireLotOfWaste(
  draft: Draft,
  thing: Pick<ItemRow, 'kind' | 'category' | 'tags'>,
  time: number,
): void {
  require(!mayHideWaste(thing) || codesOf(draft, thing.category, time) === undefined, 'HL-2300');
}

/** True for a hazardous-waste handler with a licence in force for a waste code. */
export function mayHandle(participant: ParticipantRow, wasteCode: string, time: number): boolean {
  const { roles, status } = participant;
  return (
    status === 'active' &&
    roles.includes('hazardousWasteHandler') &&
    hasLicence(participant, 'hazardousWasteHandler', wasteNames(wasteCode), time)
  );
}

/**
 * Hazardous waste is treated and used by who is licensed for it. Law on the prevention of pollution by solid waste, article 80.
 *
 * @throws Refusal HL-2148
 */
export function requireHandler(
  draft: Draft,
  item: ItemRow,
  participant: ParticipantRow | undefined,
  time: number,
): void {
  const codes = wasteCodesOf(draft, item, time);
  if (codes === undefined) return;
  require(participant && codes.some((code) => mayHandle(participant, code, time)), 'HL-2148');
}

/**
 * Hazardous waste changes hands under a manifest and not otherwise. The same law, article 82.
 *
 * @throws Refusal HL-2149
 */
export function requireNoManifestDue(draft: Draft, item: ItemRow, time: number): void {
  require(wasteCodesOf(draft, item, time) === undefined, 'HL-2149');
}
