import { indexedFields, type Index, type View } from '../views/declare.js';

/** The SQL of one view. Columns: the key, one for each indexed field, and the document as canonical JSON. */
export interface TableSql {
  readonly create: readonly string[];
  readonly drop: string;
  readonly upsert: string;
  readonly get: string;
  /** Pages in key order. */
  readonly scan: string;
}

const keyColumn = '"#key"';
const documentColumn = '"#document"';

/** Makes the statements for one view from its declaration. */
export function tableSql(view: View): TableSql {
  const table = quote(view.name);
  const fields = indexedFields(view).map(quote);
  const columns = [keyColumn, ...fields, documentColumn];
  const updates = [...fields, documentColumn].map((column) => `${column} = excluded.${column}`);
  return {
    create: [
      `CREATE TABLE IF NOT EXISTS ${table} (${keyColumn} TEXT PRIMARY KEY, ${[...fields, documentColumn].join(', ')})`,
      ...Object.entries(view.indexes).flatMap(([name, index]) => createIndex(view, name, index)),
    ],
    drop: `DROP TABLE IF EXISTS ${table}`,
    upsert: `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})
      ON CONFLICT (${keyColumn}) DO UPDATE SET ${updates.join(', ')}`,
    get: `SELECT ${documentColumn} AS document FROM ${table} WHERE ${keyColumn} = ?`,
    scan: `SELECT ${keyColumn} AS key, ${documentColumn} AS document FROM ${table} WHERE ${keyColumn} > ?
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
  return `SELECT ${documentColumn} AS document FROM ${quote(view.name)} ${where}
    ORDER BY ${order.map((name) => name + direction).join(', ')} LIMIT ?`;
}

/** The columns that order an index: its order field and the key, or the key alone. */
function orderColumns(view: View, index: Index): readonly string[] {
  return index.order === undefined || index.order === view.key
    ? [keyColumn]
    : [column(view, index.order), keyColumn];
}

function createIndex(view: View, name: string, index: Index): readonly string[] {
  const columns = [...index.fields.map((field) => column(view, field)), ...orderColumns(view, index)];
  if (columns.length === 1 && columns[0] === keyColumn) return [];
  return [
    `CREATE INDEX IF NOT EXISTS ${quote(`${view.name}.${name}`)} ON ${quote(view.name)} (${columns.join(', ')})`,
  ];
}

function column(view: View, field: string): string {
  return field === view.key ? keyColumn : quote(field);
}

function quote(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
