import { readCorrection, storeCorrection, type StoredCorrection } from './facts/correction.js';
import { inOrder, type Form } from './form.js';
import { itemMembers, plain, rare, type ItemMember, type StoredItem } from './item-members.js';
import type { ItemRow } from './rows.js';
import { known, stateOf } from './stored-codes.js';

/**
 * What every item has, without names, and behind it what it may have under names of one letter. The names would be an eighth of a
 * row, and rows are most of what peers carry, hash and look up.
 */
type StoredRow = readonly [
  head: string,
  count: number,
  state: string,
  category: string,
  custodian: string,
  correction: StoredCorrection | typeof NONE,
  others: StoredOthers,
];
type StoredOthers = Omit<StoredItem, 'c' | 's' | 'u'>;

/** Stands where an item has no facts of corrections. */
const NONE = 0;
const rareMembers = Object.keys(rare).sort() as (keyof typeof rare)[];
const allMembers = Object.keys(itemMembers).sort() as ItemMember[];

/** The row of an item. */
export const itemForm: Form<ItemRow, StoredRow> = {
  store: (row) => [
    row.head,
    row.count,
    plain.state.store(row),
    row.category,
    row.custodian,
    row.correction === undefined ? NONE : storeCorrection(row.correction),
    isPlain(row) ? plainOthers(row) : allOthers(row),
  ],
  read([head, count, state, category, custodian, correction, others]) {
    // The members that have a place of their own are not looked for in it.
    const stored = others as StoredItem;
    const row: ItemRow = {
      acceptances: plain.acceptances.read(stored),
      category,
      class: plain.class.read(stored),
      correction: correction === NONE ? undefined : readCorrection(correction),
      count,
      custodian,
      handover: plain.handover.read(stored),
      head,
      inspection: plain.inspection.read(stored),
      kind: plain.kind.read(stored),
      logistics: plain.logistics.read(stored),
      massGrams: stored.g,
      owner: stored.o ?? custodian,
      parent: stored.p,
      state: known(stateOf, state),
      tags: plain.tags.read(stored),
    };
    if (!isPlainStored(stored)) readRare(row, stored);
    return row;
  },
};

/** All that a step may change of an item, by its stored names. */
export function storeMembers(row: ItemRow): StoredItem {
  const stored = allMembers.map(
    (member) => [itemMembers[member].name, itemMembers[member].store(row)] as const,
  );
  return inOrder(Object.fromEntries(stored)) as unknown as StoredItem;
}

/** What {@link storeMembers} told. */
export function readMembers(stored: StoredItem): Pick<ItemRow, ItemMember> {
  const members = allMembers.map((member) => [member, itemMembers[member].read(stored)] as const);
  return Object.fromEntries(members) as unknown as Pick<ItemRow, ItemMember>;
}

function plainOthers(row: ItemRow): StoredOthers {
  return {
    G: plain.logistics.store(row),
    a: plain.acceptances.store(row),
    b: plain.class.store(row),
    g: row.massGrams,
    i: plain.inspection.store(row),
    k: plain.kind.store(row),
    o: plain.owner.store(row),
    p: row.parent,
    t: plain.tags.store(row),
    w: plain.handover.store(row),
  };
}

function allOthers(row: ItemRow): StoredOthers {
  const { c: _category, s: _state, u: _custodian, ...others } = storeMembers(row);
  return others;
}

/** Whether an item has none of the rare members: each is named, which takes a tenth of the time of a loop over their names. */
function isPlain(row: ItemRow): boolean {
  const { removedFrom, certificate, appliance, battery, lot, manifest, insurance } = row;
  const { registrationCancelled, hold, assemblies, fittedInto, grade, totalLoss, takenGrams } = row;
  const { contested, rebuilt, core, consignee, fromScrapped, supervision, heldWith, model } = row;
  return (
    (removedFrom ?? certificate ?? appliance ?? battery ?? lot ?? manifest ?? insurance) === undefined &&
    (registrationCancelled ?? hold ?? assemblies ?? fittedInto ?? grade ?? totalLoss) === undefined &&
    (takenGrams ?? contested ?? rebuilt ?? core ?? consignee ?? fromScrapped ?? supervision) === undefined &&
    (heldWith ?? model) === undefined
  );
}

/** As {@link isPlain}, of the stored row. */
function isPlainStored(stored: StoredItem): boolean {
  const { B, C, D, E, F, H, K, M, d, e, f, h, j, l, m, q, r, v, x, y, z } = stored;
  return (
    (B ?? C ?? D ?? E ?? F ?? H ?? K ?? M ?? d ?? e ?? f) === undefined &&
    (h ?? j ?? l ?? m ?? q ?? r ?? v ?? x ?? y ?? z) === undefined
  );
}

function readRare(row: ItemRow, stored: StoredItem): void {
  const members = row as unknown as Record<string, unknown>;
  for (const member of rareMembers) {
    const value = rare[member].read(stored);
    if (value !== undefined) members[member] = value;
  }
}
