import type { DocumentOf, IndexOf, View, WhereOf } from '../views/declare.js';

/** Any document: JSON with integers only. */
export type Document = Readonly<Record<string, unknown>>;

/** One document to be put into a view in place of the one with the same key. */
export interface Put {
  readonly view: View;
  readonly document: Document;
  /** What it replaces, as the store has it, if the fold has read that: then only the indexes that change are written. */
  readonly before?: Document;
}

/** Of which block effects are, or of which blocks that follow one another. */
export interface BlockHead {
  /** SHA-256 of the genesis block's header, hex. */
  readonly ledger: string;
  /** What folded the block, see `projection` of a checkpoint. */
  readonly projection: string;
  /** The block; of several the last. */
  readonly number: number;
  /** Of several blocks the first. */
  readonly first?: number;
  /** SHA-256 of the (last) block's header, hex. */
  readonly hash: string;
  /** The hash of the block before (the first), `""` for block zero. */
  readonly previousHash: string;
  /** Ledger time of the block: the latest of its transactions' times, in seconds since 1970. */
  readonly time: number;
}

/** Everything that a block does to the read model, or that several blocks do which follow one another. */
export interface BlockEffects extends BlockHead {
  /** At most one put for a document. Nothing on the ledger is deleted, so neither is anything here. */
  readonly puts: readonly Put[];
}

/** The last block whose effects are in the store. */
export interface Checkpoint {
  readonly ledger: string;
  /** A digest of the views' declarations and of the version of the fold. Another one means: rebuild. */
  readonly projection: string;
  readonly number: number;
  readonly hash: string;
  readonly time: number;
}

/** `overtaken`: another gateway has applied some of the blocks and not all, so they were folded upon what is no more. */
export type Applied = 'applied' | 'already' | 'overtaken';

export interface Query<W> {
  readonly where: W;
  /** The cursor of the page before. */
  readonly after?: string;
  /** At most 1 000, by default 50. */
  readonly limit?: number;
  readonly descending?: boolean;
}

export interface Page<D> {
  readonly documents: readonly D[];
  /** Where the next page begins; absent on the last page. */
  readonly next?: string;
}

/**
 * Keeps the read model. Two stores have the same documents, pages, cursors and digest after the same blocks.
 *
 * All methods reject with a `HuilianError`: HL-5020 the store holds another ledger, HL-5021 the block does not follow the
 * last one, HL-5022 the store cannot be reached or is full, HL-5024 a cursor was not made by a store.
 */
export interface Store {
  /** `sqlite` or `mongodb`, for metrics and messages. */
  readonly kind: string;

  /**
   * Puts the documents of a block, or of several, and the checkpoint, exactly once in effect whatever is killed: all of it
   * is there or none after the store is opened again. What is there already changes nothing.
   */
  apply(block: BlockEffects): Promise<Applied>;

  get<V extends View>(view: V, key: string): Promise<DocumentOf<V> | undefined>;

  /** The documents that exist, by key. */
  getMany<V extends View>(view: V, keys: readonly string[]): Promise<ReadonlyMap<string, DocumentOf<V>>>;

  /** A page of the documents of one entry of an index, in the order that the index declares. */
  find<V extends View, I extends IndexOf<V>>(
    view: V,
    index: I,
    query: Query<WhereOf<V, I>>,
  ): Promise<Page<DocumentOf<V>>>;

  /** Up to `limit` documents in the order of their keys, those after a key; after `""` from the first on. */
  scan<V extends View>(view: V, after: string, limit: number): Promise<readonly DocumentOf<V>[]>;

  checkpoint(): Promise<Checkpoint | undefined>;

  /** SHA-256 in hex over the checkpoint's block and the canonical documents of all views, see `digest.ts`. */
  digest(): Promise<string>;

  /** Drops everything, so that the next block is block zero. */
  reset(): Promise<void>;

  close(): Promise<void>;
}
