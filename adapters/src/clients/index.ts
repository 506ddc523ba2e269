export { Dismantler, type Output } from './dismantler.js';
export { Insurer } from './insurer.js';
export {
  Partner,
  Refused,
  type Mistake,
  type Named,
  type PartnerOptions,
  type SendOptions,
} from './partner.js';
export { RemanScheme } from './reman-scheme.js';
export { RepairShop } from './repair-shop.js';
