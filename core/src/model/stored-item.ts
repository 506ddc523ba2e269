import { readCorrection, storeCorrection } from './facts/correction.js';
import type { Form } from './form.js';
import {
  inOrder,
  itemMembers,
  plain,
  rare,
  type ItemMember,
  type StoredItem,
  type StoredMember,
} from './item-members.js';
import type { ItemRow } from './rows.js';

const rareMembers = Object.keys(rare).sort() as (keyof typeof rare)[];
const inStoredOrder = (Object.keys(itemMembers).sort() as ItemMember[])
  .map((member) => itemMembers[member])
  .sort(({ name: one }, { name: other }) => (one < other ? -1 : one > other ? 1 : 0));

/** The row of an item. */
export const itemForm: Form<ItemRow, StoredItem> = {
  store(row) {
    const common: StoredItem = {
      G: plain.logistics.store(row),
      I: row.correction && storeCorrection(row.correction),
      a: plain.acceptances.store(row),
      b: plain.class.store(row),
      c: row.category,
      g: row.massGrams,
      h: row.head,
      i: plain.inspection.store(row),
      k: plain.kind.store(row),
      n: row.count,
      o: plain.owner.store(row),
      p: row.parent,
      s: plain.state.store(row),
      t: plain.tags.store(row),
      u: row.custodian,
      w: plain.handover.store(row),
    };
    return isPlain(row) ? common : whole(row, common);
  },
  read(stored) {
    const row: ItemRow = {
      acceptances: plain.acceptances.read(stored),
      category: stored.c,
      class: plain.class.read(stored),
      correction: stored.I === undefined ? undefined : readCorrection(stored.I),
      count: stored.n,
      custodian: stored.u,
      handover: plain.handover.read(stored),
      head: stored.h,
      inspection: plain.inspection.read(stored),
      kind: plain.kind.read(stored),
      logistics: plain.logistics.read(stored),
      massGrams: stored.g,
      owner: plain.owner.read(stored),
      parent: stored.p,
      state: plain.state.read(stored),
      tags: plain.tags.read(stored),
    };
    if (!isPlainStored(stored)) readRare(row, stored);
    return row;
  },
};

/** Whether an item has none of the rare members: each is named, which takes a tenth of the time of a loop over their names. */
function isPlain(row: ItemRow): boolean {
  const { removedFrom, certificate, appliance, battery, lot, manifest, insurance } = row;
  const { registrationCancelled, hold, assemblies, fittedInto, grade, totalLoss, takenGrams } = row;
  const { contested, rebuilt, core, consignee, fromScrapped, supervision } = row;
  return (
    (removedFrom ?? certificate ?? appliance ?? battery ?? lot ?? manifest ?? insurance) === undefined &&
    (registrationCancelled ?? hold ?? assemblies ?? fittedInto ?? grade ?? totalLoss) === undefined &&
    (takenGrams ?? contested ?? rebuilt ?? core ?? consignee ?? fromScrapped ?? supervision) === undefined
  );
}

/** All members of an item that has rare ones, in the order of their names. */
function whole(row: ItemRow, common: StoredItem): StoredItem {
  const stored: Record<string, StoredMember> = {};
  for (const { name, store } of inStoredOrder) stored[name] = store(row);
  return inOrder({ ...stored, I: common.I, h: common.h, n: common.n }) as unknown as StoredItem;
}

/** As {@link isPlain}, of the stored row. */
function isPlainStored({ B, C, D, E, F, H, K, d, e, f, j, l, m, q, r, v, x, y, z }: StoredItem): boolean {
  return (
    (B ?? C ?? D ?? E ?? F ?? H ?? K ?? d ?? e ?? f) === undefined &&
    (j ?? l ?? m ?? q ?? r ?? v ?? x ?? y ?? z) === undefined
  );
}

function readRare(row: ItemRow, stored: StoredItem): void {
  const members = row as unknown as Record<string, unknown>;
  for (const member of rareMembers) {
    const value = rare[member].read(stored);
    if (value !== undefined) members[member] = value;
  }
}
