import { MAX_NESTING, outerOf } from '@huilian/core';
import type { ItemRecord } from '../ports.js';
import type { Services } from '../services.js';

/** What an item is in, from the nearest to the outermost. */
export async function around({ readModel }: Services, { row }: ItemRecord): Promise<readonly ItemRecord[]> {
  const found: ItemRecord[] = [];
  for (let outer = outerOf(row); outer !== undefined && found.length < MAX_NESTING;) {
    const record = await readModel.item(outer);
    if (record === undefined) break;
    found.push(record);
    outer = outerOf(record.row);
  }
  return found;
}

/** Who holds an item: of what is packed or fitted, who holds the outermost thing around it. */
export async function holderOf(services: Services, record: ItemRecord): Promise<string> {
  return ((await around(services, record)).at(-1) ?? record).row.custodian;
}

/**
 * Who may see an item: its own parties, and of what is packed or fitted those who hold what is around it, or are to receive it:
 * whoever unloads a pallet reads the tags on it before things are taken out.
 */
export async function partiesOf(services: Services, record: ItemRecord): Promise<readonly string[]> {
  const outer = await around(services, record);
  if (outer.length === 0) return record.parties;
  const theirs = outer.flatMap(({ row: { custodian, owner, handover } }) => [
    custodian,
    owner,
    ...(handover === undefined ? [] : [handover.to]),
  ]);
  return [...new Set([...record.parties, ...theirs])];
}
