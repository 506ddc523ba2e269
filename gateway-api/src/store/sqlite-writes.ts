import type { View } from '../views/declare.js';
import type { Write } from './sqlite-file.js';
import { column, type Parameter } from './sqlite-rows.js';
import type { TableSql } from './sqlite-tables.js';
import type { Put } from './store.js';

/** Documents in one statement; each call of the database costs more than a row. */
const rowsPerStatement = 50;

/** Puts of one view that write the same columns. */
interface Rows {
  readonly table: TableSql;
  readonly changed: readonly string[];
  count: number;
  parameters: Parameter[];
}

/** The statements that write documents, many in each. Made while they are walked through. */
export function* statementsOf(
  puts: Iterable<Put>,
  tableOf: (view: View) => TableSql,
): Generator<Write, void, void> {
  const waiting = new Map<View, Map<string, Rows>>();
  for (const { view, document, before } of puts) {
    const table = tableOf(view);
    const changed =
      before === undefined
        ? table.fields
        : table.fields.filter((field) => column(before[field]) !== column(document[field]));
    const rows = rowsOf(waiting, view, table, changed);
    rows.parameters.push(...table.form.write(document));
    rows.count += 1;
    if (rows.count === rowsPerStatement) yield* taken(rows);
  }
  for (const ofView of waiting.values()) for (const rows of ofView.values()) yield* taken(rows);
}

function rowsOf(
  waiting: Map<View, Map<string, Rows>>,
  view: View,
  table: TableSql,
  changed: readonly string[],
): Rows {
  const ofView = waiting.get(view) ?? new Map<string, Rows>();
  if (ofView.size === 0) waiting.set(view, ofView);
  const name = changed.join();
  const known = ofView.get(name);
  if (known !== undefined) return known;
  const rows = { table, changed, count: 0, parameters: [] };
  ofView.set(name, rows);
  return rows;
}

/** Statements of two lengths only, so that few are prepared. */
function* taken(rows: Rows): Generator<Write, void, void> {
  const { table, changed, count, parameters } = rows;
  rows.count = 0;
  rows.parameters = [];
  if (count === rowsPerStatement) yield { sql: table.upsert(rowsPerStatement, changed), parameters };
  else {
    const each = table.fields.length + 2;
    const sql = table.upsert(1, changed);
    for (let i = 0; i < parameters.length; i += each)
      yield { sql, parameters: parameters.slice(i, i + each) };
  }
}
