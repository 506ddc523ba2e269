import type { EventOf } from '../model/events.js';
import { catalogueEntry, MEASURES } from '../model/facts/appliance-catalogue.js';
import type { ApplianceFacts } from '../model/facts/appliance.js';
import { rowKey } from '../model/row-keys.js';
import type { ItemRow } from '../model/rows.js';
import { addTag, advance, checkStep, type ItemRule } from './item.js';
import { require } from './refusal.js';
import { namedTable } from './rule-tables.js';

/** Table of the parts that a unit must have to be whole: by type or, where it names none, by category. Unconfirmed values. */
export const REQUIRED_PARTS = { name: 'requiredParts', province: 'CN' } as const;

type Received = EventOf<'receiveUnit'>['data'];

/** An item's facts as an appliance with some of them changed. */
export function withFacts(item: ItemRow, change: ApplianceFacts): { readonly appliance: ApplianceFacts } {
  return { appliance: { ...item.appliance, ...change } };
}

/** The codes that a table lists for a unit: by its type, else by its category; undefined when it lists none. */
export function listedFor(
  table: ReturnType<typeof namedTable>,
  { category, appliance }: Pick<ItemRow, 'category' | 'appliance'>,
): readonly string[] | undefined {
  const listed = (name: string | undefined) =>
    name !== undefined && Object.hasOwn(table, name) ? table[name] : undefined;
  const found = listed(appliance?.type) ?? listed(category);
  return Array.isArray(found) ? found.map(String) : undefined;
}

/**
 * A unit is weighed in, described and found whole or not. What was missing once stays missing: a plant that weighs it in again
 * cannot make it whole.
 *
 * @throws Refusal HL-2123, HL-2124, HL-2126, HL-2132, HL-2286, HL-2070
 */
export const receiveUnit: ItemRule<'receiveUnit'> = (draft, event, moment) => {
  const { item: before, step, creditCode } = checkStep(draft, event, moment);
  const { data } = event;
  checkDescription(before, data);
  const { partner, type } = before.appliance ?? {};
  require(partner === undefined || type === data.type, 'HL-2286');
  const item = data.label === undefined ? before : addTag(draft, event.item, before, data.label, moment);
  checkIdentity(item, data);
  const described = {
    ...item.appliance,
    type: data.type,
    identity: data.identity,
    receivedBy: creditCode,
    ...Object.fromEntries(MEASURES.map((measure) => [measure, data[measure]])),
    ...(data.label === undefined ? {} : labelling(creditCode)),
  };
  const table = namedTable(draft, REQUIRED_PARTS, data.partsVersion, moment);
  const missing = missingOf({ ...item, appliance: described }, data, table);
  advance(draft, event.item, item, step, moment, {
    massGrams: data.massGrams,
    appliance: { ...described, ...missing },
  });
};

/** A label is that of who put it on. */
function labelling(creditCode: string): Pick<ApplianceFacts, 'labelled' | 'labelledBy'> {
  return { labelled: true, labelledBy: creditCode };
}

/** Type and measures are those that units of its category have. */
function checkDescription({ category }: ItemRow, data: Received): void {
  const entry = catalogueEntry(category);
  const types = entry?.types ?? [];
  const fits = data.type === undefined ? types.length === 0 : types.includes(data.type);
  const measured = MEASURES.filter((measure) => data[measure] !== undefined);
  require(fits && measured.every((measure) => measure === entry?.measure), 'HL-2126');
}

/** `serial` is proved by the nameplate's photograph, and by a tag that is not the plant's label. */
function checkIdentity(item: ItemRow, { identity, nameplate, label }: Received): void {
  if (identity === 'label') return;
  const own = label === undefined ? undefined : rowKey.tag(label);
  const named = item.tags?.some((tag) => tag.scheme !== 'label' && rowKey.tag(tag) !== own);
  require(nameplate !== undefined && named === true, 'HL-2123');
}

function missingOf(
  item: ItemRow,
  { missing: found = [], evidence = [] }: Received,
  table: ReturnType<typeof namedTable>,
): Pick<ApplianceFacts, 'missing' | 'incomplete'> {
  const before = item.appliance?.missing ?? [];
  const required = listedFor(table, item) ?? [];
  const isRequired = (part: string): boolean => required.includes(part);
  require(evidence.length > 0 ||
    !found.some((part) => isRequired(part) && !before.includes(part)), 'HL-2124');
  const missing = [...new Set([...before, ...found])].sort();
  if (missing.length === 0) return {};
  const incomplete = item.appliance?.incomplete === true || missing.some(isRequired);
  return { missing, ...(incomplete ? { incomplete } : {}) };
}

/** The plant's label, where it came off or was not there at intake. @throws Refusal HL-2132, HL-2041 */
export const labelUnit: ItemRule<'labelUnit'> = (draft, event, moment) => {
  const { item: before, step, creditCode } = checkStep(draft, event, moment);
  const item = addTag(draft, event.item, before, event.data.label, moment);
  advance(draft, event.item, item, step, moment, withFacts(item, labelling(creditCode)));
};
