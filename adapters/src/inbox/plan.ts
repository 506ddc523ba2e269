import {
  amountCommitment,
  checkEvent,
  HuilianError,
  priceCommitment,
  type ItemEvent,
  type Json,
  type Tag,
} from '@huilian/core';
import type {
  CorrectionMapping,
  EventMapping,
  MessageType,
  Source,
  TagField,
} from '../messages/message-type.js';
import type { Message } from '../messages/message.js';

/** How items are found and made while a message is mapped. */
export interface Items {
  find(tag: Tag): Promise<string | undefined>;
  newItem(): { readonly item: string; readonly nonce: string };
  /** What an earlier message of the same sender became, as far as the ledger accepted it. @throws HuilianError HL-9226 */
  earlier(message: string): readonly Recorded[];
}

/** An event that the ledger accepted. */
export interface Recorded {
  readonly id: string;
  readonly event: ItemEvent;
}

/** What came before a message that is offered again. */
export interface Before {
  /** Id of the refused event that the first event offers again. */
  readonly cites?: string;
  /** Types of events that the ledger accepted of it. */
  readonly done?: ReadonlySet<string>;
}

/** What a message becomes. */
export interface Planned {
  readonly events: readonly ItemEvent[];
  /** Tags that the events bind, and to which item. */
  readonly bound: readonly (readonly [tag: Tag, item: string])[];
}

type Values = Readonly<Record<string, unknown>>;

/**
 * Maps a message to events by its table. The same message gives other ids of new items each time, so what was planned is kept.
 *
 * @throws HuilianError HL-9220 when a tag names no item yet, HL-9224 when an event does not fit the ledger, HL-9226 when
 *   a message that it names became nothing that is recorded, or those of `find`
 */
export async function planOf(
  type: MessageType,
  { values, time, replaces }: Pick<Message, 'values' | 'time' | 'replaces'>,
  items: Items,
  { cites, done }: Before = {},
): Promise<Planned> {
  const mapping = new Mapping(values, items);
  const events: ItemEvent[] = [];
  for (const each of type.events) {
    if (done?.has(each.type)) continue;
    if ('corrects' in each) {
      events.push(...(await mapping.corrections(each, time)));
      continue;
    }
    const made = await mapping.event(each, time);
    if (made) events.push(cites !== undefined && events.length === 0 ? { ...made, cites } : made);
  }
  const whole = replaces === undefined ? events : replacing(events, items.earlier(replaces));
  return { events: whole.map(checked), bound: mapping.bound };
}

/** Each event stands in the place of the one of its type that the wrong message became. */
function replacing(events: readonly ItemEvent[], wrong: readonly Recorded[]): ItemEvent[] {
  const left = [...wrong];
  return events.map((event) => {
    const at = left.findIndex((each) => each.event.type === event.type);
    const [found] = at < 0 ? [] : left.splice(at, 1);
    return found ? { ...event, replaces: found.id } : event;
  });
}

class Mapping {
  readonly bound: [Tag, string][] = [];

  constructor(
    private readonly message: Values,
    private readonly items: Items,
  ) {}

  async event(mapping: EventMapping, time: number): Promise<ItemEvent | undefined> {
    const tag = tagIn(mapping.item, this.message);
    if (mapping.creates) return this.created(mapping, tag, time);
    if (mapping.registers) return this.registered(mapping, time);
    const known = tag && (await this.find(tag));
    if (known === undefined) throw missing(tag);
    const data = await this.object(mapping.data, this.message);
    return { type: mapping.type, version: 1, time, item: known, data } as ItemEvent;
  }

  /** A thing that the ledger does not know by any of its tags. */
  private async registered(mapping: EventMapping, time: number): Promise<ItemEvent | undefined> {
    const tags = tagsIn(mapping.item, this.message);
    for (const tag of tags) if ((await this.find(tag)) !== undefined) return undefined;
    if (tags.length === 0) return undefined;
    const { item, nonce } = this.items.newItem();
    this.bind(tags, item);
    const data = await this.object(mapping.data, this.message);
    return { type: 'register', version: 1, time, item, data: { ...data, nonce, tags } } as ItemEvent;
  }

  private bind(tags: readonly Tag[], item: string): void {
    for (const tag of tags) this.bound.push([tag, item]);
  }

  /** An event that brings its item into the ledger by itself, such as a truck that is weighed in. */
  private async created(mapping: EventMapping, tag: Tag | undefined, time: number): Promise<ItemEvent> {
    const { item, nonce } = this.items.newItem();
    if (tag) this.bound.push([tag, item]);
    const data = await this.object(mapping.data, this.message);
    return { type: mapping.type, version: 1, time, item, data: { ...data, nonce } } as ItemEvent;
  }

  /** An event for each that a wrong message became, from the last on: what stands on another one is taken back before it. */
  async corrections({ type, corrects, data }: CorrectionMapping, time: number): Promise<ItemEvent[]> {
    const wrong = this.items.earlier(String(this.message[corrects]));
    const shared = await this.object(data, this.message);
    return [...wrong].reverse().map(({ id, event }) => {
      const made = madeBy(event);
      const outputs = made.length === 0 ? {} : { outputs: made };
      return {
        type,
        version: 1,
        time,
        item: event.item,
        data: { ...shared, event: id, eventType: event.type, ...outputs },
      } as ItemEvent;
    });
  }

  private async find(tag: Tag): Promise<string | undefined> {
    const own = this.bound.find(([{ scheme, value }]) => scheme === tag.scheme && value === tag.value);
    return own?.[1] ?? this.items.find(tag);
  }

