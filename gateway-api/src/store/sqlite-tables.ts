import { indexedFields, type Index, type View } from '../views/declare.js';
import { RowForm } from './sqlite-rows.js';

/** The SQL of one view. Columns: the key, one for each indexed field, and what has no column, as JSON. */
export interface TableSql {
  readonly form: RowForm;
  readonly create: readonly string[];
  readonly drop: string;
  /**
   * Puts `rows` documents: for each its key, the values of `fields`, and the rest. Of a document that exists, only the
   * `changed` fields and the rest are written: SQLite writes anew every index of which a column is written.
   */
  readonly upsert: (rows: number, changed: readonly string[]) => string;
  /** The fields that have a column, in the order of the columns. */
  readonly fields: readonly string[];
  /** All that is read of a document: its key, the indexed fields, the rest. */
  readonly get: string;
  /** The documents of those keys that a JSON array names. */
  readonly getMany: string;
  /** Pages in key order. */
  readonly scan: string;
}

const keyColumn = '"#key"';
const documentColumn = '"#document"';

/** Makes the statements for one view from its declaration. */
export function tableSql(view: View): TableSql {
  const table = quote(view.name);
  const indexed = indexedFields(view);
  const fields = indexed.map(quote);
  const columns = columnsOf(view);
  const row = `(${columns.map(() => '?').join(', ')})`;
  return {
    form: new RowForm(view),
    create: [
      `CREATE TABLE IF NOT EXISTS ${table} (${keyColumn} TEXT PRIMARY KEY, ${[...fields, documentColumn].join(', ')})`,
      ...Object.entries(view.indexes).flatMap(([name, index]) => createIndex(view, name, index)),
    ],
    drop: `DROP TABLE IF EXISTS ${table}`,
    upsert: (rows, changed) => {
      const updates = [...changed.map(quote), documentColumn].map((name) => `${name} = excluded.${name}`);
      return `INSERT INTO ${table} (${columns.join(', ')}) VALUES ${Array<string>(rows).fill(row).join(', ')}
        ON CONFLICT (${keyColumn}) DO UPDATE SET ${updates.join(', ')}`;
    },
    fields: indexed,
    get: `${select(view)} WHERE ${keyColumn} = ?`,
    getMany: `${select(view)}
      WHERE ${keyColumn} IN (SELECT value FROM json_each(?))`,
    scan: `${select(view)} WHERE ${keyColumn} > ?
      ORDER BY ${keyColumn} LIMIT ?`,
  };
}

/** The statement for one page of an index; parameters: the fields' values, the cursor's order and key, the limit. */
export function pageSql(view: View, index: Index, shape: { after: boolean; descending: boolean }): string {
  const order = orderColumns(view, index);
  const conditions = index.fields.map((field) => `${column(view, field)} = ?`);
  const [compare, direction] = shape.descending ? ['<', ' DESC'] : ['>', ''];
  if (shape.after) conditions.push(`(${order.join(', ')}) ${compare} (${order.map(() => '?').join(', ')})`);
  const where = conditions.length > 0 ? `WHERE ${conditions.join(' AND ')}` : '';
  return `${select(view)} ${where}
    ORDER BY ${order.map((name) => name + direction).join(', ')} LIMIT ?`;
}

/** The columns that order an index: its order field and the key, or the key alone. */
function orderColumns(view: View, index: Index): readonly string[] {
  return index.order === undefined || index.order === view.key
    ? [keyColumn]
    : [column(view, index.order), keyColumn];
}

function columnsOf(view: View): readonly string[] {
  return [keyColumn, ...indexedFields(view).map(quote), documentColumn];
}

function select(view: View): string {
  return `SELECT ${columnsOf(view).join(', ')} FROM ${quote(view.name)}`;
}

function createIndex(view: View, name: string, index: Index): readonly string[] {
  const columns = [...index.fields.map((field) => column(view, field)), ...orderColumns(view, index)];
  if (columns.length === 1 && columns[0] === keyColumn) return [];
  // What few documents have is no burden to the others.
  const only = index.sparse === true ? ` WHERE ${columns[0] ?? keyColumn} IS NOT NULL` : '';
  return [
    `CREATE INDEX IF NOT EXISTS ${quote(`${view.name}.${name}`)} ON ${quote(view.name)} (${columns.join(', ')})${only}`,
  ];
}

function column(view: View, field: string): string {
  return field === view.key ? keyColumn : quote(field);
}

function quote(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
