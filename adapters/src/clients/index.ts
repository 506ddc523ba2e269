export { Dismantler, type Output } from './dismantler.js';
export { Insurer } from './insurer.js';
export {
  Partner,
  Refused,
  type Container,
  type Exception,
  type Mistake,
  type Named,
  type Packed,
  type PartnerOptions,
  type SendOptions,
  type Slip,
} from './partner.js';
export { Police } from './police.js';
export { RemanScheme } from './reman-scheme.js';
export { RepairShop } from './repair-shop.js';
