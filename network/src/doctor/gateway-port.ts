import { isFree } from '../ports.js';
import { checkout } from '../home.js';
import { describeListener, listenerOf } from '../native/system.js';
import { fault, type Finding, good } from './finding.js';

const defaultPort = 8080;

/** The gateway's port is free, or this checkout's own gateway has it. */
export async function checkGatewayPort(environment: NodeJS.ProcessEnv = process.env): Promise<Finding> {
  const port = Number(environment['PORT'] || defaultPort);
  if (await isFree(port)) return good('ports', { gateway: port });
  const listener = await listenerOf(port);
  const ours = listener !== undefined && `${listener.directory}/ ${listener.command}`.includes(checkout);
  if (ours) return good('ports', { gateway: port, pid: listener.pid });
  return fault('ports', 'HL-8006', { port, process: describeListener(listener), use: 'PORT' });
}
