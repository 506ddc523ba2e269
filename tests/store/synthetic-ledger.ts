import type { Signer } from '@huilian/core/testing';
import type { Role, Row, SignedBatch } from '@huilian/core';
import {
  chainLedger,
  chainStart,
  SyntheticChain,
  type BlockSource,
  type Part,
  type SourceBlock,
} from '@huilian/gateway-api/model';

export const start = chainStart;
export const ledgerId = chainLedger;

/** A ledger without a network that keeps its blocks. Its world state can be compared with the read model. */
export class SyntheticLedger implements BlockSource {
  readonly sealed: SourceBlock[] = [];
  readonly #chain = new SyntheticChain();
  #arrived: (() => void)[] = [];

  constructor() {
    this.#seal(this.#chain.genesis());
  }

  get state(): ReadonlyMap<string, Row> {
    return this.#chain.state;
  }

  /** Ledger time of the next block. */
  get time(): number {
    return this.#chain.time;
  }

  /** As {@link SyntheticChain.wait}. */
  wait(seconds: number): void {
    this.#chain.wait(seconds);
  }

  /** As {@link SyntheticChain.record}. */
  record(...groups: (readonly SignedBatch[])[]): SourceBlock {
    return this.#seal(this.#chain.record(...groups));
  }

  /** As {@link SyntheticChain.write}. */
  write(rows: Readonly<Record<string, Row>>): SourceBlock {
    return this.#seal(this.#chain.write(rows));
  }

  /** As {@link SyntheticChain.append}. */
  append(...parts: readonly Part[]): SourceBlock {
    return this.#seal(this.#chain.append(...parts));
  }

  /** As {@link SyntheticChain.admit}. */
  admit(signer: Pick<Signer, 'key' | 'keyId'>, creditCode: string, role: Role): void {
    this.#seal(this.#chain.admit(signer, creditCode, role));
  }

  async *blocks(
    from: number,
    options: { readonly signal?: AbortSignal } = {},
  ): AsyncGenerator<{ block: SourceBlock }, void, void> {
    for (let number = from; options.signal?.aborted !== true;) {
      const block = this.sealed[number];
      if (block === undefined) {
        await this.#next(options.signal);
        continue;
      }
      number += 1;
      yield { block };
    }
  }

  height(): Promise<number> {
    return Promise.resolve(this.sealed.length);
  }

  #seal(block: SourceBlock): SourceBlock {
    this.sealed.push(block);
    for (const arrived of this.#arrived.splice(0)) arrived();
    return block;
  }

  #next(signal: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve) => {
      this.#arrived.push(resolve);
      signal?.addEventListener(
        'abort',
        () => {
          resolve();
        },
        { once: true },
      );
    });
  }
}
