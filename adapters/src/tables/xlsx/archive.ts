import { crc32 } from 'node:zlib';
import { HuilianError } from '@huilian/core';
import { fromBuffer, type Entry, type ZipFile } from 'yauzl';
import { BOUNDS } from '../bounds.js';

/**
 * The parts of a ZIP file by their names. The central directory says how large each part is, and yauzl sees to it that no part
 * inflates to more; so what will be read is bounded before a byte is inflated.
 */
export class Archive {
  #budget: number = BOUNDS.inflatedBytes;
  readonly #charged = new Set<string>();

  private constructor(
    private readonly zip: ZipFile,
    private readonly parts: ReadonlyMap<string, Entry>,
  ) {}

  /**
   * Reads the directory.
   *
   * @throws HuilianError HL-9003 not a whole ZIP file, or one that holds a name twice; HL-9006 too many parts
   */
  static async open(bytes: Uint8Array): Promise<Archive> {
    const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const zip = await new Promise<ZipFile>((resolve, reject) => {
      fromBuffer(buffer, { lazyEntries: true }, (error, opened) => {
        if (error) reject(damaged(error));
        else resolve(opened);
      });
    });
    return new Archive(zip, await directoryOf(zip));
  }

  has(name: string): boolean {
    return this.parts.has(keyOf(name));
  }

  /**
   * The content of a part, inflated piece by piece.
   *
   * @throws HuilianError HL-9003 missing or damaged, HL-9004 encrypted, HL-9006 more than may be inflated
   */
  async *chunks(name: string): AsyncGenerator<Buffer, void, undefined> {
    const entry = this.parts.get(keyOf(name));
    if (!entry) throw new HuilianError('HL-9003', { part: name });
    if (entry.isEncrypted()) throw new HuilianError('HL-9004', { part: name });
    this.charge(entry);
    let sum = 0;
    try {
      for await (const chunk of (await this.stream(entry)) as AsyncIterable<Buffer>) {
        sum = crc32(chunk, sum);
        yield chunk;
      }
    } catch (cause) {
      throw cause instanceof HuilianError ? cause : damaged(cause, name);
    }
    // yauzl compares sizes and leaves the check sum to others.
    if (sum !== entry.crc32) throw new HuilianError('HL-9003', { part: name, reason: 'CRC-32' });
  }

  /** A part counts once, however often it is read. */
  private charge(entry: Entry): void {
    if (this.#charged.has(entry.fileName)) return;
    this.#charged.add(entry.fileName);
    this.#budget -= entry.uncompressedSize;
    if (this.#budget < 0)
      throw new HuilianError('HL-9006', { part: entry.fileName, limit: BOUNDS.inflatedBytes });
  }

  private stream(entry: Entry): Promise<NodeJS.ReadableStream> {
    return new Promise((resolve, reject) => {
      this.zip.openReadStream(entry, (error, stream) => {
        if (error) reject(error);
        else resolve(stream);
      });
    });
  }
}

function directoryOf(zip: ZipFile): Promise<Map<string, Entry>> {
  const parts = new Map<string, Entry>();
  return new Promise((resolve, reject) => {
    if (zip.entryCount > BOUNDS.parts) {
      reject(new HuilianError('HL-9006', { limit: BOUNDS.parts, found: zip.entryCount }));
      return;
    }
    zip.on('error', (error: unknown) => {
      reject(damaged(error));
    });
    zip.on('end', () => {
      resolve(parts);
    });
    zip.on('entry', (entry: Entry) => {
      // Two parts of one name: two programs may read two different tables.
      if (parts.has(keyOf(entry.fileName))) {
        reject(new HuilianError('HL-9003', { part: entry.fileName }));
        return;
      }
      parts.set(keyOf(entry.fileName), entry);
      zip.readEntry();
    });
    zip.readEntry();
  });
}

/** Names of parts are compared without regard to case (ECMA-376 part 2, 6.2.2.3). */
function keyOf(name: string): string {
  return name.toLowerCase();
}

function damaged(cause: unknown, part?: string): HuilianError {
  const reason = cause instanceof Error ? cause.message.slice(0, 120) : 'unreadable';
  return new HuilianError('HL-9003', { ...(part === undefined ? {} : { part }), reason }, { cause });
}
