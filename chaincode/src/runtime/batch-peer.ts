import { MAX_VALUE_BYTES, type StatePeer } from './transaction-state.js';
import {
  decodeGetStateMultipleResult,
  decodeOffer,
  encodeGetStateMultiple,
  encodeWriteBatch,
  MESSAGE,
  type Offer,
  type Write,
} from './wire.js';

/** The shim's message, of which it exports neither the class nor its type. */
export interface PeerMessage {
  getType(): number;
  getPayload_asU8(): Uint8Array;
  setType(type: number): void;
  setPayload(payload: Uint8Array): void;
  setTxid(id: string): void;
  setChannelId(id: string): void;
  serializeBinary(): Uint8Array;
}

/** A peer's stream. */
export interface PeerStream {
  on(event: 'data', listener: (message: PeerMessage) => void): unknown;
}

/** How one transaction reaches its peer through the shim. */
export interface PeerLink {
  readonly stream: PeerStream;
  readonly channel: string;
  readonly transaction: string;
  /** Sends a message as soon as no other of its transaction is pending: the peer drops a second one silently. */
  ask(message: PeerMessage, method: string): Promise<Uint8Array>;
  get(key: string): Promise<Uint8Array>;
  put(key: string, value: Uint8Array): Promise<void>;
  delete(key: string): Promise<void>;
}

interface Terms {
  readonly offer: Offer;
  /** Class of the shim's own copy of fabric-protos, the only one that its stream can send. */
  readonly Message: new () => PeerMessage;
}

/** Fabric ends a stream, with all its transactions, at a message above 100 MiB; some are left for the frame. */
const MESSAGE_BYTES = 96 * 1024 * 1024;
/** Writes are known, so their messages can be small and leave the stream to others in between. */
const BATCH_BYTES = 4 * 1024 * 1024;
/** Tag, length and type of a record. */
const RECORD_OVERHEAD = 32;

const termsOf = new WeakMap<PeerStream, Terms>();

/** Learns from READY what a peer offers on its stream. To be called before the shim listens. */
export function listenForOffer(stream: PeerStream): void {
  stream.on('data', (message) => {
    if (message.getType() !== MESSAGE.ready || termsOf.has(stream)) return;
    const Message = message.constructor as Terms['Message'];
    termsOf.set(stream, { offer: decodeOffer(message.getPayload_asU8()), Message });
  });
}

/** The peer of a transaction. It gets many keys in a message if it offered that, else one at a time. */
export function peerOf(link: PeerLink): StatePeer {
  const terms = termsOf.get(link.stream);
  const { keysPerGet = 0, writesPerBatch = 0 } = terms?.offer ?? {};
  const ask = (type: number, payload: Uint8Array, method: string): Promise<Uint8Array> => {
    if (terms === undefined) throw new Error('the peer offered nothing');
    const message = new terms.Message();
    message.setType(type);
    message.setPayload(payload);
    message.setTxid(link.transaction);
    message.setChannelId(link.channel);
    return link.ask(message, method);
  };
  return {
    async get(keys) {
      if (keysPerGet === 0) return oneByOne(keys, (key) => link.get(key));
      const pages = await oneByOne(pagesOfKeys(keys, keysPerGet), async (page) => {
        const payload = encodeGetStateMultiple(page);
        const answer = await ask(MESSAGE.getMultiple, payload, 'GetStateMultiple');
        return wholeAnswer(decodeGetStateMultipleResult(answer), page);
      });
      return pages.flat();
    },
    async put(writes) {
      if (writesPerBatch === 0) await oneByOne(writes, (write) => putOne(link, write));
      else {
        await oneByOne(pagesOfWrites(writes, writesPerBatch), (page) =>
          ask(MESSAGE.writeBatch, encodeWriteBatch(page), 'WriteBatchState'),
        );
      }
    },
  };
}

/** Pages of at most `limit` keys whose values surely fit in one message. */
export function pagesOfKeys(keys: readonly string[], limit: number): string[][] {
  const size = Math.min(limit, Math.floor(MESSAGE_BYTES / (MAX_VALUE_BYTES + RECORD_OVERHEAD)));
  const pages: string[][] = [];
  for (let at = 0; at < keys.length; at += size) pages.push(keys.slice(at, at + size));
  return pages;
}

/** Pages of at most `limit` writes and about {@link BATCH_BYTES}. */
export function pagesOfWrites(writes: readonly Write[], limit: number): Write[][] {
  const pages: Write[][] = [];
  let page: Write[] = [];
  let bytes = 0;
  for (const write of writes) {
    const size = Buffer.byteLength(write[0]) + (write[1]?.length ?? 0) + RECORD_OVERHEAD;
    if (page.length === 0 || page.length === limit || bytes + size > BATCH_BYTES) {
      page = [];
      bytes = 0;
      pages.push(page);
    }
    page.push(write);
    bytes += size;
  }
  return pages;
}

/**
 * A database error of the peer comes back as an answer without values. Taken for absent rows, it would also leave no trace
 * in the read set (`queryExecutor.GetStateMultipleKeys` of Fabric 3.1).
 */
function wholeAnswer(values: Uint8Array[], page: readonly string[]): Uint8Array[] {
  if (values.length === page.length) return values;
  throw new Error(`the peer answered for ${values.length} of ${page.length} keys`);
}

async function putOne(link: PeerLink, [key, value]: Write): Promise<void> {
  await (value === undefined ? link.delete(key) : link.put(key, value));
}

/** Nothing is sent after a failure, which ends the transaction. */
async function oneByOne<T, R>(all: readonly T[], work: (each: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  for (const each of all) results.push(await work(each));
  return results;
}
