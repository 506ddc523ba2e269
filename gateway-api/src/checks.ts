import { HuilianError } from '@huilian/core';
import type { LedgerConnection } from '@huilian/fabric';
import type { Config } from './config.js';
import type { Projection } from './projection.js';
import type { Check } from './readiness.js';

/** What must work before the gateway calls itself ready. */
export function checksOf(
  config: Config,
  ledger: LedgerConnection,
  readModel: Projection,
  recording: readonly Check[],
): readonly Check[] {
  return [
    { name: 'peers', probe: async () => ({ height: await ledger.height() }) },
    {
      name: 'chaincode',
      probe: async () => {
        await ledger.evaluate('State:ledger', []);
        return {};
      },
    },
    ...recording,
    { name: 'store', probe: () => readModel.probeStore() },
    { name: 'projector', probe: () => probeProjector(config, readModel) },
  ];
}

async function probeProjector(config: Config, readModel: Projection): Promise<{ lagBlocks: number }> {
  const { blocks } = await readModel.lag();
  if (blocks === undefined) throw readModel.fault ?? new HuilianError('HL-5001');
  if (blocks > config.READY_LAG_BLOCKS) throw new HuilianError('HL-5023', { blocks });
  return { lagBlocks: blocks };
}
