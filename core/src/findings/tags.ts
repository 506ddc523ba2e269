import { rowKey } from '../model/row-keys.js';
import type { ItemRow } from '../model/rows.js';
import { isAssembly } from '../rules/ways.js';
import type { Tag } from '../tags/tag.js';
import { bearersOf, createdBy, formerBearerOf, itemLeft, itemSeen, placeOf, tagText } from './created.js';
import type { Found, SeenEvent, Surroundings } from './finding.js';
import type { FindingKind } from './kinds.js';

/** What one tag of a new item tells. */
interface Told {
  /** Undefined where nothing is amiss. */
  readonly kind: FindingKind | undefined;
  readonly item: string;
  readonly tag: string;
  readonly others: readonly string[];
  readonly vehicles: readonly string[];
}

/** A tag that somebody bears already, or that was destroyed: the notices HL-2040 and HL-2042. */
export function ofTags(seen: SeenEvent, around: Surroundings): readonly Found[] {
  if (seen.notice !== 'HL-2040' && seen.notice !== 'HL-2042') return [];
  const created = createdBy(seen.event);
  const told = created.flatMap(({ item, tags }) => tags.flatMap((tag) => toldBy(around, item, tag) ?? []));
  if (told.length > 0) return grouped(told);
  // All of it in one transaction: the rows no longer say whose the tag was.
  const kind = seen.notice === 'HL-2042' ? 'resurrection' : 'contestedTag';
  const items = created.map(({ item }) => item);
  const tags = created.flatMap((each) => each.tags.map(tagText));
  return [{ kind, items, evidence: { tags } }];
}

function toldBy(around: Surroundings, item: string, tag: Tag): Told | undefined {
  const isBound = around.written(rowKey.tag(tag))?.item === item;
  const former = isBound ? formerBearerOf(around, tag) : undefined;
  // Between the two the tag may have been registered by mistake.
  const others = former === undefined ? bearersOf(around, tag).filter((each) => each !== item) : [former];
  const [first] = others;
  if (first === undefined) return undefined;
  const [row, other] = [itemLeft(around, item), itemSeen(around, first)];
  if (isBound && isInUse(other)) return { kind: undefined, item, tag: tagText(tag), others, vehicles: [] };
  const vehicles = vehiclesOf(row, other);
  const kind = isBound ? returnedAs(other) : contestedAs(row, other, vehicles);
  return { kind, item, tag: tagText(tag), others, vehicles: kind === 'assemblyTwice' ? vehicles : [] };
}

/** What was sold second-hand was not destroyed: a household gives it up again one day. */
function isInUse(former: ItemRow | undefined): boolean {
  return former?.state === 'sold';
}

/** A core that became a product and comes again is one that is returned twice. */
function returnedAs(former: ItemRow | undefined): FindingKind {
  return former?.class === 'core' ? 'coreTwice' : 'resurrection';
}

function contestedAs(
  row: ItemRow | undefined,
  other: ItemRow | undefined,
  vehicles: readonly string[],
): FindingKind {
  if (other?.class === 'core' && row?.kind === 'part') return 'coreTwice';
  if (vehicles.length === 2) return 'assemblyTwice';
  return row?.category === 'engine' && other?.category === 'engine' ? 'alteredIdentity' : 'contestedTag';
}

/** The two vehicles that two assemblies with one number are in or came out of, if they are two. */
function vehiclesOf(row: ItemRow | undefined, other: ItemRow | undefined): readonly string[] {
  const both = [row, other].flatMap((each) =>
    each?.kind === 'part' && isAssembly(each.category) ? (placeOf(each) ?? []) : [],
  );
  return [...new Set(both)];
}

function grouped(told: readonly Told[]): readonly Found[] {
  const kinds = new Set(told.flatMap(({ kind }) => kind ?? []));
  return [...kinds].map((kind): Found => {
    const of = told.filter((each) => each.kind === kind);
    const others = unique(of.flatMap((each) => each.others));
    const vehicles = unique(of.flatMap((each) => each.vehicles));
    const items = unique([...of.map(({ item }) => item), ...others, ...vehicles]);
    const tags = unique(of.map(({ tag }) => tag));
    const name = kind === 'resurrection' ? 'former' : 'rivals';
    return {
      kind,
      items,
      evidence: { tags, [name]: others, ...(vehicles.length > 0 ? { vehicles } : {}) },
    };
  });
}

/**
 * An assembly is fitted into a vehicle while it, or another one with its number, is in another vehicle or came out of one.
 */
export function ofFitting(seen: SeenEvent, around: Surroundings): readonly Found[] {
  const { event, verdict } = seen;
  if (event.type !== 'fit') return [];
  const row = itemSeen(around, event.item);
  if (row?.kind !== 'part' || !isAssembly(row.category)) return [];
  const { into } = event.data;
  if (verdict !== 'accepted') {
    const host = row.fittedInto;
    if (host === undefined || host === into) return [];
    return [
      {
        kind: 'assemblyTwice',
        items: [event.item, host, into],
        evidence: { code: verdict, vehicles: [host, into] },
      },
    ];
  }
  // Who bears a number that another one bears is contested; the tags of others are not read.
  if (row.contested !== true) return [];
  const rivals = (row.tags ?? []).flatMap((tag) =>
    bearersOf(around, tag).flatMap((id) => {
      const vehicle = id === event.item ? undefined : placeOf(itemSeen(around, id));
      return vehicle === undefined || vehicle === into ? [] : [{ id, vehicle, tag: tagText(tag) }];
    }),
  );
  if (rivals.length === 0) return [];
  const vehicles = unique([into, ...rivals.map(({ vehicle }) => vehicle)]);
  const ids = unique(rivals.map(({ id }) => id));
  return [
    {
      kind: 'assemblyTwice',
      items: unique([event.item, ...ids, ...vehicles]),
      evidence: { tags: unique(rivals.map(({ tag }) => tag)), rivals: ids, vehicles },
    },
  ];
}

function unique(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)];
}

/** The tags whose rows {@link ofTags} and {@link ofFitting} look at. @param item row of the event's item, before it */
export function tagsToSee({ event, notice, verdict }: SeenEvent, item: ItemRow | undefined): readonly Tag[] {
  if (notice === 'HL-2040' || notice === 'HL-2042') return createdBy(event).flatMap(({ tags }) => tags);
  const isFitted = event.type === 'fit' && verdict === 'accepted' && item?.contested === true;
  return isFitted ? (item.tags ?? []) : [];
}
