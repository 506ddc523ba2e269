import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { canonicalText, parse, requireCanonical, type Json } from '../bytes/canonical.js';
import { utf8 } from '../bytes/encode.js';
import { HuilianError } from '../messages/error.js';
import type { SignedBatch } from './batch.js';
import { readBatch, type ReadBatch } from './read-batch.js';

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
  return packTexts(batches.map(canonicalText));
}

/** As {@link packGroup}, of the canonical texts of the batches. */
export function packTexts(batches: readonly string[]): Uint8Array {
  const bytes = utf8(`[${batches.join(',')}]`);
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
export function unpackGroup(argument: Uint8Array): readonly ReadBatch[] {
  const { text, value } = parse(inflate(argument));
  if (!Array.isArray(value)) {
    requireCanonical(text, canonicalText(value));
    throw new HuilianError('HL-1024');
  }
  const batches = (value as readonly Json[]).map(readBatch);
  requireCanonical(text, `[${batches.map((batch) => batch.text).join(',')}]`);
  if (batches.length === 0) throw new HuilianError('HL-1024');
  if (batches.length > MAX_GROUP_BATCHES) throw new HuilianError('HL-1025', { batches: batches.length });
  return batches;
}

/** Reads the batches of a group that was opened before, with `openGroup`, and so needs no check. */
export function reopenGroup(argument: Uint8Array): readonly SignedBatch[] {
  return parse(inflate(argument)).value as unknown as readonly SignedBatch[];
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
