import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What becomes of a request: it goes on, the one between dies for good, or it answers itself. */
export type Deed = 'pass' | 'die' | object;

/**
 * Stands between a device and an honest gateway.
 *
 * @param behind starts the honest one, which must believe that this address is its own
 */
export async function between(
  behind: (url: string) => Promise<string>,
  deed: (request: { path: string }) => Deed,
): Promise<{ url: string; stop: () => void }> {
  let honest = '';
  let dead = false;
  const server = createServer((request, response) => {
    void (async () => {
      const path = request.url ?? '';
      const body = await bodyOf(request);
      const what = dead ? 'die' : deed({ path });
      if (what === 'die') {
        dead = true;
        response.destroy();
        return;
      }
      if (what !== 'pass') {
        response.end(JSON.stringify(what));
        return;
      }
      const answer = await fetch(honest + path, {
        method: request.method ?? 'GET',
        headers: headersOf(request),
        ...(body.length > 0 ? { body } : {}),
      });
      response.writeHead(answer.status, {
        'content-type': answer.headers.get('content-type') ?? 'text/plain',
      });
      response.end(await answer.text());
    })();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  honest = await behind(url);
  return {
    url,
    stop: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

function headersOf({ headers }: IncomingMessage): Record<string, string> {
  return Object.fromEntries(
    ['content-type', 'authorization', 'accept'].flatMap((name) => {
      const value = headers[name];
      return typeof value === 'string' ? [[name, value]] : [];
    }),
  );
}
