import {
  followedBy,
  lossesToldOf,
  reportersBy,
  sightOf,
  topicOf,
  TOPICS,
  withheld,
  type LedgerEvent,
  type Role,
} from '@huilian/core';
import { z } from 'zod';
import type { EventRecord } from '../ports.js';
import type { Timeline } from './collect.js';

/** One step of a timeline, as far as the reader may see it. */
export const timelineEntry = z
  .object({
    position: z.string().meta({ description: '`block.transaction.index`.' }),
    time: z.int().meta({ description: 'Ledger time, seconds since 1970.' }),
    item: z.string(),
    kind: z.string().optional(),
    category: z.string().optional(),
    what: z.string().meta({ description: 'Type of the event.' }),
    topic: z.enum(TOPICS),
    sight: z.enum(['all', 'what', 'step']).meta({ description: 'How much of it this reader sees.' }),
    happened: z.int().optional().meta({ description: 'Time by its signer, seconds since 1970.' }),
    data: z.record(z.string(), z.unknown()).optional(),
    declaredWrong: z.literal(true).optional().meta({
      description: 'A correction names it; another step may stand in its place.',
    }),
    id: z.string().optional().meta({ description: 'Id of the event.' }),
    signer: z.string().optional(),
    verdict: z.string().optional(),
    notice: z.string().optional(),
  })
  .meta({ id: 'TimelineEntry' });

type TimelineEntry = z.output<typeof timelineEntry>;

/** Who reads: Oversight, or a participant in its roles. */
export interface Reader {
  /** Undefined for Oversight, which sees all. */
  readonly creditCode: string | undefined;
  readonly roles: readonly Role[];
}

/**
 * The steps that a reader sees, as much of each as its roles allow. Refused ones are for Oversight and for who signed them. Who is no
 * party, and only reported on the item, sees beside its own steps those that it follows: the end of a hold, or the loss that it reported.
 */
export function shownTo({ creditCode, roles }: Reader, timeline: Timeline): TimelineEntry[] {
  const wrong = declaredWrong(timeline);
  const mayFollow = followable(creditCode, timeline);
  return timeline.records.flatMap((record) => {
    const isWhole = creditCode === undefined || record.signer === creditCode;
    if (record.verdict !== 'accepted' && !isWhole) return [];
    if (!isWhole && !mayFollow(record)) return [];
    const sight = isWhole ? 'all' : sightOf(roles, topicOf(record.event.type));
    if (sight === 'none') return [];
    const entry = entryOf(record, sight, timeline);
    return [wrong.has(record.id) ? { ...entry, declaredWrong: true as const } : entry];
  });
}

/** Which steps of others a reader may see at all: a party all, who only reported those that follow upon what it recorded. */
function followable(
  creditCode: string | undefined,
  { records, parties, start }: Timeline,
): (record: EventRecord) => boolean {
  if (creditCode === undefined || parties.includes(creditCode)) return () => true;
  const own = records.filter(
    ({ event, signer, verdict }) =>
      isOf(event, start) && verdict === 'accepted' && reportersBy(event, signer).includes(creditCode),
  );
  const types = followedBy(own.map(({ event }) => event.type));
  const losses = lossesToldOf(start, records);
  const ownLosses = new Set(own.flatMap(({ id }) => losses.get(id) ?? []));
  return ({ id, event }) => {
    const loss = losses.get(id);
    return (isOf(event, start) && types.has(event.type)) || (loss !== undefined && ownLosses.has(loss));
  };
}

function isOf(event: LedgerEvent, item: string): boolean {
  return 'item' in event && event.item === item;
}

/** Ids of the events that accepted corrections name. */
function declaredWrong({ records }: Timeline): ReadonlySet<string> {
  const wrong = new Set<string>();
  for (const { event, verdict } of records)
    if (verdict === 'accepted' && (event.type === 'correct' || event.type === 'agreeCorrection'))
      wrong.add(event.data.event);
  return wrong;
}

function entryOf(record: EventRecord, sight: TimelineEntry['sight'], { items }: Timeline): TimelineEntry {
  const { event, position, time, id, signer, verdict, notice } = record;
  const item = 'item' in event ? event.item : '';
  const row = items.get(item)?.row;
  const step = {
    position,
    time,
    item,
    ...(row ? { kind: row.kind, category: row.category } : {}),
    what: event.type,
    topic: topicOf(event.type),
    sight,
  };
  if (sight === 'step') return step;
  const data: Readonly<Record<string, unknown>> = event.data;
  if (sight === 'what')
    return { ...step, happened: event.time, data: withheld(data) as Readonly<Record<string, unknown>> };
  return {
    ...step,
    happened: event.time,
    data,
    id,
    signer,
    verdict,
    ...(notice === undefined ? {} : { notice }),
  };
}
