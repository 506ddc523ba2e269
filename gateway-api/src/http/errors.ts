import type { ErrorRequestHandler, Request, RequestHandler, Response } from 'express';
import { HuilianError } from '@huilian/core';
import type { Logger } from 'pino';
import { problemPage } from '../passport/problem-page.js';
import { pagePolicy } from '../passport/style.js';
import { requestIdOf } from './identity.js';
import { chooseLanguage } from './language.js';
import { headersOf, HttpError, problemOf } from './problem.js';

/** How long an unread body may go on arriving after its refusal, so that the client reads the answer first. */
const lingerMilliseconds = 1_000;

/** No route took the request. */
export const noRoute: RequestHandler = () => {
  throw new HttpError('HL-4002');
};

/** Turns every error into a problem document. Faults of ours are logged whole and shown as HL-4099. */
export function problems(log: Logger): ErrorRequestHandler {
  // Express tells error handlers by their four parameters.
  return (thrown: unknown, request, response, _next) => {
    const error = ofExpress(thrown);
    const requestId = requestIdOf(request);
    const status = error instanceof HuilianError ? error.row.http : 500;
    if (status >= 500) log.error({ err: error, requestId, path: request.path }, 'request failed');
    if (response.headersSent) {
      response.destroy();
      return;
    }
    const language = chooseLanguage(request.get('accept-language'));
    if (!request.complete) closeAfter(request, response);
    const problem = problemOf(error, language, requestId);
    response
      .status(status)
      .set(headersOf(error))
      .set({ 'Content-Language': language, 'Cache-Control': 'no-store', Vary: 'Accept, Accept-Language' });
    if (isForPerson(request)) {
      response.set('Content-Security-Policy', pagePolicy).type('html').send(problemPage(problem, language));
    } else response.type('application/problem+json').send(JSON.stringify(problem));
  };
}

/** Whether a person reads the answer: the public addresses, opened in a browser. */
function isForPerson(request: Request): boolean {
  const open = !/^\/(v1|dev-issuer|docs)\//.test(request.path);
  return open && request.method === 'GET' && request.accepts(['json', 'html']) === 'html';
}

/** What express and its router throw by themselves: broken percent signs and the like. */
function ofExpress(error: unknown): unknown {
  if (error instanceof HuilianError || !(error instanceof Error)) return error;
  const { status } = error as { status?: unknown };
  return typeof status === 'number' && status < 500
    ? new HttpError('HL-4001', {}, {}, { cause: error })
    : error;
}

/** The body is not read to its end: answer, let the client see it, then close. */
function closeAfter(request: Request, response: Response): void {
  response.set('Connection', 'close');
  response.once('finish', () => {
    request.on('error', () => undefined).resume();
    setTimeout(() => request.socket.destroy(), lingerMilliseconds).unref();
  });
}
