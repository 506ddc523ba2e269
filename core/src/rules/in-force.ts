import { rowKey } from '../model/row-keys.js';
import type { RuleRow } from '../model/rows.js';
import type { Draft } from './draft.js';

/** Version under which a table keeps the list of its approved versions: `{"v1": since when it is in force}`. It is itself never in force. */
export const LIST_OF_VERSIONS = 0;

/** Which table is meant, of all its versions. */
export interface TableName {
  readonly name: string;
  readonly province: string;
}

/**
 * The list of versions with one more. Before it was approved others were named, so it is in force from then at the earliest, unless it is
 * the first; since when its terms and holidays hold is what its own row says.
 *
 * @param approved ledger time, seconds since 1970
 */
export function listedVersion(
  list: RuleRow | undefined,
  version: number,
  { from, proposedBy }: RuleRow,
  approved: number,
): RuleRow {
  const since = list === undefined ? from : Math.max(from, approved);
  return { from: 0, proposedBy, ...list, table: { ...list?.table, [`v${version}`]: since } };
}

/** Number of the version that is in force at a time: the one that came into force last, of two at once the later. */
export function versionAt(list: RuleRow | undefined, time: number): number | undefined {
  const [last] = Object.entries(list?.table ?? {})
    .map(([name, from]) => ({ version: Number(name.slice(1)), from: Number(from) }))
    .filter(({ from }) => from <= time)
    .sort((a, b) => b.from - a.from || b.version - a.version);
  return last?.version;
}

/** Whether a version of a table is the one that is in force at a time. */
export function isInForce(
  draft: Draft,
  { name, province }: TableName,
  version: number,
  time: number,
): boolean {
  return versionAt(draft.get(rowKey.rule(name, province, LIST_OF_VERSIONS)), time) === version;
}

/** Keys of the rows that {@link tableInForce} reads, as far as they are known yet. */
export function keysInForce(draft: Draft, { name, province }: TableName, time: number): string[] {
  const list = rowKey.rule(name, province, LIST_OF_VERSIONS);
  const version = versionAt(draft.peek(list), time);
  return version === undefined ? [list] : [list, rowKey.rule(name, province, version)];
}

/**
 * The table that is in force, for what no event can be trusted to choose: whoever names the version may name an old one.
 *
 * @returns undefined when none is on record yet
 */
export function tableInForce(
  draft: Draft,
  { name, province }: TableName,
  time: number,
): RuleRow['table'] | undefined {
  const version = versionAt(draft.get(rowKey.rule(name, province, LIST_OF_VERSIONS)), time);
  return version === undefined ? undefined : draft.get(rowKey.rule(name, province, version))?.table;
}
