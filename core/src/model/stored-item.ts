import type { Tag, TagScheme } from '../tags/tag.js';
import { readAppliance, storeAppliance, type StoredAppliance } from './facts/appliance.js';
import { readBatteryFacts, storeBatteryFacts, type StoredBatteryFacts } from './facts/battery.js';
import {
  readLot,
  readManifest,
  storeLot,
  storeManifest,
  type StoredLot,
  type StoredManifest,
} from './facts/lot.js';
import { insuranceForm, type StoredInsurance } from './facts/insurance.js';
import type { Form } from './form.js';
import { readCorrection, storeCorrection, type StoredCorrection } from './facts/correction.js';
import { readLogistics, storeLogistics, type StoredLogistics } from './facts/logistics.js';
import type { ExceptionsFor, ItemRow, OpenAcceptance, OpenHandover } from './rows.js';
import type { CoreGrade, ExceptionReason, HoldReason } from './terms.js';
import {
  known,
  KINDS,
  STATES,
  CLASSES,
  LOSSES,
  SUPERVISION,
  RESULTS,
  kindOf,
  stateOf,
  resultOf,
  classOf,
  lossOf,
  supervisionOf,
} from './stored-codes.js';

/** The members stand in the order of their names, in which canonical JSON writes them; those that are undefined it leaves out. */
export interface StoredItem {
  readonly B?: string | undefined;
  readonly C?: string | undefined;
  readonly D?: StoredAppliance | undefined;
  readonly E?: StoredBatteryFacts | undefined;
  readonly F?: StoredLot | StoredManifest | undefined;
  readonly G?: StoredLogistics | undefined;
  readonly H?: StoredInsurance | undefined;
  readonly I?: StoredCorrection | undefined;
  readonly K?: 1 | undefined;
  readonly a?: readonly StoredAcceptance[] | undefined;
  readonly b?: string | undefined;
  readonly c: string;
  readonly d?: HoldReason | undefined;
  readonly e?: ItemRow['assemblies'];
  readonly f?: string | undefined;
  readonly g?: number | undefined;
  readonly h: string;
  readonly i?: string | undefined;
  readonly j?: CoreGrade | undefined;
  readonly k: string;
  readonly l?: string | undefined;
  readonly m?: number | undefined;
  readonly n: number;
  readonly o?: string | undefined;
  readonly p?: string | undefined;
  readonly q?: 1 | undefined;
  readonly r?: 1 | undefined;
  readonly s: string;
  readonly t?: readonly (readonly [scheme: string, value: string])[] | undefined;
  readonly u: string;
  readonly v?: string | undefined;
  readonly w?: StoredHandover | undefined;
  readonly x?: string | undefined;
  readonly y?: 1 | undefined;
  readonly z?: string | undefined;
}

interface StoredHandover {
  readonly c?: string | undefined;
  readonly g?: number | undefined;
  readonly o?: 0 | 1 | undefined;
  readonly s?: 1 | undefined;
  readonly t: string;
}

type StoredAcceptance = readonly [by: string, from: string, more?: number | StoredReceipt];

/** What an acceptance says beyond a mass. */
interface StoredReceipt {
  readonly c?: number | undefined;
  readonly g?: number | undefined;
  readonly s?: 1 | undefined;
  readonly x?: readonly (readonly [reason: ExceptionReason, items: readonly string[]])[] | undefined;
}

