import { parentPort, workerData } from 'node:worker_threads';
import { HuilianError, type ErrorCode } from '@huilian/core';
import { SqliteFile, type Write } from './sqlite-file.js';
import type { Applied, BlockHead } from './store.js';

/** What the thread is asked to write. `null` instead: close the file and end. */
export interface Job {
  readonly block: BlockHead;
  readonly writes: readonly Write[];
}

/** What became of a job. Errors lose their class on the way between threads, so they travel as data. */
export type Answer =
  | { readonly applied: Applied }
  | { readonly code: ErrorCode; readonly details: HuilianError['details']; readonly cause: string };

/** The thread that writes the read model into the file at the path that it is started with. */
let file: SqliteFile | undefined;

parentPort?.on('message', (job: Job | null) => {
  if (job !== null) parentPort?.postMessage(answer(job));
  else {
    file?.close();
    parentPort?.close();
  }
});

function answer({ block, writes }: Job): Answer {
  try {
    file ??= SqliteFile.open(workerData as string);
    return { applied: file.apply(block, writes) };
  } catch (error) {
    if (!(error instanceof HuilianError)) throw error;
    return { code: error.code, details: error.details, cause: String(error.cause) };
  }
}
