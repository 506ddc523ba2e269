import type { LedgerConnection } from '@huilian/fabric';
import type { GatewayClient } from '../gateway-client.js';

/**
 * Follows the blocks of a peer and asks the gateway at each one to answer from a read model that has it.
 *
 * @param path of a resource that answers with `?minBlock=`
 * @returns milliseconds from a block's arrival here until the read model showed it, one for each block, when stopped
 */
export function watchLag(
  ledger: LedgerConnection,
  client: GatewayClient,
  path: string,
  token: string,
): { stop(): Promise<number[]> } {
  const stopping = new AbortController();
  const asked: Promise<number>[] = [];
  const watching = (async (): Promise<void> => {
    const from = await ledger.height();
    for await (const { number } of ledger.blocks(from, { signal: stopping.signal })) {
      const began = performance.now();
      asked.push(client.get(`${path}?minBlock=${number}`, token).then(() => performance.now() - began));
    }
  })();
  return {
    async stop() {
      stopping.abort();
      await watching;
      return Promise.all(asked);
    },
  };
}
