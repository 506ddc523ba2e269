import { fromBase64url, fromHex, toBase64url, toHex } from '../bytes/encode.js';
import type { Form } from './form.js';
import type { CoreGrade } from './terms.js';

/** What an entitlement was claimed on: a correction of the grade adds one. */
export interface GradedCore {
  readonly grade: CoreGrade;
  readonly missing?: readonly string[] | undefined;
}

/** `reman/{seller}/{sale}/{line}`: a remanufactured part that was sold for an old one. */
export interface SaleRow {
  readonly product: string;
  readonly category: string;
  /** Commitment to the opened price, hex. */
  readonly price: string;
  /** Ledger time of the sale, in seconds. */
  readonly time: number;
  /** Versions of the tables under which it was sold. */
  readonly statePilotVersion?: number | undefined;
  readonly coreDepositVersion?: number | undefined;
  /** The core that came back, and when. */
  readonly core?: string | undefined;
  readonly returned?: number | undefined;
  readonly statePilot?: GradedCore | undefined;
  /** The last is what holds; what was paid on the one before is set against it. */
  readonly coreDeposit?: readonly GradedCore[] | undefined;
}

/** Most corrections of a grade that are paid for one core. */
export const MAX_GRADES = 8;

/** The id of a line of a sale: `seller/sale/line`, the line with three digits. */
export function saleId({ seller, sale, line }: { seller: string; sale: string; line: number }): string {
  return `${seller}/${sale}/${String(line).padStart(3, '0')}`;
}

type StoredGrade = readonly [grade: CoreGrade, ...missing: string[]];

interface StoredSale {
  readonly c: string;
  readonly d?: number | undefined;
  readonly g?: readonly StoredGrade[] | undefined;
  readonly i: string;
  readonly k?: string | undefined;
  readonly p: string;
  readonly r?: number | undefined;
  readonly s?: StoredGrade | undefined;
  readonly t: number;
  readonly v?: number | undefined;
}

/** The row of a line of a sale. Members stand in the order of their names. */
export const saleForm: Form<SaleRow, StoredSale> = {
  store: (row) => ({
    c: row.category,
    d: row.coreDepositVersion,
    g: row.coreDeposit?.map(storeGrade),
    i: row.product,
    k: row.core,
    p: toBase64url(fromHex(row.price)),
    r: row.returned,
    s: row.statePilot && storeGrade(row.statePilot),
    t: row.time,
    v: row.statePilotVersion,
  }),
  read: ({ c, d, g, i, k, p, r, s, t, v }) => ({
    category: c,
    core: k,
    coreDeposit: g?.map(readGrade),
    coreDepositVersion: d,
    price: toHex(fromBase64url(p)),
    product: i,
    returned: r,
    statePilot: s && readGrade(s),
    statePilotVersion: v,
    time: t,
  }),
};

function storeGrade({ grade, missing = [] }: GradedCore): StoredGrade {
  return [grade, ...missing];
}

function readGrade([grade, ...missing]: StoredGrade): GradedCore {
  return { grade, missing: missing.length === 0 ? undefined : missing };
}
