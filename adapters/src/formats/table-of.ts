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
  if (type.name === scrappedVehicleIntake.name) return scrappedVehicleIntake;
  const { name, version, title, columns, lists = [], tableKey, rowsJoin, anyOf } = type;
  if (tableKey === undefined) return undefined;
  const senders = type.systems.map((system) => systems[system].title);
  const source = {
    zh: senders.map(({ zh }) => zh).join('、'),
    en: senders.map(({ en }) => en).join(', '),
  };
  const [list] = lists;
  const entry = list?.columns.map((each) => (list.least > 0 ? each : { ...each, required: false })) ?? [];
  return {
    name,
    version,
    title,
    source,
    columns: [...columns, ...entry, { ...time, required: tableKey.includes('time') }],
    key: tableKey,
    numbers: 'point',
    leftOut: PERSONAL_HEADERS,
    ...(anyOf === undefined ? {} : { anyOf }),
    ...(list === undefined ? {} : { list: entryOf(list) }),
    ...(rowsJoin === undefined ? {} : { rowsJoin }),
  };
}

function entryOf({ name, columns, least, most, anyOf }: ListField): EntryColumns {
  const required = least > 0 ? [] : columns.filter((column) => column.required).map((column) => column.name);
  return {
    name,
    columns: columns.map((column) => column.name),
    required,
    most,
    ...(anyOf === undefined ? {} : { anyOf }),
  };
}
