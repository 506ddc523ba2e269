import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import type { Report, RowResult } from '@huilian/adapters';
import { HuilianError } from '@huilian/core';

/** A report on its way to a file. The file has its name only when it is whole. */
export class ReportFile {
  #failed: HuilianError | undefined;
  readonly #done: Promise<void>;

  constructor(
    private readonly path: string,
    private readonly report: Report,
  ) {
    this.#done = pipeline(report.content, createWriteStream(this.part)).catch((cause: unknown) => {
      this.#failed = this.notWritten(cause);
      report.stop(this.#failed);
    });
  }

  private notWritten(cause: unknown): HuilianError {
    return new HuilianError('HL-9020', { file: this.path }, { cause });
  }

  private get part(): string {
    return `${this.path}.part`;
  }

  /** @throws HuilianError HL-9020 */
  async add(result: RowResult): Promise<void> {
    await this.report.add(result).catch((cause: unknown) => {
      throw this.#failed ?? this.notWritten(cause);
    });
  }

  /** @throws HuilianError HL-9020 */
  async finish(): Promise<void> {
    if (!this.#failed) this.report.end();
    await this.#done;
    if (this.#failed) throw this.#failed;
    await rename(this.part, this.path).catch((cause: unknown) => {
      throw this.notWritten(cause);
    });
  }

  /** Ends without a report. */
  async discard(): Promise<void> {
    this.report.stop(new Error('discarded'));
    this.report.content.destroy();
    await this.#done;
    await rm(this.part, { force: true });
  }
}
