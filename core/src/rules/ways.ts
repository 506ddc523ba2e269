import type { ItemRow, ParticipantRow } from '../model/rows.js';
import { ASSEMBLIES, type Assembly, type Role } from '../model/terms.js';
import { hasLicence } from './actor.js';
import { require } from './refusal.js';

/** Who may hold an assembly on its way without ever owning it. */
const CARRIERS: readonly Role[] = ['carrier', 'collector'];
const MELTERS: readonly Role[] = ['smelter', 'shredder'];

/** Whether a category is one of the five assemblies. */
export function isAssembly(category: string): category is Assembly {
  return (ASSEMBLIES as readonly string[]).includes(category);
}

/** A change of hands as the rules about lawful owners see it. */
export interface Passing {
  readonly receiver: ParticipantRow;
  /** True when the receiver is to own it. */
  readonly owns: boolean;
  /** Who is to own it in the end when the receiver is not. */
  readonly consignee?: ParticipantRow | undefined;
  readonly time: number;
}

/**
 * Says whether a thing may go to a party.
 *
 * - An assembly out of a scrapped vehicle: when fit to a remanufacturer licensed for it, when unfit to a smelter or shredder;
 *   carriers and collectors hold it on the way, with the consignee fixed. 《报废机动车回收管理办法》 article 12.
 * - A core that failed grading: to a smelter or shredder.
 * - A total loss that must be scrapped: to a licensed dismantler.
 *
 * @throws Refusal HL-2104 to HL-2107, HL-2111, HL-2112
 */
export function checkWay(item: ItemRow, passing: Passing): void {
  if (item.totalLoss === 'mustScrap' && item.kind === 'vehicle' && passing.owns) {
    require(isLicensedDismantler(passing.receiver, item, passing.time), 'HL-2112');
  }
  const failed = item.class === 'core' && item.grade === 'unfit';
  if (item.fromScrapped !== true && !failed) return;
  if (!passing.owns) {
    require(isCarrier(passing.receiver), 'HL-2104');
    require(passing.consignee, 'HL-2107');
    return checkOwner(item, passing.consignee, passing.time);
  }
  checkOwner(item, passing.receiver, passing.time);
}

function checkOwner(item: ItemRow, owner: ParticipantRow, time: number): void {
  const unfit = item.grade === undefined ? item.inspection === 'unfit' : item.grade === 'unfit';
  if (unfit) {
    require(holdsRole(owner, MELTERS), item.class === 'core' ? 'HL-2111' : 'HL-2104');
    return;
  }
  require(holdsRole(owner, ['remanufacturer', ...MELTERS]), 'HL-2104');
  require(item.inspection === 'fit' && holdsRole(owner, ['remanufacturer']), 'HL-2106');
  require(hasLicence(owner, 'remanufacturer', item.category, time), 'HL-2105');
}

/** A buyer of a vehicle that must be scrapped. */
export function isLicensedDismantler(buyer: ParticipantRow, item: ItemRow, time: number): boolean {
  return holdsRole(buyer, ['dismantler']) && hasLicence(buyer, 'dismantler', item.category, time);
}

/** Who moves things for others. */
export function isCarrier(participant: ParticipantRow): boolean {
  return holdsRole(participant, CARRIERS);
}

function holdsRole({ roles }: ParticipantRow, wanted: readonly Role[]): boolean {
  return roles.some((role) => wanted.includes(role));
}
