import type { MessageType } from '../messages/message-type.js';
import { systems } from '../messages/system.js';
import type { TableFormat } from './format.js';
import { PERSONAL_HEADERS } from './personal.js';
import { scrappedVehicleIntake } from './scrapped-vehicle-intake.js';

/** A message as the row of a table, where it may be one. */
export function tableOf(type: MessageType): TableFormat | undefined {
  if (type.name === scrappedVehicleIntake.name) return scrappedVehicleIntake;
  const { name, version, title, columns, tableKey } = type;
  if (tableKey === undefined) return undefined;
  const senders = type.systems.map((system) => systems[system].title);
  const source = {
    zh: senders.map(({ zh }) => zh).join('、'),
    en: senders.map(({ en }) => en).join(', '),
  };
  return {
    name,
    version,
    title,
    source,
    columns,
    key: tableKey,
    numbers: 'point',
    leftOut: PERSONAL_HEADERS,
  };
}
