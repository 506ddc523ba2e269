import type { TableFormat } from '../formats/format.js';
import type { Joined } from '../formats/joined-rows.js';
import type { Values } from '../formats/read-row.js';

const SALT = 'salt';

/** Whether a table holds amounts that stand on the ledger as commitments. */
export function hasSalts({ columns }: Pick<TableFormat, 'columns'>): boolean {
  return columns.some(({ name }) => name === SALT);
}

/** The format for a list of an office, which has no salts. */
export function withoutSalts(format: TableFormat): TableFormat {
  const columns = format.columns.map((column) =>
    column.name === SALT ? { ...column, required: false } : column,
  );
  const { list } = format;
  if (list === undefined) return { ...format, columns };
  return { ...format, columns, list: { ...list, required: list.required.filter((name) => name !== SALT) } };
}

/**
 * What rows say, with a salt of its own beside each amount that has none.
 *
 * @param newSalt 16 random bytes, base64url
 */
export function salted({ head, entries }: Joined, newSalt: () => string): Joined {
  const added = (values: Values): Values =>
    values['amountFen'] === undefined && values['priceFen'] === undefined
      ? values
      : { [SALT]: newSalt(), ...values };
  return { head: added(head), entries: entries.map(added) };
}
