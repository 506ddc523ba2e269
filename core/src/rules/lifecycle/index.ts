import type { ItemEventType } from '../../model/events.js';
import type { ItemRow } from '../../model/rows.js';
import type { ItemKind, ItemState } from '../../model/terms.js';
import { custodySteps } from './custody.js';
import { otherSteps } from './others.js';
import { partSteps } from './part.js';
import type { Step } from './step.js';
import { vehicleSteps } from './vehicle.js';

export type { Condition, Step, Who } from './step.js';
export { isAtDismantler, isDrained } from './vehicle.js';

/** The life cycle tables of all kinds. Checks, docs, prompts and the coverage of the tests are made from them. */
export const lifecycle: readonly Step[] = [...vehicleSteps, ...partSteps, ...otherSteps, ...custodySteps];

/** The tables by event and kind, for they are asked about each event. */
const steps = new Map<string, Step>(
  lifecycle.flatMap((step) => step.kinds.map((kind) => [`${step.event} ${kind}`, step] as const)),
);

/** The row for a step of a kind of item, or undefined when this kind has no such step. */
export function stepOf(event: ItemEventType, kind: ItemKind): Step | undefined {
  return steps.get(`${event} ${kind}`);
}

/** States after which an item is no more. A dismantled vehicle still is one: it is not a hulk yet. */
const ENDS: Readonly<Record<ItemKind, readonly ItemState[]>> = {
  vehicle: ['shredded'],
  part: ['dismantled', 'remanufactured', 'disposed'],
  device: ['dismantled', 'disposed'],
  battery: ['dismantled', 'disposed'],
  lot: ['disposed'],
};

/** Whether a thing is no more. */
export function isGone({ kind, state }: Pick<ItemRow, 'kind' | 'state'>): boolean {
  return ENDS[kind].includes(state);
}

/** The states of a kind after which it is no more. */
export function endsOf(kind: ItemKind): readonly ItemState[] {
  return ENDS[kind];
}
