import { spawn, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const program = fileURLToPath(new URL('../../gateway-api/dist/main.js', import.meta.url));

/** A gateway that is a process of its own, with what it has logged until now, and its address once it has told it. */
export interface GatewayProcess {
  readonly child: ChildProcess;
  readonly log: () => string;
  readonly address: () => string | undefined;
}

/** Starts a gateway as a process of its own, which tells all that it does. */
export function spawnGateway(env: Readonly<Record<string, string>>): GatewayProcess {
  const child = spawn(process.execPath, [program], {
    env: { PATH: process.env['PATH'], PORT: '0', LOG_LEVEL: 'trace', ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let text = '';
  child.stdout.on('data', (chunk: Buffer) => (text += chunk.toString()));
  return { child, log: () => text, address: () => /"address":"([^"]+)"/.exec(text)?.[1] };
}
