import { allowedBy } from '../fields/allowed.js';
import { readField, type FieldSurroundings, type FieldValue } from '../fields/field.js';
import { holdsImei } from '../fields/imei.js';
import type { Fault } from '../fields/reading.js';
import { textOf } from '../fields/text.js';
import { columnLetters, isFilled, type Cell, type Row } from '../tables/cell.js';
import type { FoundColumn, Header } from './header.js';
import { issue, type Issue, type Place } from './issue.js';
import { unmerged } from './merged.js';

/** Values of a row by the names of its columns; columns that are not filled are absent. */
export type Values = Readonly<Record<string, FieldValue>>;

/** What a row says, and what is wrong with it: with a refusal among the issues the values are not whole. */
export interface ReadRow {
  readonly values: Values;
  readonly issues: readonly Issue[];
  /** Names of the columns whose cells hold something, whether it can be read or not. */
  readonly filled: ReadonlySet<string>;
}

/** Reads all columns of a row, so that its sender learns of all faults at once. */
export function readRow(row: Row, header: Header, isText: boolean, surroundings: FieldSurroundings): ReadRow {
  const issues: Issue[] = [];
  const place = placeOf(row);
  if (row.hidden) issues.push(issue('HL-9105', place));
  // In a CSV file a delimiter that was not quoted pushes all cells behind it to the right.
  const beyond = isText ? row.cells.findIndex((cell, at) => at >= header.width && isFilled(cell)) : -1;
  if (beyond >= 0) {
    const surplus = { ...place, column: columnLetters(beyond) };
    issues.push(issue('HL-9110', surplus, { ...shown(row.cells[beyond]) }));
  }
  const values: Record<string, FieldValue> = {};
  const filled = new Set<string>();
  const shared: string[] = [];
  for (const found of header.columns) {
    const { name, field, required, saidOnce } = found.column;
    const own = unmerged(row.cells, found, header);
    const cell = own === undefined ? row.cells[found.position] : own.cell;
    const tell = ({ code, details = {} }: Fault): void => {
      issues.push(
        issue(code, cellPlace(place, found), {
          ...(field.type === 'imei' || code === 'HL-1048' ? {} : shown(cell)),
          allowed: allowedBy(field),
          details,
        }),
      );
    };
    if (!isFilled(cell)) {
      if (required && saidOnce !== true) tell({ code: 'HL-9101' });
      continue;
    }
    filled.add(name);
    if (own?.isShared === true) shared.push(`${columnLetters(found.position)} ${found.header}`);
    const read = readField(
      cell,
      field,
      found.unit === undefined ? surroundings : { ...surroundings, unit: found.unit },
    );
    if (read.fault) {
      tell(read.fault);
      continue;
    }
    values[name] = read.value;
    if (read.notice) tell(read.notice);
  }
  if (shared.length > 0) issues.push(issue('HL-9163', place, { details: { columns: shared.join(', ') } }));
  return { values, issues, filled };
}

/** Place of a row. */
export function placeOf({ sheet, row }: Row): Place {
  return sheet === undefined ? { row } : { sheet, row };
}

function cellPlace(place: Place, { position, header }: FoundColumn): Place {
  return { ...place, column: columnLetters(position), header };
}

/** What stands in a cell, unless an IMEI does. */
function shown(cell: Cell | undefined): { found?: string } {
  const found = cell === undefined ? '' : textOf(cell);
  return holdsImei(found) ? {} : { found };
}
