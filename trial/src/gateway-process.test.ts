import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { untilReady } from './gateway-process.js';

const child = { exitCode: null, signalCode: null };
const watched = { child, log: 'gateway.log', patienceMs: 500 };
let server: Server;
afterEach(() => {
  server.close();
  server.closeAllConnections();
});

/** A gateway of which each question finds the read model so many blocks behind. */
async function behind(blocks: () => number): Promise<string> {
  server = createServer((_request, response) => {
    const left = blocks();
    const projector = { name: 'projector', ready: left === 0, code: 'HL-5023', facts: { blocks: left } };
    response.end(JSON.stringify({ ready: left === 0, checks: [projector] }));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

describe('a gateway that fills its read model', () => {
  it('is waited for as long as it comes nearer, beyond the patience with one that stands still', async () => {
    let left = 12;
    const told: number[] = [];
    const url = await behind(() => (left -= 1));
    await untilReady(url, { ...watched, onBehind: (blocks) => told.push(blocks) });
    expect(told).toEqual([11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1]);
  });

  it('is given up when it stands still, with what is missing', async () => {
    const url = await behind(() => 7);
    await expect(untilReady(url, watched)).rejects.toMatchObject({
      code: 'HL-8028',
      details: { missing: 'projector HL-5023' },
    });
  });

  it('is not waited for by who is asked to stop', async () => {
    const url = await behind(() => 7);
    const asked = AbortSignal.abort(new Error('asked to stop'));
    await expect(untilReady(url, { ...watched, signal: asked })).rejects.toThrow('asked to stop');
  });
});
