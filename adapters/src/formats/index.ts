import { messageTypes } from '../messages/index.js';
import type { TableFormat } from './format.js';
import { tableOf } from './table-of.js';

/** Every declared format by its name: the messages that may come as rows of a table. */
export const formats: Readonly<Record<string, TableFormat>> = Object.fromEntries(
  messageTypes.flatMap((type) => {
    const format = tableOf(type);
    return format ? [[type.name, format] as const] : [];
  }),
);
