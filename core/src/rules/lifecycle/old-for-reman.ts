import type { ItemState, Role } from '../../model/terms.js';
import type { Step } from './step.js';

const kinds = ['part'] as const;
const SELLERS: readonly Role[] = ['repairShop', 'remanufacturer', 'partsDealer', 'retailer'];
const LINE = ['seller', 'sale', 'line'] as const;

/**
 * Old-for-reman: a remanufactured part is sold, the old one comes back, and what is due for it is claimed.
 *
 * @param loose states of a part that is not fitted and not graded
 */
export function oldForRemanSteps(loose: readonly ItemState[]): readonly Step[] {
  return [
    {
      event: 'sellRemanufactured',
      kinds,
      classes: ['remanufacturedPart'],
      from: loose,
      who: 'custodian',
      roles: SELLERS,
      given: [...LINE, 'price'],
      optional: ['statePilotVersion', 'coreDepositVersion'],
    },
    {
      event: 'receiveCore',
      kinds,
      classes: ['usedPart', 'core'],
      from: loose,
      who: 'custodian',
      roles: SELLERS,
      given: [...LINE, 'product'],
      optional: ['label', 'evidence'],
    },
    {
      event: 'claimEntitlement',
      kinds,
      from: [...loose, 'graded', 'fitted'],
      who: 'anyone',
      roles: SELLERS,
      given: [...LINE, 'scheme', 'core'],
      conditions: ['graded'],
    },
  ];
}
