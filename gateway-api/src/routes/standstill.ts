import { originOf } from '@huilian/core';
import type { ItemRecord } from '../ports.js';
import type { Services } from '../services.js';
import { around } from './within.js';

/**
 * Whether an item stands still: it is held, or what it is in, or what it or an assembly in it came out of. The rules refuse its steps
 * then, as HL-2100 or HL-2115.
 */
export async function standsStill(services: Services, record: ItemRecord): Promise<boolean> {
  const within = [record, ...(await around(services, record))];
  if (within.some(({ row }) => row.hold !== undefined)) return true;
  const origins = within.flatMap(({ row }) =>
    [originOf(row) ?? [], row.logistics?.goods?.origins ?? []].flat(),
  );
  const found = await services.readModel.itemsById([...new Set(origins)]);
  return [...found.values()].some(({ row }) => row.hold !== undefined);
}
