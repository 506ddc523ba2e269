import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { Trade } from '@huilian/core/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { RulesLedger } from '../testing/rules-ledger.js';
import { startAdapter, type Adapter } from './start.js';

const VIN = 'LSVAM4186C2123456';
const KNOWN_TYPES = { 'content-type': 'application/json' };
let folder: string;
let adapter: Adapter;
let address: string;
let trade: Trade;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'huilian-adapter-'));
  trade = new Trade();
  const ledger = new RulesLedger(trade.world, trade.party('plant', ['dismantler']).signer);
  adapter = await startAdapter({ system: 'scrappedVehicle', ledger, inbox: join(folder, 'inbox.db') });
  address = `http://127.0.0.1:${adapter.port}`;
});
afterEach(async () => {
  await adapter.stop();
  rmSync(folder, { recursive: true, force: true });
});

const message = (id: string, more: object = {}): string =>
  JSON.stringify({
    id,
    type: 'vehicleRegistered',
    version: 1,
    time: '2026-03-02T08:00:00+08:00',
    data: { vin: VIN, vehicleType: 'sedan', ...more },
  });

/** What an answer said: status, code of the problem, whether the message was known. */
async function sent(
  body: string | Uint8Array<ArrayBuffer>,
  headers: Record<string, string> = KNOWN_TYPES,
): Promise<{ readonly status: number; readonly code?: string; readonly known: string | null }> {
  const answer = await fetch(`${address}/v1/messages`, { method: 'POST', body, headers });
  const { code } = (await answer.json()) as { code?: string };
  const known = answer.headers.get('huilian-known');
  return { status: answer.status, known, ...(code === undefined ? {} : { code }) };
}
const state = async (): Promise<Record<string, number>> => {
  const answer = await fetch(`${address}/healthz`);
  return ((await answer.json()) as { messages: Record<string, number> }).messages;
};

describe('a stranger’s message', () => {
  it('that was sent before is known, and under the same id no other bytes are taken', async () => {
    const prefer = { ...KNOWN_TYPES, prefer: 'wait=20' };
    expect(await sent(message('a'), prefer)).toMatchObject({ status: 200, known: 'false' });
    const rows = trade.world.rows.size;
    expect(await sent(message('a'), prefer)).toMatchObject({ status: 200, known: 'true' });
    expect(trade.world.rows.size).toBe(rows);
    expect(await sent(message('a', { massGrams: 1 }))).toMatchObject({ status: 409, code: 'HL-9203' });
    expect(await sent(`${message('a')} `)).toMatchObject({ code: 'HL-9203' });
  });

  it('that is too long, also when it is small on the way, is not read to its end', async () => {
    const long = message('a', { note: 'x'.repeat(300_000) });
    expect(await sent(long)).toMatchObject({ status: 413, code: 'HL-9205' });
    const packed = { ...KNOWN_TYPES, 'content-encoding': 'gzip' };
    expect(await sent(new Uint8Array(gzipSync(long)), packed)).toMatchObject({
      status: 413,
      code: 'HL-9205',
    });
    expect(await sent(new Uint8Array(Buffer.from('no gzip')), packed)).toMatchObject({ code: 'HL-9200' });
    expect(await state()).toEqual({});
  });

  it('that a page of another site could send without asking is none', async () => {
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=a'])
      expect(await sent(message('a'), { 'content-type': type })).toMatchObject({ code: 'HL-9209' });
    const asked = await fetch(`${address}/v1/messages`, {
      method: 'OPTIONS',
      headers: { origin: 'https://other.example', 'access-control-request-method': 'POST' },
    });
    expect(asked.headers.get('access-control-allow-origin')).toBeNull();
    expect(await state()).toEqual({});
  });

  it('that is no message of its system, no JSON, or JSON that two readers take for two things', async () => {
    const other = message('a').replace('vehicleRegistered', 'damageReported');
    for (const wrong of [
      other,
      'null',
      '[]',
      '{',
      '"a"',
      message('a').replace('{', '{"id":"b",'),
      '[['.repeat(50_000),
    ]) {
      const { status, code } = await sent(wrong);
      expect(status, wrong.slice(0, 40)).toBeGreaterThanOrEqual(400);
      expect(status, wrong.slice(0, 40)).toBeLessThan(500);
      expect(code, wrong.slice(0, 40)).toMatch(/^HL-/);
    }
    expect(await state()).toEqual({});
  });

  it('says back what it was called and nothing that runs', async () => {
    const id = '<img src=x>';
    const answer = await fetch(`${address}/v1/messages/${encodeURIComponent(id)}`);
    expect(answer.status).toBe(404);
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
  });
});
