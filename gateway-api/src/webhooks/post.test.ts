import type { lookup } from 'node:dns';
import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import { afterEach, describe, expect, it } from 'vitest';
import { Poster, type Outcome } from './post.js';
import { Targets } from './targets.js';

const message = { id: 'test_1', body: '{"a":"件"}' };
const headers = { 'webhook-id': 'test_1', 'webhook-timestamp': '1', 'webhook-signature': 'v1,x' };
const never = new AbortController().signal;
const open: Server[] = [];
const posters: Poster[] = [];

afterEach(() => {
  for (const poster of posters.splice(0)) poster.close();
  for (const server of open.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

async function receiver(listener: RequestListener, host = '127.0.0.1'): Promise<string> {
  const server = createServer(listener);
  open.push(server);
  server.listen(0, host);
  await once(server, 'listening');
  return `http://${host}:${(server.address() as AddressInfo).port}/hook`;
}

function post(url: string, timeoutMilliseconds = 5_000, stop = never): Promise<Outcome> {
  return posterOf(timeoutMilliseconds).post(url, headers, message, stop);
}

function posterOf(timeoutMilliseconds = 5_000, targets = new Targets([], true)): Poster {
  const poster = new Poster({ targets, timeoutMilliseconds });
  posters.push(poster);
  return poster;
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

describe('a message', () => {
  it('is posted with its headers, and 2xx means that it was taken', async () => {
    let seen: unknown;
    const url = await receiver((request, response) => {
      void bodyOf(request).then((body) => {
        seen = { body, method: request.method, url: request.url, headers: request.headers };
        response.writeHead(202).end('thank you');
      });
    });
    expect(await post(url)).toEqual({ delivered: true, status: 202 });
    expect(seen).toMatchObject({
      body: message.body,
      method: 'POST',
      url: '/hook',
      headers: { ...headers, 'content-type': 'application/json', 'content-length': '11' },
    });
  });

  it.each([
    [500, {}, {}],
    [400, {}, {}],
    [429, { 'retry-after': '7' }, { retryAfter: 7_000 }],
    [503, { 'retry-after': 'whenever' }, {}],
  ])('answered by %i was not taken', async (status, answered, told) => {
    const url = await receiver((_request, response) => response.writeHead(status, answered).end());
    expect(await post(url)).toEqual({ delivered: false, code: 'HL-4092', status, ...told });
  });

  it('is not carried on by a redirect', async () => {
    let reached = 0;
    const inside = await receiver((_request, response) => {
      reached += 1;
      response.end();
    });
    for (const status of [301, 302, 303, 307, 308]) {
      const url = await receiver((_request, response) =>
        response.writeHead(status, { location: inside }).end(),
      );
      expect(await post(url)).toEqual({ delivered: false, code: 'HL-4092', status });
    }
    expect(reached).toBe(0);
  });

  it('that nobody answers is late', async () => {
    expect(await post(await receiver(() => undefined), 150)).toEqual({ delivered: false, code: 'HL-4091' });
  });

  it('is taken by an answer that never ends, which is cut', async () => {
    let cut: Promise<unknown> | undefined;
    const url = await receiver((_request, response) => {
      cut = once(response, 'close');
      response.writeHead(200).write('and ');
    });
    // Long before the time for an attempt is over.
    expect(await post(url, 3_600_000)).toEqual({ delivered: true, status: 200 });
    await cut;
  });

  it('is taken by an answer without an end, of which little is read', async () => {
    let sent = 0;
    let cut: Promise<unknown> | undefined;
    const chunk = Buffer.alloc(65_536);
    const url = await receiver((_request, response) => {
      cut = once(response, 'close');
      response.writeHead(200);
      const more = (): void => {
        if (response.destroyed) return;
        sent += chunk.length;
        if (response.write(chunk)) setImmediate(more);
        else response.once('drain', more);
      };
      more();
    });
    expect(await post(url)).toEqual({ delivered: true, status: 200 });
    await cut;
    // What the sockets on both sides hold, and not the gigabytes that a fast sender could send in a second.
    expect(sent).toBeLessThan(32 * 1_048_576);
  });

  it('finds nobody where nobody listens, or what is there speaks otherwise', async () => {
    const url = await receiver((request) => request.socket.destroy());
    expect(await post(url)).toEqual({ delivered: false, code: 'HL-4090' });
    const upgrade = await receiver((_request, response) =>
      response.writeHead(101, { connection: 'upgrade', upgrade: 'other' }).end(),
    );
    expect(await post(upgrade)).toEqual({ delivered: false, code: 'HL-4090' });
    open[0]?.closeAllConnections();
    open[0]?.close();
    expect(await post(url)).toEqual({ delivered: false, code: 'HL-4090' });
  });

  it('goes over one connection as long as the receiver keeps it, and over a new one when it was closed', async () => {
    const sockets = new Set<unknown>();
    let closing = false;
    const url = await receiver((request, response) => {
      sockets.add(request.socket);
      // Closed at the moment at which the next message is being sent.
      if (closing) response.once('finish', () => setImmediate(() => request.socket.destroy()));
      response.end();
    });
    const poster = posterOf();
    for (let i = 0; i < 3; i += 1)
      expect((await poster.post(url, headers, message, never)).delivered).toBe(true);
    expect(sockets.size).toBe(1);
    closing = true;
    for (let i = 0; i < 20; i += 1)
      expect((await poster.post(url, headers, message, never)).delivered).toBe(true);
  });

  it('is cut when the gateway stops', async () => {
    const stop = new AbortController();
    const url = await receiver(() => {
      stop.abort();
    });
    expect((await post(url, 60_000, stop.signal)).delivered).toBe(false);
  });
});

describe('an address inside', () => {
  it('is not connected to: by its number, by a name that leads there, without TLS', async () => {
    let reached = 0;
    const url = await receiver((_request, response) => {
      reached += 1;
      response.end();
    });
    const { port } = new URL(url);
    const strict = posterOf(5_000, new Targets([], false));
    for (const address of [
      url,
      `https://127.0.0.1:${port}/`,
      `https://[::ffff:127.0.0.1]:${port}/`,
      // A name that everybody may register, and that is looked up like any other.
      `https://localhost:${port}/`,
    ])
      expect(await strict.post(address, headers, message, never)).toEqual({
        delivered: false,
        code: 'HL-4093',
      });
    expect(reached).toBe(0);
  });

  it('is not reached by a name that leads there and elsewhere', async () => {
    let reached = 0;
    const url = await receiver((_request, response) => {
      reached += 1;
      response.end();
    });
    const answers = ['93.184.216.34', '127.0.0.1'].map((address) => ({ address, family: 4 }));
    const resolve = (
      _name: string,
      _options: unknown,
      callback: (error: null, found: unknown) => void,
    ): void => {
      callback(null, answers);
    };
    const targets = new Targets([], false, resolve as unknown as typeof lookup);
    const address = `https://rebound.example:${new URL(url).port}/`;
    expect(targets.read(address)).toBe(address);
    expect(await posterOf(5_000, targets).post(address, headers, message, never)).toEqual({
      delivered: false,
      code: 'HL-4093',
    });
    expect(reached).toBe(0);
  });

  it('that is reached by https is not believed without a certificate', async () => {
    const url = await receiver((_request, response) => response.end());
    const outcome = await post(url.replace('http:', 'https:'));
    expect(outcome).toEqual({ delivered: false, code: 'HL-4090' });
  });
});
