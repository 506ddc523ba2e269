import { rowKey } from '../model/row-keys.js';
import { advance, checkStep, createItem, retireTags, type ItemRule } from './item.js';
import { require } from './refusal.js';
import { ruleTable } from './rule-tables.js';

/** Name and province of the table that says how much mass may go missing: `{"permille": n}`. */
export const MASS_TOLERANCE = { name: 'massTolerance', province: 'CN' } as const;

/**
 * An item becomes parts and mass fractions. What comes out plus the loss equals what went in, within the tolerance of
 * the table that the event names.
 */
export const dismantle: ItemRule<'dismantle'> = (draft, event, moment) => {
  const { item, step, creditCode } = checkStep(draft, event, moment);
  const { outputs, lossGrams, toleranceVersion } = event.data;
  require(outputs.length > 0, 'HL-2052');
  require(item.massGrams !== undefined, 'HL-2051');
  const { permille } = ruleTable(
    draft,
    MASS_TOLERANCE.name,
    MASS_TOLERANCE.province,
    toleranceVersion,
    moment.time,
  );
  require(typeof permille === 'number', 'HL-2070');
  const out = outputs.reduce((sum, output) => sum + output.massGrams, lossGrams);
  require(Math.abs(out - item.massGrams) * 1000 <= permille * item.massGrams, 'HL-2050');
  retireTags(draft, event.item, item);
  for (const { item: id, nonce, kind, category, massGrams, tags } of outputs) {
    const row = {
      kind,
      category,
      custodian: creditCode,
      owner: item.owner,
      massGrams,
      parent: event.item,
      ...(tags?.length ? { tags } : {}),
    };
    createItem(draft, { id, nonce, row }, moment);
  }
  // A tag of an output may have marked the item as contested, so the row is read again.
  advance(draft, event.item, draft.get(rowKey.item(event.item)) ?? item, step.to, moment, {});
};

/** Final disposal: smelted, shredded, treated. The item is no more. */
export const dispose: ItemRule<'dispose'> = (draft, event, moment) => {
  const { item, step } = checkStep(draft, event, moment);
  retireTags(draft, event.item, item);
  advance(draft, event.item, item, step.to, moment, {});
};
