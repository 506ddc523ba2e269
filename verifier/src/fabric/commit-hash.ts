import { createHash, type Hash } from 'node:crypto';
import type { Version } from '@huilian/fabric';
import type { Update } from './versions.js';

/**
 * The chained hash that a peer writes into a block: SHA-256 of the number of validation codes, the codes, the block's updates
 * and the previous hash (Fabric: kvLedger.addBlockCommitHash).
 *
 * The updates are the bytes of a protobuf message txmgr.Updates. A namespace or a collection is written only where it
 * begins; rows come sorted (Fabric: deterministicBytesForPubAndHashUpdates).
 */
export function commitHash(filter: Uint8Array, updates: readonly Update[], previous: Uint8Array): Uint8Array {
  const hash = createHash('sha256').update(varint(filter.length)).update(filter);
  const bytes = new HashedBytes(hash);
  let before: Update | undefined;
  const versions = new Map<Version, Uint8Array>();
  for (const update of updates) {
    const newNamespace = before?.namespace !== update.namespace;
    const newCollection = newNamespace || before?.collection !== update.collection;
    let version = versions.get(update.version);
    if (version === undefined) versions.set(update.version, (version = versionBytes(update.version)));
    const start = newCollection ? startOf(update, newNamespace) : empty;
    addUpdate(bytes, update, start, version);
    before = update;
  }
  bytes.flush();
  return hash.update(previous).digest();
}

/** The fields that are written only where a namespace or a collection begins. */
function startOf({ namespace, collection }: Update, newNamespace: boolean): Uint8Array {
  const parts = newNamespace ? [field(1, Buffer.from(namespace))] : [];
  return Buffer.concat([...parts, field(2, Buffer.from(collection))]);
}

/** One element of the list: its length, then its fields in their order, empty ones left out, as proto3 does. */
function addUpdate(bytes: HashedBytes, { key, value }: Update, start: Uint8Array, version: Uint8Array): void {
  const keyLength = fieldLength(key.length);
  const valueLength = value === null ? 2 : fieldLength(value.length);
  bytes.head(1, start.length + keyLength + valueLength + fieldLength(version.length));
  bytes.add(start);
  if (key !== '') bytes.head(3, key.length);
  bytes.addLatin1(key);
  if (value === null) bytes.add(deletion);
  else {
    if (value.length > 0) bytes.head(5, value.length);
    bytes.add(value);
  }
  bytes.head(6, version.length);
  bytes.add(version);
}

const empty = Buffer.alloc(0);
/** Field 4, true. */
const deletion = Buffer.from([4 << 3, 1]);

/** Collects bytes into pieces that are large enough for hashing them to cost more than the call. */
class HashedBytes {
  readonly #hash: Hash;
  readonly #piece = Buffer.allocUnsafe(65_536);
  #length = 0;

  constructor(hash: Hash) {
    this.#hash = hash;
  }

  /** The tag and the length of a length-delimited field. */
  head(number: number, length: number): void {
    this.#room(8);
    this.#piece[this.#length++] = (number << 3) | 2;
    let rest = length;
    while (rest >= 0x80) {
      this.#piece[this.#length++] = (rest % 0x80) | 0x80;
      rest = Math.floor(rest / 0x80);
    }
    this.#piece[this.#length++] = rest;
  }

  add(bytes: Uint8Array): void {
    if (bytes.length === 0) return;
    if (!this.#room(bytes.length)) {
      this.#hash.update(bytes);
      return;
    }
    this.#piece.set(bytes, this.#length);
    this.#length += bytes.length;
  }

  addLatin1(text: string): void {
    if (!this.#room(text.length)) this.#hash.update(text, 'latin1');
    else this.#length += this.#piece.write(text, this.#length, 'latin1');
  }

  flush(): void {
    this.#hash.update(this.#piece.subarray(0, this.#length));
    this.#length = 0;
  }

  /** Makes room; false if there is none for so much. */
  #room(length: number): boolean {
    if (this.#length + length > this.#piece.length) this.flush();
    return length <= this.#piece.length;
  }
}

/** Bytes that a length-delimited field with a one-byte tag takes. */
function fieldLength(length: number): number {
  if (length === 0) return 0;
  let prefix = 2;
  for (let rest = length; rest >= 0x80; rest = Math.floor(rest / 0x80)) prefix += 1;
  return prefix + length;
}

/** A length-delimited field; empty ones are left out. */
function field(number: number, value: Uint8Array): Buffer {
  if (value.length === 0) return empty;
  return Buffer.concat([Buffer.from([(number << 3) | 2]), varint(value.length), value]);
}

function varint(value: number): Buffer {
  const bytes: number[] = [];
  let rest = value;
  while (rest >= 0x80) {
    bytes.push((rest % 0x80) | 0x80);
    rest = Math.floor(rest / 0x80);
  }
  return Buffer.from([...bytes, rest]);
}

function versionBytes(version: Version): Buffer {
  return Buffer.concat([ordered(version.block), ordered(version.transaction)]);
}

/** A number whose encoding sorts as the number does: its length, then its bytes, big end first. */
function ordered(value: number): Buffer {
  if (value === 0) return Buffer.from([0]);
  const digits = value.toString(16);
  const bytes = Buffer.from(digits.length % 2 === 0 ? digits : `0${digits}`, 'hex');
  return Buffer.concat([Buffer.from([bytes.length]), bytes]);
}
