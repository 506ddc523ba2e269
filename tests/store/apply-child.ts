import { join } from 'node:path';
import {
  openStore,
  SqliteStore,
  type BlockEffects,
  type Put,
  type Store,
  type StoreOptions,
} from '@huilian/gateway-api/model';
import { nextBlock, nextBlocks, views } from './fixture.js';

/** What the program is told, as JSON in its first argument. It says the number of each block that it applied. */
export interface Orders {
  readonly store: StoreOptions;
  readonly lastBlock: number;
  /** The process ends by SIGKILL before this write of the run, counted from 0. SQLite then writes in this thread. */
  readonly killBefore?: number;
  readonly crates?: number;
  /** All blocks that are missing are applied together. */
  readonly together?: boolean;
}

const orders = JSON.parse(process.argv[2] ?? '') as Orders;
const { store: options, lastBlock, killBefore, crates, together } = orders;
let writes = 0;

const store = await open();
const checkpoint = await store.checkpoint();
const first = (checkpoint?.number ?? -1) + 1;
if (together) await store.apply(trapped(await nextBlocks(store, first, lastBlock, crates)));
for (let number = first; together !== true && number <= lastBlock; number++) {
  await store.apply(trapped(await nextBlock(store, number, crates)));
  process.stdout.write(`${number}\n`);
}
await store.close();

function open(): Promise<Store> {
  if (killBefore === undefined || options.mongodbUri !== undefined) return openStore(options, views);
  return Promise.resolve(SqliteStore.open(join(options.directory, 'read-model.sqlite'), views));
}

/** The same block, whose puts are handed out one by one, so that the process can die between two. */
function trapped(block: BlockEffects): BlockEffects {
  const puts = function* (): Generator<Put> {
    for (const put of block.puts) {
      if (writes++ === killBefore) process.kill(process.pid, 'SIGKILL');
      yield put;
    }
  };
  // An array for those who ask for its length, a trap for those who walk through it.
  const walked = [...block.puts];
  walked[Symbol.iterator] = puts as () => ArrayIterator<Put>;
  return { ...block, puts: walked };
}
