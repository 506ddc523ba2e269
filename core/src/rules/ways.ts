import type { ItemRow, ParticipantRow } from '../model/rows.js';
import { ASSEMBLIES, type Assembly, type ItemKind, type Role } from '../model/terms.js';
import { hasLicence, livingRoles } from './actor.js';
import { isAtDismantler } from './lifecycle/index.js';
import { require } from './refusal.js';

/** Who may hold an assembly on its way without ever owning it. */
const CARRIERS: readonly Role[] = ['carrier', 'collector'];
const MELTERS: readonly Role[] = ['smelter', 'shredder'];
/** Who may hold a vehicle that was taken in, and is not to own it. */
const KEEPERS: readonly Role[] = [...CARRIERS, 'dismantler', 'shredder', 'police'];

/** Whether a category is one of the five assemblies. */
export function isAssembly(category: string): category is Assembly {
  return (ASSEMBLIES as readonly string[]).includes(category);
}

/**
 * Other names under which an assembly of a vehicle goes, in small letters: 变速箱 and 变速驱动桥, 转向器, 前后桥, 大梁; of electric
 * vehicles and hybrids the drive motor, which counts as an engine; and what holds an engine: 动力总成, 凸机, 秃机. Names of parts of
 * appliances are not among them.
 */
const OTHER_NAMES: readonly string[] = [
  'motorengine',
  'enginemotor',
  'drivemotor',
  'tractionmotor',
  'electricdriveunit',
  'powertrain',
  'powerunit',
  'longblock',
  'shortblock',
  'gearbox',
  'transaxle',
  'steering',
  'steeringbox',
  'steeringgearbox',
  'steeringrack',
  'axle',
  'driveaxle',
  'eaxle',
  'chassisframe',
  'vehicleframe',
  'ladderframe',
];

const SMALL: ReadonlySet<string> = new Set(ASSEMBLIES.map((name) => name.toLowerCase()));
const NOT_TO_BE_USED: ReadonlySet<string> = new Set([...SMALL, ...OTHER_NAMES]);

/** What is put before and behind a name without making it another thing: `frontEngine`, `engineAssembly2`. */
const AROUND = /^(front|rear|automatic|manual|used|complete)?(.+?)(assembly|assy|unit)?[0-9]*$/;

/** Whether a category means one of the five assemblies under a name that is not the one of the list. */
function isDisguised(category: string): boolean {
  const small = category.toLowerCase();
  const [, , bare = small] = AROUND.exec(small) ?? [];
  return NOT_TO_BE_USED.has(small) || NOT_TO_BE_USED.has(bare);
}

/**
 * An assembly is a part of its own, under its name in the list: as a lot, or under another name, it would be counted nowhere. What
 * comes out of an appliance is no assembly of a vehicle: a washing machine has a gearbox, too, and a lot of such gearboxes is divided and
 * put together as what it is. Out of a truck of mixed goods either may come: an assembly as a part, what is of an appliance under a name
 * that says so.
 *
 * @throws Refusal HL-2280
 */
export function requireCounted({ kind, category }: Named, from?: Named): void {
  if (from?.kind === 'lot' && kind === 'lot' && from.category === category) return;
  const named = kind === 'part' && isAssembly(category);
  const disguised = from?.kind === 'device' ? SMALL.has(category.toLowerCase()) : isDisguised(category);
  require(named || !disguised, 'HL-2280');
}

/** A thing as it is called. */
interface Named {
  readonly kind: ItemKind;
  readonly category: string;
}

/** A change of hands as the rules about lawful owners see it. */
export interface Passing {
  readonly receiver: ParticipantRow;
  /** True when it comes back to whose it is, from who only held it. */
  readonly returns?: boolean | undefined;
  /** True when the receiver is to own it. */
  readonly owns: boolean;
  /** Who is to own it in the end when the receiver is not. */
  readonly consignee?: ParticipantRow | undefined;
  readonly time: number;
}

/**
 * Says whether a thing may go to a party.
 *
 * - An assembly out of a scrapped vehicle: when fit and coded to a remanufacturer licensed for it, when unfit to a smelter or shredder;
 *   carriers and collectors hold it on the way, with the consignee fixed. 《报废机动车回收管理办法》.
 * - A core that failed grading: to a smelter or shredder.
 * - A total loss that must be scrapped, and any vehicle once it is given up: to a licensed dismantler; its hulk to a licensed
 *   shredder too. Once a dismantler has it, others hold it only to carry it.
 * - What comes back to its owner is no sale.
 *
 * @throws Refusal HL-2104 to HL-2107, HL-2111, HL-2112, HL-2117, HL-2284, HL-2313, HL-2314
 */
export function checkWay(item: Bounded, passing: Passing): void {
  if (passing.returns === true) return;
  if (item.kind === 'vehicle' && passing.owns) checkBuyer(item, passing.receiver, passing.time);
  if (isAtDismantler(item) && !passing.owns)
    require(holdsRole(passing.receiver, KEEPERS, passing.time), 'HL-2284');
  const failed = item.class === 'core' && item.grade === 'unfit';
  if (item.fromScrapped !== true && !failed) return;
  if (!passing.owns) {
    require(isCarrier(passing.receiver, passing.time), 'HL-2104');
    require(passing.consignee, 'HL-2107');
    return checkOwner(item, passing.consignee, passing.time);
  }
  checkOwner(item, passing.receiver, passing.time);
}

