import { createHash } from 'node:crypto';
import { common } from '@hyperledger/fabric-protos';
import { describe, expect, it } from 'vitest';
import { computeDataHash, decodeBlock, encodeHeader } from './block.js';
import { blockOfDeliverResponse } from './deliver.js';

describe('The header of a block', () => {
  it.each([
    [0, '020100'],
    [127, '02017f'],
    [128, '02020080'],
    [256, '02020100'],
    [1_000_000, '02030f4240'],
  ])('writes number %i as an ASN.1 integer', (number, integer) => {
    const previous = Buffer.alloc(32, 1);
    const data = Buffer.alloc(32, 2);
    const body = `${integer}0420${previous.toString('hex')}0420${data.toString('hex')}`;
    const expected = `30${(body.length / 2).toString(16)}${body}`;
    expect(Buffer.from(encodeHeader(number, previous, data)).toString('hex')).toBe(expected);
  });
});

describe('A block', () => {
  it('keeps a transaction that nobody can read, with its fault, and goes on', () => {
    const junk = Buffer.from('not an envelope');
    const block = decodeBlock(makeBlock([junk, new Uint8Array([0x0a])]));
    expect(block.transactions.map(({ fault }) => typeof fault)).toEqual(['string', 'string']);
    expect(block.transactions.map(({ valid }) => valid)).toEqual([false, false]);
    const hash = createHash('sha256')
      .update(junk)
      .update(new Uint8Array([0x0a]))
      .digest('hex');
    expect(computeDataHash(block)).toBe(hash);
  });

  it('without a header is none', () => {
    expect(() => decodeBlock(new Uint8Array())).toThrow();
  });

  it('comes out of the stream of a peer as it was sent, byte for byte', () => {
    const bytes = makeBlock([Buffer.alloc(300, 7)]);
    const response = Buffer.concat([Buffer.from([0x12]), varint(bytes.length), bytes]);
    expect(blockOfDeliverResponse(response)).toEqual(bytes);
    expect(blockOfDeliverResponse(Buffer.from([0x08, 0xc8, 0x01]))).toBeUndefined();
    expect(() => blockOfDeliverResponse(Buffer.from([0x08, 0x93, 0x03]))).toThrow(
      expect.objectContaining({ kind: 'notPermitted' }),
    );
  });
});

function makeBlock(envelopes: readonly Uint8Array[]): Uint8Array {
  const header = new common.BlockHeader();
  header.setNumber(7);
  const data = new common.BlockData();
  data.setDataList([...envelopes]);
  const block = new common.Block();
  block.setHeader(header);
  block.setData(data);
  return Buffer.from(block.serializeBinary());
}

function varint(value: number): Buffer {
  return value < 128 ? Buffer.from([value]) : Buffer.from([(value % 128) | 128, value >> 7]);
}
