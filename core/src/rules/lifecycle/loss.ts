import type { ItemState } from '../../model/terms.js';
import type { Step } from './step.js';

const kinds = ['vehicle'] as const;
const INSURER = { who: 'anyone', roles: ['insurer'] } as const;

/**
 * Steps of a loss: claims, approved lines, payments; and the registration that a repair may make due.
 *
 * @param live states of a vehicle that is not gone; claims, payments and the recourse between insurers outlast the repair, and the vehicle
 */
export function lossSteps(live: readonly ItemState[]): readonly Step[] {
  const ever: readonly ItemState[] = [...live, 'shredded'];
  return [
    {
      event: 'claimLines',
      kinds,
      from: ever,
      ...INSURER,
      given: ['loss', 'claim', 'cover', 'lines'],
      optional: ['against', 'evidence'],
      conditions: ['claimedOnce'],
      afterEnd: true,
    },
    {
      event: 'approveLines',
      kinds,
      from: ['damaged', 'assessed'],
      ...INSURER,
      given: ['loss', 'claim', 'lines'],
      optional: ['evidence'],
      conditions: ['openLoss'],
    },
    {
      event: 'payLines',
      kinds,
      from: ever,
      ...INSURER,
      given: ['loss', 'claim', 'lines', 'amount'],
      optional: ['insurer', 'evidence'],
      conditions: ['paidOnce'],
      afterEnd: true,
    },
    {
      event: 'changeRegistration',
      kinds,
      from: live,
      who: 'anyone',
      roles: ['police'],
      given: ['part'],
      optional: ['evidence'],
    },
  ];
}
