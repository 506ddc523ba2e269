import { isOtherCategory } from '../rules/vehicle-categories.js';
import { itemSeen } from './created.js';
import type { Found, SeenEvent, Surroundings } from './finding.js';

/** A vehicle that stands still because it may be stolen, or because its numbers were altered. */
export function ofHolds({ event, verdict }: SeenEvent): readonly Found[] {
  if (event.type !== 'hold' || verdict !== 'accepted') return [];
  const { reason } = event.data;
  if (reason === 'underInvestigation') return [];
  return [{ kind: reason, items: [event.item], evidence: { reason } }];
}

/** Who takes a vehicle in, or the register of the police, says that it is another kind of vehicle than it was registered as. */
export function ofCategory({ event, verdict }: SeenEvent, around: Surroundings): readonly Found[] {
  if (verdict !== 'accepted' || (event.type !== 'receive' && event.type !== 'cancelRegistration')) return [];
  const seen = event.data.category;
  const category = itemSeen(around, event.item)?.category;
  if (seen === undefined || category === undefined || !isOtherCategory(category, seen)) return [];
  return [{ kind: 'categoryDiffers', items: [event.item], evidence: { category, seen } }];
}
