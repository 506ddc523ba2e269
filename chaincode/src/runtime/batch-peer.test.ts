import { EventEmitter } from 'node:events';
import protos from '@hyperledger/fabric-protos';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { listenForOffer, pagesOfKeys, pagesOfWrites, peerOf, type PeerLink } from './batch-peer.js';
import type { StatePeer } from './transaction-state.js';
import type { Write } from './wire.js';

const { peer } = protos;
const { Type } = peer.ChaincodeMessage;

interface Offered {
  readonly keys?: number;
  readonly writes?: number;
}

/** A peer at the other end of a stream: it speaks the protocol with the protos of its own version. */
class FakePeer {
  readonly rows = new Map<string, string>();
  readonly messages: string[] = [];
  /** True when its database fails: then it answers a multi-get without values. */
  broken = false;
  readonly #stream = new EventEmitter();

  /** Connects, and says with READY what it offers; before 3.1 it says nothing. */
  connect(offered?: Offered): StatePeer {
    listenForOffer(this.#stream);
    const ready = new peer.ChaincodeMessage();
    ready.setType(Type.READY);
    const parameters = new peer.ChaincodeAdditionalParams();
    parameters.setUseGetMultipleKeys(offered?.keys !== undefined);
    parameters.setMaxSizeGetMultipleKeys(offered?.keys ?? 0);
    parameters.setUseWriteBatch(offered?.writes !== undefined);
    parameters.setMaxSizeWriteBatch(offered?.writes ?? 0);
    if (offered) ready.setPayload(parameters.serializeBinary());
    this.#stream.emit('data', ready);
    return peerOf(this.link());
  }

  private link(): PeerLink {
    return {
      channel: 'lifecycle',
      transaction: 'one',
      stream: this.#stream,
      ask: (message) => {
        const received = peer.ChaincodeMessage.deserializeBinary(message.serializeBinary());
        expect([received.getChannelId(), received.getTxid()]).toEqual(['lifecycle', 'one']);
        return Promise.resolve(this.answer(received.getType(), received.getPayload_asU8()));
      },
      get: (key) => {
        this.messages.push(`get ${key}`);
        return Promise.resolve(Buffer.from(this.rows.get(key) ?? ''));
      },
      put: (key, value) => {
        this.messages.push(`put ${key}`);
        this.rows.set(key, Buffer.from(value).toString());
        return Promise.resolve();
      },
      delete: (key) => {
        this.messages.push(`delete ${key}`);
        this.rows.delete(key);
        return Promise.resolve();
      },
    };
  }

  private answer(type: number, payload: Uint8Array): Uint8Array {
    if (type === Type.GET_STATE_MULTIPLE) {
      const keys = peer.GetStateMultiple.deserializeBinary(payload).getKeysList();
      this.messages.push(`get ${keys.join(' ')}`);
      const result = new peer.GetStateMultipleResult();
      if (!this.broken) result.setValuesList(keys.map((key) => Buffer.from(this.rows.get(key) ?? '')));
      return result.serializeBinary();
    }
    expect(type).toBe(Type.WRITE_BATCH_STATE);
    const records = peer.WriteBatchState.deserializeBinary(payload).getRecList();
    this.messages.push(`write ${records.map((record) => record.getKey()).join(' ')}`);
    for (const record of records) {
      if (record.getType() === peer.WriteRecord.Type.DEL_STATE) this.rows.delete(record.getKey());
      else this.rows.set(record.getKey(), Buffer.from(record.getValue_asU8()).toString());
    }
    return new Uint8Array();
  }
}

const writes: Write[] = [
  ['a', Buffer.from('1')],
  ['b', undefined],
  ['c', Buffer.from('3')],
];

async function play(fake: FakePeer, offered?: Offered): Promise<string[]> {
  fake.rows.set('b', '2');
  const link = fake.connect(offered);
  const values = await link.get(['a', 'b', 'c']);
  expect(values.map((value) => Buffer.from(value).toString())).toEqual(['', '2', '']);
  await link.put(writes);
  expect([...fake.rows].sort()).toEqual([
    ['a', '1'],
    ['c', '3'],
  ]);
  return fake.messages;
}

describe('a peer', () => {
  it('that offers batches gets one message for all reads and one for all writes', async () => {
    expect(await play(new FakePeer(), { keys: 1000, writes: 1000 })).toEqual(['get a b c', 'write a b c']);
  });

  it('gets no more in a message than it offered', async () => {
    expect(await play(new FakePeer(), { keys: 2, writes: 2 })).toEqual([
      'get a b',
      'get c',
      'write a b',
      'write c',
    ]);
  });

  it('that offers nothing, or is too old to offer, gets one message a key', async () => {
    const single = ['get a', 'get b', 'get c', 'put a', 'delete b', 'put c'];
    expect(await play(new FakePeer(), {})).toEqual(single);
    expect(await play(new FakePeer())).toEqual(single);
  });

  it('that offers one of the two gets the other one at a time', async () => {
    expect(await play(new FakePeer(), { keys: 9 })).toEqual(['get a b c', 'put a', 'delete b', 'put c']);
    expect(await play(new FakePeer(), { writes: 9 })).toEqual(['get a', 'get b', 'get c', 'write a b c']);
  });

  it('whose database fails does not make rows look absent', async () => {
    const fake = new FakePeer();
    const link = fake.connect({ keys: 2 });
    fake.broken = true;
    await expect(link.get(['a', 'b', 'c'])).rejects.toThrow('0 of 2 keys');
    expect(fake.messages).toEqual(['get a b']);
  });
});

describe('pages', () => {
  it('hold everything once, in order, and never more than the limit', () => {
    const write = fc.tuple(
      fc.string({ minLength: 1 }),
      fc.option(fc.uint8Array({ minLength: 1 }), { nil: undefined }),
    );
    fc.assert(
      fc.property(fc.array(write), fc.integer({ min: 1, max: 7 }), (all, limit) => {
        const keys = all.map(([key]) => key);
        expect(pagesOfKeys(keys, limit).flat()).toEqual(keys);
        expect(pagesOfWrites(all, limit).flat()).toEqual(all);
        const sizes = [...pagesOfKeys(keys, limit), ...pagesOfWrites(all, limit)].map(({ length }) => length);
        expect(sizes.every((size) => size >= 1 && size <= limit)).toBe(true);
      }),
    );
  });

  it('of reads fit in a message even when each value is as large as it may be', () => {
    const [first] = pagesOfKeys(
      Array.from({ length: 5_000 }, (_, index) => String(index)),
      1_000_000,
    );
    expect((first?.length ?? 0) * 256 * 1024).toBeLessThan(100 * 1024 * 1024);
    expect(first?.length).toBeGreaterThan(250);
  });

  it('of writes are cut by bytes too', () => {
    const large: Write[] = Array.from({ length: 40 }, (_, index) => [String(index), new Uint8Array(200_000)]);
    const pages = pagesOfWrites(large, 1_000);
    expect(pages.flat()).toEqual(large);
    expect(Math.max(...pages.map(({ length }) => length))).toBe(20);
  });
});
