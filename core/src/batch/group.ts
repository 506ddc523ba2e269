import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { canonical, parseCanonical, type Json } from '../bytes/canonical.js';
import { HuilianError } from '../messages/error.js';
import type { SignedBatch } from './batch.js';

/** Longest canonical form of a group, in bytes. */
export const MAX_GROUP_BYTES = 1_048_576;
/** Most batches in a group. */
export const MAX_GROUP_BATCHES = 64;
const PREFIX = 4;

/**
 * Bytes of the argument of `record`: uint32be(inflated length), then raw deflate (RFC 1951) of the canonical array.
 *
 * @throws HuilianError HL-1025 over a bound
 */
export function packGroup(batches: readonly SignedBatch[]): Uint8Array {
  const bytes = canonical(batches);
  if (bytes.length > MAX_GROUP_BYTES || batches.length > MAX_GROUP_BATCHES) {
    throw new HuilianError('HL-1025', { bytes: bytes.length, batches: batches.length });
  }
  const length = Buffer.alloc(PREFIX);
  length.writeUInt32BE(bytes.length);
  return Buffer.concat([length, deflateRawSync(bytes, { level: 6 })]);
}

/**
 * Reads the argument of `record`. The output is bounded before a byte is inflated, and all input must be consumed. The
 * batches are not checked yet.
 *
 * @throws HuilianError HL-1024, HL-1025, HL-1001 to HL-1006
 */
export function unpackGroup(argument: Uint8Array): readonly Json[] {
  const value = parseCanonical(inflate(argument));
  if (!Array.isArray(value) || value.length === 0) throw new HuilianError('HL-1024');
  if (value.length > MAX_GROUP_BATCHES) throw new HuilianError('HL-1025', { batches: value.length });
  return value as readonly Json[];
}

function inflate(argument: Uint8Array): Uint8Array {
  if (argument.length <= PREFIX) throw new HuilianError('HL-1024');
  const declared = Buffer.from(argument.buffer, argument.byteOffset, PREFIX).readUInt32BE();
  if (declared === 0 || declared > MAX_GROUP_BYTES) throw new HuilianError('HL-1025', { bytes: declared });
  const deflated = argument.subarray(PREFIX);
  try {
    const { buffer, engine } = inflateRawSync(deflated, {
      maxOutputLength: declared,
      info: true,
    }) as unknown as {
      buffer: Buffer;
      engine: { bytesWritten: number };
    };
    if (buffer.length !== declared || engine.bytesWritten !== deflated.length)
      throw new HuilianError('HL-1024');
    return buffer;
  } catch (cause) {
    if (cause instanceof HuilianError) throw cause;
    throw new HuilianError('HL-1024', {}, { cause });
  }
}
