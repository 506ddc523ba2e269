import type { Scratch, ScratchTable } from './scratch.js';

/** The version of a row that there is not. */
export const absent = -1;

/** What is known of a row. Those who use it must not keep it: it is forgotten when the table grows. */
export interface Entry {
  /** Packed height of the last write in the blocks, or `absent`. */
  readonly version: number;
  /** What is stored by the fold of the rules; undefined if there is no row. */
  readonly text: string | undefined;
}

interface Held {
  version: number;
  text: string | undefined;
  /** True while the scratch file does not hold it as it is. */
  dirty: boolean;
}

/** Most rows and most text that a generation holds; two generations are in memory. */
export interface HotBounds {
  readonly rows: number;
  readonly characters: number;
}

const defaultBounds: HotBounds = { rows: 32_768, characters: 16_777_216 };

/**
 * Rows by key with a bounded part of them in memory. What was used last is in the young generation; when that is full, the
 * old one is written to the scratch file and forgotten, and the young one becomes the old one. A ledger that fits never
 * touches a file. Rows that are not there are remembered too: most keys are looked up before they are first written.
 */
export class Table {
  readonly #scratch: Scratch;
  readonly #bounds: HotBounds;
  #young = new Map<string, Held>();
  #old = new Map<string, Held>();
  #characters = 0;
  #file: ScratchTable | undefined;

  constructor(scratch: Scratch, bounds: HotBounds = defaultBounds) {
    this.#scratch = scratch;
    this.#bounds = bounds;
  }

  /** What is known of a row. @throws HuilianError HL-6050, as every method here */
  entry(key: string): Entry {
    return this.#held(key);
  }

  setVersion(key: string, version: number): void {
    const held = this.#held(key);
    held.version = version;
    held.dirty = true;
  }

  /** @returns true if there was no row. */
  set(key: string, text: string, version: number): boolean {
    const held = this.#held(key);
    const isNew = held.text === undefined;
    this.#characters += text.length - (held.text?.length ?? 0);
    held.text = text;
    held.version = version;
    held.dirty = true;
    return isNew;
  }

  /** All keys with what is known of them, in no order. Rows must not be changed meanwhile. */
  *entries(): Generator<readonly [key: string, entry: Entry], void, void> {
    if (this.#file === undefined) {
      yield* [...this.#old, ...this.#young];
      return;
    }
    this.#write(this.#old);
    this.#write(this.#young);
    for (const [key, { version, text }] of this.#file.entries()) {
      yield [key, { version, text: text ?? undefined }];
    }
  }

  #held(key: string): Held {
    const young = this.#young.get(key);
    if (young !== undefined) return young;
    const held = this.#old.get(key) ?? this.#load(key);
    this.#old.delete(key);
    if (this.#young.size >= this.#bounds.rows || this.#characters >= this.#bounds.characters) this.#age();
    this.#young.set(key, held);
    this.#characters += held.text?.length ?? 0;
    return held;
  }

  #load(key: string): Held {
    const kept = this.#file?.get(key);
    if (kept === undefined) return { version: absent, text: undefined, dirty: false };
    return { version: kept.version, text: kept.text ?? undefined, dirty: false };
  }

  #age(): void {
    this.#write(this.#old);
    this.#old = this.#young;
    this.#young = new Map();
    this.#characters = 0;
  }

  /** Rows that are written side by side in the order of their keys cost the file the least. */
  #write(generation: ReadonlyMap<string, Held>): void {
    const dirty = [...generation].filter(([, held]) => held.dirty);
    if (dirty.length === 0) return;
    dirty.sort(([a], [b]) => (a < b ? -1 : 1));
    this.#file ??= this.#scratch.table();
    this.#file.write(
      dirty.map(([key, { version, text }]) => [
        key,
        version === absent && text === undefined ? undefined : { version, text: text ?? null },
      ]),
    );
    for (const [, held] of dirty) held.dirty = false;
  }
}
