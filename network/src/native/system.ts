import { readdir, readFile, readlink } from 'node:fs/promises';
import { run } from '../run.js';

/**
 * When a process was started, as the system says it, or undefined when there is no such process. Together with the pid it
 * names one process for as long as the machine runs. A zombie counts as gone, once its last thread has ended: until then the
 * threads hold its ports.
 */
export async function startOf(pid: number): Promise<string | undefined> {
  if (process.platform !== 'linux') return startByPs(pid);
  try {
    const [text, boot] = await Promise.all([readFile(`/proc/${pid}/stat`, 'utf8'), bootId()]);
    // The name in parentheses may hold anything; the state is the first field after it, the start time the twentieth.
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    const ended = (fields[0] === 'Z' && !(await hasThreads(pid))) || fields[0] === 'X';
    return ended ? undefined : `${boot}:${fields[19] ?? ''}`;
  } catch {
    return undefined;
  }
}

/** True while threads beside the first are there; a process that was killed loses its first thread before the others. */
async function hasThreads(pid: number): Promise<boolean> {
  return (await readdir(`/proc/${pid}/task`).catch(() => [])).length > 1;
}

/** Who listens on a port. */
export interface Listener {
  readonly pid: number;
  /** The first words of its command line. */
  readonly command: string;
  /** Its working directory, empty when this user may not see it. */
  readonly directory: string;
}

/** Who listens on a TCP port, as far as this user may see, or undefined. Linux only. */
export async function listenerOf(port: number): Promise<Listener | undefined> {
  const tables = await Promise.all(['tcp', 'tcp6'].map(async (table) => listeningInodes(table, port)));
  const inodes = new Set(tables.flat());
  if (inodes.size === 0) return undefined;
  for (const pid of await readdir('/proc').catch(() => [])) {
    if (!/^\d+$/.test(pid)) continue;
    for (const descriptor of await readdir(`/proc/${pid}/fd`).catch(() => [])) {
      const target = await readlink(`/proc/${pid}/fd/${descriptor}`).catch(() => '');
      const inode = /^socket:\[(\d+)\]$/.exec(target)?.[1];
      if (inode !== undefined && inodes.has(inode)) return describeProcess(Number(pid));
    }
  }
  return undefined;
}

/** `name (pid 123)`, or `?` for a process that this user may not see. */
export function describeListener(listener: Listener | undefined): string {
  return listener === undefined ? '?' : `${listener.command} (pid ${listener.pid})`;
}

async function describeProcess(pid: number): Promise<Listener> {
  const line = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
  const words = line.split('\0').filter((word) => word !== '');
  const directory = await readlink(`/proc/${pid}/cwd`).catch(() => '');
  return { pid, command: words.slice(0, 3).join(' ') || '?', directory };
}

/** The socket inodes in state LISTEN (0A) on the port, from a table such as /proc/net/tcp. */
async function listeningInodes(table: string, port: number): Promise<string[]> {
  const text = await readFile(`/proc/net/${table}`, 'utf8').catch(() => '');
  const suffix = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  const inodes: string[] = [];
  for (const line of text.split('\n').slice(1)) {
    const fields = line.trim().split(/\s+/);
    if (fields[1]?.endsWith(suffix) === true && fields[3] === '0A' && fields[9] !== undefined)
      inodes.push(fields[9]);
  }
  return inodes;
}

let boot: Promise<string> | undefined;

/** Start times count from the last boot, so the boot belongs to the name. */
function bootId(): Promise<string> {
  boot ??= readFile('/proc/sys/kernel/random/boot_id', 'utf8').then(
    (text) => text.trim(),
    () => '',
  );
  return boot;
}

async function startByPs(pid: number): Promise<string | undefined> {
  try {
    const text = (await run('ps', ['-o', 'lstart=', '-p', String(pid)])).trim();
    return text === '' ? undefined : text;
  } catch {
    return undefined;
  }
}
