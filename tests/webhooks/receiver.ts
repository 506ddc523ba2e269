import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

/** A message as it arrived. */
export interface Received {
  readonly id: string;
  readonly timestamp: string;
  readonly signatures: readonly string[];
  readonly path: string;
  readonly body: string;
  readonly type: string;
  /** Of an event: where it stands, and what it is about. */
  readonly position: string | undefined;
  readonly item: string | undefined;
}

type Answer = (response: ServerResponse, received: Received, count: number) => void;

export const takes: Answer = (response) => void response.writeHead(204).end();
export const answers =
  (status: number, headers: Readonly<Record<string, string>> = {}): Answer =>
  (response) =>
    void response.writeHead(status, headers).end();

/** A partner's system: a real HTTP server on this machine that remembers what it was sent and answers as it is told. */
export class Receiver {
  readonly received: Received[] = [];
  answer: Answer;
  #port = 0;
  readonly #sockets = new Set<Socket>();
  readonly #server = createServer((request, response) => {
    void this.#take(request, response);
  });

  private constructor(answer: Answer) {
    this.answer = answer;
    this.#server.on('connection', (socket) => {
      this.#sockets.add(socket);
      socket.once('close', () => this.#sockets.delete(socket));
    });
  }

  static async start(answer: Answer = takes): Promise<Receiver> {
    const receiver = new Receiver(answer);
    await receiver.up();
    return receiver;
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}/hook`;
  }

  get ids(): readonly string[] {
    return this.received.map(({ id }) => id);
  }

  get items(): readonly (string | undefined)[] {
    return this.received.map(({ item }) => item);
  }

  /** As `items`, each message once: what was under way when a webhook is changed may come twice, under its id. */
  get itemsOnce(): readonly (string | undefined)[] {
    return this.received.filter(({ id }, at) => this.ids.indexOf(id) === at).map(({ item }) => item);
  }

  /** Listens (again), on the port that it had. */
  async up(): Promise<void> {
    this.#server.listen(this.#port, '127.0.0.1');
    await once(this.#server, 'listening');
    this.#port = (this.#server.address() as AddressInfo).port;
  }

  /** Is gone: connections are refused. */
  async down(): Promise<void> {
    const closed = once(this.#server, 'close');
    this.#server.close();
    for (const socket of this.#sockets) socket.destroy();
    await closed;
  }

  async #take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const received = receivedOf(request, Buffer.concat(chunks).toString('utf8'));
    this.received.push(received);
    this.answer(response, received, this.received.length);
  }
}

function receivedOf({ headers, url = '' }: IncomingMessage, body: string): Received {
  const { type, data } = JSON.parse(body) as {
    type: string;
    data: { position?: string; event?: { item?: string } };
  };
  return {
    id: String(headers['webhook-id']),
    timestamp: String(headers['webhook-timestamp']),
    signatures: String(headers['webhook-signature']).split(' '),
    path: url,
    body,
    type,
    position: data.position,
    item: data.event?.item,
  };
}

/** The signature of a message by the specification, without the library that made it. */
export function signatureOf(secret: string, { id, timestamp, body }: Received): string {
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  return `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')}`;
}
