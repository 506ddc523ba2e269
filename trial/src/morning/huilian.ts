import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text as textOf } from 'node:stream/consumers';
import { checkout } from '@huilian/network';

const program = join(checkout, 'scanner-cli', 'bin', 'huilian.mjs');

/** How a run of the command ended. */
export interface Run<T> {
  readonly exitCode: number;
  /** One value a line of stdout. */
  readonly lines: readonly T[];
  readonly stderr: string;
}

/** What recording commands print for each event. */
export interface Recorded {
  readonly type: string;
  readonly item?: string;
  readonly event: string;
  readonly status: 'accepted' | 'refused' | 'queued';
  readonly code?: string;
  readonly notice?: string;
  readonly block?: number;
  readonly file?: string;
  readonly tags?: readonly { readonly scheme: string; readonly value: string }[];
  readonly outputs?: readonly {
    readonly item: string;
    readonly kind: string;
    readonly category: string;
    readonly massGrams: number;
  }[];
}

/** The command `huilian` as a person at a station runs it: a process of its own, with that station's key. */
export class Station {
  constructor(
    private readonly home: string,
    private readonly gateway: string,
    readonly key: string,
  ) {}

  /** Runs a command with `--json`. Never throws for an exit code: a refusal is an answer. */
  async run<T>(...args: readonly string[]): Promise<Run<T>> {
    const child = spawn(process.execPath, [program, ...args, '--key', this.key, '--json'], {
      env: { ...process.env, HUILIAN_HOME: this.home, HUILIAN_GATEWAY: this.gateway, NO_COLOR: '1' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const ended = once(child, 'close') as Promise<[number | null]>;
    const [stdout, stderr] = await Promise.all([textOf(child.stdout), textOf(child.stderr)]);
    const [exitCode] = await ended;
    const lines = stdout
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as T);
    return { exitCode: exitCode ?? 1, lines, stderr };
  }

  /**
   * Records events that must be accepted.
   *
   * @throws Error with what the command said when one was not
   */
  async record(...args: readonly string[]): Promise<readonly Recorded[]> {
    const { exitCode, lines, stderr } = await this.run<Recorded>(...args);
    const stray = lines.find(({ status }) => status !== 'accepted');
    if (exitCode !== 0 || stray)
      throw new Error(`huilian ${args.join(' ')}: ${stray?.code ?? exitCode}\n${stderr}`);
    return lines;
  }
}
