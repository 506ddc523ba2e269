import type { REFUSAL_REASONS } from '../terms.js';

/** What a lot of material has beyond category and mass. */
export interface LotFacts {
  /** How many pieces it holds, where they are counted. */
  readonly pieces?: number | undefined;
  /** What it ought to weigh by what it came from, when it was weighed since: no number of weighings adds up to more. */
  readonly bookGrams?: number | undefined;
  /** Of hazardous waste: the code under which it was shipped. */
  readonly wasteCode?: string | undefined;
  /** True when it bore that code before the manifest under which it travels. */
  readonly hadCode?: true | undefined;
  /** The manifest under which it travels; it stands still until it is accepted. */
  readonly manifest?: string | undefined;
  /** What its receiver weighed, less what was sent under the manifest. */
  readonly differenceGrams?: number | undefined;
  /** The lot with which it went into a merge or transformation: the outputs name that one as their parent, for all. */
  readonly joined?: string | undefined;
}

/** What a hazardous-waste manifest says. Its number is its tag, its mass that of the lots when it was opened. */
export interface ManifestFacts {
  readonly carrier: string;
  readonly handler: string;
  readonly lots: readonly string[];
  /** True once the carrier has signed, whenever that arrived. */
  readonly carried?: boolean | undefined;
  /** What the handler weighed; beside the mass sent it shows the difference. */
  readonly acceptedGrams?: number | undefined;
  readonly refusal?: (typeof REFUSAL_REASONS)[number] | undefined;
  /** Lots that the handler sent back while it accepted others, and that the sender has not taken back yet. */
  readonly sentBack?: readonly string[] | undefined;
}

export interface StoredLot {
  readonly b?: number | undefined;
  readonly c?: 1 | undefined;
  readonly d?: number | undefined;
  readonly j?: string | undefined;
  readonly m?: string | undefined;
  readonly p?: number | undefined;
  readonly w?: string | undefined;
}

export interface StoredManifest {
  readonly a?: number | undefined;
  readonly b?: readonly string[] | undefined;
  readonly c: string;
  readonly h: string;
  readonly l: readonly string[];
  readonly r?: ManifestFacts['refusal'];
  readonly s?: 1 | undefined;
}

export function storeLot(facts: LotFacts): StoredLot | undefined {
  const {
    bookGrams: b,
    hadCode,
    differenceGrams: d,
    joined: j,
    manifest: m,
    pieces: p,
    wasteCode: w,
  } = facts;
  const stored = { b, c: hadCode && (1 as const), d, j, m, p, w };
  return Object.values(stored).every((each) => each === undefined) ? undefined : stored;
}

export function readLot({ b, c, d, j, m, p, w }: StoredLot): LotFacts {
  const hadCode = c === 1 ? true : undefined;
  return { bookGrams: b, differenceGrams: d, hadCode, joined: j, manifest: m, pieces: p, wasteCode: w };
}

export function storeManifest(facts: ManifestFacts): StoredManifest {
  const { acceptedGrams: a, sentBack: b, carrier: c, handler: h, lots: l, refusal: r, carried } = facts;
  return { a, b, c, h, l, r, s: carried === true ? 1 : undefined };
}

export function readManifest({ a, b, c, h, l, r, s }: StoredManifest): ManifestFacts {
  const carried = s === 1 ? true : undefined;
  return { acceptedGrams: a, carried, carrier: c, handler: h, lots: l, refusal: r, sentBack: b };
}
