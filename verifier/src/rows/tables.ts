import { KeySet } from './key-set.js';
import { Scratch } from './scratch.js';
import { Table, type HotBounds } from './table.js';

/** Where rows go that do not fit into memory. */
export interface TablesOptions {
  /** Folder for a scratch file, which is made only if it is needed. Default: the system's for temporary files. */
  readonly scratchDirectory?: string;
  /** How much of a table stays in memory. */
  readonly hot?: HotBounds;
}

/** All tables of a verification, one for each namespace and collection, over one scratch file. */
export class Tables {
  readonly #scratch: Scratch;
  readonly #hot: HotBounds | undefined;
  readonly #tables = new Map<string, Table>();

  constructor(options: TablesOptions = {}) {
    this.#scratch = new Scratch(options.scratchDirectory);
    this.#hot = options.hot;
  }

  /** @param collection empty for public rows. */
  of(namespace: string, collection: string): Table {
    const name = `${namespace}\u0000${collection}`;
    let table = this.#tables.get(name);
    if (table === undefined) this.#tables.set(name, (table = new Table(this.#scratch, this.#hot)));
    return table;
  }

  newSet(): KeySet {
    return new KeySet(this.#scratch, this.#hot);
  }

  /** Drops the scratch file. */
  close(): void {
    this.#scratch.close();
  }
}