/** The row of an item. */
export const itemForm: Form<ItemRow, StoredItem> = {
  store: (row) => ({
    B: row.removedFrom,
    C: row.certificate,
    D: row.appliance && storeAppliance(row.appliance),
    E: row.battery && storeBatteryFacts(row.battery),
    F: storeFacts(row),
    G: row.logistics && storeLogistics(row.logistics),
    H: row.insurance && insuranceForm.store(row.insurance),
    I: row.correction && storeCorrection(row.correction),
    K: row.registrationCancelled === true ? 1 : undefined,
    a: row.acceptances?.map(storeAcceptance),
    b: row.class && CLASSES[row.class],
    c: row.category,
    d: row.hold,
    e: row.assemblies && inOrder(row.assemblies),
    f: row.fittedInto,
    g: row.massGrams,
    h: row.head,
    i: row.inspection && RESULTS[row.inspection],
    j: row.grade,
    k: KINDS[row.kind],
    l: row.totalLoss && LOSSES[row.totalLoss],
    m: row.takenGrams,
    n: row.count,
    o: row.owner === row.custodian ? undefined : row.owner,
    p: row.parent,
    q: row.contested === true ? 1 : undefined,
    r: row.rebuilt === true ? 1 : undefined,
    s: STATES[row.state],
    t: row.tags?.map(storeTag),
    u: row.custodian,
    v: row.core,
    w: row.handover && storeHandover(row.handover),
    x: row.consignee,
    y: row.fromScrapped === true ? 1 : undefined,
    z: row.supervision && SUPERVISION[row.supervision],
  }),
  read: (stored) => ({
    acceptances: stored.a?.map(readAcceptance),
    appliance: stored.D && readAppliance(stored.D),
    assemblies: stored.e,
    battery: stored.E && readBatteryFacts(stored.E),
    category: stored.c,
    certificate: stored.C,
    class: stored.b === undefined ? undefined : known(classOf, stored.b),
    consignee: stored.x,
    contested: stored.q === undefined ? undefined : true,
    core: stored.v,
    correction: stored.I && readCorrection(stored.I),
    count: stored.n,
    custodian: stored.u,
    fittedInto: stored.f,
    fromScrapped: stored.y === undefined ? undefined : true,
    grade: stored.j,
    handover: stored.w && readHandover(stored.w),
    head: stored.h,
    hold: stored.d,
    inspection: stored.i === undefined ? undefined : known(resultOf, stored.i),
    insurance: stored.H && insuranceForm.read(stored.H),
    kind: known(kindOf, stored.k),
    lot: stored.k === KINDS.lot && stored.F ? readLot(stored.F as StoredLot) : undefined,
    manifest: stored.k === KINDS.manifest && stored.F ? readManifest(stored.F as StoredManifest) : undefined,
    logistics: stored.G === undefined ? undefined : readLogistics(stored.G),
    massGrams: stored.g,
    owner: stored.o ?? stored.u,
    parent: stored.p,
    rebuilt: stored.r === undefined ? undefined : true,
    registrationCancelled: stored.K === undefined ? undefined : true,
    removedFrom: stored.B,
    state: known(stateOf, stored.s),
    supervision: stored.z === undefined ? undefined : known(supervisionOf, stored.z),
    takenGrams: stored.m,
    tags: stored.t?.map(([scheme, value]) => ({ scheme: scheme as TagScheme, value })),
    totalLoss: stored.l === undefined ? undefined : known(lossOf, stored.l),
  }),
};

/** A member of an item that a step may change; the others go on growing whatever is taken back. */
export type ItemMember = Exclude<keyof ItemRow, 'correction' | 'count' | 'head'>;

type StoredMember = StoredItem[keyof StoredItem];

/**
 * Each member alone, with its stored name, as {@link itemForm} stores it: for comparing the few members that an event changes, since
 * storing both rows whole takes most of the time of judging it.
 */
