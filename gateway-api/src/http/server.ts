import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { HuilianError } from '@huilian/core';

export interface Listening {
  readonly port: number;
  /** Takes no new connections, lets requests under way finish, and after the grace cuts what is left. */
  close(graceSeconds: number): Promise<void>;
}

/** Time for a whole request, milliseconds: a slow sender is cut off. */
const requestMilliseconds = 60_000;
const headerMilliseconds = 10_000;
/** How long a connection may idle: longer than the proxies that stand before gateways keep theirs, mostly a minute. */
const keepAliveMilliseconds = 75_000;

/**
 * Listens. A client that asks whether its body is welcome (`Expect: 100-continue`) hears of a declared length over the bound
 * before it sends a byte.
 *
 * @param bodyBytes largest body, bytes.
 * @throws HuilianError HL-4061 when the address is taken or not this machine's.
 */
export async function listen(
  app: RequestListener,
  host: string,
  port: number,
  bodyBytes: number,
): Promise<Listening> {
  const server = createServer(
    {
      requestTimeout: requestMilliseconds,
      headersTimeout: headerMilliseconds,
      keepAliveTimeout: keepAliveMilliseconds,
    },
    app,
  );
  server.on('checkContinue', (request, response) => {
    if (Number(request.headers['content-length'] ?? 0) <= bodyBytes) response.writeContinue();
    app(request, response);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => {
      reject(new HuilianError('HL-4061', { host, port, reason: cause.code ?? cause.message }, { cause }));
    });
    server.listen(port, host, () => {
      server.removeAllListeners('error');
      resolve();
    });
  });
  return { port: (server.address() as AddressInfo).port, close: (grace) => close(server, grace) };
}

/** A connection that is kept alive is idle as soon as its answer is out; nobody waits for its time to run out. */
const idleMilliseconds = 50;

async function close(server: Server, graceSeconds: number): Promise<void> {
  const idle = setInterval(() => {
    server.closeIdleConnections();
  }, idleMilliseconds);
  const grace = setTimeout(() => {
    server.closeAllConnections();
  }, graceSeconds * 1000);
  try {
    await new Promise<void>((resolve) => {
      server.close(() => {
        resolve();
      });
    });
  } finally {
    clearInterval(idle);
    clearTimeout(grace);
  }
}
