import type { Field } from '../fields/field.js';
import { required } from '../messages/columns/index.js';
import type { ListField, MessageType } from '../messages/message-type.js';
import { systems } from '../messages/system.js';
import type { Column, EntryColumns, TableFormat } from './format.js';
import { PERSONAL_HEADERS } from './personal.js';
import { scrappedVehicleIntake } from './scrapped-vehicle-intake.js';

/** When it happened; a message has it in its envelope. */
const time: Column = {
  name: 'time',
  headers: { zh: ['发生时间', '操作时间', '业务时间'], en: ['time', 'happened at', 'eventTime'] },
  field: { type: 'time', earliest: '1990-01-01', latest: '2099-12-31' },
  required: false,
  source: { zh: '回链数据字典', en: 'Huilian data dictionary' },
};

/** A message as the row of a table, where it may be one. */
export function tableOf(type: MessageType): TableFormat | undefined {
  const { name, version, title, columns, lists = [], tableKey, rowsJoin, anyOf } = type;
  if (tableKey === undefined) return undefined;
  const [list] = lists;
  const entry = list === undefined ? [] : entryColumns(list, rowsJoin === undefined ? [] : tableKey);
  const listed = list === undefined ? {} : { list: entryOf(list) };
  if (name === scrappedVehicleIntake.name)
    return { ...scrappedVehicleIntake, columns: [...columns, ...entry], ...listed };
  const senders = type.systems.map((system) => systems[system].title);
  const source = {
    zh: senders.map(({ zh }) => zh).join('、'),
    en: senders.map(({ en }) => en).join(', '),
  };
  const head = columns.filter(({ name: own }) => !entry.some((each) => each.name === own));
  const once = [...head, { ...time, required: tableKey.includes('time') }].map((column) =>
    rowsJoin === undefined || rowsJoin.includes(column.name)
      ? column
      : { ...column, saidOnce: true as const },
  );
  return {
    name,
    version,
    title,
    source,
    columns: [...once.slice(0, -1), ...entry, ...once.slice(-1)],
    key: tableKey,
    numbers: 'point',
    leftOut: PERSONAL_HEADERS,
    ...(anyOf === undefined ? {} : { anyOf }),
    ...listed,
    ...(rowsJoin === undefined ? {} : { rowsJoin }),
  };
}

/**
 * @param key of a table whose rows join: an entry without the number that tells it from others could not be told from a row that stands there
 *   twice
 */
function entryColumns(
  { columns, least, most, isOneCell }: ListField,
  key: readonly string[],
): readonly Column[] {
  if (isOneCell === true)
    return columns.map((column) => ({ ...column, required: false, field: several(column, most) }));
  if (least === 0) return columns.map((each) => ({ ...each, required: false }));
  const own = columns.filter(({ name }) => key.includes(name));
  return columns.map((each) => (own.length === 1 && own[0] === each ? required(each) : each));
}

function several({ field }: Column, most: number): Field {
  return field.type === 'text' ? { ...field, several: most } : field;
}

function entryOf({ name, columns, least, most, anyOf, isOneCell, isFirstBeside }: ListField): EntryColumns {
  const isNeeded = least > 0 || isOneCell === true;
  const more = isFirstBeside === true ? 1 : 0;
  return {
    name,
    columns: columns.map((column) => column.name),
    required: isNeeded ? [] : columns.filter((column) => column.required).map((column) => column.name),
    least: least + more,
    most: most + more,
    ...(anyOf === undefined ? {} : { anyOf }),
    ...(isOneCell === undefined ? {} : { isOneCell }),
    ...(isFirstBeside === undefined ? {} : { isFirstBeside }),
  };
}
