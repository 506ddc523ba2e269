import { newItems } from './custody.js';
import { Duo, type Member, type Step } from './duo.js';
import type { Parcel, Path } from './paths.js';
import { Slots } from './slots.js';

/** A step of a duo, packed. */
export type PackedStep = readonly [readonly Parcel[], readonly Parcel[]];

/** For each duo the steps that it takes one after another. */
export type Plan = readonly (readonly PackedStep[])[];

/** How events are divided and how many transactions or requests are under way. */
export interface Load {
  /** Most events in a batch. */
  readonly batch: number;
  readonly inFlight: number;
}

/** Devices in pairs of different enterprises, as they were entered. */
export function pairsOf(members: readonly Member[]): (readonly [Member, Member])[] {
  return members.flatMap((first, index) => {
    const second = members[index + 1];
    return index % 2 === 0 && second ? [[first, second] as const] : [];
  });
}

/**
 * A duo of each pair, each device with as many new items.
 *
 * @param time when the items are named, in seconds since 1970; now by default
 */
export function duosOf(members: readonly Member[], itemsPerDevice: number, time?: number): Duo[] {
  return pairsOf(members).map(
    (pair) =>
      new Duo(pair, [
        newItems(pair[0].keyId, itemsPerDevice, time),
        newItems(pair[1].keyId, itemsPerDevice, time),
      ]),
  );
}

/** Packs a step for a path. */
export function packStep([first, second]: Step, path: Path): PackedStep {
  return [path.pack(first), path.pack(second)];
}

/** Signs and packs so many events, evenly over the duos: all that costs the generator is paid here. */
export function prepare(duos: readonly Duo[], events: number, batch: number, path: Path): Plan {
  const each = Math.ceil(events / duos.length / 2);
  return duos.map((duo) => prepareDuo(duo, each, batch, path));
}

/** Signs and packs so many events of each of a duo's two devices. */
export function prepareDuo(duo: Duo, each: number, batch: number, path: Path): PackedStep[] {
  const steps: PackedStep[] = [];
  for (let left = each; left > 0;) {
    const count = Math.min(left, duo.left, batch);
    steps.push(packStep(duo.step(count, batch), path));
    left -= count;
  }
  return steps;
}

/**
 * Sends a plan as fast as the ledger takes it: so many parcels are under way at any time.
 *
 * @returns seconds from the first parcel to the last commit
 */
export async function closedLoop(plan: Plan, path: Path, inFlight: number): Promise<number> {
  const slots = new Slots(inFlight);
  const inOrder = async (parcels: readonly Parcel[]): Promise<void> => {
    for (const { bytes } of parcels) await slots.run(() => path.send(bytes));
  };
  const began = performance.now();
  await Promise.all(
    plan.map(async (steps) => {
      for (const [first, second] of steps) await Promise.all([inOrder(first), inOrder(second)]);
    }),
  );
  return (performance.now() - began) / 1000;
}

/**
 * Brings the items onto the ledger and the duos out of step with one another, so that any later stretch holds all kinds of
 * events in equal parts.
 */
export async function warmUp(
  duos: readonly Duo[],
  itemsPerDevice: number,
  path: Path,
  load: Load,
): Promise<void> {
  const plan = duos.map((duo, index) =>
    prepareDuo(duo, itemsPerDevice * (1 + (index % 4)), Math.min(load.batch, itemsPerDevice), path),
  );
  await closedLoop(plan, path, load.inFlight);
}
