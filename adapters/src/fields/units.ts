import { folded } from './text.js';

/** What a unit measures; quantities of the ledger are whole numbers of the smallest: grams, fen. */
export type Measure = 'mass' | 'money';

export interface Unit {
  readonly measure: Measure;
  /** How many grams or fen it is. */
  readonly factor: bigint;
}

/** Units as people write them (GB 3100; 斤 is half a kilogram and common in the trade with scrap). */
const NAMES: readonly (readonly [measure: Measure, factor: bigint, names: readonly string[]])[] = [
  ['mass', 1n, ['g', '克']],
  ['mass', 1000n, ['kg', '千克', '公斤', 'kgs']],
  ['mass', 1_000_000n, ['t', '吨', '公吨']],
  ['mass', 500n, ['斤', '市斤']],
  ['money', 1n, ['fen', '分']],
  ['money', 10n, ['jiao', '角']],
  ['money', 100n, ['yuan', '元', 'cny', 'rmb', '人民币', '人民币元', '¥']],
  ['money', 1_000_000n, ['万元']],
];

const UNITS: ReadonlyMap<string, Unit> = new Map(
  NAMES.flatMap(([measure, factor, names]) => names.map((name) => [name, { measure, factor }] as const)),
);

/** The unit of a name in any width and case, or undefined. */
export function unitNamed(name: string): Unit | undefined {
  return UNITS.get(folded(name).trim().toLowerCase());
}

/** What a person may write for a measure, such as `g、kg、t`. */
export function unitNames(measure: Measure): string {
  return NAMES.filter(([each]) => each === measure)
    .map(([, , [first, second]]) => (second === undefined ? first : `${first} ${second}`))
    .join(', ');
}
