import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { promisify } from 'node:util';
import express from 'express';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { problems } from './errors.js';
import { HttpError } from './problem.js';

let server: Server;
beforeAll(async () => {
  const app = express();
  app.post('/', () => {
    throw new HttpError('HL-4007');
  });
  app.use(problems(pino({ level: 'silent' })));
  server = createServer(app).listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterAll(() => server.close());

/** A client of its own process that sends twenty megabytes again and again, and prints the status or the error it met. */
const client = `
const { request } = require('node:http');
const megabyte = Buffer.alloc(1_048_576);
const headers = { 'content-length': 20 * megabyte.length };
const send = () => new Promise((resolve) => {
  const sent = request({ port: process.argv[1], host: '127.0.0.1', method: 'POST', headers }, (response) => {
    response.resume().on('end', () => resolve(response.statusCode)).on('error', (error) => resolve(error.code));
  });
  sent.on('error', (error) => resolve(error.code));
  for (let piece = 0; piece < 20; piece += 1) sent.write(megabyte);
  sent.end();
});
(async () => {
  for (let time = 0; time < 20; time += 1) console.log(await send());
})();
`;

describe('a body that is not read to its end', () => {
  it('does not keep the client from reading why it was refused', async () => {
    const { port } = server.address() as AddressInfo;
    const { stdout } = await promisify(execFile)(process.execPath, ['-e', client, String(port)]);
    expect(stdout.trim().split('\n')).toEqual(Array(20).fill('413'));
  });
});
