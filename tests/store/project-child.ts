import { openStore, Projector, views, type StoreOptions } from '@huilian/gateway-api/model';
import { connect, type ConnectionOptions } from '@huilian/fabric';

/** What the program is told, as JSON in its first argument. It says each block that is in, until it is killed. */
export interface ProjectOrders {
  readonly store: StoreOptions;
  readonly connection: ConnectionOptions;
  readonly ledger: string;
}

const orders = JSON.parse(process.argv[2] ?? '') as ProjectOrders;
const store = await openStore(orders.store, views);
// Said once at the start, so that a reader need not wait for a new block.
process.stdout.write(`${(await store.checkpoint())?.number ?? -1}\n`);
const source = connect(orders.connection);
new Projector({
  store,
  views,
  source,
  ledger: orders.ledger,
  observer: { applied: ({ number }) => void process.stdout.write(`${number}\n`) },
}).start();
