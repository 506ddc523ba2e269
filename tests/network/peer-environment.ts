import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFile, readlink } from 'node:fs/promises';
import { kill9, pids } from './trial.js';

/**
 * Restarts a peer with other settings than the network gives it, as another operator might. It is a child of the test.
 *
 * @param settings variables such as `CORE_CHAINCODE_RUNTIMEPARAMS_USEWRITEBATCH`
 */
export async function restartPeer(
  home: string,
  name: string,
  settings: Readonly<Record<string, string>>,
): Promise<ChildProcess> {
  const pid = (await pids(home)).get(name);
  if (pid === undefined) throw new Error(`${name} does not run`);
  const [program, cwd, environment] = await Promise.all([
    readlink(`/proc/${pid}/exe`),
    readlink(`/proc/${pid}/cwd`),
    readFile(`/proc/${pid}/environ`, 'utf8'),
  ]);
  await kill9(home, name);
  const inherited = environment.split('\0').flatMap((line) => {
    const at = line.indexOf('=');
    return at < 0 ? [] : [[line.slice(0, at), line.slice(at + 1)] as const];
  });
  const child = spawn(program, ['node', 'start'], {
    cwd,
    env: { ...Object.fromEntries(inherited), ...settings },
    stdio: 'ignore',
  });
  await once(child, 'spawn');
  return child;
}

/** Ends a peer that was started with {@link restartPeer}. */
export async function endPeer(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
}

/** How many messages of each type a peer has answered to the chaincode, by its own count. */
export async function messagesOf(operations: string, chaincode: string): Promise<Map<string, number>> {
  const text = await (await fetch(`${operations}/metrics`)).text();
  const counts = new Map<string, number>();
  for (const line of text.split('\n')) {
    const match = /^chaincode_shim_requests_completed\{chaincode="(\w+?)_.*type="(\w+)"\} (\d+)/.exec(line);
    const [, name, type = '', count] = match ?? [];
    if (name === chaincode) counts.set(type, (counts.get(type) ?? 0) + Number(count));
  }
  return counts;
}
