import type { Readable } from 'node:stream';
import type { RowResult } from '../formats/import-table.js';

/** A report that is read while it is written. */
export interface Report {
  /** The bytes of the file. */
  readonly content: Readable;
  /** Adds a row; waits while the reader of the content is behind. */
  add(result: RowResult): Promise<void>;
  end(): void;
  /** Ends without a whole report; who waits for room is told. */
  stop(reason: Error): void;
}
