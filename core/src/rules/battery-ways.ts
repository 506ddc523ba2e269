import type { EventOf } from '../model/events.js';
import type { ItemRow, ParticipantRow } from '../model/rows.js';
import type { Role } from '../model/terms.js';
import type { BatteryLevel } from '../tags/battery.js';
import { hasLicence, type Moment } from './actor.js';
import type { Draft } from './draft.js';
import { requireFreeOrigin } from './origins.js';
import { isAtDismantler } from './lifecycle/index.js';
import { levelOf } from './packs.js';
import { require } from './refusal.js';
import { isCarrier, type Passing } from './ways.js';

const RECYCLERS: readonly Role[] = ['smelter', 'processor'];

/**
 * Says whether a battery that was tested may go to a party: one that failed to a licensed recycler, one that passed also to a
 * licensed second-life user. Carriers and collectors hold it on the way, with the consignee fixed.
 *
 * @throws Refusal HL-2107, HL-2167, HL-2168
 */
export function checkBatteryWay(item: ItemRow, { receiver, owns, consignee, returns, time }: Passing): void {
  const result = item.battery?.result;
  if (returns === true) return;
  if (item.kind !== 'battery' || result === undefined) return;
  const [roles, code] =
    result === 'recycle'
      ? ([RECYCLERS, 'HL-2167'] as const)
      : ([['secondLifeUser' as const, ...RECYCLERS], 'HL-2168'] as const);
  if (licensed(receiver, roles, item, time)) return;
  require(!owns && isCarrier(receiver, time), code);
  require(consignee, 'HL-2107');
  require(licensed(consignee, roles, item, time), code);
}

function licensed(party: ParticipantRow, roles: readonly Role[], item: ItemRow, time: number): boolean {
  return roles.some((role) => party.roles.includes(role) && hasLicence(party, role, item.category, time));
}

/** What each level sits in. */
const HOSTS: Readonly<Record<BatteryLevel, BatteryLevel | 'vehicle'>> = {
  cell: 'module',
  module: 'pack',
  pack: 'vehicle',
};

/**
 * A cell sits in a module, a module in a pack, a pack in a vehicle, and nothing else. Nothing is fitted into a vehicle that a
 * dismantler has taken in: its packs are on record by then.
 *
 * @throws Refusal HL-2062, HL-2161, HL-2166
 */
export function checkNesting(item: ItemRow, host: ItemRow): void {
  if (item.kind !== 'battery') return;
  const place = host.kind === 'battery' ? levelOf(host) : host.kind;
  require(HOSTS[levelOf(item)] === place, 'HL-2166');
  require(!isAtDismantler(host), 'HL-2062');
}

const DEPTH: Readonly<Record<BatteryLevel, number>> = { pack: 0, module: 1, cell: 2 };

/**
 * Whether a battery may be taken apart into these: a pack into modules and cells, a module into cells. One that failed its test
 * is taken apart by who recycles it.
 *
 * @throws Refusal HL-2115, HL-2161, HL-2166, HL-2167
 */
export function checkTakenApart(
  draft: Draft,
  item: ItemRow,
  outputs: EventOf<'dismantle'>['data']['outputs'],
  { actor: { participant }, time }: Moment,
): void {
  requireFreeOrigin(draft, item);
  const recycles = participant !== undefined && licensed(participant, RECYCLERS, item, time);
  require(item.battery?.result !== 'recycle' || recycles, 'HL-2167');
  for (const output of outputs) {
    if (output.kind === 'battery') require(DEPTH[levelOf(output)] > DEPTH[levelOf(item)], 'HL-2166');
  }
}
