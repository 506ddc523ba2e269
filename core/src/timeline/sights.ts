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

const only = (sights: Partial<Row>): Row =>
  ({
    ...Object.fromEntries(TOPICS.map((topic) => [topic, 'none'])),
    // Who sees a step must learn that it was declared wrong.
    correction: 'what',
    ...sights,
  }) as Row;

const EVERYTHING: Row = Object.fromEntries(TOPICS.map((topic) => [topic, 'all'])) as Row;
/** Where it came from and where it went, for those who take the material. */
const FOR_MATERIAL: Partial<Row> = {
  identity: 'what',
  custody: 'step',
  scrapping: 'step',
  material: 'what',
  battery: 'what',
  appliance: 'step',
};

/**
 * Which role sees what of the timeline of a vehicle or a part that it, or something out of it, passed through. Its own steps each
 * participant sees whole. The public sees the passport and no timeline.
 */
export const timelineSights: Readonly<Record<Role, Row>> = {
  // Loss lines and fit lines, and that the car was scrapped: what a claim and its recourse turn on.
  insurer: only({
    identity: 'what',
    loss: 'all',
    approval: 'all',
    repair: 'what',
    custody: 'step',
    scrapping: 'what',
    material: 'step',
    core: 'step',
    battery: 'step',
    supervision: 'what',
  }),
  // It fits what was approved, and so sees the lines; what was claimed and paid is between insurers.
  repairShop: only({
    identity: 'what',
    loss: 'step',
    approval: 'all',
    repair: 'all',
    custody: 'step',
    scrapping: 'step',
    core: 'what',
    battery: 'what',
    appliance: 'what',
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
    battery: 'step',
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
    battery: 'what',
    supervision: 'all',
  }),
  police: EVERYTHING,
  auditor: EVERYTHING,
  regulator: EVERYTHING,
  // It pays for what was processed, and for no damage.
  finance: only({
    identity: 'what',
    scrapping: 'all',
    material: 'all',
    battery: 'step',
    appliance: 'all',
    core: 'step',
    supervision: 'what',
  }),
  smelter: only(FOR_MATERIAL),
  shredder: only({
    identity: 'what',
    custody: 'step',
    scrapping: 'what',
    material: 'what',
    supervision: 'what',
  }),
  hazardousWasteHandler: only(FOR_MATERIAL),
  processor: only({ ...FOR_MATERIAL, custody: 'what', material: 'all', appliance: 'all' }),
  collector: only({ identity: 'what', custody: 'step', battery: 'step', appliance: 'what' }),
  // What it carries stands still under a hold.
  carrier: only({ identity: 'step', custody: 'step', supervision: 'step', correction: 'step' }),
  secondLifeUser: only({
    identity: 'what',
    repair: 'what',
    custody: 'step',
    scrapping: 'step',
    material: 'step',
    core: 'step',
    battery: 'all',
  }),
  auctionHouse: only({
    identity: 'what',
    loss: 'what',
    repair: 'step',
    custody: 'step',
    scrapping: 'step',
    supervision: 'what',
  }),
  usedCarDealer: only({
    identity: 'what',
    loss: 'step',
    repair: 'what',
    custody: 'step',
    battery: 'step',
    supervision: 'what',
  }),
  partsDealer: only({ identity: 'what', repair: 'what', custody: 'step', core: 'what', supervision: 'what' }),
  // It takes back, sells remanufactured parts, and sells appliances second-hand.
  retailer: only({ identity: 'step', custody: 'step', core: 'step', appliance: 'what', correction: 'step' }),
  // The old part of the car is the owner's to decide about.
  vehicleOwner: only({
    identity: 'what',
    loss: 'what',
    approval: 'what',
    repair: 'what',
    custody: 'step',
    scrapping: 'what',
    material: 'step',
    core: 'what',
    battery: 'what',
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
  'addedGrams',
  'residueGrams',
  'weighing',
  'pieces',
  'estimatedPieces',
  'mix',
  'ticket',
  'ticketHash',
  'nameplate',
  'evidence',
  'nonce',
  'slip',
  'to',
  'from',
  'consignee',
  'by',
  'amount',
  'price',
  'seller',
  'source',
  'against',
  'insurer',
  'buyer',
  'handler',
  'carrier',
  'creditCode',
  'document',
  'household',
  'licence',
  // Ids of events begin with the key of who signed them.
  'event',
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
