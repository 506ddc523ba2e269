import { nearestOrigins } from '@huilian/core';
import type { ItemRecord } from '../ports.js';
import type { Services } from '../services.js';
import { around } from './within.js';

/** Most origins that are looked at; the rules look at no more of one item. */
const mostOrigins = 16;

/**
 * Whether an item stands still: it is held, or what it is in, or something that it or an assembly in it came out of or was made of. The
 * rules refuse its steps then, as HL-2100 or HL-2115.
 */
export async function standsStill(services: Services, record: ItemRecord): Promise<boolean> {
  const within = [record, ...(await around(services, record))];
  if (within.some(({ row }) => row.hold !== undefined)) return true;
  const looked = new Set<string>();
  let origins = within.flatMap(({ row }) => [
    ...nearestOrigins(row),
    ...(row.logistics?.goods?.origins ?? []),
  ]);
  while (origins.length > 0 && looked.size < mostOrigins) {
    const found = await services.readModel.itemsById([...new Set(origins)]);
    if ([...found.values()].some(({ row }) => row.hold !== undefined)) return true;
    for (const id of origins) looked.add(id);
    origins = [...found.values()].flatMap(({ row }) => nearestOrigins(row)).filter((id) => !looked.has(id));
  }
  return false;
}
