import { join } from 'node:path';
import { HuilianError } from '@huilian/core';
import { realDisk, type Disk } from './disk.js';
import { lineAfter, lineText, readLines, salvage, type Content, type Line, type Salvaged } from './line.js';
import { SealedLock, type Seal } from './seal.js';

/** The two copies of the journal, in the order in which they are written. */
export const COPIES = ['queue.a', 'queue.b'] as const;
export const SEAL = 'queue.seal';

/** First line of every journal: which generation it is, and the state that earlier generations left. */
export interface Opening {
  readonly kind: 'lane';
  readonly generation: number;
}

/** What a piece of work wants written. */
export interface Write {
  /** Begins a new generation, which replaces all lines. */
  readonly opening?: Opening;
  /** Entries that follow the opening, or else the lines that are there. */
  readonly append?: readonly unknown[];
  /** Last number that was signed, for the seal. */
  readonly sequence: number;
}

/**
 * An append-only journal in two copies.
 *
 * Each line carries a check over itself and all before it, so damage is found and its place known. Both copies are
 * durable before an append returns, so damage to one is mended from the other. The seal counts the lines, so an end
 * that went missing from both is found, too. A line that a kill left unfinished was never promised to anyone and is
 * dropped.
 */
export class Journal {
  readonly #lock: SealedLock;

  /**
   * @param directory of the key
   * @param fresh opening of a journal that does not exist yet
   * @param mended told about the file that was mended; the damaged one is kept under the name given
   */
  constructor(
    private readonly directory: string,
    private readonly fresh: () => Opening,
    private readonly mended: (file: string, kept: string) => void = () => undefined,
    private readonly disk: Disk = realDisk,
  ) {
    this.#lock = new SealedLock(join(directory, SEAL));
  }

  /**
   * Reads the journal, lets `work` say what to write, and writes it, while no other process does.
   *
   * @throws HuilianError HL-7010 damaged beyond mending, HL-7012 nothing could be written, HL-7013 busy
   */
  transact<T>(work: (lines: readonly Line[]) => { result: T; write?: Write }): T {
    return this.#lock.hold((seal) => {
      const lines = this.#settled(seal);
      const { result, write } = work(lines);
      if (!write) return { result, ...(seal ? {} : { seal: sealOf(lines, 0) }) };
      const after = write.opening
        ? this.#begin(write.opening, write.append)
        : this.#append(lines, write.append ?? []);
      const undo = write.opening
        ? undefined
        : () => {
            this.#cutTo(lines);
          };
      return { result, seal: sealOf(after, write.sequence), ...(undo ? { undo } : {}) };
    });
  }

  /**
   * Makes a damaged journal anew from what is left of it. The damaged files are kept beside it. A journal that is whole or
   * can be mended is left as it is.
   *
   * @param isSound says whether lines that check also hold what they should
   * @param work gets what was salvaged from both copies, and the seal
   * @returns the names under which the damaged files are kept, none when nothing was damaged
   * @throws HuilianError HL-7012, HL-7013
   */
  rebuild(
    isSound: (lines: readonly Line[]) => boolean,
    work: (salvaged: readonly Salvaged[], seal: Seal | undefined) => Required<Write>,
  ): readonly string[] {
    return this.#lock.hold((seal) => {
      const found = this.paths.map((path) => ({ path, bytes: this.disk.read(path) }));
      if (this.#isSound(seal, isSound)) return { result: [] };
      const { opening, append, sequence } = work(
        found.flatMap(({ bytes }) => (bytes ? salvage(bytes) : [])),
        seal,
      );
      const kept = found.flatMap(({ path, bytes }) => (bytes ? [this.#putAside(path)] : []));
      return { result: kept, seal: sealOf(this.#begin(opening, append), sequence) };
    });
  }

  #isSound(seal: Seal | undefined, isSound: (lines: readonly Line[]) => boolean): boolean {
    try {
      return isSound(this.#settled(seal));
    } catch (error) {
      if (error instanceof HuilianError && error.code === 'HL-7010') return false;
      throw error;
    }
  }

  #putAside(path: string): string {
    const kept = `${path}.damaged-${Date.now()}`;
    this.disk.rename(path, kept);
    return kept;
  }

  get paths(): readonly string[] {
    return COPIES.map((name) => join(this.directory, name));
  }

  /** The lines that count, after both copies were brought to hold just these. */
  #settled(seal: Seal | undefined): readonly Line[] {
    const copies = this.paths.map((path) => ({ path, content: this.disk.read(path) }));
    const read = copies.map(({ path, content }) => ({ path, content: content && readLines(content) }));
    if (!seal && read.every(({ content }) => content === undefined)) return this.#begin(this.fresh());
    const lines = best(read.flatMap(({ content }) => (content ? [content] : [])));
    if (!reaches(lines, seal)) {
      throw new HuilianError('HL-7010', {
        files: this.paths.join(', '),
        linesWhole: lines.length,
        linesSealed: seal?.lines ?? 0,
      });
    }
    for (const { path, content } of read) this.#mend(path, content, lines, seal);
    return lines;
  }

  #mend(path: string, content: Content | undefined, lines: readonly Line[], seal: Seal | undefined): void {
    if (content && isWhole(content, lines)) return;
    if (!isLeftByKill(content, lines, seal)) {
      this.mended(path, content ? this.#putAside(path) : '-');
    }
    this.disk.replace(path, lines.map(lineText).join(''));
  }

  #begin(opening: Opening, rest: readonly unknown[] = []): readonly Line[] {
    const lines = linesAfter(undefined, [opening, ...rest]);
    for (const path of this.paths) this.disk.replace(path, lines.map(lineText).join(''));
    return lines;
  }

  #append(lines: readonly Line[], values: readonly unknown[]): readonly Line[] {
    const added = linesAfter(lines.at(-1), values);
    const keep = lengthOf(lines);
    const text = added.map(lineText).join('');
    const [first = '', second = ''] = this.paths;
    this.disk.append(first, keep, text);
    try {
      this.disk.append(second, keep, text);
    } catch (error) {
      this.disk.truncate(first, keep);
      throw error;
    }
    return [...lines, ...added];
  }

  #cutTo(lines: readonly Line[]): void {
    for (const path of this.paths) this.disk.truncate(path, lengthOf(lines));
  }
}

