import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { HuilianError } from '@huilian/core';
import type { BlockWriter, Write } from './sqlite-file.js';
import type { Answer, Job } from './sqlite-thread.js';
import type { Applied, BlockHead } from './store.js';

/** Compiled, also for who runs the sources: a thread starts from a file. */
const program = new URL('../../dist/store/sqlite-thread.js', import.meta.url);

interface Asked {
  readonly resolve: (applied: Applied) => void;
  readonly reject: (error: HuilianError) => void;
}

/**
 * Writes in a thread of its own, so that this one folds the next blocks and answers requests meanwhile. The thread is there
 * before the first job, and starts again for a job that comes after it ended.
 */
export class ThreadWriter implements BlockWriter {
  readonly #path: string;
  readonly #asked: Asked[] = [];
  #thread: Worker | undefined;

  constructor(path: string) {
    this.#path = path;
    this.#thread = this.#start();
  }

  async apply(block: BlockHead, writes: Iterable<Write>): Promise<Applied> {
    const job: Job = { block, writes: [...writes] };
    const thread = (this.#thread ??= this.#start());
    return new Promise((resolve, reject) => {
      thread.postMessage(job);
      this.#asked.push({ resolve, reject });
    });
  }

  async rest(): Promise<void> {
    const thread = this.#thread;
    if (thread === undefined) return;
    this.#thread = undefined;
    thread.postMessage(null);
    await once(thread, 'exit');
  }

  #start(): Worker {
    // Without the options of this process: what is compiled is run, however modules are resolved here.
    const thread = new Worker(program, { workerData: this.#path, execArgv: [] });
    thread.on('message', (answer: Answer) => {
      const asked = this.#asked.shift();
      if ('applied' in answer) asked?.resolve(answer.applied);
      else asked?.reject(new HuilianError(answer.code, answer.details, { cause: answer.cause }));
    });
    thread.on('error', (cause) => {
      if (this.#thread === thread) this.#thread = undefined;
      const fault = new HuilianError('HL-5022', { store: 'sqlite', reason: cause.message }, { cause });
      for (const { reject } of this.#asked.splice(0)) reject(fault);
    });
    return thread;
  }
}
