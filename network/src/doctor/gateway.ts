import { HuilianError } from '@huilian/core';
import { readIfThere } from '../files.js';
import type { Home } from '../home.js';
import { describeListener, listenerOf } from '../native/system.js';
import { freePort } from '../ports.js';
import { fault, type Finding, good } from './finding.js';

const defaultPort = 8080;
const answerTimeoutMs = 6_000;

/** What `/readyz` and `/v1/ledger` of a gateway say, as far as the doctor reads it. */
interface Readiness {
  readonly ready: boolean;
  readonly checks: readonly { readonly name: string; readonly ready: boolean; readonly code?: string }[];
}

/**
 * The gateway that `npm start` started last is ready, if the network runs; else there is a port for the next one. That
 * the first port is taken is no fault, because a start takes the next.
 * @param ledger of the network that runs here; undefined while none does
 */
export async function checkGateway(
  home: Home,
  ledger: string | undefined,
  environment: NodeJS.ProcessEnv = process.env,
): Promise<Finding[]> {
  const address = (await readIfThere(home.gatewayAddress))?.trim();
  if (address === undefined || ledger === undefined)
    return [await checkPort(Number(environment['PORT'] || defaultPort))];
  const readiness = await ask<Readiness>(`${address}/readyz`);
  if (readiness?.checks === undefined) return [fault('gateway', 'HL-8027', { address })];
  const found = (await ask<{ ledger?: unknown }>(`${address}/v1/ledger`))?.ledger;
  // The gateway of another checkout may have the port by now.
  if (typeof found === 'string' && found !== ledger)
    return [fault('gateway', 'HL-8027', { address, serves: `${found.slice(0, 12)}…` })];
  const checks = readiness.checks
    .map(({ name, ready, code }) => (ready ? name : `${name} ${code ?? 'not ready'}`))
    .join(', ');
  return [
    readiness.ready ? good('gateway', { address, checks }) : fault('gateway', 'HL-8028', { address, checks }),
  ];
}

/** Where the next gateway would listen, and who is in the way of the first choice. */
async function checkPort(first: number): Promise<Finding> {
  try {
    const port = await freePort(first);
    if (port === first) return good('ports', { gateway: port });
    return good('ports', { gateway: port, taken: `${first}, ${describeListener(await listenerOf(first))}` });
  } catch (error) {
    if (!(error instanceof HuilianError)) throw error;
    return fault('ports', error.code, { ...error.details, use: 'PORT' });
  }
}

/** JSON of a GET, whatever its status; undefined when there is none. */
async function ask<T>(url: string): Promise<T | undefined> {
  try {
    const answer = await fetch(url, { signal: AbortSignal.timeout(answerTimeoutMs) });
    return (await answer.json()) as T;
  } catch {
    return undefined;
  }
}
