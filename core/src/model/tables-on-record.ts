import type { RuleRow } from './rows.js';

/** An approved version of a rule table. */
export interface TableVersion {
  readonly version: number;
  /** Seconds since 1970. */
  readonly from: number;
  readonly table: RuleRow['table'];
}

/** The approved versions of rule tables of the whole country, by name, each list in the order of the versions. */
export type TablesOnRecord = Readonly<Record<string, readonly TableVersion[]>>;

/** The table in force at a time: of the versions that are in force the highest. */
export function tableAt(tables: TablesOnRecord, name: string, time: number): RuleRow['table'] | undefined {
  const versions = Object.hasOwn(tables, name) ? tables[name] : undefined;
  return versions?.findLast(({ from }) => from <= time)?.table;
}

/**
 * The tables with a row of the world state among them, if it was approved and holds for the whole country.
 *
 * @param id `name/province/version`, as in the key of the row
 */
export function withTable(tables: TablesOnRecord, id: string, row: RuleRow): TablesOnRecord {
  const [name = '', province, digits] = id.split('/');
  if (row.approvedBy === undefined || province !== 'CN') return tables;
  const version = Number(digits);
  const others = (Object.hasOwn(tables, name) ? tables[name] : undefined)?.filter(
    (each) => each.version !== version,
  );
  const versions = [...(others ?? []), { version, from: row.from, table: row.table }];
  return { ...tables, [name]: versions.sort((a, b) => a.version - b.version) };
}
