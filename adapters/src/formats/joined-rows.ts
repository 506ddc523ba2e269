import type { FieldValue } from '../fields/field.js';
import type { Column, TableFormat } from './format.js';
import { issue, type Issue, type Place } from './issue.js';
import type { ReadRow, Values } from './read-row.js';
import type { RowResult } from './row-result.js';

/** What rows that are one message say together. */
export interface Joined {
  /** What the message says once. */
  readonly head: Values;
  /** The entry of its list that each row is, in the order of the rows. */
  readonly entries: readonly Values[];
}

interface Group {
  readonly first: Place;
  readonly head: Record<string, FieldValue>;
  readonly entries: Values[];
  /** The first row that was refused: with it the message would not be whole. */
  refused?: Place;
}

interface Held {
  readonly result: RowResult;
  readonly group?: Group;
}

/** What of a row a message says once, and what is its entry. */
export function partsOf({ list }: TableFormat, values: Values): { head: Values; entry: Values | undefined } {
  if (list === undefined) return { head: values, entry: undefined };
  const isInList = (name: string): boolean => list.columns.includes(name);
  const members = Object.entries(values);
  const entry = members.filter(([name]) => isInList(name));
  return {
    head: Object.fromEntries(members.filter(([name]) => !isInList(name))),
    entry: entry.length === 0 ? undefined : Object.fromEntries(entry),
  };
}

/**
 * Rows that are one message when they are alike in certain columns, wherever they stand in the file, such as the lots of a manifest. Half a
 * message is never recorded: with one row that is refused, or says otherwise what the message says once, all of them are. So nothing
 * can be told before the end of the file, and all rows are kept until then. A row whose number is missing, as where a list leaves it out in all
 * rows but the first of a manifest, refuses the messages of the rows beside it: it may be theirs.
 */
export class JoinedRows {
  readonly #held: Held[] = [];
  readonly #groups = new Map<string, Group>();
  /** Message of the last row that says which it belongs to. */
  #above: Group | undefined;
  /** A row behind it that does not. */
  #stray: Place | undefined;

  constructor(
    private readonly format: TableFormat,
    /** Names of the columns in which the rows of a message are alike. */
    private readonly alike: readonly string[],
  ) {}

  /**
   * @param values of the row, as far as they could be read
   * @param filled names of its columns that hold something, whether it could be read or not
   */
  add(result: RowResult, { values, filled }: Pick<ReadRow, 'values' | 'filled'>): void {
    const group = result.status === 'repeated' ? undefined : this.#groupOf(values, result.place);
    if (group === undefined) {
      if (result.status === 'refused' && this.#namesEntry(filled)) this.#strays(result.place);
      this.#held.push({ result });
      return;
    }
    if (this.#stray) group.refused ??= this.#stray;
    this.#stray = undefined;
    this.#above = group;
    this.#held.push({ result: this.#entered(result, values, group), group });
  }

  /** A row that names an entry and not the message that it belongs to: it may be that of the row above it, or below. */
  #strays(place: Place): void {
    if (this.#above) this.#above.refused ??= place;
    this.#stray ??= place;
  }

  #namesEntry(filled: ReadRow['filled']): boolean {
    const { list, key } = this.format;
    return list?.columns.some((name) => key.includes(name) && filled.has(name)) ?? false;
  }

  #groupOf(values: Values, place: Place): Group | undefined {
    const parts = this.alike.map((name) => values[name] ?? null);
    if (this.#lacksNeeded(values) || parts.every((part) => part === null)) return undefined;
    const key = JSON.stringify(parts);
    const group = this.#groups.get(key) ?? { first: place, head: {}, entries: [] };
    this.#groups.set(key, group);
    return group;
  }

  #lacksNeeded(values: Values): boolean {
    const { columns } = this.format;
    return columns.some(
      ({ name, required }) => required && this.alike.includes(name) && values[name] === undefined,
    );
  }

  #entered(result: RowResult, values: Values, group: Group): RowResult {
    const { place, issues } = result;
    if (result.status === 'refused') {
      group.refused ??= place;
      return result;
    }
    const { head, entry } = partsOf(this.format, values);
    const others = Object.keys(head).filter(
      (name) => group.head[name] !== undefined && group.head[name] !== head[name],
    );
    if (others.length > 0) {
      group.refused ??= place;
      const titles = this.format.columns.filter(({ name }) => others.includes(name));
      const columns = titles.map(({ headers }) => `${headers.zh[0]} / ${headers.en[0]}`).join(', ');
      const details = { firstRow: group.first.row ?? 0, columns };
      return { status: 'refused', place, issues: [...issues, issue('HL-9152', place, { details })] };
    }
    Object.assign(group.head, head);
    if (entry !== undefined) group.entries.push(entry);
    return result;
  }

  /** What became of the rows, in order, and of those that are taken the whole message. */
  *results(): Generator<readonly [result: RowResult, joined?: Joined]> {
    for (const { result, group } of this.#held) {
      if (group === undefined || result.status !== 'accepted') yield [result];
      else yield this.#judged(result, group);
    }
  }

  #judged(result: RowResult, group: Group): readonly [RowResult, Joined?] {
    const { place, issues } = result;
    const refusals = this.#refusals(place, group);
    const { head, entries } = group;
    return refusals.length === 0
      ? [result, { head, entries }]
      : [{ status: 'refused', place, issues: [...issues, ...refusals] }];
  }

  /** Why a row is refused that has no fault of its own. */
  #refusals(place: Place, { refused, first, head, entries }: Group): readonly Issue[] {
    const because = ({ row = 0, sheet }: Place): Issue =>
      issue('HL-9151', place, { details: sheet === undefined ? { row } : { row, sheet } });
    if (refused !== undefined) return [because(refused)];
    const lacking = this.format.columns.filter((column) => isLacking(column, head));
    if (lacking.length > 0)
      return place === first
        ? lacking.map(({ headers }) => issue('HL-9101', { ...place, header: headers.zh[0] }))
        : [because(first)];
    const { least = 0, most = 1 } = this.format.list ?? {};
    const rows = entries.length;
    if (rows > most) return [issue('HL-9153', place, { details: { limit: most, rows } })];
    return rows < least ? [issue('HL-9154', place, { details: { least, rows } })] : [];
  }
}

/** What the message says once was said in none of its rows. */
function isLacking({ name, required, saidOnce }: Column, head: Values): boolean {
  return saidOnce === true && required && head[name] === undefined;
}
