import { HuilianError, type SignedBatch } from '@huilian/core';
import type { Disk } from './disk.js';
import type { Closing, Entry, LaneOpening, Loss, Settled } from './entries.js';
import { Journal, type Write } from './journal.js';
import type { Line, Salvaged } from './line.js';
import { LaneReader, type Lane, type Signer } from './lane.js';
import type { Seal } from './seal.js';

/** When this many lines more than the pending batches need have gathered, the journal begins anew. */
const COMPACT_LINES = 64;

export interface StoreOptions {
  /** Told when a copy of the journal was mended from the other; the damaged one is kept under the name given. */
  readonly mended?: (file: string, kept: string) => void;
  readonly disk?: Disk;
}

/** What is to change: entries to append, or a lane to write anew. */
export interface Change {
  readonly append?: readonly Entry[];
  readonly anew?: Pick<Lane, 'received' | 'recent'> & { readonly loss?: Loss; readonly closed?: Closing };
  /** Last number that is signed after the change. */
  readonly lastNumber: number;
}

/** A lane made from what was salvaged. */
export interface Rebuilt {
  readonly generation: number;
  readonly lane: NonNullable<Change['anew']>;
  readonly entries: readonly Entry[];
  readonly lastNumber: number;
}

/** The lane of one key on disk. Every change is one transaction: durable when it returns, or nothing changed. */
export class LaneStore {
  readonly #journal: Journal;
  readonly #reader: LaneReader;

  constructor(
    readonly directory: string,
    private readonly signer: Signer,
    options: StoreOptions = {},
  ) {
    const fresh = (): LaneOpening => this.opening(1, { received: { sequence: 0, digest: '' }, recent: [] });
    this.#journal = new Journal(directory, fresh, options.mended, options.disk);
    this.#reader = new LaneReader(signer);
  }

  get files(): readonly string[] {
    return this.#journal.paths;
  }

  /** @throws HuilianError HL-7010, HL-7013 */
  read(): Lane {
    return this.change((lane) => ({ result: lane }));
  }

  /**
   * Reads the lane and changes it, while no other process does.
   *
   * @throws HuilianError HL-7010, HL-7012, HL-7013, and what `work` throws; the lane is then as before
   */
  change<T>(work: (lane: Lane) => { result: T; change?: Change }): T {
    return this.#journal.transact((lines) => {
      const lane = this.#reader.read(lines);
      const { result, change } = work(lane);
      if (!change) return { result };
      const { append = [], anew, lastNumber } = change;
      const write: Write = {
        append,
        sequence: lastNumber,
        ...(anew ? { opening: this.opening(lane.generation + 1, anew) } : {}),
      };
      return {
        result,
        write: anew || lines.length < limit(lane) ? write : this.#compacted(lane, write, append),
      };
    });
  }

  /**
   * Makes a damaged queue anew from what is left.
   *
   * @returns names of the damaged files that were kept
   */
  rebuild(work: (salvaged: readonly Salvaged[], seal: Seal | undefined) => Rebuilt): readonly string[] {
    return this.#journal.rebuild(
      (lines) => this.#isSound(lines),
      (salvaged, seal) => {
        const { generation, lane, entries, lastNumber } = work(salvaged, seal);
        return { opening: this.opening(generation, lane), append: entries, sequence: lastNumber };
      },
    );
  }

  #isSound(lines: readonly Line[]): boolean {
    try {
      this.#reader.read(lines);
      return true;
    } catch {
      return false;
    }
  }

  private opening(
    generation: number,
    { received, recent, loss, closed }: NonNullable<Change['anew']>,
  ): LaneOpening {
    const { ledger, keyId } = this.signer;
    return {
      kind: 'lane',
      generation,
      ledger,
      keyId,
      received,
      recent,
      ...(loss ? { loss } : {}),
      ...(closed ? { closed } : {}),
    };
  }

  /** The same change, with what the lines before it still mean instead of these lines. */
  #compacted(lane: Lane, write: Write, append: readonly Entry[]): Write {
    return {
      ...write,
      opening: this.opening(lane.generation + 1, lane),
      append: [...entriesOf(lane), ...append],
    };
  }
}

function limit(lane: Lane): number {
  return COMPACT_LINES + 2 * (lane.pending.length + lane.stranded.length);
}

/** The entries that make up what is pending. */
export function entriesOf(lane: Pick<Lane, 'pending' | 'stranded' | 'sent' | 'received'>): Entry[] {
  return [
    ...lane.pending.map(entryOf),
    ...lane.stranded.map((batch): Entry => ({ kind: 'stranded', batch })),
    ...(lane.sent > lane.received.sequence ? [{ kind: 'sent', upTo: lane.sent } as const] : []),
  ];
}

export function entryOf(batch: SignedBatch): Entry {
  return { kind: 'batch', batch };
}

/** The batches up to a place are settled. What is settled already is left out. */
export function settleEntry(lane: Lane, batches: readonly Settled[]): readonly Entry[] {
  const fresh = batches.filter(({ sequence }) => sequence > lane.received.sequence);
  return fresh.length === 0 ? [] : [{ kind: 'settled', batches: fresh }];
}

/** @throws HuilianError for a lane that may not go on: HL-7014, HL-3010, HL-7040 */
export function checkOpen(lane: Lane): void {
  if (lane.closed) throw new HuilianError(lane.closed, { sequence: lane.signed.sequence });
  if (lane.loss && !lane.loss.declared)
    throw new HuilianError('HL-7040', { after: lane.signed.sequence, upTo: lane.loss.upTo });
}
