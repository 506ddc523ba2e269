import type { EvidenceGrade, ExceptionReason } from '../terms.js';

/** What is in a container, as far as rules about the container need it: its row alone changes when it changes hands. */
export interface Goods {
  /** Things that lie in it directly; a box on a pallet is one. */
  readonly count: number;
  /** Levels of containers within it: 1 for a box on a pallet. */
  readonly levels?: number | undefined;
  /** Whose all of it is; undefined when it is of several, then each thing's own row says. */
  readonly owner?: string | undefined;
  /** True when not all of it goes to one consignee. Then it changes hands one by one. */
  readonly mixed?: true | undefined;
  /** What the bounded ones among it are, such as `engine fit`: who takes the container must be allowed all of them. */
  readonly bounds?: readonly string[] | undefined;
  /** How many of the things that lie in it directly brought a bound or an origin; when none is left, neither is. */
  readonly bounded?: number | undefined;
  /** Vehicles that assemblies in it came out of: while one of them is held, the container stands still. */
  readonly origins?: readonly string[] | undefined;
  /** Changes of hands since it was empty. */
  readonly moves: number;
}

/** An acceptance that did not name what the giver named. It stands until one of the two yields, whoever holds the thing by then. */
export interface Difference {
  readonly from: string;
  /** Who accepted. */
  readonly to: string;
  readonly handedOverGrams?: number | undefined;
  readonly acceptedGrams?: number | undefined;
  readonly handedOverCount?: number | undefined;
  readonly acceptedCount?: number | undefined;
}

/** Why a thing stayed with its giver when its container was accepted. */
export interface CustodyException {
  /** Who accepted the container without it. */
  readonly by: string;
  readonly container: string;
  readonly reason: ExceptionReason;
}

/** How a thing is moved: the member `logistics` of its row. */
export interface LogisticsFacts {
  /** How the last change of hands is proved. */
  readonly evidence?: EvidenceGrade | undefined;
  /** Container that it lies in; its custody is the container's. */
  readonly container?: string | undefined;
  /** How often that container had changed hands when it was packed; 0 when absent. */
  readonly joined?: number | undefined;
  /** Of a container that is not empty. */
  readonly goods?: Goods | undefined;
  /** Those that nobody has settled, oldest first. */
  readonly differences?: readonly Difference[] | undefined;
  readonly exception?: CustodyException | undefined;
  /** Who recorded the slip of a party that is not on the ledger and holds the thing now. */
  readonly paperBy?: string | undefined;
}

interface StoredGoods {
  readonly b?: readonly string[] | undefined;
  readonly d?: number | undefined;
  readonly l?: number | undefined;
  readonly m?: number | undefined;
  readonly n: number;
  readonly o?: string | undefined;
  readonly v?: readonly string[] | undefined;
  readonly x?: 1 | undefined;
}

type StoredDifference = readonly [
  from: string,
  to: string,
  handedOverGrams: number,
  acceptedGrams: number,
  handedOverCount: number,
  acceptedCount: number,
];

/** The letter G of an item's row: the grade alone, or everything under names of one letter. */
export type StoredLogistics =
  | EvidenceGrade
  | {
      readonly c?: string | undefined;
      readonly d?: readonly StoredDifference[] | undefined;
      readonly e?: EvidenceGrade | undefined;
      readonly g?: StoredGoods | undefined;
      readonly j?: number | undefined;
      readonly p?: string | undefined;
      readonly x?: readonly [by: string, container: string, reason: ExceptionReason] | undefined;
    };

export function storeLogistics(facts: LogisticsFacts): StoredLogistics | undefined {
  const { evidence, container, joined, goods, differences, exception, paperBy } = facts;
  const rest = container ?? goods ?? differences ?? exception ?? paperBy;
  if (rest === undefined) return evidence;
  return {
    c: container,
    d: differences?.map(storeDifference),
    e: evidence,
    g: goods && storeGoods(goods),
    j: joined,
    p: paperBy,
    x: exception && [exception.by, exception.container, exception.reason],
  };
}

export function readLogistics(stored: StoredLogistics): LogisticsFacts {
  if (typeof stored === 'string') return { evidence: stored };
  const { c, d, e, g, j, p, x } = stored;
  return {
    container: c,
    differences: d?.map(readDifference),
    evidence: e,
    exception: x && { by: x[0], container: x[1], reason: x[2] },
    goods: g && readGoods(g),
    joined: j,
    paperBy: p,
  };
}

function storeGoods({ count, levels, owner, mixed, bounds, bounded, origins, moves }: Goods): StoredGoods {
  return {
    b: bounds,
    d: bounded,
    l: levels,
    m: moves || undefined,
    n: count,
    o: owner,
    v: origins,
    x: mixed ? 1 : undefined,
  };
}

function readGoods({ b, d, l, m, n, o, v, x }: StoredGoods): Goods {
  return {
    bounded: d,
    bounds: b,
    count: n,
    levels: l,
    mixed: x === undefined ? undefined : true,
    moves: m ?? 0,
    origins: v,
    owner: o,
  };
}

/** -1 stands for a figure that nobody named. */
const UNNAMED = -1;

function storeDifference(difference: Difference): StoredDifference {
  const { from, to, handedOverGrams, acceptedGrams, handedOverCount, acceptedCount } = difference;
  const figure = (value: number | undefined): number => value ?? UNNAMED;
  return [
    from,
    to,
    figure(handedOverGrams),
    figure(acceptedGrams),
    figure(handedOverCount),
    figure(acceptedCount),
  ];
}

function readDifference([from, to, ...figures]: StoredDifference): Difference {
  const [handedOverGrams, acceptedGrams, handedOverCount, acceptedCount] = figures.map((figure) =>
    figure === UNNAMED ? undefined : figure,
  );
  return { acceptedCount, acceptedGrams, from, handedOverCount, handedOverGrams, to };
}
