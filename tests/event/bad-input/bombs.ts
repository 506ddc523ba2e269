import { crc32, deflateRawSync, deflateSync } from 'node:zlib';

/** A small PNG file of so many pixels a side, all black, 8-bit grey. */
export function pictureBomb(side: number): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(side, 0);
  header.writeUInt32BE(side, 4);
  header.set([8, 0, 0, 0, 0], 8);
  // A few rows are enough: what counts is what the header promises.
  const rows = deflateSync(Buffer.alloc((side + 1) * 64), { level: 9 });
  const signature = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', rows),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(name: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(name, 'latin1'), data]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(data.length, 0);
  frame.writeUInt32BE(crc32(named), 4);
  return Buffer.concat([frame.subarray(0, 4), named, frame.subarray(4)]);
}

/** An argument of `record` that says how long it is, and inflates to so many spaces. */
export function groupBomb(declared: number, inflated: number): Uint8Array {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(declared);
  return Buffer.concat([length, deflateRawSync(Buffer.alloc(inflated, 0x20), { level: 9 })]);
}
