import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAX_VALUE_BYTES, TransactionState, type StatePeer } from './transaction-state.js';

const bytes = (text: string): Uint8Array => Buffer.from(text);

/** A peer that remembers which keys it was asked for, and what it was given. */
function peerWith(rows: Readonly<Record<string, string>>) {
  const asked: string[] = [];
  const given: (readonly [string, string | undefined])[] = [];
  const peer: StatePeer = {
    async get(keys) {
      await Promise.resolve();
      asked.push(...keys);
      return keys.map((key) => bytes(rows[key] ?? ''));
    },
    put(writes) {
      given.push(...writes.map(([key, value]) => [key, value && Buffer.from(value).toString()] as const));
      return Promise.resolve();
    },
  };
  return { state: new TransactionState(peer), asked, given };
}

async function texts(state: TransactionState, keys: readonly string[]): Promise<(string | undefined)[]> {
  const values = await state.read(keys);
  return keys.map((key) => values.get(key) && Buffer.from(values.get(key) ?? '').toString());
}

describe('the state of a transaction', () => {
  it('asks the peer once for each key, however often it is read', async () => {
    const { state, asked } = peerWith({ a: '1' });
    expect(await texts(state, ['a', 'b', 'a'])).toEqual(['1', undefined, '1']);
    expect(await texts(state, ['b', 'a'])).toEqual([undefined, '1']);
    expect(asked).toEqual(['a', 'b']);
  });

  it('shows to a read what was written before, and does not ask the peer for it', async () => {
    const { state, asked } = peerWith({ a: '1', b: '2' });
    state.write('a', bytes('3'));
    state.write('b', undefined);
    expect(await texts(state, ['a', 'b'])).toEqual(['3', undefined]);
    expect(asked).toEqual([]);
  });

  it('keeps what was written while a read was under way', async () => {
    const { state } = peerWith({ a: '1' });
    const reading = texts(state, ['a']);
    state.write('a', bytes('2'));
    expect(await reading).toEqual(['2']);
  });

  it('gives the last write of each key to the peer, once and in the order of the keys', async () => {
    const { state, given } = peerWith({});
    state.write('b', bytes('1'));
    state.write('c', bytes('2'));
    state.write('a', undefined);
    state.write('b', bytes('3'));
    await state.flush();
    await state.flush();
    expect(given).toEqual([
      ['a', undefined],
      ['b', '3'],
      ['c', '2'],
    ]);
    expect(await texts(state, ['b', 'a'])).toEqual(['3', undefined]);
  });

  it('refuses what the peer would store wrongly or could not carry', () => {
    const { state } = peerWith({});
    expect(() => {
      state.write('', bytes('1'));
    }).toThrow('needs a key');
    expect(() => {
      state.write('a', bytes(''));
    }).toThrow('is empty');
    expect(() => {
      state.write('a', new Uint8Array(MAX_VALUE_BYTES + 1));
    }).toThrow('at most');
    state.write('a', new Uint8Array(MAX_VALUE_BYTES));
  });

  it('answers like a map, whatever is read and written', async () => {
    const key = fc.constantFrom('a', 'b', 'c', 'd');
    const step = fc.oneof(
      fc.record({ read: fc.array(key) }),
      fc.record({ write: key, value: fc.option(fc.constantFrom('1', '2', '3'), { nil: undefined }) }),
    );
    const before = { a: '0', b: '9' };
    await fc.assert(
      fc.asyncProperty(fc.array(step), async (steps) => {
        const { state, asked, given } = peerWith(before);
        const model = new Map<string, string | undefined>(Object.entries(before));
        const written = new Set<string>();
        for (const each of steps) {
          if ('read' in each) {
            expect(await texts(state, each.read)).toEqual(each.read.map((name) => model.get(name)));
          } else {
            state.write(each.write, each.value === undefined ? undefined : bytes(each.value));
            model.set(each.write, each.value);
            written.add(each.write);
          }
        }
        await state.flush();
        expect(given).toEqual([...written].sort().map((name) => [name, model.get(name)]));
        expect(new Set(asked).size).toBe(asked.length);
      }),
    );
  });
});
