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
import { readLogistics, storeLogistics, type StoredLogistics } from './facts/logistics.js';
import { inOrder } from './form.js';
import type { ExceptionsFor, ItemRow, OpenAcceptance, OpenHandover } from './rows.js';
import type { CoreGrade, ExceptionReason, HoldReason, PartClass } from './terms.js';
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

/**
 * What a step may change of an item, under the names of one letter that it has in rows and in what takes a step back. The members
 * stand in the order of their names, in which canonical JSON writes them; those that are undefined it leaves out.
 */
export interface StoredItem {
  readonly B?: string | undefined;
  readonly C?: string | undefined;
  readonly D?: StoredAppliance | undefined;
  readonly E?: StoredBatteryFacts | undefined;
  readonly F?: StoredLot | StoredManifest | undefined;
  readonly G?: StoredLogistics | undefined;
  readonly H?: StoredInsurance | undefined;
  readonly K?: 1 | undefined;
  readonly M?: string | undefined;
  readonly a?: readonly StoredAcceptance[] | undefined;
  readonly b?: string | undefined;
  readonly c: string;
  readonly d?: HoldReason | undefined;
  readonly e?: ItemRow['assemblies'];
  readonly f?: string | undefined;
  readonly g?: number | undefined;
  readonly h?: string | undefined;
  readonly i?: string | undefined;
  readonly j?: CoreGrade | undefined;
  readonly k?: string | undefined;
  readonly l?: string | undefined;
  readonly m?: number | undefined;
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

/** To whom alone, when nothing else was named. */
type StoredHandover = string | StoredOffer;

interface StoredOffer {
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

/** A member of an item alone: its stored name, and how it is stored and read. */
export interface StoredAlone<Name extends keyof ItemRow> {
  readonly name: keyof StoredItem;
  readonly store: (row: ItemRow) => StoredMember;
  readonly read: (stored: StoredItem) => ItemRow[Name] | undefined;
}

/** A member of an item that a step may change; the others go on growing whatever is taken back. */
export type ItemMember = Exclude<keyof ItemRow, 'correction' | 'count' | 'head'>;

export type StoredMember = StoredItem[keyof StoredItem];

/** Members of nearly every item that changes hands. A row has them all, so that all rows are made alike. */
export const plain = {
  logistics: {
    name: 'G',
    store: (row) => row.logistics && storeLogistics(row.logistics),
    read: (stored) => stored.G && readLogistics(stored.G),
  },
  acceptances: {
    name: 'a',
    store: (row) => row.acceptances?.map(storeAcceptance),
    read: (stored) => stored.a?.map(readAcceptance),
  },
  class: {
    name: 'b',
    store: storeClass,
    read: readClass,
  },
  category: { name: 'c', store: (row) => row.category, read: (stored) => stored.c },
  massGrams: { name: 'g', store: (row) => row.massGrams, read: (stored) => stored.g },
  inspection: {
    name: 'i',
    store: (row) => row.inspection && RESULTS[row.inspection],
    read: (stored) => (stored.i === undefined ? undefined : known(resultOf, stored.i)),
  },
  kind: {
    name: 'k',
    store: ({ kind }) => (kind === 'part' ? undefined : KINDS[kind]),
    read: ({ k }) => (k === undefined ? 'part' : known(kindOf, k)),
  },
  owner: {
    name: 'o',
    store: (row) => (row.owner === row.custodian ? undefined : row.owner),
    read: (stored) => stored.o ?? stored.u,
  },
  parent: { name: 'p', store: (row) => row.parent, read: (stored) => stored.p },
  state: { name: 's', store: (row) => STATES[row.state], read: (stored) => known(stateOf, stored.s) },
  tags: {
    name: 't',
    store: (row) => row.tags?.map(storeTag),
    read: (stored) => stored.t?.map(([scheme, value]) => ({ scheme: scheme as TagScheme, value })),
  },
  custodian: { name: 'u', store: (row) => row.custodian, read: (stored) => stored.u },
  handover: {
    name: 'w',
    store: (row) => row.handover && storeHandover(row.handover),
    read: ({ w }) => (w === undefined ? undefined : readHandover(w)),
  },
} as const satisfies { readonly [Name in ItemMember]?: StoredAlone<Name> };

/** Members that few items have. They are absent from the rows of the others, and cost those nothing. */
export const rare = {
  removedFrom: { name: 'B', store: (row) => row.removedFrom, read: (stored) => stored.B },
  certificate: { name: 'C', store: (row) => row.certificate, read: (stored) => stored.C },
  appliance: {
    name: 'D',
    store: (row) => row.appliance && storeAppliance(row.appliance),
    read: (stored) => stored.D && readAppliance(stored.D),
  },
  battery: {
    name: 'E',
    store: (row) => row.battery && storeBatteryFacts(row.battery),
    read: (stored) => stored.E && readBatteryFacts(stored.E),
  },
  lot: {
    name: 'F',
    store: storeFacts,
    read: ({ k, F }) => (F && k === KINDS.lot ? readLot(F as StoredLot) : undefined),
  },
  manifest: {
    name: 'F',
    store: storeFacts,
    read: ({ k, F }) => (F && k === KINDS.manifest ? readManifest(F as StoredManifest) : undefined),
  },
  insurance: {
    name: 'H',
    store: (row) => row.insurance && insuranceForm.store(row.insurance),
    read: (stored) => stored.H && insuranceForm.read(stored.H),
  },
  registrationCancelled: {
    name: 'K',
    store: (row) => flag(row.registrationCancelled),
    read: (stored) => isSet(stored.K),
  },
  model: { name: 'M', store: (row) => row.model, read: (stored) => stored.M },
  hold: { name: 'd', store: (row) => row.hold, read: (stored) => stored.d },
  assemblies: {
    name: 'e',
    store: (row) => row.assemblies && inOrder(row.assemblies),
    read: (stored) => stored.e,
  },
  fittedInto: { name: 'f', store: (row) => row.fittedInto, read: (stored) => stored.f },
  heldWith: { name: 'h', store: (row) => row.heldWith, read: (stored) => stored.h },
  grade: { name: 'j', store: (row) => row.grade, read: (stored) => stored.j },
  totalLoss: {
    name: 'l',
    store: (row) => row.totalLoss && LOSSES[row.totalLoss],
    read: (stored) => (stored.l === undefined ? undefined : known(lossOf, stored.l)),
  },
  takenGrams: { name: 'm', store: (row) => row.takenGrams, read: (stored) => stored.m },
  contested: { name: 'q', store: (row) => flag(row.contested), read: (stored) => isSet(stored.q) },
  rebuilt: { name: 'r', store: (row) => flag(row.rebuilt), read: (stored) => isSet(stored.r) },
  core: { name: 'v', store: (row) => row.core, read: (stored) => stored.v },
  consignee: { name: 'x', store: (row) => row.consignee, read: (stored) => stored.x },
  fromScrapped: { name: 'y', store: (row) => flag(row.fromScrapped), read: (stored) => isSet(stored.y) },
  supervision: {
    name: 'z',
    store: (row) => row.supervision && SUPERVISION[row.supervision],
    read: (stored) => (stored.z === undefined ? undefined : known(supervisionOf, stored.z)),
  },
} as const satisfies { readonly [Name in ItemMember]?: StoredAlone<Name> };

/**
 * Each member that a step may change: for comparing the few that an event does change, since storing both rows whole takes most
 * of the time of judging it.
 */
export const itemMembers: { readonly [Name in ItemMember]: StoredAlone<Name> } = { ...plain, ...rare };

/** Class of a part that has none, which no rule of ours makes. */
const NO_CLASS = '';

/** Most items are used parts: their rows leave out both kind and class. */
function storeClass({ kind, class: partClass }: ItemRow): string | undefined {
  if (partClass === undefined) return kind === 'part' ? NO_CLASS : undefined;
  return partClass === 'usedPart' && kind === 'part' ? undefined : CLASSES[partClass];
}

function readClass({ b, k }: StoredItem): PartClass | undefined {
  if (b === undefined) return k === undefined ? 'usedPart' : undefined;
  return b === NO_CLASS ? undefined : known(classOf, b);
}

function flag(value: boolean | undefined): 1 | undefined {
  return value === true ? 1 : undefined;
}

function isSet(stored: 1 | undefined): true | undefined {
  return stored === undefined ? undefined : true;
}

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
  if (consignee === undefined && massGrams === undefined && keepOwnership === undefined && !service)
    return to;
  return {
    c: consignee,
    g: massGrams,
    o: keepOwnership === undefined ? undefined : keepOwnership ? 1 : 0,
    s: service && 1,
    t: to,
  };
}

function readHandover(stored: StoredHandover): OpenHandover {
  if (typeof stored === 'string') return { to: stored };
  const { c, t, g, o, s } = stored;
  return {
    consignee: c,
    keepOwnership: o === undefined ? undefined : o === 1,
    massGrams: g,
    service: s === undefined ? undefined : true,
    to: t,
  };
}
