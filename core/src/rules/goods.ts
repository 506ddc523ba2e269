import type { Goods } from '../model/facts/logistics.js';
import type { ItemRow } from '../model/rows.js';
import { originOf } from './origins.js';
import { ownerOf } from './passing.js';
import { require } from './refusal.js';
import { boundOf, type CodeLack } from './ways.js';

/** Most vehicles whose assemblies lie in one container: each is read when it changes hands. */
const MAX_ORIGINS = 16;

/** Most levels of containers in a container, so that what is in them is found from any side. */
export const MAX_LEVELS = 8;

/**
 * A container's row when one more thing lies in it. The row then says for all that is in it whose it is, to whom it goes and
 * where it may go; a thing for which that would not be true any more is refused.
 *
 * @param codeLack what the code of an assembly lacks: nobody codes it while it lies there
 * @throws Refusal HL-2179 other owner or consignee than what travelled in it already, HL-2190 too many origins, HL-2192 too many levels
 */
export function withGoods(container: ItemRow, item: ItemRow, codeLack?: CodeLack): ItemRow {
  const { logistics, consignee: of } = container;
  const goods = logistics?.goods;
  const owner = ownerOf(item);
  // What changed hands in the container may have changed owners there: the rows of the things in it do not say so.
  const sealed = (goods?.moves ?? 0) > 0;
  const sameOwner = goods === undefined || goods.owner === owner;
  require(sameOwner || goods.owner === undefined || !sealed, 'HL-2179');
  const inner = item.logistics?.goods?.mixed === true;
  const sameConsignee = of === item.consignee || (of === undefined && goods === undefined);
  require(sameConsignee || (goods !== undefined && !sealed), 'HL-2179');
  require(!inner || !sealed, 'HL-2179');
  const after: Goods = {
    count: (goods?.count ?? 0) + 1,
    levels: levelsWith(goods, item),
    owner: sameOwner ? owner : undefined,
    mixed: goods?.mixed === true || inner || !sameConsignee ? true : undefined,
    bounds: union(goods?.bounds, boundsOf({ ...item, codeLack })),
    bounded: isBounded(item) ? (goods?.bounded ?? 0) + 1 : goods?.bounded,
    origins: union(goods?.origins, originsOf(item)),
    moves: goods?.moves ?? 0,
  };
  require((after.origins?.length ?? 0) <= MAX_ORIGINS, 'HL-2190');
  require((after.levels ?? 0) <= MAX_LEVELS, 'HL-2192');
  const consignee = goods === undefined ? item.consignee : of;
  return { ...container, consignee, logistics: { ...logistics, goods: after } };
}

function levelsWith(goods: Goods | undefined, { kind, logistics }: ItemRow): number | undefined {
  if (kind !== 'container') return goods?.levels;
  return Math.max(goods?.levels ?? 0, 1 + (logistics?.goods?.levels ?? 0));
}

/**
 * A container's row when one thing less lies in it. With the last of those that brought a bound, its bounds go. An empty one is nobody's
 * consignment.
 */
export function withoutGoods(container: ItemRow, item: ItemRow): ItemRow {
  const { logistics } = container;
  const goods = logistics?.goods;
  if (goods === undefined) throw new Error('what is in a container is counted');
  if (goods.count > 1) {
    const left = { ...goods, count: goods.count - 1 };
    return { ...container, logistics: { ...logistics, goods: isBounded(item) ? lessBounded(left) : left } };
  }
  return { ...container, consignee: undefined, logistics: { ...logistics, goods: undefined } };
}

/**
 * The row of a thing that comes out of a container, as the container leaves it: in the hands of its holder, and whose the goods
 * have become.
 */
export function takenOut(item: ItemRow, container: ItemRow): ItemRow {
  const { container: _out, joined = 0, ...own } = item.logistics ?? {};
  const goods = container.logistics?.goods;
  if (goods === undefined) throw new Error('what is in a container is counted');
  const moved = goods.moves - joined;
  const owner = goods.owner ?? ownerOf(item);
  const inner = own.goods && { ...own.goods, owner, moves: own.goods.moves + moved };
  const evidence = moved > 0 ? container.logistics?.evidence : own.evidence;
  return {
    ...item,
    custodian: container.custodian,
    owner: inner === undefined ? (owner ?? item.owner) : item.owner,
    consignee: goods.mixed === true ? item.consignee : container.consignee,
    logistics: { ...own, evidence, goods: inner },
  };
}

/** Without one of the things that brought a bound. What several brought is not told apart: it stays until the last of them is out. */
function lessBounded(goods: Goods): Goods {
  const bounded = (goods.bounded ?? 0) - 1;
  return bounded === 0
    ? { ...goods, bounds: undefined, bounded: undefined, origins: undefined }
    : { ...goods, bounded };
}

/** Whether a thing bounds the ways of what it lies in, or makes it stand still with a vehicle. */
function isBounded(item: ItemRow): boolean {
  return boundsOf(item).length > 0 || originsOf(item).length > 0;
}

function boundsOf(item: ItemRow & { readonly codeLack?: CodeLack | undefined }): readonly string[] {
  const own = boundOf(item);
  return own === undefined ? (item.logistics?.goods?.bounds ?? []) : [own];
}

/** Vehicles that a thing's assemblies came out of. */
function originsOf(item: ItemRow): readonly string[] {
  const origin = item.fromScrapped === true ? originOf(item) : undefined;
  return origin === undefined ? (item.logistics?.goods?.origins ?? []) : [origin];
}

function union(known: readonly string[] = [], more: readonly string[]): readonly string[] | undefined {
  const all = [...new Set([...known, ...more])].sort();
  return all.length > 0 ? all : undefined;
}
