import { z } from 'zod';
import { creditCode, evidence, hash, itemId, reference, tableVersion, tag } from '../fields.js';
import { REMAN_SCHEMES } from '../terms.js';
import { lineNumber } from './insurance.js';

/** A line of a seller's sale. */
const saleLine = { seller: creditCode, sale: reference, line: lineNumber } as const;

/** 以旧换再: a remanufactured part is sold, the old one comes back, is graded, and something is due for it. */
export const oldForRemanEvents = {
  /** `price` is a commitment, see `priceCommitment`; the versions are of the tables `statePilot` and `coreDeposit`. */
  sellRemanufactured: z.strictObject({
    ...saleLine,
    price: hash,
    statePilotVersion: tableVersion.optional(),
    coreDepositVersion: tableVersion.optional(),
  }),
  /** `product` is the part that was sold; `label` is put on a core that bears neither number nor label. */
  receiveCore: z.strictObject({ ...saleLine, product: itemId, label: tag.optional(), evidence }),
  claimEntitlement: z.strictObject({ ...saleLine, scheme: z.enum(REMAN_SCHEMES), core: itemId }),
} as const;
