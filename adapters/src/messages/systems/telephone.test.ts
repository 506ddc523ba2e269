import { createHash } from 'node:crypto';
import { imeiTag, rowKey } from '@huilian/core';
import { Trade } from '@huilian/core/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Desk } from '../../testing/desk.js';
import { digestOf } from '../digest.js';
import { readMessage } from '../read-message.js';

const IMEI = '490154203237518';
const PEPPER = new Uint8Array(32).fill(7);
let trade: Trade;
let plant: Desk;

beforeEach(() => {
  trade = new Trade();
  plant = new Desk(trade, trade.party('plant', ['processor']), 'scrappedVehicle', PEPPER);
});
afterEach(() => {
  plant.close();
});

const message = (data: object): Buffer =>
  Buffer.from(
    JSON.stringify({ id: 'a', type: 'unitRegistered', version: 1, time: '2026-03-02T10:00:00Z', data }),
  );

describe('the digest of a message', () => {
  it('that holds an IMEI does not let it be found by trying, and is the same for the same bytes', () => {
    const bytes = message({ imei: IMEI, applianceCategory: 'mobilePhone' });
    const plain = createHash('sha256').update(bytes).digest('hex');
    expect(digestOf(bytes, PEPPER)).toBe(digestOf(Buffer.from(bytes), PEPPER));
    expect(digestOf(bytes, PEPPER)).not.toBe(plain);
    const spaced = message({ imei: '49-015420-323751-8', applianceCategory: 'mobilePhone' });
    expect(digestOf(spaced, PEPPER)).not.toBe(createHash('sha256').update(spaced).digest('hex'));
    const other = message({ unitLabel: 'HX-1', applianceCategory: 'mobilePhone' });
    expect(digestOf(other, PEPPER)).toBe(createHash('sha256').update(other).digest('hex'));
  });
});

describe('a telephone', () => {
  it('is known by the digest of its IMEI, as by its label; the IMEI itself is kept nowhere', async () => {
    const phone = { unitLabel: 'HX-1', imei: IMEI, applianceCategory: 'mobilePhone' };
    await plant.send('unitRegistered', phone, { id: 'phone' });
    const byImei = trade.world.row(rowKey.tag(imeiTag(IMEI, PEPPER)))?.item;
    expect(byImei).toBeDefined();
    expect(trade.world.row(rowKey.tag({ scheme: 'serial', value: 'HX-1' }))?.item).toBe(byImei);
    expect(plant.kept('phone')).not.toContain(IMEI);
    const received = { imei: IMEI, massGrams: 190, identity: 'label', partsVersion: 1 };
    trade.table('requiredParts', 1, { mobilePhone: ['mainboard'] });
    await plant.sends(
      ['unitReceived', { ...received, unitLabel: 'HX-1' }],
      ['unitSorted', { imei: IMEI, route: 'reuse' }],
    );
  });

  it('with a wrong check digit is refused, and the answer does not repeat it', () => {
    const wrong = message({ imei: '490154203237519', applianceCategory: 'mobilePhone' });
    expect(() => readMessage('scrappedVehicle', wrong, PEPPER)).toThrow(
      expect.objectContaining({
        faults: [expect.objectContaining({ pointer: '/data/imei', code: 'HL-1047' })],
      }),
    );
  });

  it('cannot be taken in where there is no pepper of the channel', () => {
    const right = message({ imei: IMEI, applianceCategory: 'mobilePhone' });
    expect(() => readMessage('scrappedVehicle', right)).toThrow(expect.objectContaining({ code: 'HL-1049' }));
  });

  it('does not come in under another name, nor as a serial', () => {
    const stray = { unitLabel: 'HX-2', applianceCategory: 'mobilePhone', deviceId: IMEI };
    expect(readMessage('scrappedVehicle', message(stray), PEPPER).unknown).toEqual([
      { pointer: '/data/deviceId' },
    ]);
    const hidden = {
      imei2: Number(IMEI),
      note: `IMEI ${IMEI}, with its box`,
      spaced: '49-015420-323751-8 IMEI',
      phone: { imei: IMEI },
      far: `${'x'.repeat(70)} ${IMEI}`,
      [IMEI]: 1,
    };
    const { unknown } = readMessage(
      'scrappedVehicle',
      message({ ...stray, ...hidden, colour: 'red' }),
      PEPPER,
    );
    expect(JSON.stringify(unknown)).not.toMatch(/4901542|49-015420/);
    expect(unknown).toContainEqual({ pointer: '/data/colour', found: '"red"' });
    const serial = message({ unitSerial: IMEI, applianceCategory: 'mobilePhone' });
    expect(() => readMessage('scrappedVehicle', serial, PEPPER)).toThrow(
      expect.objectContaining({
        faults: [expect.objectContaining({ pointer: '/data/unitSerial', code: 'HL-1048' })],
      }),
    );
  });
});
