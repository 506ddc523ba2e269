import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkout } from '@huilian/network';

/** A program of the trial that runs in a process group of its own, as a terminal gives it. */
export class Program {
  readonly #child: ChildProcess;
  readonly #ended: Promise<unknown>;
  stdout = '';
  stderr = '';

  constructor(command: string, env: Readonly<Record<string, string>>) {
    this.#child = spawn(process.execPath, [join(checkout, 'trial', 'dist', 'main.js'), command], {
      env: { PATH: process.env['PATH'] ?? '', HOME: process.env['HOME'] ?? '', LANG: 'C.UTF-8', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    });
    this.#ended = once(this.#child, 'close');
    this.#child.stdout?.on('data', (chunk: Buffer) => (this.stdout += chunk.toString()));
    this.#child.stderr?.on('data', (chunk: Buffer) => (this.stderr += chunk.toString()));
  }

  /** Waits until the program has printed something. @throws Error when it ends before */
  async prints(pattern: RegExp): Promise<void> {
    while (!pattern.test(this.stdout)) {
      if (this.#child.exitCode !== null || this.#child.signalCode !== null)
        throw new Error(`ended with ${String(this.#child.exitCode)}:\n${this.stdout}\n${this.stderr}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  /** Presses Ctrl-C: every process of the group gets the signal. @returns the exit code, null after a signal */
  async interrupt(): Promise<number | null> {
    if (this.#child.pid !== undefined) process.kill(-this.#child.pid, 'SIGINT');
    return this.end();
  }

  /** Waits for the end. @returns the exit code */
  async end(): Promise<number | null> {
    await this.#ended;
    return this.#child.exitCode;
  }

  /** Ends the whole group at once, if a test failed before its end. */
  kill(): void {
    if (this.#child.pid === undefined || this.#child.exitCode !== null || this.#child.signalCode !== null)
      return;
    process.kill(-this.#child.pid, 'SIGKILL');
  }
}

/** Command lines of the processes that were started with this folder as their home, or with files in it. */
export function processesOf(home: string): string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .flatMap((pid) => {
      try {
        const [command, environment] = ['cmdline', 'environ'].map((name) =>
          readFileSync(`/proc/${pid}/${name}`, 'latin1'),
        );
        return `${command}${environment}`.includes(home) ? [`${pid} ${command?.replaceAll('\0', ' ')}`] : [];
      } catch {
        return []; // it has just ended
      }
    });
}
