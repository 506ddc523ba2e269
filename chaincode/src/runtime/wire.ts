/**
 * The messages of batch state access, encoded here by hand: the shim bundles an older fabric-protos that lacks them, and
 * two copies in one process overwrite each other's global namespace. Source: `peer/chaincode_shim.proto` and
 * `peer/chaincode.proto` of fabric-protos 0.3.7; the tests compare with it.
 */

/** What a peer offers on one stream, in records of one message. 0 stands for not offered. */
export interface Offer {
  readonly keysPerGet: number;
  readonly writesPerBatch: number;
}

/** A key and its new value; undefined deletes the key. */
export type Write = readonly [key: string, value: Uint8Array | undefined];

/** `ChaincodeMessage.Type` */
export const MESSAGE = { ready: 4, writeBatch: 24, getMultiple: 25 } as const;

const RECORD_PUT = 9;
const RECORD_DELETE = 10;

/**
 * Reads `ChaincodeAdditionalParams`, the payload of READY. Peers before 3.1 send none.
 *
 * @throws Error when the bytes are not such a message
 */
export function decodeOffer(bytes: Uint8Array): Offer {
  const numbers = new Map<number, number>();
  for (const { field, value } of fieldsOf(bytes)) {
    if (typeof value === 'number') numbers.set(field, value);
  }
  const limit = (use: number, size: number): number => (numbers.get(use) ? (numbers.get(size) ?? 0) : 0);
  return { writesPerBatch: limit(1, 2), keysPerGet: limit(3, 4) };
}

/** `GetStateMultiple` over the public state. */
export function encodeGetStateMultiple(keys: readonly string[]): Buffer {
  return Buffer.concat(keys.flatMap((key) => bytesField(1, Buffer.from(key))));
}

/**
 * Reads `GetStateMultipleResult`: values in the order of the keys, an empty one where there is none. They share the memory
 * of `bytes`.
 *
 * @throws Error when the bytes are not such a message
 */
export function decodeGetStateMultipleResult(bytes: Uint8Array): Uint8Array[] {
  return [...fieldsOf(bytes)].flatMap(({ field, value }) =>
    field === 1 && typeof value !== 'number' ? [value] : [],
  );
}

/** `WriteBatchState` over the public state. */
export function encodeWriteBatch(writes: readonly Write[]): Buffer {
  return Buffer.concat(writes.flatMap((write) => bytesField(1, encodeRecord(write))));
}

function encodeRecord([key, value]: Write): Buffer {
  const type = value === undefined ? RECORD_DELETE : RECORD_PUT;
  return Buffer.concat([
    ...bytesField(1, Buffer.from(key)),
    ...(value === undefined ? [] : bytesField(2, value)),
    Buffer.from([5 << 3, type]),
  ]);
}

function bytesField(field: number, bytes: Uint8Array): [Uint8Array, Uint8Array] {
  const head = [(field << 3) | 2];
  let rest = bytes.length;
  for (; rest > 0x7f; rest >>>= 7) head.push((rest & 0x7f) | 0x80);
  head.push(rest);
  return [Uint8Array.from(head), bytes];
}

interface Field {
  readonly field: number;
  readonly value: number | Uint8Array;
}

function* fieldsOf(bytes: Uint8Array): Generator<Field> {
  let at = 0;
  const varint = (): number => {
    // Multiplied, not shifted: a shift would cut at 32 bits. What is above 2^53 is none of our fields.
    for (let result = 0, scale = 1; ; scale *= 128) {
      const byte = bytes[at];
      if (byte === undefined || scale > 2 ** 63) throw new Error('a message of the peer is cut off');
      at += 1;
      result += (byte & 0x7f) * scale;
      if (byte < 0x80) return result;
    }
  };
  const take = (length: number): Uint8Array => {
    if (at + length > bytes.length) throw new Error('a message of the peer is cut off');
    at += length;
    return bytes.subarray(at - length, at);
  };
  while (at < bytes.length) {
    const tag = varint();
    const field = Math.floor(tag / 8);
    if (tag % 8 === 0) yield { field, value: varint() };
    else if (tag % 8 === 1) yield { field, value: take(8) };
    else if (tag % 8 === 2) yield { field, value: take(varint()) };
    else if (tag % 8 === 5) yield { field, value: take(4) };
    else throw new Error(`a message of the peer has wire type ${tag % 8}`);
  }
}
