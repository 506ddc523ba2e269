import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HuilianError } from '@huilian/core';
import { readBody } from './body.js';

const bound = 1_000;
let address: string;
let port: number;
const server = createServer((request, response) => {
  readBody(request, bound)
    .then((body) => response.end(String(body.length)))
    .catch((error: unknown) => response.end(error instanceof HuilianError ? error.code : String(error)));
});

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  ({ port } = server.address() as AddressInfo);
  address = `http://127.0.0.1:${port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

async function post(body: Uint8Array<ArrayBuffer>, headers: Record<string, string> = {}): Promise<string> {
  return (await fetch(address, { method: 'POST', body, headers })).text();
}

describe('a body', () => {
  it('is read up to the bound', async () => {
    expect(await post(new Uint8Array(bound))).toBe('1000');
  });

  it('is inflated up to the bound', async () => {
    expect(await post(Uint8Array.from(gzipSync(Buffer.alloc(bound))), { 'content-encoding': 'gzip' })).toBe(
      '1000',
    );
  });

  it('of a declared length over the bound is refused before it arrives', async () => {
    const answer = await new Promise<string>((resolve) => {
      const socket = connect(port, '127.0.0.1', () => {
        socket.write('POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 52428800\r\n\r\n');
      });
      socket.once('data', (data) => {
        resolve(data.toString());
        socket.destroy();
      });
    });
    expect(answer).toContain('HL-4007');
  });

  it('that inflates beyond the bound is refused without inflating it all', async () => {
    const bomb = Uint8Array.from(gzipSync(Buffer.alloc(64 * 1024 * 1024)));
    expect(await post(bomb.subarray(0, 900), { 'content-encoding': 'gzip' })).toBe('HL-4008');
  });

  it('that does not inflate is refused', async () => {
    expect(await post(Uint8Array.from([1, 2, 3]), { 'content-encoding': 'gzip' })).toBe('HL-4009');
    expect(
      await post(Uint8Array.from(gzipSync('cut short')).subarray(0, 12), { 'content-encoding': 'gzip' }),
    ).toBe('HL-4009');
  });

  it('in an unknown compression is refused', async () => {
    expect(await post(Uint8Array.from([1]), { 'content-encoding': 'br' })).toBe('HL-4006');
  });
});
