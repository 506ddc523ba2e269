/** Why an electric vehicle is taken in without its pack: 换电合同、租赁合同、此前已更换. */
export const INCOMPLETE_REASONS = ['swapContract', 'leaseContract', 'earlierReplacement'] as const;
export type IncompleteReason = (typeof INCOMPLETE_REASONS)[number];

/** What a test for second life came to. */
export const TEST_RESULTS = ['secondLife', 'recycle'] as const;
export type TestResult = (typeof TEST_RESULTS)[number];

/** What is known of a traction battery, or of the batteries of a vehicle. */
export interface BatteryFacts {
  /** Of a battery that was tested: what it still holds, in thousandths of its nominal capacity. */
  readonly capacityPermille?: number | undefined;
  readonly result?: TestResult | undefined;
  /** Of a vehicle that was taken in: codes of the packs that are still in it. */
  readonly packs?: readonly string[] | undefined;
  /** Of a vehicle that was taken in without a pack of its. */
  readonly incomplete?: IncompleteReason | undefined;
}

/** As the world state keeps it; the members stand in the order of their names. */
export interface StoredBatteryFacts {
  readonly c?: number | undefined;
  readonly i?: IncompleteReason | undefined;
  readonly p?: readonly string[] | undefined;
  readonly r?: TestResult | undefined;
}

export function storeBatteryFacts(facts: BatteryFacts): StoredBatteryFacts {
  return {
    c: facts.capacityPermille,
    i: facts.incomplete,
    p: facts.packs,
    r: facts.result,
  };
}

export function readBatteryFacts({ c, i, p, r }: StoredBatteryFacts): BatteryFacts {
  return { capacityPermille: c, incomplete: i, packs: p, result: r };
}
