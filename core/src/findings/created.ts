import { claimantsOf } from '../model/claimants.js';
import type { LedgerEvent } from '../model/events.js';
import { rowKey } from '../model/row-keys.js';
import type { ItemRow } from '../model/rows.js';
import type { Tag } from '../tags/tag.js';
import type { Surroundings } from './finding.js';

/** An item that an event brings into the ledger, with the tags that it claims. */
export interface Created {
  readonly item: string;
  readonly tags: readonly Tag[];
}

/** What an event brings into the ledger. */
export function createdBy(event: LedgerEvent): readonly Created[] {
  const { data } = event as { data: { outputs?: unknown; product?: unknown; output?: unknown } };
  if (event.type === 'register') return [{ item: event.item, tags: event.data.tags }];
  const outputs: readonly unknown[] = Array.isArray(data.outputs) ? (data.outputs as unknown[]) : [];
  return [...outputs, data.product, data.output].flatMap((output) => createdIn(output) ?? []);
}

/** Outputs are told by their shape, so that a step which a life cycle gets later is among them. */
function createdIn(output: unknown): Created | undefined {
  const { item, tags = [] } = (output ?? {}) as { item?: unknown; tags?: readonly Tag[] };
  return typeof item === 'string' ? { item, tags } : undefined;
}

/** An item as the transaction found it; one that it brought, as it left it. */
export function itemSeen(around: Surroundings, id: string): ItemRow | undefined {
  return around.before(rowKey.item(id)) ?? around.written(rowKey.item(id));
}

/** An item as the transaction left it. */
export function itemLeft(around: Surroundings, id: string): ItemRow | undefined {
  return around.written(rowKey.item(id)) ?? around.before(rowKey.item(id));
}

/** The vehicle, or whatever else, that a part is in or came out of. */
export function placeOf(row: ItemRow | undefined): string | undefined {
  return row?.fittedInto ?? row?.removedFrom ?? row?.parent;
}

/** All that bear a tag or claim it, or did before the transaction; retired ones among them. */
export function bearersOf(around: Surroundings, tag: Tag): readonly string[] {
  const key = rowKey.tag(tag);
  const rows = [around.before(key), around.written(key)];
  return [...new Set(rows.flatMap(claimantsOf))];
}

/** What bore a tag last of what is no more, when the transaction registered another thing with it. */
export function formerBearerOf(around: Surroundings, tag: Tag): string | undefined {
  return around.written(rowKey.tag(tag))?.former;
}

/** `scheme/value`. */
export function tagText({ scheme, value }: Tag): string {
  return `${scheme}/${value}`;
}
