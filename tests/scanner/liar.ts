import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A gateway that lies: `pretends` never hands a batch on and claims that it is recorded; `flips` turns refusals into acceptances. */
export type Lie = 'pretends' | 'flips';

interface Result {
  readonly verdicts?: readonly string[];
}

/**
 * Puts a lying gateway in front of an honest one.
 *
 * @param behind starts the honest one, which must believe that the liar's address is its own
 * @param batches what the liar claims about the batches in a body
 */
export async function startLiar(
  lie: Lie,
  behind: (url: string) => Promise<string>,
  batches: (body: Buffer) => readonly object[],
): Promise<{ url: string; stop: () => void }> {
  let honest = '';
  const server: Server = createServer((request, response) => {
    void (async () => {
      const body = await bodyOf(request);
      const posted = request.method === 'POST' && request.url === '/v1/batches';
      if (posted && lie === 'pretends') {
        response.setHeader('content-type', 'application/json');
        response.end(JSON.stringify({ batches: batches(body) }));
        return;
      }
      const answer = await fetch(honest + (request.url ?? ''), {
        method: request.method ?? 'GET',
        headers: headersOf(request),
        ...(body.length > 0 ? { body } : {}),
      });
      const text = await answer.text();
      response.statusCode = answer.status;
      response.setHeader('content-type', answer.headers.get('content-type') ?? 'text/plain');
      response.end(posted && lie === 'flips' ? flipped(text) : text);
    })();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  honest = await behind(url);
  return { url, stop: () => server.close() };
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

function headersOf({ headers }: IncomingMessage): Record<string, string> {
  const kept = ['content-type', 'authorization', 'accept'];
  return Object.fromEntries(
    kept.flatMap((name) => (typeof headers[name] === 'string' ? [[name, headers[name]]] : [])),
  );
}

function flipped(text: string): string {
  const answer = JSON.parse(text) as { batches: Result[] };
  return JSON.stringify({
    batches: answer.batches.map((result) => ({
      ...result,
      verdicts: result.verdicts?.map(() => 'accepted'),
    })),
  });
}
