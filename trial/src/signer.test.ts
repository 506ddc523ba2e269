import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { batchDigest, type SignedBatch } from '@huilian/core';
import { keyNamed } from '@huilian/core/testing';
import { afterAll, expect, it } from 'vitest';
import { GatewayClient } from './gateway-client.js';
import { Signer } from './signer.js';

/** Each batch is a block of its own. */
const recorded: SignedBatch[] = [];

/** A gateway whose read model is always a block behind, but for who asks for the last block. */
const server = createServer((request, response) => {
  const answer = (value: object): void => {
    response.setHeader('content-type', 'application/json').end(JSON.stringify(value));
  };
  const { pathname, searchParams } = new URL(request.url ?? '', 'http://localhost');
  if (pathname === '/v1/token') answer({ access_token: 'token' });
  else if (pathname === '/v1/batches') {
    void json(request).then((body) => {
      const [batch] = (body as { batches: [SignedBatch] }).batches;
      const { keyId, sequence } = batch.header;
      const status = recorded.some(({ header }) => header.sequence === sequence) ? 'fork' : 'recorded';
      if (status === 'recorded') recorded.push(batch);
      answer({ batches: [{ keyId, sequence, status, verdicts: ['accepted'], block: recorded.length }] });
    });
  } else {
    const behind = Number(searchParams.get('minBlock')) >= recorded.length ? 0 : 1;
    const last = recorded.slice(0, recorded.length - behind).at(-1);
    if (last) answer({ next: last.header.sequence + 1, head: batchDigest(last.header) });
    else response.writeHead(404).end();
  }
}).listen(0, '127.0.0.1');
afterAll(() => server.close());

it('a key that signs online follows its own last batch, however far the read model is behind', async () => {
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const signer = new Signer(keyNamed('administrator'), new GatewayClient(url), '0'.repeat(64));
  const event = {
    type: 'key.revoke',
    version: 1,
    time: 0,
    data: { keyId: signer.keyId, lastSequence: 1, reason: 'lost' },
  } as const;
  for (let batch = 0; batch < 3; batch++) await signer.record([event]);
  expect(recorded.map(({ header }) => header.sequence)).toEqual([1, 2, 3]);
  expect(recorded[2]?.header.previous).toBe(recorded[1] && batchDigest(recorded[1].header));
});
