import protos from '@hyperledger/fabric-protos';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  decodeGetStateMultipleResult,
  decodeOffer,
  encodeGetStateMultiple,
  encodeWriteBatch,
  MESSAGE,
} from './wire.js';

const { peer } = protos;
const key = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 300 });
const value = fc.uint8Array({ maxLength: 40_000, size: 'large' });
const uint32 = fc.integer({ min: 0, max: 0xffff_ffff });

describe('messages of batch state access', () => {
  it('have the numbers that fabric-protos gives them', () => {
    const { READY, WRITE_BATCH_STATE, GET_STATE_MULTIPLE } = peer.ChaincodeMessage.Type;
    expect(MESSAGE).toEqual({
      ready: READY,
      writeBatch: WRITE_BATCH_STATE,
      getMultiple: GET_STATE_MULTIPLE,
    });
  });

  it('ask for the keys that were given, in their order', () => {
    fc.assert(
      fc.property(fc.array(key), (keys) => {
        const message = peer.GetStateMultiple.deserializeBinary(encodeGetStateMultiple(keys));
        expect(message.getKeysList()).toEqual(keys);
        expect(message.getCollection()).toBe('');
      }),
    );
  });

  it('bring back as many values as the peer sent, the empty ones too', () => {
    fc.assert(
      fc.property(fc.array(value, { maxLength: 30 }), (values) => {
        const message = new peer.GetStateMultipleResult();
        message.setValuesList(values);
        const decoded = decodeGetStateMultipleResult(message.serializeBinary());
        expect(decoded.map((bytes) => Buffer.from(bytes))).toEqual(values.map((bytes) => Buffer.from(bytes)));
      }),
    );
  });

  it('write and delete what was given, in its order', () => {
    const write = fc.tuple(
      key,
      fc.option(
        value.filter(({ length }) => length > 0),
        { nil: undefined },
      ),
    );
    fc.assert(
      fc.property(fc.array(write, { maxLength: 30 }), (writes) => {
        const records = peer.WriteBatchState.deserializeBinary(encodeWriteBatch(writes)).getRecList();
        const { PUT_STATE, DEL_STATE } = peer.WriteRecord.Type;
        expect(
          records.map((record) => [record.getKey(), record.getType(), Buffer.from(record.getValue_asU8())]),
        ).toEqual(
          writes.map(([name, bytes]) => [
            name,
            bytes ? PUT_STATE : DEL_STATE,
            Buffer.from(bytes ?? new Uint8Array()),
          ]),
        );
        expect(records.every((record) => record.getCollection() === '' && !record.hasMetadata())).toBe(true);
      }),
    );
  });

  it('tell what a peer offers, and nothing where it offers nothing', () => {
    fc.assert(
      fc.property(fc.boolean(), uint32, fc.boolean(), uint32, (batch, batchSize, multiple, multipleSize) => {
        const parameters = new peer.ChaincodeAdditionalParams();
        parameters.setUseWriteBatch(batch);
        parameters.setMaxSizeWriteBatch(batchSize);
        parameters.setUseGetMultipleKeys(multiple);
        parameters.setMaxSizeGetMultipleKeys(multipleSize);
        expect(decodeOffer(parameters.serializeBinary())).toEqual({
          writesPerBatch: batch ? batchSize : 0,
          keysPerGet: multiple ? multipleSize : 0,
        });
      }),
    );
    expect(decodeOffer(new Uint8Array())).toEqual({ writesPerBatch: 0, keysPerGet: 0 });
  });

  it('skip fields that later peers may add', () => {
    const later = Buffer.from('08011064' + '2a0161' + '3101020304050607ff' + '3d01020304' + '4001', 'hex');
    expect(decodeOffer(later)).toEqual({ writesPerBatch: 100, keysPerGet: 0 });
  });

  it('are refused when they are cut off, and never end the process in another way', () => {
    const message = new peer.GetStateMultipleResult();
    message.setValuesList([new Uint8Array(200), new Uint8Array(3)]);
    const whole = message.serializeBinary();
    expect(() => decodeGetStateMultipleResult(whole.subarray(0, -1))).toThrow('cut off');
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        try {
          expect(decodeGetStateMultipleResult(bytes).length).toBeLessThanOrEqual(bytes.length);
        } catch (error) {
          expect(String(error)).toMatch(/a message of the peer/);
        }
      }),
    );
  });
});
