import type { ApplianceType } from './appliance-catalogue.js';

export const IDENTITY_STRENGTHS = ['serial', 'label'] as const;
/** `serial`: a photograph of the nameplate proves the maker's serial; `label`: only the plant's own label tells the unit. */
export type IdentityStrength = (typeof IDENTITY_STRENGTHS)[number];

export const ROUTES = ['reuse', 'process'] as const;
/** What becomes of a unit: used again or processed, never both. */
export type Route = (typeof ROUTES)[number];

export const UNIT_TEST_RESULTS = ['passed', 'failed'] as const;
export type UnitTestResult = (typeof UNIT_TEST_RESULTS)[number];

export const ERASURE_METHODS = ['overwritten', 'cryptographicErase', 'degaussed', 'destroyed'] as const;

/** What is known of an appliance beside what all items have. Members that are not known are absent. */
export interface ApplianceFacts {
  readonly type?: ApplianceType | undefined;
  readonly identity?: IdentityStrength | undefined;
  /** Credit code of who weighed it in last: what the same party weighs in again is no further unit. */
  readonly receivedBy?: string | undefined;
  /** True when whoever weighed it in or had it then put a label on it. */
  readonly labelled?: boolean | undefined;
  /** Credit code of who put the last label on it: at the line it has to be the plant itself. */
  readonly labelledBy?: string | undefined;
  /** Screen diagonal in tenths of an inch, as nameplates give inches. */
  readonly screenTenthInches?: number | undefined;
  /** Of a washing machine: dry laundry it is made for, in grams. */
  readonly capacityGrams?: number | undefined;
  readonly volumeLitres?: number | undefined;
  /** Rated cooling power. */
  readonly coolingWatts?: number | undefined;
  /** Parts that were not there at intake, sorted. */
  readonly missing?: readonly string[] | undefined;
  /** True when one of them is a part that the table requires. */
  readonly incomplete?: boolean | undefined;
  /** The other unit of its set. */
  readonly partner?: string | undefined;
  /** Of the outdoor unit of several indoor ones: the others of them. */
  readonly morePartners?: readonly string[] | undefined;
  readonly route?: Route | undefined;
  readonly dataErased?: boolean | undefined;
  readonly test?: UnitTestResult | undefined;
  /** Line it was issued to, and the version of the table of steps that it was issued under. */
  readonly line?: string | undefined;
  readonly stepsVersion?: number | undefined;
  /** Steps of that table that are done; they are done in order. */
  readonly stepsDone?: number | undefined;
}

/** As it stands in the world state, in the order of its names. */
export interface StoredAppliance {
  readonly a?: string | undefined;
  readonly b?: string | undefined;
  readonly c?: number | undefined;
  readonly d?: 1 | undefined;
  readonly i?: IdentityStrength | undefined;
  readonly l?: string | undefined;
  readonly m?: readonly string[] | undefined;
  readonly n?: number | undefined;
  readonly o?: readonly string[] | undefined;
  readonly p?: string | undefined;
  readonly r?: Route | undefined;
  readonly s?: number | undefined;
  readonly t?: ApplianceType | undefined;
  readonly u?: 1 | undefined;
  readonly v?: number | undefined;
  readonly w?: number | undefined;
  readonly x?: UnitTestResult | undefined;
  readonly y?: number | undefined;
  readonly z?: 1 | undefined;
}

/** The facts as the row of an item keeps them. */
export function storeAppliance(facts: ApplianceFacts): StoredAppliance {
  return {
    a: facts.labelledBy,
    b: facts.receivedBy,
    c: facts.capacityGrams,
    d: facts.dataErased === true ? 1 : undefined,
    i: facts.identity,
    l: facts.line,
    m: facts.missing,
    n: facts.stepsDone,
    o: facts.morePartners,
    p: facts.partner,
    r: facts.route,
    s: facts.screenTenthInches,
    t: facts.type,
    u: facts.incomplete === true ? 1 : undefined,
    v: facts.stepsVersion,
    w: facts.coolingWatts,
    x: facts.test,
    y: facts.volumeLitres,
    z: facts.labelled === true ? 1 : undefined,
  };
}

/** The facts of a row, in the order of their names. */
export function readAppliance(stored: StoredAppliance): ApplianceFacts {
  return {
    capacityGrams: stored.c,
    coolingWatts: stored.w,
    dataErased: stored.d === undefined ? undefined : true,
    identity: stored.i,
    incomplete: stored.u === undefined ? undefined : true,
    labelled: stored.z === undefined ? undefined : true,
    labelledBy: stored.a,
    line: stored.l,
    missing: stored.m,
    morePartners: stored.o,
    partner: stored.p,
    receivedBy: stored.b,
    route: stored.r,
    screenTenthInches: stored.s,
    stepsDone: stored.n,
    stepsVersion: stored.v,
    test: stored.x,
    type: stored.t,
    volumeLitres: stored.y,
  };
}
