import type { LedgerEvent } from '../model/events.js';
import type { ParticipantRow } from '../model/rows.js';
import type { Role } from '../model/terms.js';
import { civilDate, dayOf } from '../time/day.js';
import type { Found, Intake, SeenEvent } from './finding.js';

/**
 * Steps by which a licence's capacity is used up, by the kind of the licence. Capacities of other kinds are in tonnes and are not
 * counted: a licence does not say of what.
 */
const COUNTED: Partial<Readonly<Record<LedgerEvent['type'], Role>>> = {
  receive: 'dismantler',
  receiveUnit: 'processor',
};

const NOTHING: Intake = { count: 0, above: false };

/** Under which key the intake is kept that an event adds to: `party/kind/year`; undefined for most events. */
export function intakeOf({ event, verdict, signer, time }: SeenEvent): string | undefined {
  const kind = COUNTED[event.type];
  if (kind === undefined || verdict !== 'accepted') return undefined;
  return `${signer}/${kind}/${civilDate(dayOf(time)).year}`;
}

/**
 * Counts an intake. More than the licences in force allow in a year is a finding and no refusal: what stands in the yard has to be
 * recorded, and a device without a network cannot know the count.
 */
export function ofIntake(
  { event, time }: SeenEvent,
  party: ParticipantRow | undefined,
  { count, above }: Intake = NOTHING,
): { readonly intake: Intake; readonly found: readonly Found[] } {
  const kind = COUNTED[event.type];
  const capacity = (party?.licences ?? [])
    .filter((licence) => licence.kind === kind && licence.countersignedBy !== undefined)
    .filter(({ validFrom, validTo }) => validFrom <= time && time < validTo)
    .reduce((sum, { annualCapacity }) => sum + annualCapacity, 0);
  // Whoever acts without a licence of the kind is judged by the rules.
  const intake = { count: count + 1, above: capacity > 0 && count + 1 > capacity };
  if (!intake.above || above || !('item' in event)) return { intake, found: [] };
  const { year } = civilDate(dayOf(time));
  const evidence = { year, capacity, count: intake.count };
  return { intake, found: [{ kind: 'capacityExceeded', items: [event.item], evidence }] };
}
