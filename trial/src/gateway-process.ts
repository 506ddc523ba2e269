import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdirSync, openSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { checkout } from '@huilian/network';

const program = join(checkout, 'gateway-api', 'dist', 'main.js');
const READY_MS = 60_000;
const STOP_MS = 20_000;
const PORTS_TRIED = 50;

/** True when nobody listens on the port. */
async function isFree(port: number): Promise<boolean> {
  const server = createServer();
  try {
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    return true;
  } catch {
    return false;
  } finally {
    server.close();
  }
}

/** The port asked for, or the first free one after it, so that two clones run beside each other. */
export async function freePort(first: number): Promise<number> {
  for (let port = first; port < first + PORTS_TRIED; port++) if (await isFree(port)) return port;
  throw new Error(`no free port between ${first} and ${first + PORTS_TRIED}`);
}

/** A gateway that this process started. */
export interface GatewayProcess {
  readonly url: string;
  readonly log: string;
  readonly process: ChildProcess;
  /** Asks it to end, and waits until it has. */
  stop(): Promise<void>;
}

/**
 * Starts a gateway and waits until it is ready.
 *
 * @param home folder of the network and of the gateway's own files
 * @throws Error with what is not ready, or that the process ended
 */
export async function startGateway(
  home: string,
  port: number,
  environment: NodeJS.ProcessEnv = {},
): Promise<GatewayProcess> {
  const folder = join(home, 'gateway');
  mkdirSync(folder, { recursive: true });
  const log = join(folder, 'gateway.log');
  const file = openSync(log, 'a');
  const child = spawn(process.execPath, [program], {
    env: { ...process.env, HUILIAN_HOME: home, HOST: '127.0.0.1', PORT: String(port), ...environment },
    stdio: ['ignore', file, file],
    detached: true, // Ctrl-C reaches the parent, which stops it in order
  });
  closeSync(file);
  const url = `http://127.0.0.1:${port}`;
  const stop = async (): Promise<void> => stopProcess(child);
  try {
    await untilReady(url, child, log);
  } catch (error) {
    await stop();
    throw error;
  }
  return { url, log, process: child, stop };
}

async function untilReady(url: string, child: ChildProcess, log: string): Promise<void> {
  const deadline = Date.now() + READY_MS;
  let answer = 'no answer';
  while (Date.now() < deadline) {
    if (child.exitCode !== null) throw new Error(`the gateway ended with ${child.exitCode}; see ${log}`);
    try {
      const response = await fetch(`${url}/readyz`);
      if (response.ok) return;
      answer = await response.text();
    } catch {
      // it does not listen yet
    }
    await sleep(100);
  }
  throw new Error(`the gateway is not ready: ${answer}; see ${log}`);
}

async function stopProcess(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
  await ended;
  clearTimeout(timer);
}
