import { createHash } from 'node:crypto';
import type { Place } from './issue.js';
import type { Values } from './read-row.js';

/** What an earlier row of the same key was. */
export interface Earlier {
  readonly place: Place;
  /** True when it said exactly the same. */
  readonly isSame: boolean;
}

/**
 * Keys of a file and the first row of each. Of what a row said only a digest is kept, so that two hundred thousand rows cost some
 * tens of megabytes.
 */
export class Repeats {
  readonly #first = new Map<string, { place: Place; digest: string | undefined }>();

  /** @param optional those of the key that may be empty */
  constructor(
    private readonly key: readonly string[],
    private readonly optional: readonly string[] = [],
  ) {}

  /**
   * Enters a row.
   *
   * A row whose key can be read counts, though it be refused for something else: which of two is right cannot depend on the other's
   * faults.
   *
   * @param isWhole false for a row that was refused; such a row is the same as no other
   * @returns the earlier row with the same key, or undefined for a new key or one that cannot be read
   */
  enter(values: Values, isWhole: boolean, place: Place): Earlier | undefined {
    const parts = this.key.map((name) => values[name] ?? (this.optional.includes(name) ? null : undefined));
    if (parts.includes(undefined)) return undefined;
    const key = JSON.stringify(parts);
    const digest = isWhole ? digestOf(values) : undefined;
    const first = this.#first.get(key);
    if (first) return { place: first.place, isSame: digest !== undefined && first.digest === digest };
    this.#first.set(key, { place, digest });
    return undefined;
  }
}

function digestOf(values: Values): string {
  const sorted = Object.entries(values).sort(([a], [b]) => (a < b ? -1 : 1));
  return createHash('sha256').update(JSON.stringify(sorted)).digest('base64url');
}
