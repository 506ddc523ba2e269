import type { Role } from '../model/terms.js';
import { TOPICS, type Topic } from './topics.js';

/**
 * How much of a step a reader sees.
 *
 * - `all`: the event whole, who signed it, where it stands on the ledger;
 * - `what`: the event and its data but masses, numbers of evidence, operators and other parties;
 * - `step`: that it happened, to which item and when;
 * - `none`: nothing.
 */
export type Sight = 'all' | 'what' | 'step' | 'none';

type Row = Readonly<Record<Topic, Sight>>;

const only = (sights: Partial<Row>, rest: Sight = 'none'): Row =>
  ({ ...Object.fromEntries(TOPICS.map((topic) => [topic, rest])), other: 'none', ...sights }) as Row;

const EVERYTHING: Row = only({ other: 'all' }, 'all');
/** Where it came from and where it went, for those who take the material. */
const FOR_MATERIAL: Row = only({ identity: 'what', custody: 'step', scrapping: 'step', material: 'what' });

/**
 * Which role sees what of the timeline of a vehicle or a part that it, or something out of it, passed through. Its own steps each
 * participant sees whole. The public sees the passport and no timeline.
 */
export const timelineSights: Readonly<Record<Role, Row>> = {
  // Loss lines and fit lines, and that the car was scrapped: what a claim and its recourse turn on.
  insurer: only({
    identity: 'what',
    loss: 'all',
    repair: 'what',
    custody: 'step',
    scrapping: 'what',
    material: 'step',
    core: 'step',
    supervision: 'what',
  }),
  repairShop: only({
    identity: 'what',
    loss: 'step',
    repair: 'all',
    custody: 'step',
    scrapping: 'step',
    core: 'what',
    supervision: 'what',
  }),
  remanufacturer: only({
    identity: 'what',
    loss: 'step',
    repair: 'what',
    custody: 'step',
    scrapping: 'step',
    material: 'step',
    core: 'all',
    supervision: 'what',
  }),
  dismantler: only({
    identity: 'what',
    loss: 'step',
    repair: 'step',
    custody: 'what',
    scrapping: 'all',
    material: 'all',
    core: 'step',
    supervision: 'all',
  }),
  police: only({ other: 'all' }, 'all'),
  auditor: EVERYTHING,
  regulator: EVERYTHING,
  finance: only({ identity: 'what', scrapping: 'all', material: 'all', supervision: 'what' }),
  smelter: FOR_MATERIAL,
  shredder: only({
    identity: 'what',
    custody: 'step',
    scrapping: 'what',
    material: 'what',
    supervision: 'what',
  }),
  hazardousWasteHandler: FOR_MATERIAL,
  processor: FOR_MATERIAL,
  collector: only({ identity: 'what', custody: 'step' }),
  carrier: only({ identity: 'step', custody: 'step' }),
  secondLifeUser: only({ identity: 'what', repair: 'what', custody: 'step', core: 'step' }),
  auctionHouse: only({
    identity: 'what',
    loss: 'what',
    repair: 'step',
    custody: 'step',
    supervision: 'what',
  }),
  usedCarDealer: only({
    identity: 'what',
    loss: 'step',
    repair: 'what',
    custody: 'step',
    supervision: 'what',
  }),
  partsDealer: only({ identity: 'what', repair: 'what', custody: 'step', core: 'what', supervision: 'what' }),
  retailer: only({ identity: 'step', custody: 'step' }),
  vehicleOwner: only({
    identity: 'what',
    loss: 'what',
    repair: 'what',
    custody: 'step',
    scrapping: 'what',
    supervision: 'what',
  }),
};

const ORDER: readonly Sight[] = ['none', 'step', 'what', 'all'];

/** The most that one of the roles sees of a topic. */
export function sightOf(roles: readonly Role[], topic: Topic): Sight {
  const most = Math.max(0, ...roles.map((role) => ORDER.indexOf(timelineSights[role][topic])));
  return ORDER[most] ?? 'none';
}

/** Members of data that `what` leaves out wherever they stand: how much, evidence, and who the others are. */
const WITHHELD: ReadonlySet<string> = new Set([
  'massGrams',
  'lossGrams',
  'takenGrams',
  'evidence',
  'nonce',
  'slip',
  'to',
  'from',
  'consignee',
  'by',
  'amount',
  'against',
  'insurer',
  'buyer',
  'handler',
  'carrier',
  'creditCode',
  'document',
  'household',
]);

/** The data of an event as `what` shows it. References to items stay; parties are left out. */
export function withheld(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withheld);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name, member]) => !WITHHELD.has(name) || isItem(member))
      .map(([name, member]) => [name, withheld(member)]),
  );
}

/** `remove.from` names an item, `accept.from` a party. */
function isItem(value: unknown): boolean {
  return typeof value === 'string' && value.startsWith('hl1');
}
