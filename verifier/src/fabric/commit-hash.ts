import { createHash } from 'node:crypto';
import type { Update } from './versions.js';

/**
 * The chained hash that a peer writes into a block: SHA-256 of the number of validation codes, the codes, the block's updates
 * and the previous hash (Fabric: kvLedger.addBlockCommitHash).
 */
export function commitHash(filter: Uint8Array, updates: readonly Update[], previous: Uint8Array): Uint8Array {
  const hash = createHash('sha256').update(varint(filter.length)).update(filter);
  return hash.update(encodeUpdates(updates)).update(previous).digest();
}

/**
 * The updates as a protobuf message txmgr.Updates. A namespace or a collection is written only where it begins; rows come
 * sorted (Fabric: deterministicBytesForPubAndHashUpdates).
 */
function encodeUpdates(updates: readonly Update[]): Uint8Array {
  const parts: Uint8Array[] = [];
  let previous: Update | undefined;
  for (const update of updates) {
    const newNamespace = previous?.namespace !== update.namespace;
    const newCollection = newNamespace || previous?.collection !== update.collection;
    const body = Buffer.concat([
      newNamespace ? field(1, Buffer.from(update.namespace)) : empty,
      newCollection ? field(2, Buffer.from(update.collection)) : empty,
      field(3, Buffer.from(update.key, 'latin1')),
      update.value === null ? Buffer.from([4 << 3, 1]) : empty,
      update.value === null ? empty : field(5, update.value),
      field(6, Buffer.concat([ordered(update.version.block), ordered(update.version.transaction)])),
    ]);
    parts.push(Buffer.concat([Buffer.from([(1 << 3) | 2]), varint(body.length), body]));
    previous = update;
  }
  return Buffer.concat(parts);
}

const empty = Buffer.alloc(0);

/** A length-delimited field; empty ones are left out, as proto3 does. */
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

/** A number whose encoding sorts as the number does: its length, then its bytes, big end first. */
function ordered(value: number): Buffer {
  if (value === 0) return Buffer.from([0]);
  const digits = value.toString(16);
  const bytes = Buffer.from(digits.length % 2 === 0 ? digits : `0${digits}`, 'hex');
  return Buffer.concat([Buffer.from([bytes.length]), bytes]);
}
