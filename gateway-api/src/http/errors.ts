import type { ErrorRequestHandler, Request, RequestHandler, Response } from 'express';
import { HuilianError, type Language } from '@huilian/core';
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
    const language = languageOf(request);
    const problem = problemOf(error, language, requestId);
    response
      .status(status)
      .set(headersOf(error))
      .set({ 'Content-Language': language, 'Cache-Control': 'no-store', Vary: 'Accept, Accept-Language' });
    const forPerson = isForPerson(request);
    if (forPerson) response.set('Content-Security-Policy', pagePolicy).type('html');
    else response.type('application/problem+json');
    const text = forPerson
      ? problemPage(problem, language, inOther(request, language))
      : JSON.stringify(problem);
    if (request.complete) response.send(text);
    else answerBeforeEnd(request, response, text);
  };
}

/** `?lang=` of a public page, else what the browser asks for. */
function languageOf(request: Request): Language {
  const { lang } = request.query;
  return lang === 'zh-CN' || lang === 'en' ? lang : chooseLanguage(request.get('accept-language'));
}

/** The same address in the other language, without its path: a reference of the query alone stays where it is. */
function inOther(request: Request, language: Language): string {
  const query = new URLSearchParams(request.originalUrl.split('?').slice(1).join('?'));
  query.set('lang', language === 'en' ? 'zh-CN' : 'en');
  return `?${query.toString()}`;
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

/**
 * The body is not read to its end. The whole answer goes out at once, but the response ends only when the client has sent
 * all or has gone: Node closes the connection with the response, and a client that still writes would lose the answer.
 */
function answerBeforeEnd(request: Request, response: Response, text: string): void {
  response.set({ Connection: 'close', 'Content-Length': String(Buffer.byteLength(text)) }).write(text);
  const end = (): void => {
    clearTimeout(timer);
    response.end();
  };
  const timer = setTimeout(end, lingerMilliseconds);
  request
    .on('error', () => undefined)
    .once('end', end)
    .once('close', end)
    .resume();
}
