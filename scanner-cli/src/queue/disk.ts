import { closeSync, fsyncSync, ftruncateSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { HuilianError } from '@huilian/core';

/** What the journal does to files; a test replaces it to let the disk be full. */
export interface Disk {
  /** The bytes of a file, or undefined when it is not there. */
  read(path: string): Uint8Array | undefined;
  /** Writes behind the first `keep` bytes and drops what else was there. Durable when it returns, unchanged when it throws. */
  append(path: string, keep: number, text: string): void;
  /** Replaces a file as a whole. */
  replace(path: string, text: string): void;
  truncate(path: string, keep: number): void;
  rename(from: string, to: string): void;
}

/** @throws HuilianError HL-7012 from the methods that write */
export const realDisk: Disk = {
  read: (path) => {
    try {
      return readFileSync(path);
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw error;
    }
  },
  append: (path, keep, text) => {
    guarded(path, () => {
      withFile(path, 'a+', (file) => {
        ftruncateSync(file, keep);
        try {
          writeAll(file, text);
          fsyncSync(file);
        } catch (error) {
          ftruncateSync(file, keep);
          throw error;
        }
      });
    });
  },
  replace: (path, text) => {
    guarded(path, () => {
      const fresh = `${path}.new`;
      withFile(fresh, 'w', (file) => {
        writeAll(file, text);
        fsyncSync(file);
      });
      renameSync(fresh, path);
      withFile(dirname(path), 'r', fsyncSync); // the name, too, must be durable
    });
  },
  truncate: (path, keep) => {
    guarded(path, () => {
      withFile(path, 'r+', (file) => {
        ftruncateSync(file, keep);
        fsyncSync(file);
      });
    });
  },
  rename: (from, to) => {
    guarded(from, () => {
      renameSync(from, to);
    });
  },
};

function withFile(path: string, flags: string, work: (file: number) => void): void {
  const file = openSync(path, flags, 0o600);
  try {
    work(file);
  } finally {
    closeSync(file);
  }
}

function writeAll(file: number, text: string): void {
  const bytes = Buffer.from(text, 'utf8');
  let written = 0;
  while (written < bytes.length) written += writeSync(file, bytes, written);
}

function guarded(file: string, work: () => void): void {
  try {
    work();
  } catch (cause) {
    throw new HuilianError(
      'HL-7012',
      { file, reason: cause instanceof Error && 'code' in cause ? String(cause.code) : '' },
      { cause },
    );
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
