import { once } from 'node:events';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { LedgerError } from '@huilian/fabric';
import { afterEach, expect, it } from 'vitest';
import { Readiness } from './readiness.js';
import { recordingChecks, Submissions } from './recording.js';
import type { GroupOutcome } from './relay/outcome.js';

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

/** Something that takes connections and does nothing else, as an orderer that hangs does. */
async function orderer(): Promise<string> {
  const server = createServer().listen(0, '127.0.0.1');
  servers.push(server);
  await once(server, 'listening');
  return `localhost:${(server.address() as AddressInfo).port}`;
}

async function ordering(
  addresses: readonly string[],
  needed: number,
  submissions = new Submissions(),
): Promise<unknown> {
  const away = { attest: () => Promise.reject(new LedgerError('unavailable')) };
  const checks = recordingChecks(away, { addresses, needed }, submissions);
  const report = await new Readiness(checks).report();
  return report.checks.find(({ name }) => name === 'ordering');
}

async function ended(outcome: GroupOutcome, submissions: Submissions): Promise<void> {
  await submissions.watch(() => Promise.resolve(outcome))([]);
}

it('ordering is ready when enough orderers can be reached', async () => {
  const nobody = 'localhost:1';
  expect(await ordering([await orderer(), nobody, await orderer()], 2)).toMatchObject({ ready: true });
  expect(await ordering([await orderer(), nobody, nobody], 2)).toMatchObject({
    code: 'HL-5002',
    facts: { reached: 1, needed: 2 },
  });
});

it('ordering is not ready after a transaction whose outcome stayed unknown, until one is recorded', async () => {
  const submissions = new Submissions();
  const address = await orderer();
  await ended({ kind: 'failed', error: new LedgerError('unknownOutcome') }, submissions);
  expect(await ordering([address], 1, submissions)).toMatchObject({ code: 'HL-5011' });
  await ended({ kind: 'conflict' }, submissions);
  expect(await ordering([address], 1, submissions)).toMatchObject({ code: 'HL-5011' });
  await ended({ kind: 'done', results: [] }, submissions);
  expect(await ordering([address], 1, submissions)).toMatchObject({ ready: true });
});
