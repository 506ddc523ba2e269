import type Database from 'libsql';

/** The members of a document of a view. */
export type Fields = Record<string, unknown>;

/** A row of a view's table: its key, the fields by which documents are found, and the other fields as JSON. */
type StoredRow = Readonly<Record<string, string | number | null>>;

function rowOf(database: Database.Database, view: string, key: string): StoredRow | undefined {
  const row: unknown = database.prepare(`SELECT * FROM "${view}" WHERE "#key" = ?`).get(key);
  return row as StoredRow | undefined;
}

/** A document as it stands in the file of a read model. */
export function storedDocument(database: Database.Database, view: string, key: string): Fields {
  const { '#key': id, '#document': others, ...found } = rowOf(database, view, key) ?? {};
  const present = Object.entries(found).filter(([name, value]) => value !== null && name !== '_metadata');
  return { ...(JSON.parse(String(others)) as Fields), ...Object.fromEntries(present), id };
}

/** Makes a document another one, takes it away, or puts in one that should not be there. @returns what undoes it */
export function alterDocument(
  database: Database.Database,
  view: string,
  key: string,
  document: Fields | undefined,
): () => void {
  const before = rowOf(database, view, key);
  const columns = database.prepare(`PRAGMA table_info("${view}")`).all() as { name: string }[];
  const names = columns.map(({ name }) => name);
  const remove = database.prepare(`DELETE FROM "${view}" WHERE "#key" = ?`);
  const insert = database.prepare(
    `INSERT INTO "${view}" (${names.map((name) => `"${name}"`).join()}) VALUES (${names.map(() => '?').join()})`,
  );
  const put = (row: StoredRow | undefined): void => {
    remove.run(key);
    if (row !== undefined) insert.run(names.map((name) => row[name] ?? null));
  };
  put(document === undefined ? undefined : storedRow(key, names, document));
  return () => {
    put(before);
  };
}

function storedRow(key: string, columns: readonly string[], { id: _key, ...fields }: Fields): StoredRow {
  const inColumns = Object.entries(fields).filter(([name]) => columns.includes(name));
  const others = Object.entries(fields).filter(([name]) => !columns.includes(name));
  const values = inColumns.map(([name, value]) => [name, typeof value === 'boolean' ? Number(value) : value]);
  return {
    ...(Object.fromEntries(values) as StoredRow),
    '#key': key,
    '#document': JSON.stringify(Object.fromEntries(others)),
  };
}
