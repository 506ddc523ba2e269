import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import type { Report, RowResult } from '@huilian/adapters';
import { HuilianError } from '@huilian/core';

/** A report on its way to a file. The file has its name only when it is whole. */
export class ReportFile {
  #failed: HuilianError | undefined;
  readonly #done: Promise<void>;

  private constructor(
    private readonly path: string,
    private readonly report: Report,
  ) {
    this.#done = pipeline(report.content, createWriteStream(this.part)).catch((cause: unknown) => {
      this.#failed = new HuilianError('HL-9020', { file: path }, { cause });
    });
  }

  static begin(path: string, report: Report): ReportFile {
    return new ReportFile(path, report);
  }

  private get part(): string {
    return `${this.path}.part`;
  }

  /** @throws HuilianError HL-9020 */
  async add(result: RowResult): Promise<void> {
    // Whoever waits for room in a broken pipe waits for ever.
    await Promise.race([this.report.add(result), this.#done]);
    if (this.#failed) throw this.#failed;
  }

  /** @throws HuilianError HL-9020 */
  async finish(): Promise<void> {
    this.report.end();
    await this.#done;
    if (this.#failed) throw this.#failed;
    await rename(this.part, this.path).catch((cause: unknown) => {
      throw new HuilianError('HL-9020', { file: this.path }, { cause });
    });
  }

  /** Ends without a report. */
  async discard(): Promise<void> {
    this.report.content.destroy();
    await this.#done;
    await rm(this.part, { force: true });
  }
}
