import type { Phrase } from './phrase.js';

/** One code with its names; `also` holds other words that people write for it, in any language. */
export interface Code {
  readonly code: string;
  readonly name: Phrase;
  readonly also?: readonly string[];
}
