import type { EventOf } from '../model/events.js';
import { makeSet } from '../model/facts/appliance-catalogue.js';
import type { ApplianceFacts } from '../model/facts/appliance.js';
import { rowKey } from '../model/row-keys.js';
import type { ItemRow } from '../model/rows.js';
import type { Moment } from './actor.js';
import { withFacts } from './appliances.js';
import type { Draft } from './draft.js';
import { advance, checkStep, type Allowed, type ItemRule } from './item.js';
import { isGone } from './lifecycle/index.js';
import { require } from './refusal.js';
import { withoutUndo } from './undo.js';

/** Most indoor units of one outdoor unit, so that its row stays short. */
const MOST_INDOOR = 16;

interface Pair extends Allowed {
  readonly other: ItemRow;
}

/**
 * Two units are one set: the host and the monitor of a desktop computer, the indoor and the outdoor unit of an air conditioner. Both
 * are in the signer's hands and neither has a partner; an outdoor unit may have several indoor units, which are one set with it.
 *
 * @throws Refusal HL-2127, HL-2128, and those of {@link checkPair}
 */
export const bindSet: ItemRule<'bindSet'> = (draft, event, moment) => {
  const { partner } = event.data;
  const { item, other, step } = checkPair(draft, event, moment);
  require(makeSet(item.appliance?.type, other.appliance?.type), 'HL-2127');
  require(mayHaveAnother(item) && mayHaveAnother(other), 'HL-2128');
  mention(draft, partner, other, [...partnersOf(other), event.item]);
  advance(draft, event.item, item, step, moment, withPartners(item, [...partnersOf(item), partner]));
};

/**
 * Two units are no set any more: they were bound by mistake, or one of them is to go another way. Both are where they could be bound;
 * what is dismantled has counted as it was.
 *
 * @throws Refusal HL-2133, and those of {@link checkPair}
 */
export const unbindSet: ItemRule<'unbindSet'> = (draft, event, moment) => {
  const { partner } = event.data;
  const { item, other, step } = checkPair(draft, event, moment);
  require(partnersOf(item).includes(partner), 'HL-2133');
  const without = (row: ItemRow, id: string): string[] => partnersOf(row).filter((each) => each !== id);
  mention(draft, partner, other, without(other, event.item));
  advance(draft, event.item, item, step, moment, withPartners(item, without(item, partner)));
};

/** Both units of a step, each as its rules ask for. @throws Refusal HL-2127; HL-2001, HL-2010, HL-2011, HL-2020, HL-2021, HL-2176 of the partner */
function checkPair(draft: Draft, event: EventOf<'bindSet' | 'unbindSet'>, moment: Moment): Pair {
  const allowed = checkStep(draft, event, moment);
  require(event.data.partner !== event.item, 'HL-2127');
  const other = draft.get(rowKey.item(event.data.partner));
  require(other, 'HL-2001');
  require(other.kind === 'device' && other.category === allowed.item.category, 'HL-2127');
  require(!isGone(other), 'HL-2011');
  // The row of what lies in a container does not say who holds it now.
  require(other.logistics?.container === undefined, 'HL-2176');
  require(other.custodian === allowed.creditCode, 'HL-2020');
  require(allowed.step.from.includes(other.state), 'HL-2010');
  require(other.handover === undefined, 'HL-2021');
  return { ...allowed, other };
}

function partnersOf({ appliance }: ItemRow): readonly string[] {
  const { partner, morePartners = [] } = appliance ?? {};
  return partner === undefined ? [] : [partner, ...morePartners];
}

/** Whether a unit may be bound to one more: an outdoor unit to several, others to one. */
export function mayHaveAnother(unit: ItemRow): boolean {
  const bound = partnersOf(unit).length;
  return bound === 0 || (unit.appliance?.type === 'splitOutdoor' && bound < MOST_INDOOR);
}

function withPartners(
  unit: ItemRow,
  [partner, ...others]: readonly string[],
): { readonly appliance: ApplianceFacts } {
  return withFacts(unit, { partner, morePartners: others.length > 0 ? others : undefined });
}

/** The partner learns of it; the event is not among its own. */
function mention(draft: Draft, id: string, unit: ItemRow, partners: readonly string[]): void {
  draft.put(rowKey.item(id), withoutUndo({ ...unit, ...withPartners(unit, partners) }));
}
