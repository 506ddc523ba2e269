import type { Signer } from '@huilian/core/testing';
import { gzipSync } from 'node:zlib';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { canonical } from '@huilian/core';
import { registration, startWorld, type Client, type World } from './world.js';
import { deviceOf } from './device.js';

let world: World;
let gateway: Client;

beforeAll(async () => {
  world = await startWorld();
  gateway = await world.gateway();
});
afterAll(() => world.stop());

const device = (): Promise<Signer> => deviceOf(world, gateway);

describe('a body that cannot be a group of batches is refused whole', () => {
  const refused = async (
    body: Uint8Array | string,
    headers: Record<string, string> = {},
  ): Promise<[number, string]> => {
    const answer = await gateway.post('/v1/batches', body, headers);
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
    return [answer.status, answer.body.code];
  };

  it('when it is not JSON', async () => {
    expect(await refused('{"batches":[')).toEqual([400, 'HL-1002']);
  });

  it('when a key stands twice in it', async () => {
    expect(await refused('{"batches":[],"batches":[]}')).toEqual([
      400,
      expect.stringMatching(/^HL-100[16]$/),
    ]);
  });

  it('when it is nested too deeply', async () => {
    expect(await refused('['.repeat(100_000))).toEqual([400, 'HL-1003']);
  });

  it('when it is not in canonical form', async () => {
    expect(await refused('{ "batches": [] }')).toEqual([400, 'HL-1001']);
  });

  it('when it holds something else, naming every faulty field', async () => {
    const answer = await gateway.post('/v1/batches', '{"batches":[],"more":1}');
    expect(answer.body).toMatchObject({
      code: 'HL-4001',
      errors: expect.arrayContaining([
        expect.objectContaining({ pointer: expect.stringContaining('body') as string }),
      ]) as unknown,
    });
  });

  it('when a batch has ten thousand events', async () => {
    const signer = await device();
    const batch = signer.batch([registration(signer).event]);
    const events = Array.from({ length: 10_000 }, () => batch.events[0]);
    const many = { ...batch, header: { ...batch.header, count: 10_000 }, events };
    expect(await refused(canonical({ batches: [many] }))).toEqual([413, 'HL-1021']);
  });

  it('when a batch was altered after it was signed', async () => {
    const signer = await device();
    const batch = signer.batch([registration(signer).event]);
    const other = signer.batch([registration(signer).event]);
    expect(await refused(canonical({ batches: [{ ...batch, events: other.events }] }))).toEqual([
      400,
      'HL-1023',
    ]);
  });

  it('when it declares fifty megabytes, before they are sent', async () => {
    const answer = await new Promise<string>((resolve) => {
      const socket = connect(gateway.port, '127.0.0.1', () => {
        socket.write(
          'POST /v1/batches HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 52428800\r\n\r\n',
        );
      });
      socket.once('data', (data) => {
        resolve(data.toString());
        socket.destroy();
      });
    });
    expect(answer).toContain('413');
    expect(answer).toContain('HL-4007');
  });

  it('when it sends fifty megabytes all the same', async () => {
    const endless = new ReadableStream({
      pull(controller) {
        controller.enqueue(new Uint8Array(1_048_576).fill(0x5b));
      },
    });
    const request = fetch(`${gateway.address}/v1/batches`, {
      method: 'POST',
      body: endless,
      duplex: 'half',
      headers: { 'content-type': 'application/json' },
    });
    const end = await request.then(
      (response) => response.status,
      () => 'cut off',
    );
    expect([413, 'cut off']).toContain(end);
    expect((await gateway.get('/healthz')).status).toBe(200);
  });

  it('when it is a zip bomb', async () => {
    const bomb = gzipSync(Buffer.alloc(100 * 1_048_576, 0x20), { level: 9 });
    expect(await refused(bomb, { 'content-encoding': 'gzip' })).toEqual([413, 'HL-4008']);
  });

  it('when its type or compression is unknown', async () => {
    expect(await refused('x', { 'content-type': 'text/plain' })).toEqual([415, 'HL-4005']);
    expect(await refused('x', { 'content-encoding': 'zstd' })).toEqual([415, 'HL-4006']);
  });
});

describe('an address', () => {
  it.each([
    ['/v1/nothing', 404, 'HL-4002'],
    ['/p/hl1qqqqqqqqqqqqqqqqqqqqqq', 400, 'HL-1030'],
    ['/v1/rules/noSuchTable/CN/1', 404, 'HL-3040'],
    ['/v1/errors/HL-9999', 404, 'HL-4040'],
    ['/01/12345678901230/21/x', 400, 'HL-1043'],
    ['/8004/NOBODYS', 404, 'HL-4040'],
    ['/v1/rules?cursor=!!!', 400, 'HL-5024'],
    ['/v1/rules?limit=-1', 400, 'HL-4001'],
    ['/v1/rulesets/active?minBlock=x', 400, 'HL-4001'],
    ['/p/%E0%A4%A', 400, 'HL-4001'],
  ])('%s is answered with a problem', async (path, status, code) => {
    const answer = await gateway.get(path);
    expect([answer.status, answer.body.code]).toEqual([status, code]);
  });

  it('says which methods it takes', async () => {
    const answer = await gateway.post('/v1/ledger', '{}');
    expect([answer.status, answer.headers.get('allow'), answer.body.code]).toEqual([
      405,
      'GET, HEAD',
      'HL-4003',
    ]);
  });

  it('answers in the language that was asked for, with a request id that was given', async () => {
    const headers = { 'accept-language': 'en', 'x-request-id': 'order-4711-a' };
    const english = await gateway.get('/v1/nothing', undefined, headers);
    expect(english.body).toMatchObject({ title: 'There is no such address.', requestId: 'order-4711-a' });
    expect(english.headers.get('x-request-id')).toBe('order-4711-a');
    expect((await gateway.get('/v1/nothing')).body).toMatchObject({ title: '没有这个地址。' });
  });
});

describe('too much at once', () => {
  it('is answered with 429 and when to come back', async () => {
    const narrow = await world.gateway({ RATE_PER_MINUTE_ANONYMOUS: '5' });
    const answers = await Promise.all(Array.from({ length: 8 }, () => narrow.get('/v1/ledger')));
    const last = answers.find(({ status }) => status === 429);
    expect(last?.body).toMatchObject({ code: 'HL-4030' });
    expect(Number(last?.headers.get('retry-after'))).toBeGreaterThan(0);
  });

  it('of waiting for a block that does not come ends in time', async () => {
    const hurried = await world.gateway({ MIN_BLOCK_WAIT_MS: '50' });
    const answer = await hurried.get('/v1/rulesets/active?minBlock=999999');
    expect([answer.status, answer.body.code]).toEqual([503, 'HL-5023']);
    expect(answer.headers.get('retry-after')).not.toBeNull();
  });
});
