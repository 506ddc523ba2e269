import type { DocumentOf } from '../views/declare.js';
import { stockView } from '../views/findings.js';
import { saleView } from '../views/insurance.js';
import type { Page, Query, Store } from '../store/store.js';

type Ask = Omit<Query<never>, 'where'>;

/** Lines of sales for an old part, of one seller or of all. */
export async function findSales(
  store: Store,
  seller: string | undefined,
  ask: Ask,
): Promise<Page<DocumentOf<typeof saleView>>> {
  return seller === undefined
    ? store.find(saleView, 'all', { where: {}, ...ask })
    : store.find(saleView, 'bySeller', { where: { seller }, ...ask });
}

/** What is in store, at one party or at all. */
export async function findStocks(
  store: Store,
  party: string | undefined,
  ask: Ask,
): Promise<Page<DocumentOf<typeof stockView>>> {
  return party === undefined
    ? store.find(stockView, 'all', { where: {}, ...ask })
    : store.find(stockView, 'byParty', { where: { party }, ...ask });
}