/** From the day that it is given up a vehicle is nobody's but a dismantler's, and its hulk a shredder's. */
function checkBuyer(vehicle: Bounded, buyer: ParticipantRow, time: number): void {
  const byDismantler = isLicensedDismantler(buyer, vehicle, time);
  if (vehicle.state === 'hulk') {
    const shreds = hasRole(buyer, ['shredder']) && hasLicence(buyer, 'shredder', vehicle.category, time);
    return require(byDismantler || shreds, 'HL-2117');
  }
  require(vehicle.totalLoss !== 'mustScrap' || byDismantler, 'HL-2112');
  require(!isGivenUp(vehicle) || byDismantler, 'HL-2117');
}

/** Whether a vehicle is on its way to be scrapped. */
function isGivenUp(item: Pick<ItemRow, 'kind' | 'state'>): boolean {
  return item.kind === 'vehicle' && (item.state === 'surrendered' || isAtDismantler(item));
}

/** Whether a vehicle has no other way than to be scrapped: nothing is taken off it before a dismantler has taken it in. */
export function isToBeScrapped(item: Pick<ItemRow, 'kind' | 'state' | 'totalLoss'>): boolean {
  return isGivenUp(item) || (item.kind === 'vehicle' && item.totalLoss === 'mustScrap');
}

/** What the code of an assembly lacks for a remanufacturer: there is none, or that of a frame does not bear the VIN. */
const CODE_LACKS = ['HL-2313', 'HL-2314'] as const;
export type CodeLack = (typeof CODE_LACKS)[number];

/** How a bound tells it. */
const LACKS: Readonly<Record<CodeLack, string>> = { 'HL-2313': 'uncoded', 'HL-2314': 'withoutVin' };

/** What the rules about ways look at in a bounded thing. */
type Bounded = Pick<
  ItemRow,
  'kind' | 'state' | 'category' | 'class' | 'grade' | 'inspection' | 'fromScrapped' | 'totalLoss'
> & { readonly codeLack?: CodeLack | undefined };

/**
 * What bounds the ways of a thing, as a text that is the same for things with the same ways: `engine fit`, `engine fit uncoded`; undefined
 * for things that may go anywhere. A container bears the bounds of what is in it.
 */
export function boundOf(item: Bounded): string | undefined {
  const failed = item.class === 'core' && item.grade === 'unfit';
  if (failed) return 'core unfit';
  if (item.fromScrapped !== true) return undefined;
  const result = isUnfit(item) ? 'unfit' : item.inspection === 'fit' ? 'fit' : 'open';
  const lack = result === 'fit' && item.codeLack !== undefined ? ` ${LACKS[item.codeLack]}` : '';
  return `${item.category} ${result}${lack}`;
}

const loose = { kind: 'part', state: 'registered' } as const;

/** A thing with the ways that a bound tells; for {@link checkWay}. */
export function bearerOf(bound: string): Bounded {
  const [category = '', result, lack] = bound.split(' ');
  if (category === 'core') return { ...loose, category, class: 'core', grade: 'unfit' };
  const inspection = result === 'open' ? undefined : result === 'fit' ? 'fit' : 'unfit';
  const codeLack = CODE_LACKS.find((each) => LACKS[each] === lack);
  return { ...loose, category, fromScrapped: true, inspection, codeLack };
}

function isUnfit({ grade, inspection }: Bounded): boolean {
  return grade === undefined ? inspection === 'unfit' : grade === 'unfit';
}

/**
 * What may go to a remanufacturer or a furnace alone does not become free parts by being taken apart: who is licensed to remanufacture it
 * may take parts from one that is fit, everybody else makes fractions of it.
 *
 * @throws Refusal HL-2108, HL-2111
 */
export function requireFractions(
  item: Bounded,
  outputs: readonly Pick<Named, 'kind'>[],
  holder: ParticipantRow | undefined,
  time: number,
): void {
  if (boundOf(item) === undefined || outputs.every(({ kind }) => kind === 'lot')) return;
  require(!isUnfit(item), item.class === 'core' ? 'HL-2111' : 'HL-2108');
  require(holder && hasRole(holder, ['remanufacturer']), 'HL-2108');
  require(hasLicence(holder, 'remanufacturer', item.category, time), 'HL-2108');
}

function checkOwner(item: Bounded, owner: ParticipantRow, time: number): void {
  if (isUnfit(item)) {
    require(holdsRole(owner, MELTERS, time), item.class === 'core' ? 'HL-2111' : 'HL-2104');
    return;
  }
  require(hasRole(owner, ['remanufacturer', ...MELTERS]), 'HL-2104');
  require(item.inspection === 'fit' && hasRole(owner, ['remanufacturer']), 'HL-2106');
  require(hasLicence(owner, 'remanufacturer', item.category, time), 'HL-2105');
  require(item.codeLack === undefined, item.codeLack ?? 'HL-2313');
}

/** A buyer of a vehicle that must be scrapped. */
export function isLicensedDismantler(
  buyer: ParticipantRow,
  item: Pick<ItemRow, 'category'>,
  time: number,
): boolean {
  return hasRole(buyer, ['dismantler']) && hasLicence(buyer, 'dismantler', item.category, time);
}

/** Who moves things for others. */
export function isCarrier(participant: ParticipantRow, time: number): boolean {
  return holdsRole(participant, CARRIERS, time);
}

/** Of a party whose licence for the role is looked at besides. */
function hasRole({ roles }: ParticipantRow, wanted: readonly Role[]): boolean {
  return roles.some((role) => wanted.includes(role));
}

/** Whether a party that is not suspended has one of the roles, and has not outlived its licence for it. */
function holdsRole(participant: ParticipantRow, wanted: readonly Role[], time: number): boolean {
  return (
    participant.status === 'active' && livingRoles(participant, time).some((role) => wanted.includes(role))
  );
}
