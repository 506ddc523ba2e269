import type { Sent, Waiting } from './lanes.js';

/** How much may wait. */
export interface Bounds {
  readonly batches: number;
  readonly bytes: number;
}

interface Load {
  batches: number;
  bytes: number;
}

/**
 * Finds room in a full queue. The lane that holds most of it gives up its last batches, as long as it holds more than the
 * newcomers' own lane would: so who floods is turned away, and a device with little to say is let in at its first try. The first
 * batch of a lane always stays.
 *
 * @param lanes what waits, each lane in order
 * @returns what must go, the last of a lane first; undefined when the newcomers must go themselves
 */
export function roomFor<R>(
  newcomers: readonly Sent[],
  lanes: Iterable<readonly Waiting<R>[]>,
  bounds: Bounds,
): readonly Waiting<R>[] | undefined {
  const stays = new Map<string, Waiting<R>[]>();
  const loads = new Map<string, Load>();
  const total: Load = { batches: 0, bytes: 0 };
  for (const lane of lanes) {
    for (const waiting of lane) count(waiting, loads, total);
    const [first] = lane;
    if (first !== undefined) stays.set(first.batch.header.keyId, [...lane]);
  }
  // Nobody is turned away for ever: an empty queue takes any request.
  if (total.batches === 0 || newcomers.length === 0) return [];
  for (const newcomer of newcomers) count(newcomer, loads, total);
  const part = ({ batches, bytes }: Load): number => Math.max(batches / bounds.batches, bytes / bounds.bytes);
  const own = new Set(newcomers.map(({ batch }) => batch.header.keyId));
  const asked = Math.max(...[...own].map((keyId) => part(loads.get(keyId) ?? total)));
  const goes: Waiting<R>[] = [];
  while (part(total) > 1) {
    const givers = [...stays].filter(([keyId, lane]) => !own.has(keyId) && lane.length > 1);
    const most = givers.map(([keyId]) => ({ keyId, part: part(loads.get(keyId) ?? total) }));
    const giver = most.reduce((one, other) => (other.part > one.part ? other : one), { keyId: '', part: 0 });
    const last = giver.part > asked ? stays.get(giver.keyId)?.pop() : undefined;
    if (last === undefined) return undefined;
    count(last, loads, total, -1);
    goes.push(last);
  }
  return goes;
}

function count({ batch, bytes }: Sent, loads: Map<string, Load>, total: Load, sign: 1 | -1 = 1): void {
  const { keyId } = batch.header;
  const load = loads.get(keyId) ?? { batches: 0, bytes: 0 };
  loads.set(keyId, load);
  for (const each of [load, total]) {
    each.batches += sign;
    each.bytes += sign * bytes;
  }
}
