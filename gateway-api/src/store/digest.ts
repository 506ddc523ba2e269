import { createHash, type Hash } from 'node:crypto';
import type { View } from '../views/declare.js';
import type { Checkpoint } from './store.js';

/**
 * The digest of a read model: SHA-256 over the number and hash of the last block, then for each view by name, for each
 * document by key in the order of bytes, `name 0x00 canonical 0x0a`. Documents stream through it; memory stays flat.
 */
export class StoreDigest {
  readonly #hash: Hash;

  constructor(checkpoint: Checkpoint | undefined) {
    const position = checkpoint === undefined ? '' : `${checkpoint.number} ${checkpoint.hash}`;
    this.#hash = createHash('sha256').update(`huilian/read-model/v1\n${position}\n`);
  }

  /** Adds the next document. @param canonical its canonical JSON (RFC 8785). */
  add(view: View, canonical: string): void {
    this.#hash.update(`${view.name}\0${canonical}\n`);
  }

  hex(): string {
    return this.#hash.digest('hex');
  }
}

/** The order in which views enter the digest. */
export function inDigestOrder(views: readonly View[]): readonly View[] {
  return [...views].sort((a, b) => (a.name < b.name ? -1 : 1));
}