  private async value(source: Source, scope: Values): Promise<unknown> {
    if ('field' in source) {
      const value = scope[source.field];
      return source.unless?.some((each) => each === value) ? undefined : value;
    }
    if ('constant' in source) return source.constant;
    if ('day' in source) return dayIn(scope[source.day]);
    if ('groups' in source) return this.groups(source, scope);
    if ('when' in source)
      return scope[source.when] === undefined ? undefined : this.value(source.then, scope);
    if ('item' in source) return this.itemIn(source.item, scope);
    if ('tag' in source) return tagIn([source.tag], scope);
    if ('commitment' in source) return committed(source.commitment, scope);
    if ('made' in source) return this.made(source, scope);
    if ('array' in source) return this.array(source.array, scope);
    if ('list' in source) return this.list(source, scope);
    const object = await this.object(source.object, scope);
    return Object.keys(object).length === 0 ? undefined : object;
  }

  private async itemIn(fields: readonly TagField[], scope: Values): Promise<string> {
    const tag = tagIn(fields, scope);
    const item = tag && (await this.find(tag));
    if (item === undefined) throw missing(tag);
    return item;
  }

  private async made(source: Extract<Source, { made: unknown }>, scope: Values): Promise<object> {
    const { item, nonce } = this.items.newItem();
    const tags = tagsIn(source.tags ?? [], scope);
    this.bind(tags, item);
    const data = await this.object(source.made, scope);
    return { item, nonce, ...data, ...(tags.length > 0 ? { tags } : {}) };
  }

  private async array(sources: readonly Source[], scope: Values): Promise<unknown[] | undefined> {
    const values: unknown[] = [];
    for (const source of sources) {
      const value = await this.value(source, scope);
      if (value !== undefined) values.push(value);
    }
    return values.length === 0 ? undefined : values;
  }

  private async list(source: Extract<Source, { list: string }>, scope: Values): Promise<unknown> {
    const { list, each, always } = source;
    const entries = scope[list];
    if (!Array.isArray(entries)) return always ? [] : undefined;
    const values: unknown[] = [];
    for (const entry of entries as readonly Values[]) values.push(await this.value(each, entry));
    return values;
  }

  /** Entries of a list by what they say alike, in the order in which each first stands there. */
  private async groups(source: Extract<Source, { groups: string }>, scope: Values): Promise<unknown> {
    const { groups, by, as, into, each } = source;
    const entries = scope[groups];
    if (!Array.isArray(entries)) return undefined;
    const found = new Map<unknown, unknown[]>();
    for (const entry of entries as readonly Values[]) {
      const members = found.get(entry[by]) ?? [];
      found.set(entry[by], members);
      members.push(await this.value(each, entry));
    }
    if (found.size === 0) return undefined;
    return [...found].map(([value, members]) => ({ [as]: value, [into]: members }));
  }

  private async object(sources: Readonly<Record<string, Source>>, scope: Values): Promise<Values> {
    const members: [string, unknown][] = [];
    for (const [name, source] of Object.entries(sources)) {
      const value = await this.value(source, scope);
      if (value !== undefined) members.push([name, value]);
    }
    return Object.fromEntries(members);
  }
}

/** The tags by which a message names items, for a look-up ahead. */
export function tagsNamed(type: MessageType, { values }: Pick<Message, 'values'>): Tag[] {
  const tags = type.events.map((each) => ('item' in each ? tagIn(each.item, values) : undefined));
  return tags.filter((tag) => tag !== undefined);
}

/** The items that an event brought into the ledger beside its own. */
function madeBy({ data }: ItemEvent): readonly string[] {
  const { outputs, product, output } = data as {
    readonly outputs?: readonly { readonly item: string }[];
    readonly product?: unknown;
    readonly output?: { readonly item: string };
  };
  const single = [product, output].filter((each) => typeof each === 'object' && each !== null);
  return [...(outputs ?? []), ...(single as { readonly item: string }[])].map(({ item }) => item);
}

/** The commitment that stands for an amount; the amount and its salt stay with the sender. Undefined where no salt is given. */
function committed(kind: 'amount' | 'price', scope: Values): string | undefined {
  const salt = scope['salt'];
  if (typeof salt !== 'string') return undefined;
  const fen = (name: string): number => Number(scope[name] ?? 0);
  return kind === 'amount'
    ? amountCommitment({ amountFen: fen('amountFen'), salt })
    : priceCommitment({
        priceFen: fen('priceFen'),
        corePriceFen: fen('corePriceFen'),
        depositFen: fen('depositFen'),
        salt,
      });
}

function tagIn(fields: readonly TagField[], scope: Values): Tag | undefined {
  return tagsIn(fields, scope)[0];
}

/** All tags that are there, in the order of the table. */
function tagsIn(fields: readonly TagField[], scope: Values): Tag[] {
  return fields.flatMap(({ scheme, field, prefix = '' }) => {
    const value = scope[field];
    return typeof value === 'string' ? [{ scheme, value: prefix + value }] : [];
  });
}

/** `2026-03-02` as `20260302`. */
function dayIn(day: unknown): number | undefined {
  return typeof day === 'string' ? Number(day.replaceAll('-', '')) : undefined;
}

function missing(tag: Tag | undefined): HuilianError {
  return new HuilianError('HL-9220', { tag: tag ? `${tag.scheme}:${tag.value}` : '' });
}

/** What does not fit is told before it is signed: a batch with a malformed event would be lost as a whole. */
function checked(event: ItemEvent): ItemEvent {
  try {
    return checkEvent(event as unknown as Json) as ItemEvent;
  } catch (cause) {
    if (!(cause instanceof HuilianError)) throw cause;
    throw new HuilianError('HL-9224', { ...cause.details, reason: cause.code }, { cause });
  }
}
