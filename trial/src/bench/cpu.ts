import { readFile } from 'node:fs/promises';
import { status } from '@huilian/network';
import type { Stage } from './stage.js';

/** Kinds of processes among which CPU time is divided. */
export const KINDS = ['peers', 'orderers', 'chaincode', 'gateway', 'client'] as const;
export type Kind = (typeof KINDS)[number];

/** CPU-seconds by kind of process. */
export type Cpu = Readonly<Record<Kind, number>>;

/** Clock ticks of /proc a second: 100 on every Linux that Node runs on. */
const TICKS = 100;

/** User and system time in the text of /proc/PID/stat, seconds. The command in brackets may hold anything. */
export function secondsOfStat(text: string): number {
  const [, ...rest] = text.slice(text.lastIndexOf(')')).split(' ');
  return (Number(rest[11]) + Number(rest[12])) / TICKS;
}

async function secondsOf(pid: number | undefined): Promise<number> {
  if (pid === undefined) return 0;
  try {
    return secondsOfStat(await readFile(`/proc/${pid}/stat`, 'latin1'));
  } catch {
    return Number.NaN; // not Linux, or it ended
  }
}

function kindOf(process: string): Kind {
  if (process.startsWith('peer')) return 'peers';
  return process.startsWith('orderer') ? 'orderers' : 'chaincode';
}

/** What all processes of a benchmark have used since they started. */
export async function cpuOf(stage: Stage): Promise<Cpu> {
  const used = { peers: 0, orderers: 0, chaincode: 0, gateway: 0, client: 0 };
  const { processes } = await status({ home: stage.home });
  for (const { name, pid } of processes) used[kindOf(name)] += await secondsOf(pid);
  used.gateway = await secondsOf(stage.gateway?.process.pid);
  used.client = await secondsOf(process.pid);
  return used;
}

/** What was used between two readings. */
export function spent(before: Cpu, after: Cpu): Cpu {
  const entries = KINDS.map((kind) => [kind, after[kind] - before[kind]]);
  return Object.fromEntries(entries) as Cpu;
}

/** Sum over all processes. */
export function total(cpu: Cpu): number {
  return KINDS.reduce((sum, kind) => sum + cpu[kind], 0);
}
