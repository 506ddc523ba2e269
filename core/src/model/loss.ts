import { COVERS, PART_CLASSES, type Cover, type PartClass, type TotalLoss } from './terms.js';
import type { Form } from './form.js';

/** A claim under a loss. */
export interface LossClaim {
  /** The insurer's own number. */
  readonly claim: string;
  /** Credit codes. */
  readonly insurer: string;
  readonly cover: Cover;
  /** Of recourse: the insurer that is to pay. */
  readonly against?: string | undefined;
}

/** What may be fitted under a line. */
export interface ApprovedPart {
  readonly category: string;
  readonly quantity: number;
  readonly classes: readonly PartClass[];
  /** Numbers of the part and its equivalents; undefined for any. */
  readonly numbers?: readonly string[] | undefined;
}

/** That a claim covers a line, and whether it has paid. */
export interface LineCover {
  /** Place of the claim in `LossRow.claims`. */
  readonly claim: number;
  readonly paid?: true | undefined;
}

/** A damage line as it stands: its last version. What it costs is a commitment in the events. */
export interface LossLine {
  readonly line: number;
  readonly version: number;
  /** Credit code of the insurer that approved it. */
  readonly by: string;
  readonly part?: ApprovedPart | undefined;
  /** Items that were fitted under it. */
  readonly fitted?: readonly string[] | undefined;
  /** At most one of each kind of cover. */
  readonly covers: readonly LineCover[];
}

/** `loss/{vehicle}/{number}` */
export interface LossRow {
  /** When it happened, as 20260302 at UTC+8. */
  readonly day: number;
  readonly reportedBy: string;
  readonly totalLoss?: TotalLoss | undefined;
  readonly claims: readonly LossClaim[];
  readonly lines: readonly LossLine[];
}

/** Most claims and lines of one loss, so that its row stays small. */
export const MAX_CLAIMS = 16;
/** Most claims of one insurer, so that none keeps the others out. */
export const MAX_OWN_CLAIMS = 4;
export const MAX_LINES = 200;

type StoredClaim = readonly [claim: string, insurer: string, cover: number, against?: string];

interface StoredLine {
  readonly b: string;
  readonly c: readonly (readonly [claim: number, paid: 0 | 1])[];
  readonly f?: readonly string[] | undefined;
  readonly n: number;
  readonly p?: StoredPart | undefined;
  readonly v: number;
}

interface StoredPart {
  readonly c: string;
  readonly k: readonly number[];
  readonly n?: readonly string[] | undefined;
  readonly q: number;
}

interface StoredLoss {
  readonly c: readonly StoredClaim[];
  readonly d: number;
  readonly l: readonly StoredLine[];
  readonly r: string;
  readonly t?: TotalLoss | undefined;
}

/** The row of a loss. Members stand in the order of their names; covers and classes are places in their lists. */
export const lossForm: Form<LossRow, StoredLoss> = {
  store: ({ day, reportedBy, totalLoss, claims, lines }) => ({
    c: claims.map(storeClaim),
    d: day,
    l: lines.map(storeLine),
    r: reportedBy,
    t: totalLoss,
  }),
  read: ({ c, d, l, r, t }) => ({
    claims: c.map(readClaim),
    day: d,
    lines: l.map(readLine),
    reportedBy: r,
    totalLoss: t,
  }),
};

function storeClaim({ claim, insurer, cover, against }: LossClaim): StoredClaim {
  const stored = [claim, insurer, COVERS.indexOf(cover)] as const;
  return against === undefined ? stored : [...stored, against];
}

function readClaim([claim, insurer, cover, against]: StoredClaim): LossClaim {
  return { against, claim, cover: at(COVERS, cover), insurer };
}

function storeLine({ line, version, by, part, fitted, covers }: LossLine): StoredLine {
  return {
    b: by,
    c: covers.map(({ claim, paid }) => [claim, paid === true ? 1 : 0]),
    f: fitted,
    n: line,
    p: part && {
      c: part.category,
      k: part.classes.map((name) => PART_CLASSES.indexOf(name)),
      n: part.numbers,
      q: part.quantity,
    },
    v: version,
  };
}

function readLine({ b, c, f, n, p, v }: StoredLine): LossLine {
  return {
    by: b,
    covers: c.map(([claim, paid]) => ({ claim, paid: paid === 1 ? true : undefined })),
    fitted: f,
    line: n,
    part: p && {
      category: p.c,
      classes: p.k.map((place) => at(PART_CLASSES, place)),
      numbers: p.n,
      quantity: p.q,
    },
    version: v,
  };
}

function at<T>(list: readonly T[], place: number): T {
  const found = list[place];
  if (found === undefined) throw new TypeError(`a stored row with an unknown place: ${place}`);
  return found;
}
