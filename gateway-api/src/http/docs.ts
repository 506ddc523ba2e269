import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import express, { Router } from 'express';

const require = createRequire(import.meta.url);

const page = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Huilian gateway: interface</title>
<link rel="icon" href="/favicon.svg">
<link rel="stylesheet" href="/docs/assets/swagger-ui.css">
</head>
<body>
<div id="swagger-ui"></div>
<script src="/docs/assets/swagger-ui-bundle.js"></script>
<script src="/docs/start.js"></script>
</body>
</html>
`;

const start = `window.ui = SwaggerUIBundle({ url: '/openapi.json', dom_id: '#swagger-ui', deepLinking: true, validatorUrl: null });
`;

/** Two arrows that close a ring. */
const icon = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32" fill="none" stroke="#2e6b4a" stroke-width="4" stroke-linecap="round" stroke-linejoin="round"><path d="M26 13a10.5 10.5 0 0 0-19-2"/><path d="M7 4v7h7"/><path d="M6 19a10.5 10.5 0 0 0 19 2"/><path d="M25 28v-7h-7"/></svg>`;

/** Swagger UI wants inline styles and data images; nothing comes from another host. */
const policy =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'";

/** `/docs`: the interface to read and try, served whole from our own host. */
export function docs(document: unknown): Router {
  const router = Router();
  const assets = dirname(require.resolve('swagger-ui-dist/package.json'));
  const text = JSON.stringify(document, undefined, 2);
  router.get('/openapi.json', (_request, response) => void response.type('application/json').send(text));
  router.get(
    '/docs',
    (_request, response) => void response.set('Content-Security-Policy', policy).type('html').send(page),
  );
  router.get('/docs/start.js', (_request, response) => void response.type('text/javascript').send(start));
  router.get(
    '/favicon.svg',
    (_request, response) =>
      void response.type('image/svg+xml').set('Cache-Control', 'public, max-age=86400').send(icon),
  );
  router.use('/docs/assets', express.static(assets, { index: false, maxAge: '1d' }));
  return router;
}
