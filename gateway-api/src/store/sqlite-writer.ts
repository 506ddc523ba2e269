import type { View } from '../views/declare.js';
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

/** Gathers puts and writes them many at once. */
export class SqliteWriter {
  readonly #table: (view: View) => TableSql;
  readonly #run: (sql: string, parameters: readonly Parameter[]) => void;
  readonly #waiting = new Map<View, Map<string, Rows>>();

  /** @param run runs a statement, within the transaction that the caller has begun */
  constructor(table: (view: View) => TableSql, run: (sql: string, parameters: readonly Parameter[]) => void) {
    this.#table = table;
    this.#run = run;
  }

  put({ view, document, before }: Put): void {
    const table = this.#table(view);
    const changed =
      before === undefined
        ? table.fields
        : table.fields.filter((field) => column(before[field]) !== column(document[field]));
    const rows = this.#rows(view, table, changed);
    rows.parameters.push(...table.form.write(document));
    rows.count += 1;
    if (rows.count === rowsPerStatement) this.#write(rows);
  }

  /** Writes what still waits. */
  flush(): void {
    for (const ofView of this.#waiting.values()) for (const rows of ofView.values()) this.#write(rows);
  }

  #rows(view: View, table: TableSql, changed: readonly string[]): Rows {
    const ofView = this.#waiting.get(view) ?? new Map<string, Rows>();
    if (ofView.size === 0) this.#waiting.set(view, ofView);
    const name = changed.join();
    const known = ofView.get(name);
    if (known !== undefined) return known;
    const rows = { table, changed, count: 0, parameters: [] };
    ofView.set(name, rows);
    return rows;
  }

  /** Statements of two lengths only, so that few are prepared. */
  #write(rows: Rows): void {
    const { table, changed, parameters } = rows;
    if (rows.count === rowsPerStatement) this.#run(table.upsert(rowsPerStatement, changed), parameters);
    else {
      const each = table.fields.length + 2;
      const sql = table.upsert(1, changed);
      for (let i = 0; i < parameters.length; i += each) this.#run(sql, parameters.slice(i, i + each));
    }
    rows.count = 0;
    rows.parameters = [];
  }
}
