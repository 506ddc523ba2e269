import { factsWith } from '../model/facts/insurance.js';
import { rowKey } from '../model/row-keys.js';
import type { ItemRow, SaleRow, TagRow } from '../model/rows.js';
import { MAX_GRADES, saleId, type GradedCore } from '../model/sale.js';
import { isInDeposit, isInPilot } from '../prices/old-for-reman.js';
import { dayOf } from '../time/day.js';
import type { Draft } from './draft.js';
import { addTag, advance, checkStep, type ItemRule } from './item.js';
import { requireFreeOrigin } from './origins.js';
import { require } from './refusal.js';
import { keptTable, namedTable } from './rule-tables.js';

/** Names and province of the tables; both are unconfirmed. See docs/design/formats.md for their members. */
export const STATE_PILOT = { name: 'statePilot', province: 'CN' } as const;
export const CORE_DEPOSIT = { name: 'coreDeposit', province: 'CN' } as const;

/**
 * A remanufactured part is sold for an old one. Each part is sold so once, and each line of a sale names one part.
 *
 * @throws Refusal HL-2070, HL-2115, HL-2225 to HL-2228, HL-2238, HL-2239
 */
export const sellRemanufactured: ItemRule<'sellRemanufactured'> = (draft, event, moment) => {
  const { item, step, creditCode } = checkStep(draft, event, moment);
  const { price, statePilotVersion, coreDepositVersion, ...line } = event.data;
  require(line.seller === creditCode, 'HL-2238');
  requireFreeOrigin(draft, item);
  require(statePilotVersion !== undefined || coreDepositVersion !== undefined, 'HL-2226');
  require(item.contested !== true, 'HL-2225');
  require(item.insurance?.sale === undefined, 'HL-2227');
  const id = saleId(line);
  require(draft.get(rowKey.reman(id)) === undefined, 'HL-2228');
  if (statePilotVersion !== undefined) {
    const table = namedTable(draft, STATE_PILOT, statePilotVersion, moment);
    require(isInPilot(table, item.category), 'HL-2239');
  }
  if (coreDepositVersion !== undefined) {
    const table = namedTable(draft, CORE_DEPOSIT, coreDepositVersion, moment);
    require(isInDeposit(table), 'HL-2070');
  }
  const { category } = item;
  const sold = { product: event.item, category, price, time: moment.time };
  draft.put(rowKey.reman(id), { ...sold, statePilotVersion, coreDepositVersion });
  advance(draft, event.item, item, step, moment, { insurance: factsWith(item.insurance, { sale: id }) });
};

/**
 * The old part comes back for a line of a sale. A core comes back once, whoever brings it: it, and the tags on it, bear the
 * sale for which it came. One without a number or a label could be registered anew and come back again.
 *
 * @throws Refusal HL-2041, HL-2115, HL-2132, HL-2225, HL-2229 to HL-2232, HL-2238, HL-2285, HL-2288
 */
export const receiveCore: ItemRule<'receiveCore'> = (draft, event, moment) => {
  // Before who holds it: that it came back already is what has to be said.
  const core = draft.get(rowKey.item(event.item));
  require(core?.insurance?.offer === undefined, 'HL-2230');
  const { item: before, step, creditCode } = checkStep(draft, event, moment);
  requireFreeOrigin(draft, before);
  const { label } = event.data;
  const item = label === undefined ? before : addTag(draft, event.item, before, label, moment);
  const tags = (item.tags ?? []).map((tag) => rowKey.tag(tag));
  require(tags.every((key) => draft.get(key)?.offered === undefined), 'HL-2230');
  require(item.contested !== true, 'HL-2225');
  require(event.data.seller === creditCode, 'HL-2238');
  const id = saleId(event.data);
  const sale = draft.get(rowKey.reman(id));
  require(sale?.product === event.data.product, 'HL-2229');
  require(sale.product !== event.item, 'HL-2285');
  require(sale.core === undefined, 'HL-2231');
  require(sale.category === item.category, 'HL-2232');
  require(tags.length > 0, 'HL-2288');
  draft.put(rowKey.reman(id), { ...sale, core: event.item, returned: moment.time });
  for (const key of tags) {
    const bound: TagRow | undefined = draft.get(key);
    if (bound) draft.put(key, { ...bound, offered: id });
  }
  advance(draft, event.item, item, step, moment, { insurance: factsWith(item.insurance, { offer: id }) });
};

/**
 * The seller claims what is due for a core that came back and was graded: each entitlement once. When the grade was
 * corrected since, the deposit is claimed once more and its difference is due. While it is in dispute which core that was, nothing is.
 *
 * @throws Refusal HL-2070, HL-2225, HL-2229, HL-2233 to HL-2238
 */
export const claimEntitlement: ItemRule<'claimEntitlement'> = (draft, event, moment) => {
  const { item, step, creditCode } = checkStep(draft, event, moment);
  const { scheme, core: coreId, ...line } = event.data;
  require(line.seller === creditCode, 'HL-2238');
  const key = rowKey.reman(saleId(line));
  const sale = draft.get(key);
  require(sale?.product === event.item, 'HL-2229');
  require(sale.core === coreId, 'HL-2233');
  require(sale[`${scheme}Version`] !== undefined, 'HL-2237');
  const core = draft.get(rowKey.item(coreId));
  require(core?.grade !== undefined, 'HL-2234');
  require(core.contested !== true, 'HL-2225');
  const graded: GradedCore = { grade: core.grade, missing: core.insurance?.missing };
  draft.put(
    key,
    scheme === 'statePilot' ? withPilot(sale, graded) : withDeposit(draft, sale, graded, moment.time),
  );
  advance(draft, event.item, item, step, moment, {});
};

function withPilot(sale: SaleRow, statePilot: GradedCore): SaleRow {
  require(sale.statePilot === undefined, 'HL-2236');
  return { ...sale, statePilot };
}

function withDeposit(draft: Draft, sale: SaleRow, graded: GradedCore, time: number): SaleRow {
  const table = keptTable(draft, CORE_DEPOSIT, sale.coreDepositVersion ?? 0, time);
  const days = dayOf(sale.returned ?? time) - dayOf(sale.time);
  require(typeof table['returnDays'] === 'number' && days <= table['returnDays'], 'HL-2235');
  const before = sale.coreDeposit ?? [];
  const last = before.at(-1);
  require(last === undefined || !isSame(last, graded), 'HL-2236');
  require(before.length < MAX_GRADES, 'HL-2236');
  return { ...sale, coreDeposit: [...before, graded] };
}

function isSame(one: GradedCore, other: GradedCore): boolean {
  const [a, b] = [one.missing ?? [], other.missing ?? []];
  return one.grade === other.grade && a.length === b.length && a.every((part) => b.includes(part));
}

/** Facts of a core after its grading. */
export function gradedFacts(
  { insurance }: ItemRow,
  missing: readonly string[] = [],
): Pick<ItemRow, 'insurance'> {
  return { insurance: factsWith(insurance, { missing: missing.length === 0 ? undefined : missing }) };
}
