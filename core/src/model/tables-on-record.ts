import type { RuleRow } from './rows.js';

/** An approved version of a rule table. */
export interface TableVersion {
  readonly version: number;
  /** Seconds since 1970. */
  readonly from: number;
  readonly table: RuleRow['table'];
}

/**
 * The approved versions of rule tables, each list in the order in which they come into force, of two at once
 * by version: of the whole country by name, of a province by
 * `name/province`.
 */
export type TablesOnRecord = Readonly<Record<string, readonly TableVersion[]>>;

/** Tables of the whole country alone: holidays are the State Council's, and the rules ask the national list what is hazardous. */
const NATIONAL = /^(holidays[0-9]{4}|hazardousCategories)$/;
const COUNTRY = 'CN';

/** The table in force at a time: the one that came into force last, of two at once the later version. */
export function tableAt(tables: TablesOnRecord, name: string, time: number): RuleRow['table'] | undefined {
  return versionsOf(tables, name).findLast(({ from }) => from <= time)?.table;
}

function versionsOf(tables: TablesOnRecord, name: string): readonly TableVersion[] {
  return Object.hasOwn(tables, name) ? (tables[name] ?? none) : none;
}

const none: readonly TableVersion[] = [];

/** Whether a province has a table of its own, so that it matters where a party is. */
export function haveProvinces(tables: TablesOnRecord): boolean {
  return Object.keys(tables).some((key) => key.includes('/'));
}

/** Tables are read by the million and change a few times a year. */
const narrowed = new WeakMap<TablesOnRecord, Map<string, TablesOnRecord>>();

/**
 * The tables as they hold for a party: where its province, or else the one above its city, has a table in force, that one stands for
 * the national one.
 *
 * @param place of the party, as a code of GB/T 2260 such as `330100`
 */
export function tablesFor(tables: TablesOnRecord, place: string | undefined): TablesOnRecord {
  if (place === undefined) return tables;
  const known = narrowed.get(tables) ?? new Map<string, TablesOnRecord>();
  narrowed.set(tables, known);
  const found = known.get(place) ?? narrow(tables, place);
  known.set(place, found);
  return found;
}

function narrow(tables: TablesOnRecord, place: string): TablesOnRecord {
  const own: Record<string, readonly TableVersion[]> = {};
  // Later ones stand for earlier ones as far as they are in force.
  for (const province of new Set([`${place.slice(0, 2)}0000`, place])) {
    for (const key of Object.keys(tables)) {
      const [name = '', of] = key.split('/');
      if (of === province)
        own[name] = [...(own[name] ?? versionsOf(tables, name)), ...versionsOf(tables, key)];
    }
  }
  return Object.keys(own).length === 0 ? tables : { ...tables, ...own };
}

/**
 * The tables with a row of the world state among them, if it was approved.
 *
 * @param id `name/province/version`, as in the key of the row
 */
export function withTable(tables: TablesOnRecord, id: string, row: RuleRow): TablesOnRecord {
  const [name = '', province = COUNTRY, digits] = id.split('/');
  if (row.approvedBy === undefined || (province !== COUNTRY && NATIONAL.test(name))) return tables;
  const key = province === COUNTRY ? name : `${name}/${province}`;
  const version = Number(digits);
  const others = versionsOf(tables, key).filter((each) => each.version !== version);
  const versions = [...others, { version, from: row.from, table: row.table }];
  return { ...tables, [key]: versions.sort((a, b) => a.from - b.from || a.version - b.version) };
}