function linesAfter(last: Line | undefined, values: readonly unknown[]): Line[] {
  const lines: Line[] = [];
  for (const value of values) lines.push(lineAfter((lines.at(-1) ?? last)?.chain ?? '', value));
  return lines;
}

function sealOf(lines: readonly Line[], sequence: number): Seal {
  return { generation: generationOf(lines), lines: lines.length, chain: lines.at(-1)?.chain ?? '', sequence };
}

function generationOf(lines: readonly Line[]): number {
  const [first] = lines;
  return first ? (JSON.parse(first.json) as Opening).generation : 0;
}

function lengthOf(lines: readonly Line[]): number {
  return lines.reduce((sum, line) => sum + Buffer.byteLength(lineText(line)), 0);
}

/** The newer generation counts; within one, the longer copy. */
function best(contents: readonly Content[]): readonly Line[] {
  return contents
    .map(({ lines }) => lines)
    .reduce<readonly Line[]>((one, other) => {
      const newer = generationOf(other) - generationOf(one);
      return newer > 0 || (newer === 0 && other.length > one.length) ? other : one;
    }, []);
}

/** Whether the lines hold at least what was sealed. */
function reaches(lines: readonly Line[], seal: Seal | undefined): boolean {
  if (lines.length === 0) return false;
  if (!seal || generationOf(lines) > seal.generation) return true;
  return generationOf(lines) === seal.generation && lines[seal.lines - 1]?.chain === seal.chain;
}

function isWhole(content: Content, lines: readonly Line[]): boolean {
  return (
    content.fault === undefined &&
    content.lines.length === lines.length &&
    content.lines.at(-1)?.chain === lines.at(-1)?.chain
  );
}

/** A copy that a kill left behind: an older generation, or without (all of) a line that was not sealed yet. */
function isLeftByKill(content: Content | undefined, lines: readonly Line[], seal: Seal | undefined): boolean {
  if (!content || content.fault === 'damaged' || content.lines.length === 0) return false;
  if (generationOf(content.lines) < generationOf(lines)) return content.fault === undefined;
  return content.lines.length >= (seal?.generation === generationOf(lines) ? seal.lines : lines.length);
}
