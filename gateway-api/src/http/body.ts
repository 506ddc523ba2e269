import type { IncomingMessage } from 'node:http';
import type { Duplex, Readable } from 'node:stream';
import { createGunzip, createInflate } from 'node:zlib';
import { HttpError } from './problem.js';

const inflaters: Readonly<Record<string, () => Duplex>> = {
  gzip: () => createGunzip(),
  'x-gzip': () => createGunzip(),
  deflate: () => createInflate(),
};

/**
 * Reads a body whole, bounded twice: as it comes over the wire and as it inflates. A declared length over the bound is
 * refused before the first byte is read.
 *
 * @param bound bytes.
 * @throws HttpError HL-4006 unknown compression, HL-4007 too large, HL-4008 inflates too far, HL-4009 broken.
 */
export async function readBody(request: IncomingMessage, bound: number): Promise<Uint8Array> {
  const declared = Number(request.headers['content-length'] ?? 0);
  if (declared > bound) throw new HttpError('HL-4007', { bytes: declared, bound });
  const encoding = (request.headers['content-encoding'] ?? 'identity').trim().toLowerCase();
  if (encoding === 'identity') return collect(request, bound, 'HL-4007');
  const inflater = inflaters[encoding];
  if (inflater === undefined) throw new HttpError('HL-4006', { encoding: encoding.slice(0, 32) });
  return inflate(request, inflater(), bound);
}

async function inflate(request: IncomingMessage, inflater: Duplex, bound: number): Promise<Uint8Array> {
  let wire = 0;
  const count = (chunk: Buffer): void => {
    wire += chunk.length;
    if (wire > bound) inflater.destroy(new HttpError('HL-4007', { bound }));
  };
  const broken = (): void => void inflater.destroy(new HttpError('HL-4009'));
  request.on('data', count).once('error', broken).once('aborted', broken);
  request.pipe(inflater);
  try {
    return await collect(inflater, bound, 'HL-4008');
  } finally {
    request.off('data', count).off('error', broken).off('aborted', broken).unpipe(inflater);
    inflater.destroy();
  }
}

async function collect(source: Readable, bound: number, code: 'HL-4007' | 'HL-4008'): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  let length = 0;
  return new Promise((resolve, reject) => {
    const done = (outcome: () => void): void => {
      source.off('data', take).off('end', end).off('error', fail).off('aborted', fail);
      outcome();
    };
    const take = (chunk: Buffer): void => {
      length += chunk.length;
      if (length > bound) {
        source.pause();
        done(() => {
          reject(new HttpError(code, { bound }));
        });
      } else chunks.push(chunk);
    };
    const end = (): void => {
      done(() => {
        resolve(Buffer.concat(chunks, length));
      });
    };
    const fail = (error?: unknown): void => {
      done(() => {
        reject(error instanceof HttpError ? error : new HttpError('HL-4009', {}, {}, { cause: error }));
      });
    };
    source.on('data', take).once('end', end).once('error', fail).once('aborted', fail);
  });
}

/** Bounds how many bodies are held in memory at once; a body is as large as its bound, and anybody may send one. */
export class BodyGate {
  private open = 0;

  constructor(private readonly most: number) {}

  /** @throws HttpError HL-4031 when too many are being read; else as {@link readBody}. */
  async read(request: IncomingMessage, bound: number): Promise<Uint8Array> {
    if (this.open >= this.most) throw new HttpError('HL-4031', {}, { headers: { 'Retry-After': '1' } });
    this.open += 1;
    try {
      return await readBody(request, bound);
    } finally {
      this.open -= 1;
    }
  }
}
