import { setTimeout as pause } from 'node:timers/promises';
import { HuilianError } from '@huilian/core';
import express, { type ErrorRequestHandler, type Express, type Request, type Response } from 'express';
import type { Inbox } from '../inbox/inbox.js';
import { MESSAGE_STATES, type StoredMessage } from '../inbox/stored-message.js';
import { digestOf } from '../messages/digest.js';
import { messagesOf, messageType } from '../messages/index.js';
import { readMessage } from '../messages/read-message.js';
import { messageJsonSchema } from '../messages/schema.js';
import type { System } from '../messages/system.js';
import { guard } from './guard.js';
import type { Loop } from './loop.js';
import { languageOf, problemOf } from './problem.js';
import { reportOf } from './report.js';

export interface AppOptions {
  readonly system: System;
  readonly inbox: Inbox;
  readonly loop: Loop;
  readonly now: () => number;
  readonly token?: string | undefined;
  readonly imeiPepper?: Uint8Array | undefined;
}

const MESSAGE_BYTES = 256 * 1024;
const LONGEST_WAIT_SECONDS = 60;
const PAGE = 200;

/** The adapter's door: messages in, and what became of each. */
export function adapterApp(options: AppOptions): Express {
  const { system, inbox, loop, now, token, imeiPepper } = options;
  const app = express();
  app.disable('x-powered-by').disable('etag');
  app.get('/healthz', (_request, response) => {
    response.json({ system, messages: inbox.counts(), ...(loop.held ? { held: loop.held } : {}) });
  });
  app.use(guard(token));
  const bytes = express.raw({ type: 'application/json', limit: MESSAGE_BYTES });
  app.post('/v1/messages', bytes, async (request: Request, response: Response) => {
    const body: unknown = request.body;
    if (!(body instanceof Buffer)) throw new HuilianError('HL-9209');
    const message = readMessage(system, body, imeiPepper);
    const { stored, isNew } = inbox.take(message, digestOf(body, imeiPepper), now());
    loop.wake();
    const known = await settled(inbox, stored, waitOf(request));
    response
      .status(known.state === 'settled' ? 200 : 202)
      .location(`/v1/messages/${encodeURIComponent(stored.message.id)}`)
      .set('Huilian-Known', String(!isNew))
      .json(reportOf(known, languageOf(request.get('accept-language')), loop.held));
  });
  app.get('/v1/messages', (request, response) => {
    const after = Number(request.query['after'] ?? 0);
    const state = MESSAGE_STATES.find((each) => each === request.query['state']);
    const found = inbox.list(Number.isSafeInteger(after) ? after : 0, PAGE, state);
    const language = languageOf(request.get('accept-language'));
    const last = found.length === PAGE ? found.at(-1)?.number : undefined;
    const messages = found.map((each) => reportOf(each, language, loop.held));
    response.json({ messages, ...(last === undefined ? {} : { next: last }) });
  });
  app.get('/v1/messages/:id', (request, response) => {
    const { id } = request.params;
    const stored = inbox.get(id);
    if (!stored) throw new HuilianError('HL-9204', { id: id.slice(0, 80) });
    response.json(reportOf(stored, languageOf(request.get('accept-language')), loop.held));
  });
  app.get('/v1/schemas', (_request, response) => {
    response.json({ schemas: messagesOf(system).map(({ name }) => `/v1/schemas/${name}`) });
  });
  app.get('/v1/schemas/:name', (request, response) => {
    const type = messageType(request.params.name);
    if (!type?.systems.includes(system))
      throw new HuilianError('HL-9201', { type: request.params.name.slice(0, 40), system });
    response.type('application/schema+json').json(messageJsonSchema(type));
  });
  app.use((request) => {
    throw new HuilianError('HL-4002', { path: request.path.slice(0, 80) });
  });
  app.use(failed);
  return app;
}

/** `Prefer: wait=10` (RFC 7240): the answer waits until the ledger has judged, or as long as is asked for. */
function waitOf(request: Request): number {
  const [, seconds = '0'] = /(?:^|[,;\s])wait=(\d{1,3})\b/.exec(request.get('prefer') ?? '') ?? [];
  return Math.min(Number(seconds), LONGEST_WAIT_SECONDS);
}

async function settled(inbox: Inbox, stored: StoredMessage, seconds: number): Promise<StoredMessage> {
  let current = stored;
  for (let left = seconds * 20; left > 0 && isUnderWay(current); left -= 1) {
    await pause(50);
    current = inbox.get(stored.message.id) ?? current;
  }
  return current;
}

function isUnderWay({ state }: StoredMessage): boolean {
  return state === 'received' || state === 'planned' || state === 'signed';
}

const failed: ErrorRequestHandler = (error: unknown, request, response, next) => {
  if (response.headersSent) {
    next(error);
    return;
  }
  const problem = problemOf(ofExpress(error), languageOf(request.get('accept-language')));
  response.status(Number(problem['status'])).type('application/problem+json').send(JSON.stringify(problem));
};

/** What express and its parsers throw by themselves. */
function ofExpress(error: unknown): unknown {
  if (error instanceof HuilianError || !(error instanceof Error)) return error;
  const { status } = error as { status?: unknown };
  if (status === 413) return new HuilianError('HL-9205', { limit: MESSAGE_BYTES }, { cause: error });
  return typeof status === 'number' && status < 500
    ? new HuilianError('HL-9200', {}, { cause: error })
    : error;
}
