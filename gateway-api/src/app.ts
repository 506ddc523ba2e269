import { randomUUID } from 'node:crypto';
import express, { type Express } from 'express';
import helmet from 'helmet';
import { pinoHttp } from 'pino-http';
import type { Router } from 'express';
import { bindRoutes } from './http/bind.js';
import { docs } from './http/docs.js';
import { noRoute, problems } from './http/errors.js';
import { identify } from './http/identity.js';
import { rateLimits } from './http/limits.js';
import { openApiDocument } from './http/openapi.js';
import { routes } from './routes/index.js';
import type { Services } from './services.js';

const requestIdForm = /^[A-Za-z0-9_-]{8,64}$/;

/** The HTTP side: everything between a socket and a route. */
export function createApp(services: Services, devIssuer?: Router): Express {
  const { config, log, metrics } = services;
  const app = express();
  app.disable('x-powered-by');
  app.set('trust proxy', config.TRUST_PROXY);
  app.set('query parser', 'simple');
  app.set('etag', false);
  app.use(
    pinoHttp({
      logger: log,
      genReqId: (request, response) => {
        const given = request.headers['x-request-id'];
        const id = typeof given === 'string' && requestIdForm.test(given) ? given : randomUUID();
        response.setHeader('X-Request-Id', id);
        return id;
      },
      // Who polls /readyz asks whether it is ready: 503 is an answer there, and a change of it is logged by itself.
      customLogLevel: (request, response) =>
        response.statusCode >= 500 && !request.url.startsWith('/readyz') ? 'error' : 'debug',
      redact: ['req.headers.authorization', 'req.headers.cookie'],
    }),
  );
  app.use(metrics.middleware());
  app.use(
    helmet({
      contentSecurityPolicy: {
        useDefaults: false,
        directives: { defaultSrc: ["'none'"], baseUri: ["'none'"], frameAncestors: ["'none'"] },
      },
    }),
  );
  app.use(identify((token) => services.authenticator.callerOf(token)));
  app.use(rateLimits(config));
  app.use(docs(openApiDocument(routes)));
  if (devIssuer !== undefined) app.use('/dev-issuer', devIssuer);
  app.use(bindRoutes(routes, services));
  app.use(noRoute);
  app.use(problems(log));
  return app;
}
