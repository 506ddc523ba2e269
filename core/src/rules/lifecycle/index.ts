import type { ItemEventType } from '../../model/events.js';
import type { ItemRow } from '../../model/rows.js';
import type { ItemKind, ItemState } from '../../model/terms.js';
import { batteryLife } from './battery.js';
import { containerLife } from './container.js';
import { custodySteps } from './custody.js';
import { deviceLife } from './device.js';
import { lotLife } from './lot.js';
import { manifestLife } from './manifest.js';
import { partLife } from './part.js';
import type { Life, Step, Who } from './step.js';
import { vehicleLife } from './vehicle.js';

export type { Condition, Step, Who } from './step.js';
export { isTakenApart } from './device.js';
export { MIXED_INTAKE } from './lot.js';
export { isAtDismantler, isCertified, isDrained, mayBeCertified } from './vehicle.js';

const LIVES: Readonly<Record<ItemKind, Life>> = {
  vehicle: vehicleLife,
  part: partLife,
  device: deviceLife,
  battery: batteryLife,
  lot: lotLife,
  manifest: manifestLife,
  container: containerLife,
};
const lives = Object.entries(LIVES) as [ItemKind, Life][];

/** The life cycle tables of all kinds. Checks, docs, prompts and the coverage of the tests are made from them. */
export const lifecycle: readonly Step[] = [
  ...lives.flatMap(([, { steps }]) => steps),
  ...lives.flatMap(([kind, life]) => (life.movable.length > 0 ? custodySteps(kind, life) : [])),
];

/** The tables by event and kind, for they are asked about each event. */
const steps = new Map<string, Step>(
  lifecycle.flatMap((step) => step.kinds.map((kind) => [`${step.event} ${kind}`, step] as const)),
);

/** The row for a step of a kind of item, or undefined when this kind has no such step. */
export function stepOf(event: ItemEventType, kind: ItemKind): Step | undefined {
  return steps.get(`${event} ${kind}`);
}

/** Who may take a step of an item as it is. Who issued the certificate that stands its row does not tell: the rule of the step asks. */
export function whoTakes({ who }: Step, { certificate }: ItemRow): Exclude<Who, 'issuer'> {
  if (who !== 'issuer') return who;
  return certificate === undefined ? 'custodian' : 'anyone';
}

/** Whether a thing is no more. */
export function isGone({ kind, state }: Pick<ItemRow, 'kind' | 'state'>): boolean {
  return state === 'voided' || LIVES[kind].ends.includes(state);
}

/** The states of a kind after which it is no more. */
export function endsOf(kind: ItemKind): readonly ItemState[] {
  return LIVES[kind].ends;
}
