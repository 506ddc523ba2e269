import { HuilianError, isErrorCode, parseBounded, type ErrorCode } from '@huilian/core';
import type { z } from 'zod';
import { allowedBy } from '../fields/allowed.js';
import { hashedImei, holdsImei } from '../fields/imei.js';
import { shownText } from '../fields/text.js';
import type { Column } from '../formats/format.js';
import { isPersonal } from '../formats/personal.js';
import { messageType } from './index.js';
import type { Message, MessageFault, MessageValues, UnknownField } from './message.js';
import type { MessageType } from './message-type.js';
import { renamed } from './names.js';
import { dataSchema, envelopeSchema } from './schema.js';
import type { System } from './system.js';

/** A message that does not fit, with all its faults at once. */
export class MessageError extends HuilianError {
  constructor(
    code: ErrorCode,
    readonly faults: readonly MessageFault[],
    /** What the dictionary does not know: a member that is missing may be among them under another name. */
    readonly unknown: readonly UnknownField[] = [],
  ) {
    super(code);
  }
}

const ENVELOPE = ['id', 'type', 'version', 'time', 'cites', 'replaces', 'data'];
const LONGEST_FOUND = 80;
const schemas = new WeakMap<MessageType, z.ZodType<Readonly<Record<string, unknown>>>>();

/**
 * Reads a message of a system. The IMEI of a telephone does not leave here: what stands in its place is its digest.
 *
 * @param imeiPepper of the channel
 * @throws HuilianError HL-1002, HL-1003, HL-1006 no JSON; HL-9201 unknown type, HL-9206 unknown version, HL-9211 a member twice, HL-1049 an
 *   IMEI where there is no pepper
 * @throws MessageError HL-9200 for the envelope, HL-9202 for its data, with every fault
 */
export function readMessage(system: System, bytes: Uint8Array, imeiPepper?: Uint8Array): Message {
  const document = parseBounded(bytes);
  const envelope = envelopeSchema.safeParse(document);
  if (!envelope.success) throw new MessageError('HL-9200', faultsOf(envelope.error, document, '', []));
  const { id, type: name, version, time, cites, replaces, data } = envelope.data;
  const type = messageType(name);
  if (!type?.systems.includes(system)) throw new HuilianError('HL-9201', { type: name, system });
  if (version !== type.version)
    throw new HuilianError('HL-9206', { type: name, version, expected: type.version });
  const { values, unknown } = readData(type, data, imeiPepper);
  const around = Object.keys(envelope.data).filter((member) => !ENVELOPE.includes(member));
  return {
    id,
    type: name,
    version,
    time: Math.floor(Date.parse(time) / 1000),
    ...(cites === undefined ? {} : { cites }),
    ...(replaces === undefined ? {} : { replaces }),
    values,
    unknown: [...around.map((member) => unknownField('', member, envelope.data[member])), ...unknown],
  };
}

/** The data of a message under the names of the dictionary. @throws MessageError HL-9202 @throws HuilianError HL-9211 */
export function readData(
  type: MessageType,
  data: Readonly<Record<string, unknown>>,
  imeiPepper?: Uint8Array,
): Pick<Message, 'values' | 'unknown'> {
  const lists = type.lists ?? [];
  const names = lists.map(({ name }) => name);
  const top = renamed(data, type.columns, names, '/data');
  const unknown = top.unknown.map((name) => unknownField('/data', name, data[name]));
  const values: Record<string, unknown> = { ...top.values };
  for (const { name, columns } of lists) {
    const entries = values[name];
    if (!Array.isArray(entries)) continue;
    values[name] = entries.map((entry: unknown, at) => {
      if (typeof entry !== 'object' || entry === null) return entry;
      const members = entry as Readonly<Record<string, unknown>>;
      const read = renamed(members, columns, [], `/data/${name}/${at}`);
      unknown.push(...read.unknown.map((each) => unknownField(`/data/${name}/${at}`, each, members[each])));
      return read.values;
    });
  }
  const read = schemaOf(type).safeParse(values);
  if (!read.success)
    throw new MessageError('HL-9202', faultsOf(read.error, values, '/data', columnsOf(type)), unknown);
  return { values: withoutImei(type, read.data as MessageValues, imeiPepper), unknown };
}

/** The digest in place of each IMEI. @throws HuilianError HL-1049 */
function withoutImei(
  { columns, lists = [] }: MessageType,
  values: MessageValues,
  pepper: Uint8Array | undefined,
): MessageValues {
  type Members = Readonly<Record<string, unknown>>;
  const hashed = <T extends Members>(members: T, of: readonly Column[]): T => {
    const digests = of.flatMap(({ name, field }) => {
      const value = members[name];
      return field.type === 'imei' && typeof value === 'string' ? [[name, hashedImei(value, pepper)]] : [];
    });
    return digests.length === 0 ? members : { ...members, ...(Object.fromEntries(digests) as Members) };
  };
  const ofLists = lists.flatMap(({ name, columns: members }) => {
    const entries = values[name];
    if (typeof entries !== 'object') return [];
    return [[name, entries.map((entry) => hashed(entry, members))] as const];
  });
  return { ...hashed(values, columns), ...Object.fromEntries(ofLists) };
}

function schemaOf(type: MessageType) {
  const known = schemas.get(type);
  if (known) return known;
  const made = dataSchema(type);
  schemas.set(type, made);
  return made;
}

function columnsOf({ columns, lists = [] }: MessageType): readonly Column[] {
  return [...columns, ...lists.flatMap((list) => list.columns)];
}

function unknownField(at: string, name: string, value: unknown): UnknownField {
  if (holdsImei(name)) return { pointer: `${at}/…` };
  const pointer = `${at}/${shownText(name).slice(0, 60).replaceAll('~', '~0').replaceAll('/', '~1')}`;
  const text = JSON.stringify(value);
  if (isPersonal(name) || holdsImei(text)) return { pointer };
  return { pointer, found: shownText(text.slice(0, LONGEST_FOUND).toWellFormed()) };
}

function faultsOf(error: z.ZodError, value: unknown, at: string, columns: readonly Column[]): MessageFault[] {
  return error.issues.map((issue) => {
    const pointer = [at, ...issue.path.map(String)].join('/');
    const name = issue.path.findLast((step) => typeof step === 'string');
    const column = columns.find((each) => each.name === name);
    const given: unknown = issue.code === 'custom' ? issue.params?.['code'] : undefined;
    const isMissing = valueAt(value, issue.path) === undefined;
    const own = isMissing ? 'HL-9207' : 'HL-9208';
    const code = typeof given === 'string' && isErrorCode(given) ? given : own;
    return { pointer, code, ...(column ? { allowed: allowedBy(column.field) } : {}) };
  });
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (at, step) =>
      typeof at === 'object' && at !== null ? (at as Record<PropertyKey, unknown>)[step] : undefined,
    value,
  );
}
