import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { StoredKey } from '../keys/index.js';
import { itemEvent } from '../queue/device.testing.js';
import { Gateway, type GatewayOptions } from './index.js';
import { TestLedger } from './ledger.testing.js';
import { problem, TestGateway, type Behaviour } from './server.testing.js';

let ledger: TestLedger;
let key: StoredKey;
let server: TestGateway;
beforeEach(async () => {
  ledger = await TestLedger.found();
  ({ key } = ledger.plant('plant'));
  server = await TestGateway.start(ledger);
});
afterEach(() => server.stop());

const client = (behaviour: Behaviour = {}, options: GatewayOptions = {}): Gateway => {
  server.behaviour = behaviour;
  return new Gateway(server.url, { longestWaitMs: 10, ...options }).use(key);
};
const answering = (body: string | Buffer, headers: Record<string, string> = {}, status = 200): Behaviour => ({
  instead: (request, response) => {
    if (request.url === '/v1/token') return false;
    response.writeHead(status, headers);
    response.end(body);
    return true;
  },
});
const lanePath = (): string => `/v1/lanes/${key.keyId}`;

describe('a gateway as the scanner sees it', () => {
  it('gets a token for the key once and shows it with every request', async () => {
    const gateway = client();
    expect(await gateway.lane(key.keyId)).toEqual({ next: 1, head: '' });
    await gateway.lane(key.keyId);
    expect(server.requests.filter((request) => request === 'POST /v1/token')).toHaveLength(1);
    expect(await client().token(key)).toBe('good');
  });

  it('says undefined for what is not there, and throws the code of any other problem', async () => {
    expect(await client().get(lanePath())).toBeUndefined();
    await expect(new Gateway(server.url).get(lanePath())).rejects.toMatchObject({ code: 'HL-4010' });
    await expect(new Gateway(server.url, { token: 'bad' }).get(lanePath())).rejects.toMatchObject({
      code: 'HL-4010',
    });
  });

  it.each<[string, Behaviour]>([
    ['no JSON', answering('<html>')],
    ['JSON of another shape', answering('{"next":"soon"}')],
    ['a problem with a code that is not of the list', answering('{"code":"E42"}', {}, 500)],
    ['more than any answer may hold', answering(Buffer.alloc(9 * 1_048_576, 0x20))],
  ])('does not take %s for an answer', async (_what, behaviour) => {
    await expect(client(behaviour).lane(key.keyId)).rejects.toMatchObject({ code: 'HL-7017' });
  });

  it('follows no redirection, lest the token go to a stranger', async () => {
    const elsewhere = answering('', { location: 'http://127.0.0.1:9/' }, 307);
    await expect(client(elsewhere).lane(key.keyId)).rejects.toMatchObject({ code: 'HL-7015' });
  });

  it('may close a connection that idled: what may come twice is sent again, a change is not', async () => {
    let closed = 0;
    const closing: Behaviour = {
      instead: (request) => {
        if (request.url === '/v1/token' || closed > 0) return false;
        closed += 1;
        request.socket.destroy();
        return true;
      },
    };
    expect(await client(closing).lane(key.keyId)).toEqual({ next: 1, head: '' });
    closed = 0;
    await expect(client(closing).change('POST', '/v1/webhooks', {})).rejects.toMatchObject({
      code: 'HL-7015',
    });
    expect(server.requests.filter((request) => request === 'POST /v1/webhooks')).toHaveLength(1);
  });

  it('is unreachable when it cuts the answer or says nothing', async () => {
    const cut: Behaviour = {
      instead: (_request, response) => {
        response.writeHead(200, { 'content-length': '1000' });
        response.write('{');
        setTimeout(() => response.destroy(), 20);
        return true;
      },
    };
    await expect(client(cut).lane(key.keyId)).rejects.toMatchObject({ code: 'HL-7015' });
    const silent = client({ instead: () => true }, { timeoutMs: 50 });
    await expect(silent.lane(key.keyId)).rejects.toMatchObject({
      code: 'HL-7015',
      details: { reason: 'timeout' },
    });
  });

  it.each(['1', new Date(Date.now() + 1000).toUTCString(), 'soon'])(
    'is asked again when it is busy until %j, but not for ever',
    async (after) => {
      let asked = 0;
      const busy = client({
        instead: (_request, response) => {
          asked += 1;
          problem(response, 'HL-4030', { 'retry-after': after });
          return true;
        },
      });
      await expect(busy.lane(key.keyId)).rejects.toMatchObject({ code: 'HL-4030' });
      expect(asked).toBe(4);
    },
  );

  it('is believed about its code when the facts beside it are long', async () => {
    const long = { code: 'HL-3009', facts: { reason: 'x'.repeat(10_000), seconds: 3 } };
    const told = client({
      instead: (_request, response) => {
        response.writeHead(409, { 'content-type': 'application/problem+json' }).end(JSON.stringify(long));
        return true;
      },
    });
    await expect(told.lane(key.keyId)).rejects.toMatchObject({
      code: 'HL-3009',
      details: { reason: 'x'.repeat(400), seconds: 3 },
    });
  });

  it('must answer for the very batches that were handed in', async () => {
    const batch = ledger.trade.world.signer('any').batch([itemEvent(key, 1)]);
    await expect(client(answering('{"batches":[]}')).submit([batch])).rejects.toMatchObject({
      code: 'HL-7017',
    });
    const other = JSON.stringify({ batches: [{ keyId: key.keyId, sequence: 9, status: 'recorded' }] });
    await expect(client(answering(other)).submit([batch])).rejects.toMatchObject({ code: 'HL-7017' });
  });
});
