import type { RequestHandler } from 'express';
import { ipKeyGenerator, rateLimit } from 'express-rate-limit';
import type { Config } from '../config.js';
import { countedAs } from './identity.js';
import { HttpError } from './problem.js';

const windowSeconds = 60;

/** Bounds how often one caller may ask: each key and person by itself, everybody else by address. */
export function rateLimits(config: Config): RequestHandler {
  return rateLimit({
    windowMs: windowSeconds * 1000,
    limit: (request) =>
      countedAs(request) === undefined ? config.RATE_PER_MINUTE_ANONYMOUS : config.RATE_PER_MINUTE,
    keyGenerator: (request) => countedAs(request) ?? `address ${ipKeyGenerator(request.ip ?? '')}`,
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    skip: (request) => request.path === '/healthz' || request.path === '/readyz',
    handler: (_request, response, next) => {
      const wait = Number(response.getHeader('Retry-After') ?? windowSeconds);
      next(new HttpError('HL-4030', {}, { headers: { 'Retry-After': String(wait) } }));
    },
  });
}
