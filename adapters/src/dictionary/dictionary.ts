import { allowedBy } from '../fields/allowed.js';
import type { Phrase } from '../fields/phrase.js';
import { titleOf, type Column } from '../formats/format.js';
import { messageTypes } from '../messages/index.js';
import type { ListField, MessageType } from '../messages/message-type.js';
import type { System } from '../messages/system.js';
import { codeLists, type CodeList } from './code-lists.js';
import { ledgerEvents, type EventEntry } from './ledger-events.js';
import { targetsOf } from './targets.js';

/** Raised whenever something that was published before means something else. */
export const DICTIONARY_VERSION = 1;

/** One member of a message. */
export interface FieldEntry {
  /** As it stands in data; members of a list as `outputs[].kind`. */
  readonly name: string;
  readonly title: Phrase;
  /** Names by which partners call it, too. */
  readonly also: readonly string[];
  readonly required: boolean;
  readonly type: 'text' | 'integer' | 'grams' | 'fen' | 'date' | 'seconds' | 'code' | 'list';
  readonly allowed: Phrase;
  /** Name of its list of codes, where it has one. */
  readonly codeList?: string;
  readonly source: Phrase;
  /** Where it goes on the ledger, such as `reportDamage.loss`. */
  readonly mapsTo: readonly string[];
}

export interface MessageEntry {
  readonly name: string;
  readonly version: number;
  readonly title: Phrase;
  readonly systems: readonly System[];
  /** Types of the events that it becomes, in order. */
  readonly events: readonly string[];
  /** True when it may also come as rows of a CSV or XLSX file. */
  readonly isTable: boolean;
  /** As rows, those that are alike in these members are one message. */
  readonly rowsJoin?: readonly string[];
  /** Of these, at least one must be there. */
  readonly anyOf?: readonly string[];
  readonly fields: readonly FieldEntry[];
}

/** The published dictionary: what partners send, what the ledger records, and every list of codes. */
export interface Dictionary {
  readonly version: number;
  readonly messages: readonly MessageEntry[];
  readonly events: readonly EventEntry[];
  readonly codeLists: readonly CodeList[];
  /** Members of events that nobody described yet. */
  readonly undescribed: readonly string[];
}

/** Makes the dictionary from the declarations that messages, tables and events are checked by. */
export function dictionary(): Dictionary {
  const events = ledgerEvents();
  const undescribed = events.flatMap(({ fields }) =>
    fields.flatMap(({ name, title }) => (title ? [] : [name.replace(/^.*\./, '')])),
  );
  return {
    version: DICTIONARY_VERSION,
    messages: messageTypes.map(messageEntry),
    events,
    codeLists: codeLists(),
    undescribed: [...new Set(undescribed)].sort(),
  };
}

function messageEntry(type: MessageType): MessageEntry {
  const { name, version, title, systems, events, tableKey, rowsJoin, anyOf, columns, lists = [] } = type;
  const targets = targetsOf(type);
  return {
    name,
    version,
    title,
    systems,
    events: events.map((event) => event.type),
    isTable: tableKey !== undefined,
    ...(rowsJoin ? { rowsJoin } : {}),
    ...(anyOf ? { anyOf } : {}),
    fields: [
      ...columns.map((column) => fieldEntry(column, '', targets)),
      ...lists.flatMap((list) => [
        {
          name: list.name,
          title: list.title,
          also: [],
          required: list.least > 0,
          type: 'list' as const,
          allowed: entriesAllowed(list),
          source: list.source,
          mapsTo: targets.get(list.name) ?? [],
        },
        ...list.columns.map((column) => fieldEntry(column, `${list.name}[].`, targets)),
      ]),
    ],
  };
}

function entriesAllowed({ least, most, anyOf }: ListField): Phrase {
  const [zh, en] = [`${least} 至 ${most} 项`, `${least} to ${most} entries`];
  if (anyOf === undefined) return { zh, en };
  const names = anyOf.join(', ');
  return { zh: `${zh}，每项至少写明其一：${names}`, en: `${en}, each with at least one of ${names}` };
}

function fieldEntry(column: Column, at: string, targets: ReadonlyMap<string, readonly string[]>): FieldEntry {
  const { name, headers, field, required, source } = column;
  return {
    name: at + name,
    title: titleOf(column),
    also: [...headers.zh.slice(1), ...headers.en],
    required,
    type: typeOf(column),
    allowed: allowedBy(field),
    ...(field.type === 'codeList' ? { codeList: name } : {}),
    source,
    mapsTo: targets.get(at + name) ?? [],
  };
}

function typeOf({ field }: Column): FieldEntry['type'] {
  switch (field.type) {
    case 'integer':
      return 'integer';
    case 'quantity':
      return field.measure === 'mass' ? 'grams' : 'fen';
    case 'date':
      return 'date';
    case 'time':
      return 'seconds';
    case 'codeList':
      return 'code';
    default:
      return 'text';
  }
}
