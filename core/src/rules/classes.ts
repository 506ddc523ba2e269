import { advance, checkStep, createItem, latest, retireTags, type ItemRule } from './item.js';
import { requireFreeOrigin } from './origins.js';
import { gradedFacts } from './old-for-reman.js';
import { require } from './refusal.js';
import { requireMassOfCore, requireRemanufacturable, tellUnproved } from './remanufacturing.js';
import { settlesQuestion } from './undo.js';

/**
 * The remanufacturer says what a core is worth. One that is `unfit` goes to a smelter or shredder and is not graded again until it is
 * fit: who has erred declares the grade wrong, and where that stands the right one names it.
 *
 * @throws Refusal HL-2111, HL-2115
 */
export const grade: ItemRule<'grade'> = (draft, event, moment) => {
  const { item, step } = checkStep(draft, event, moment);
  requireFreeOrigin(draft, item);
  require(item.grade !== 'unfit' || settlesQuestion(item, moment.event), 'HL-2111');
  const { grade: given, missing } = event.data;
  advance(draft, event.item, item, step, moment, { grade: given, ...gradedFacts(item, missing) });
};

/** A used part becomes a second-hand part. @throws Refusal HL-2115 */
export const markReused: ItemRule<'markReused'> = (draft, event, moment) => {
  const { item, step } = checkStep(draft, event, moment);
  requireFreeOrigin(draft, item);
  advance(draft, event.item, item, step, moment, {});
};

/** A used part is to be remanufactured. @throws Refusal HL-2110, HL-2115 */
export const designateCore: ItemRule<'designateCore'> = (draft, event, moment) => {
  const { item, step } = checkStep(draft, event, moment);
  requireFreeOrigin(draft, item);
  requireRemanufacturable(draft, item, moment.time);
  advance(draft, event.item, item, step, moment, {});
};

/**
 * A core becomes one product, once. The product has been tested, bears the mark 再制造 and names its core.
 *
 * @throws Refusal HL-2110, HL-2114 when the product is another kind of part than its core, HL-2115, HL-2287
 */
export const remanufacture: ItemRule<'remanufacture'> = (draft, event, moment) => {
  const { item, step, creditCode } = checkStep(draft, event, moment);
  requireFreeOrigin(draft, item);
  requireRemanufacturable(draft, item, moment.time);
  requireMassOfCore(draft, item, event.data, moment.time);
  tellUnproved(event.data, moment);
  const { item: id, nonce, kind, category, massGrams, tags } = event.data.product;
  require(kind === 'part' && category === item.category, 'HL-2114');
  retireTags(draft, event.item, item);
  const row = {
    kind,
    category,
    custodian: creditCode,
    owner: item.owner,
    massGrams,
    class: 'remanufacturedPart' as const,
    core: event.item,
    inspection: 'fit' as const,
    ...(tags?.length ? { tags } : {}),
  };
  createItem(draft, { id, nonce, row, state: 'inspected' }, moment);
  advance(draft, event.item, latest(draft, event.item, item), step, moment, {});
};
