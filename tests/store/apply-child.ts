import { openStore, type BlockEffects, type Put, type StoreOptions } from '@huilian/gateway-api/model';
import { nextBlock, views } from './fixture.js';

/** What the program is told, as JSON in its first argument. It says the number of each block that it applied. */
export interface Orders {
  readonly store: StoreOptions;
  readonly lastBlock: number;
  /** The process ends by SIGKILL before this write of the run, counted from 0. */
  readonly killBefore?: number;
}

const { store: options, lastBlock, killBefore }: Orders = JSON.parse(process.argv[2] ?? '') as Orders;
let writes = 0;

const store = await openStore(options, views);
const checkpoint = await store.checkpoint();
for (let number = (checkpoint?.number ?? -1) + 1; number <= lastBlock; number++) {
  await store.apply(trapped(await nextBlock(store, number)));
  process.stdout.write(`${number}\n`);
}
await store.close();

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
