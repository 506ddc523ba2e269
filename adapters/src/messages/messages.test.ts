import { itemEventData, itemIdOf, keyIdOf, type ItemEventType } from '@huilian/core';
import { keyNamed, nonceNamed } from '@huilian/core/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readKit } from '../conformance/cases.js';
import { dictionary } from '../dictionary/dictionary.js';
import { plainName } from '../formats/header.js';
import { formats } from '../formats/index.js';
import { planOf, type Recorded } from '../inbox/plan.js';
import { messagesOf, messageType, messageTypes } from './index.js';
import { MessageError, readMessage } from './read-message.js';
import { SYSTEMS, type System } from './system.js';

const keyId = keyIdOf(keyNamed('partner'));
const newItem = (): { item: string; nonce: string } => {
  const nonce = nonceNamed('thing');
  return { item: itemIdOf(keyId, nonce), nonce };
};
const earlier = (): Recorded[] => [
  {
    id: `${keyId}.1.0`,
    event: { type: 'withdraw', version: 1, time: 0, item: newItem().item, data: {} },
  },
];
const kit = readKit();
const pepper = Buffer.from(kit.keys.imeiPepper, 'hex');
const examples = kit.inbox.flatMap(({ steps, systems }) =>
  steps.flatMap((step) =>
    'send' in step && step.expect.taken && step.expect.unknown?.length === 0
      ? [[String(step.send['type']), systems[0] ?? 'repair', step.send] as const]
      : [],
  ),
);

/** What comes into the ledger by these members only; the rest of them is for the sender's report. */
const NOT_ON_THE_LEDGER = ['intakeDate', 'ownerKind'];

/** What Oversight records by its own programs. */
const OVERSIGHT_ONLY = ['classifyRefusal'];

describe('every message', () => {
  it('has an example', () => {
    const named = new Set(examples.map(([type]) => type));
    expect(messageTypes.filter(({ name }) => !named.has(name))).toEqual([]);
  });

  it.each(examples)('%s of %s becomes events that the ledger takes', async (name, system, sent) => {
    const message = readMessage(system, Buffer.from(JSON.stringify(sent).replaceAll('{run}', 'r')), pepper);
    const type = messageType(name);
    if (!type) throw new Error(name);
    const known = await planOf(type, message, {
      newItem,
      find: () => Promise.resolve(newItem().item),
      earlier,
    });
    const isNew = type.events.filter((each) => 'registers' in each).length;
    expect(known.events.map((event) => event.type)).toEqual(
      type.events.slice(isNew).map((event) => event.type),
    );
    if (isNew === 0) return;
    const registered = await planOf(type, message, {
      newItem,
      find: () => Promise.resolve(undefined),
      earlier,
    });
    expect(registered.events.map((event) => event.type)).toEqual(type.events.map((event) => event.type));
  });

  it('stands for every step of the trade but those of Oversight', () => {
    const mapped = new Set(messageTypes.flatMap(({ events }) => events.map(({ type }) => type)));
    const steps = Object.keys(itemEventData) as ItemEventType[];
    expect(steps.filter((type) => !mapped.has(type))).toEqual(OVERSIGHT_ONLY);
  });

  it('says of each member where it goes on the ledger', () => {
    const lost = dictionary().messages.flatMap(({ name, fields }) =>
      fields
        .filter((field) => field.mapsTo.length === 0 && !NOT_ON_THE_LEDGER.includes(field.name))
        .map((field) => `${name}.${field.name}`),
    );
    expect(lost).toEqual([]);
  });

  it('has members that no name confuses, with words in both languages and a source', () => {
    for (const { name, columns, lists = [] } of messageTypes)
      for (const members of [columns, ...lists.map((list) => list.columns)]) {
        const owners = new Map<string, string>();
        for (const { name: member, headers, source } of members) {
          for (const alias of new Set([member, ...headers.zh, ...headers.en].map(plainName))) {
            expect(owners.get(alias), `${name}: ${alias}`).toBeUndefined();
            owners.set(alias, member);
          }
          expect(headers.zh[0]).toMatch(/\p{Script=Han}|VIN/u);
          expect(source.zh).not.toBe('');
        }
      }
  });

  it('may come as rows, unless one event of it takes a whole list at once', () => {
    const without = messageTypes.filter(({ name }) => formats[name] === undefined).map(({ name }) => name);
    expect(without).toEqual(['batteryDismantled', 'batteryRecycled', 'unitDismantled']);
  });

  it('has columns in its table that no header confuses, and those of its key', () => {
    for (const { name, columns, key } of Object.values(formats)) {
      const owners = new Map<string, string>();
      for (const { name: column, headers } of columns)
        for (const alias of new Set([column, ...headers.zh, ...headers.en].map(plainName))) {
          expect(owners.get(alias), `${name}: ${alias}`).toBeUndefined();
          owners.set(alias, column);
        }
      for (const part of key) expect(columns.map((column) => column.name)).toContain(part);
    }
  });

  it('is of a system that there is, and each system has some of its own', () => {
    for (const system of SYSTEMS)
      expect(
        messagesOf(system).some(({ systems }) => systems.length === 1),
        system,
      ).toBe(true);
  });
});

describe('a text of a stranger', () => {
  it('is read or refused with a code, whatever it holds', () => {
    const value = fc.jsonValue({ maxDepth: 3 });
    const systems = fc.constantFrom<System>(...SYSTEMS);
    const types = fc.constantFrom(...messageTypes.map(({ name }) => name));
    fc.assert(
      fc.property(systems, types, value, fc.dictionary(fc.string(), value), (system, type, data, around) => {
        const text = JSON.stringify({
          id: 'x',
          version: 1,
          time: '2026-03-02T10:00:00Z',
          ...around,
          type,
          data,
        });
        try {
          readMessage(system, Buffer.from(text));
        } catch (error) {
          expect(error).toHaveProperty('code', expect.stringMatching(/^HL-(1|9)\d{3}$/));
        }
      }),
    );
  });

  it('tells all faults at once', () => {
    const text = JSON.stringify({
      id: 'x',
      type: 'goodsSent',
      version: 1,
      time: '2026-03-02T10:00:00Z',
      data: { vin: 7 },
    });
    try {
      readMessage('repair', Buffer.from(text));
      expect.unreachable();
    } catch (error) {
      if (!(error instanceof MessageError)) throw error;
      expect(error.faults.map(({ pointer, code }) => [pointer, code])).toEqual([
        ['/data/vin', 'HL-9208'],
        ['/data/receiver', 'HL-9207'],
      ]);
    }
  });
});
