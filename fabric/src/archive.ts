import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { HuilianError } from '@huilian/core';

/** The first bytes of an archive; the digit is the version of its format. */
const magic = Buffer.from('huilian-blocks-1\n', 'ascii');
const digestLength = 32;
/** Peers send no longer blocks (gRPC); a file must not make its reader hold more. */
const longestBlock = 128 * 1024 * 1024;

/**
 * Writes blocks to a file: the magic line, then for each block its length (uint32be) and its bytes, then a zero length and
 * the SHA-256 of everything before it. The same blocks give the same file.
 *
 * @param blocks bytes of common.Block, in order.
 * @returns the number of blocks written.
 */
export async function writeArchive(
  path: string,
  blocks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): Promise<number> {
  const file = await open(path, 'w');
  const digest = createHash('sha256');
  let count = 0;
  try {
    await append(file, digest, magic);
    for await (const block of blocks) {
      await append(file, digest, uint32(block.length));
      await append(file, digest, block);
      count += 1;
    }
    await append(file, digest, uint32(0));
    await file.write(digest.digest());
    await file.sync();
  } finally {
    await file.close();
  }
  return count;
}

/**
 * Reads the blocks of an archive one at a time.
 *
 * @throws HuilianError HL-6020 if the file is no archive, torn or altered. The digest is checked at its end, so blocks that
 *   were read before are not to be believed for being in it.
 */
export async function* readArchive(path: string): AsyncGenerator<Uint8Array, void, void> {
  const digest = createHash('sha256');
  const reader = new ByteReader(createReadStream(path, { highWaterMark: 1 << 20 }), path);
  const start = await reader.take(magic.length);
  if (!start.equals(magic)) throw damaged(path, 'it does not begin as an archive of blocks');
  digest.update(start);
  for (;;) {
    const head = await reader.take(4);
    digest.update(head);
    const length = head.readUInt32BE(0);
    if (length === 0) break;
    if (length > longestBlock) throw damaged(path, 'it names a block that is longer than blocks are');
    const block = await reader.take(length);
    digest.update(block);
    yield block;
  }
  const expected = await reader.take(digestLength);
  if (!expected.equals(digest.digest())) throw damaged(path, 'its digest does not fit its content');
  if (!(await reader.atEnd())) throw damaged(path, 'it goes on behind its end');
}

async function append(
  file: FileHandle,
  digest: ReturnType<typeof createHash>,
  bytes: Uint8Array,
): Promise<void> {
  digest.update(bytes);
  await file.write(bytes);
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

function damaged(path: string, reason: string): HuilianError {
  return new HuilianError('HL-6020', { file: path, reason });
}

/** Takes exact numbers of bytes from a stream of chunks. */
class ByteReader {
  readonly #chunks: AsyncIterator<Buffer>;
  #rest: Buffer[] = [];
  #held = 0;

  constructor(
    stream: AsyncIterable<Buffer>,
    readonly path: string,
  ) {
    this.#chunks = stream[Symbol.asyncIterator]();
  }

  async take(length: number): Promise<Buffer> {
    while (this.#held < length) {
      const next = await this.#chunks.next();
      if (next.done === true) throw damaged(this.path, 'it ends in the middle');
      this.#rest.push(next.value);
      this.#held += next.value.length;
    }
    const all =
      this.#rest.length === 1 && this.#rest[0] !== undefined ? this.#rest[0] : Buffer.concat(this.#rest);
    this.#rest = [all.subarray(length)];
    this.#held = all.length - length;
    return all.subarray(0, length);
  }

  async atEnd(): Promise<boolean> {
    return this.#held === 0 && (await this.#chunks.next()).done === true;
  }
}
