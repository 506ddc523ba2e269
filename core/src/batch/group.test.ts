import { deflateRawSync, deflateSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonical } from '../bytes/canonical.js';
import { utf8 } from '../bytes/encode.js';
import { HuilianError } from '../messages/error.js';
import type { LedgerEvent } from '../model/events.js';
import { Signer } from '../testing/signer.js';
import { MAX_GROUP_BATCHES, MAX_GROUP_BYTES, packGroup, unpackGroup } from './group.js';

const error = (code: string): unknown => expect.objectContaining({ code });

function packed(bytes: Uint8Array, declared = bytes.length, tail = new Uint8Array()): Uint8Array {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(declared);
  return Buffer.concat([length, deflateRawSync(bytes), tail]);
}

function batches(count: number): ReturnType<Signer['batch']>[] {
  const signer = new Signer('plant', 'a'.repeat(64), () => 0);
  return Array.from({ length: count }, (_, i) => {
    const event: LedgerEvent = {
      type: 'withdraw',
      version: 1,
      item: signer.item(`${i}`).item,
      time: 0,
      data: {},
    };
    return signer.batch([event]);
  });
}

describe('a group of batches', () => {
  it('reads back as the batches that were packed', () => {
    const some = batches(3);
    expect(unpackGroup(packGroup(some)).map(({ value }) => value)).toEqual(some);
  });

  it('is the same wherever in a buffer it stands', () => {
    const group = packGroup(batches(1));
    const around = Buffer.concat([Buffer.from('abc'), group, Buffer.from('abc')]);
    expect(unpackGroup(around.subarray(3, 3 + group.length))).toEqual(unpackGroup(group));
  });

  it('holds at most 64 batches and 1 MiB', () => {
    expect(() => packGroup(batches(MAX_GROUP_BATCHES + 1))).toThrow(error('HL-1025'));
    expect(() =>
      unpackGroup(packed(canonical(Array.from({ length: MAX_GROUP_BATCHES + 1 }, () => 0)))),
    ).toThrow(error('HL-1025'));
    expect(() => unpackGroup(packed(new Uint8Array(10), MAX_GROUP_BYTES + 1))).toThrow(error('HL-1025'));
    expect(() => unpackGroup(packed(new Uint8Array(10), 0xffffffff))).toThrow(error('HL-1025'));
  });

  it('that inflates to more than it declares is stopped at what it declares', () => {
    const bomb = packed(Buffer.alloc(256 * 1024 * 1024, 0x30), 1000);
    expect(bomb.length).toBeLessThan(300_000);
    const before = process.memoryUsage().arrayBuffers;
    expect(() => unpackGroup(bomb)).toThrow(error('HL-1024'));
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(16 * 1024 * 1024);
  });

  it('that inflates to less than it declares, goes on behind its end or is cut off is refused', () => {
    const bytes = canonical([1]);
    const whole = packed(canonical(batches(1)));
    for (const wrong of [
      packed(bytes, bytes.length + 1),
      packed(bytes, bytes.length - 1),
      packed(bytes, bytes.length, Uint8Array.of(0)),
      Buffer.concat([packed(bytes), packed(bytes)]),
      whole.subarray(0, whole.length - 1),
      whole.subarray(0, 5),
      packed(bytes, 0),
      Buffer.concat([packed(bytes).subarray(0, 4), deflateSync(bytes)]),
      Uint8Array.of(0, 0, 0, 3),
      new Uint8Array(),
    ])
      expect(() => unpackGroup(wrong)).toThrow(
        expect.objectContaining({ code: expect.stringMatching(/^HL-102[45]$/) as string }),
      );
  });

  it('that is not a canonical, non-empty array is refused', () => {
    expect(() => unpackGroup(packed(utf8('[]')))).toThrow(error('HL-1024'));
    expect(() => unpackGroup(packed(utf8('{}')))).toThrow(error('HL-1024'));
    expect(() => unpackGroup(packed(utf8('[ 1]')))).toThrow(error('HL-1001'));
    expect(() => unpackGroup(packed(utf8('[{"a":1,"a":1}]')))).toThrow(error('HL-1006'));
    expect(() => unpackGroup(packed(utf8('['.repeat(1000))))).toThrow(error('HL-1003'));
  });

  it('never fails with anything but an error of the list, whatever the bytes', () => {
    const group = packGroup(batches(2));
    const wrong = fc.oneof(
      fc.uint8Array({ maxLength: 300 }),
      fc.uint8Array({ maxLength: 100 }).map((bytes) => packed(bytes)),
      fc.tuple(fc.nat(group.length - 1), fc.nat(255)).map(([place, byte]) => {
        const flipped = Uint8Array.from(group);
        flipped[place] = byte;
        return flipped;
      }),
    );
    fc.assert(
      fc.property(wrong, (bytes) => {
        try {
          unpackGroup(bytes);
        } catch (thrown) {
          expect(thrown).toBeInstanceOf(HuilianError);
        }
      }),
      { numRuns: 500 },
    );
  });
});
