import type { LedgerEvent } from '../model/events.js';
import { rowKey } from '../model/row-keys.js';
import type { ParticipantRow } from '../model/rows.js';
import type { Role } from '../model/terms.js';
import { becameOf, eventCheck } from '../rules/undo.js';
import { civilDate, dayOf } from '../time/day.js';
import { itemLeft } from './created.js';
import type { Found, Intake, SeenEvent, Surroundings } from './finding.js';

/**
 * Steps by which a licence's capacity is used up, by the kind of the licence. Capacities of other kinds are in tonnes and are not
 * counted: a licence does not say of what.
 */
const COUNTED: Partial<Readonly<Record<LedgerEvent['type'], Role>>> = {
  receive: 'dismantler',
  receiveUnit: 'processor',
};

const NOTHING: Intake = { count: 0, above: false };

/** What an event does to an intake. */
export interface Counting {
  /** Under which key the intake is kept: `party/kind/year`. */
  readonly key: string;
  readonly kind: Role;
  readonly year: number;
  /** One less for an intake that was taken back. */
  readonly by: 1 | -1;
}

/** What an event does to an intake; undefined for most events. Weighed in again, a unit is still one. */
export function countingOf(seen: SeenEvent, around: Surroundings): Counting | undefined {
  const { event, verdict, signer, time } = seen;
  if (verdict !== 'accepted') return undefined;
  if (event.type === 'correct' || event.type === 'agreeCorrection') return takenBack(seen, around);
  const kind = COUNTED[event.type];
  if (kind === undefined) return undefined;
  if (event.type === 'receiveUnit') {
    const before = around.before(rowKey.item(event.item));
    if (before?.appliance?.receivedBy === signer) return undefined;
  }
  return counting(signer, kind, time, 1);
}

/** Of a correction by which an intake is put back: it counts less in the year in which it was. */
function takenBack({ event, signer }: SeenEvent, around: Surroundings): Counting | undefined {
  if (event.type !== 'correct' && event.type !== 'agreeCorrection') return undefined;
  const wrong = around.recorded(event.data.event);
  const kind = COUNTED[wrong?.type as LedgerEvent['type']];
  if (wrong === undefined || kind === undefined) return undefined;
  const facts = itemLeft(around, event.item)?.correction;
  if (becameOf(facts, eventCheck(event.data.event)) !== 'takenBack') return undefined;
  return counting(signer, kind, wrong.time, -1);
}

function counting(signer: string, kind: Role, time: number, by: 1 | -1): Counting {
  const { year } = civilDate(dayOf(time));
  return { key: `${signer}/${kind}/${year}`, kind, year, by };
}

/**
 * Counts an intake. More than the licences in force allow in a year is a finding and no refusal: what stands in the yard has to be
 * recorded, and a device without a network cannot know the count.
 */
export function ofIntake(
  { event, time }: SeenEvent,
  { kind, year, by }: Counting,
  party: ParticipantRow | undefined,
  { count: before, above }: Intake = NOTHING,
): { readonly intake: Intake; readonly found: readonly Found[] } {
  const capacity = (party?.licences ?? [])
    .filter((licence) => licence.kind === kind && licence.countersignedBy !== undefined)
    .filter(({ validFrom, validTo }) => validFrom <= time && time < validTo)
    .reduce((sum, { annualCapacity }) => sum + annualCapacity, 0);
  const count = Math.max(0, before + by);
  // Whoever acts without a licence of the kind is judged by the rules.
  const intake = { count, above: capacity > 0 && count > capacity };
  if (!intake.above || above || !('item' in event)) return { intake, found: [] };
  const evidence = { year, capacity, count };
  return { intake, found: [{ kind: 'capacityExceeded', items: [event.item], evidence }] };
}