export const itemMembers: {
  readonly [Name in ItemMember]: readonly [name: keyof StoredItem, store: (row: ItemRow) => StoredMember];
} = {
  removedFrom: ['B', (row) => row.removedFrom],
  certificate: ['C', (row) => row.certificate],
  appliance: ['D', (row) => row.appliance && storeAppliance(row.appliance)],
  battery: ['E', (row) => row.battery && storeBatteryFacts(row.battery)],
  lot: ['F', storeFacts],
  manifest: ['F', storeFacts],
  logistics: ['G', (row) => row.logistics && storeLogistics(row.logistics)],
  insurance: ['H', (row) => row.insurance && insuranceForm.store(row.insurance)],
  registrationCancelled: ['K', (row) => (row.registrationCancelled === true ? 1 : undefined)],
  acceptances: ['a', (row) => row.acceptances?.map(storeAcceptance)],
  class: ['b', (row) => row.class && CLASSES[row.class]],
  category: ['c', (row) => row.category],
  hold: ['d', (row) => row.hold],
  assemblies: ['e', (row) => row.assemblies && inOrder(row.assemblies)],
  fittedInto: ['f', (row) => row.fittedInto],
  massGrams: ['g', (row) => row.massGrams],
  inspection: ['i', (row) => row.inspection && RESULTS[row.inspection]],
  grade: ['j', (row) => row.grade],
  kind: ['k', (row) => KINDS[row.kind]],
  totalLoss: ['l', (row) => row.totalLoss && LOSSES[row.totalLoss]],
  takenGrams: ['m', (row) => row.takenGrams],
  owner: ['o', (row) => (row.owner === row.custodian ? undefined : row.owner)],
  parent: ['p', (row) => row.parent],
  contested: ['q', (row) => (row.contested === true ? 1 : undefined)],
  rebuilt: ['r', (row) => (row.rebuilt === true ? 1 : undefined)],
  state: ['s', (row) => STATES[row.state]],
  tags: ['t', (row) => row.tags?.map(storeTag)],
  custodian: ['u', (row) => row.custodian],
  core: ['v', (row) => row.core],
  handover: ['w', (row) => row.handover && storeHandover(row.handover)],
  consignee: ['x', (row) => row.consignee],
  fromScrapped: ['y', (row) => (row.fromScrapped === true ? 1 : undefined)],
  supervision: ['z', (row) => row.supervision && SUPERVISION[row.supervision]],
};

function storeTag({ scheme, value }: Tag): readonly [scheme: string, value: string] {
  return [scheme, value];
}

/** What a lot or a manifest is beside what every item is; no item is both. */
function storeFacts({ lot, manifest }: ItemRow): StoredItem['F'] {
  return (lot && storeLot(lot)) ?? (manifest && storeManifest(manifest));
}

function storeAcceptance({
  by,
  from,
  massGrams,
  count,
  exceptions,
  service,
}: OpenAcceptance): StoredAcceptance {
  if (count !== undefined || exceptions !== undefined || service !== undefined) {
    const x = exceptions?.map(({ reason, items }) => [reason, items] as const);
    return [by, from, { c: count, g: massGrams, s: service && 1, x }];
  }
  return massGrams === undefined ? [by, from] : [by, from, massGrams];
}

function readAcceptance([by, from, more]: StoredAcceptance): OpenAcceptance {
  if (typeof more !== 'object') return { by, from, massGrams: more };
  const { c, g, s, x } = more;
  const exceptions = x?.map(([reason, items]): ExceptionsFor => ({ items, reason }));
  return { by, count: c, exceptions, from, massGrams: g, service: s === undefined ? undefined : true };
}

function storeHandover({ to, consignee, massGrams, keepOwnership, service }: OpenHandover): StoredHandover {
  return {
    c: consignee,
    g: massGrams,
    o: keepOwnership === undefined ? undefined : keepOwnership ? 1 : 0,
    s: service && 1,
    t: to,
  };
}

function readHandover({ c, t, g, o, s }: StoredHandover): OpenHandover {
  return {
    consignee: c,
    keepOwnership: o === undefined ? undefined : o === 1,
    massGrams: g,
    service: s === undefined ? undefined : true,
    to: t,
  };
}

/** The members in the order in which canonical JSON writes them. */
function inOrder<T>(members: Readonly<Record<string, T>>): Readonly<Record<string, T>> {
  return Object.fromEntries(Object.entries(members).sort(([a], [b]) => (a < b ? -1 : 1)));
}
