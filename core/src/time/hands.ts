import { eventIdOf } from '../ids/event-id.js';
import { itemOf, mentionsOf } from '../model/concerns.js';
import type { LedgerEvent } from '../model/events.js';
import type { ItemRow } from '../model/rows.js';
import { MAX_NESTING } from '../rules/item.js';
import { nameOnPaper } from '../rules/paper.js';
import type { Passing, RowOf, Signers, TimedBatch } from './clock-steps.js';
import type { Retraction } from './retractions.js';

/** What a transaction did to items, as far as it matters in whose hands they are. */
export interface Handled {
  readonly batches: readonly TimedBatch[];
  /** Items as it left them. */
  readonly written: ReadonlyMap<string, ItemRow>;
  /** Items as it found them; containers of those that it wrote among them. */
  readonly before: RowOf;
  readonly retractions: readonly Retraction[];
}

/** An item that a transaction wrote and whose custody it moved. */
export interface Moved {
  readonly id: string;
  readonly row: ItemRow;
  readonly passing: Passing;
}

/** The outermost container that an item lies in, or the item itself. */
function outermost(id: string, item: ItemRow, rowOf: RowOf): readonly [id: string, row: ItemRow] {
  let outer = [id, item] as const;
  for (let level = 0; level < MAX_NESTING; level += 1) {
    const container = outer[1].logistics?.container;
    const around = container === undefined ? undefined : rowOf(container);
    if (container === undefined || around === undefined) break;
    outer = [container, around];
  }
  return outer;
}

/**
 * The items that a transaction wrote and whose custody it moved. What lies in them moved with them, although its rows do not change.
 * What a correction gave back was never away.
 */
export function movedItems(
  { batches, written, before, retractions }: Handled,
  owner: Signers['owner'],
): readonly Moved[] {
  const after: RowOf = (id) => written.get(id) ?? before(id);
  const restored = new Map(retractions.flatMap(({ item, hands }) => (hands ? [[item, hands]] : [])));
  const handsBefore = (id: string): string | undefined => {
    const known = before(id);
    if (known === undefined) return batches.length === 1 ? firstSigner(batches, owner) : undefined;
    const [outer, { custodian }] = outermost(id, known, before);
    return restored.get(outer) ?? custodian;
  };
  let steps: Steps | undefined;
  return [...written].flatMap(([id, row]) => {
    const [, { custodian: to }] = outermost(id, row, after);
    const from = handsBefore(id);
    if (from === to) return [];
    steps ??= stepsOf(batches, owner);
    // What the transaction brought was first in the hands of who brought it.
    if (from === undefined && steps.first.get(id) === to) return [];
    const event = steps.last.get(`${id}>${to}`) ?? steps.last.get(id);
    return event === undefined ? [] : [{ id, row, passing: { ...event, to } }];
  });
}

function firstSigner([batch]: readonly TimedBatch[], owner: Signers['owner']): string | undefined {
  return batch && owner(batch.batch.header.keyId);
}

/** Who signed first on an item, and its last steps: of all, and of those that give it into certain hands (`item>hands`). */
interface Steps {
  readonly first: ReadonlyMap<string, string>;
  readonly last: ReadonlyMap<string, Omit<Passing, 'to'>>;
}

function stepsOf(batches: readonly TimedBatch[], owner: Signers['owner']): Steps {
  const first = new Map<string, string>();
  const last = new Map<string, Omit<Passing, 'to'>>();
  let order = 0;
  for (const { batch, row, events } of batches) {
    const { keyId, sequence } = batch.header;
    const signer = owner(keyId);
    for (const { event, verdict, index } of events) {
      order += 1;
      if (verdict !== 'accepted') continue;
      const told = {
        id: eventIdOf({ keyId, sequence, index }),
        time: row.time,
        order,
        replaces: event.replaces,
      };
      const item = itemOf(event);
      for (const id of item === undefined ? mentionsOf(event) : [item, ...mentionsOf(event)]) {
        if (!first.has(id)) first.set(id, signer);
        last.set(id, told);
      }
      const hands = givenTo(event, signer);
      if (item !== undefined && hands !== undefined) last.set(`${item}>${hands}`, told);
    }
  }
  return { first, last };
}

/** Into whose hands a step gives its item, once the other hand has signed, too. */
function givenTo(event: LedgerEvent, signer: string): string | undefined {
  switch (event.type) {
    case 'handover':
      return event.data.to;
    case 'acceptOnBehalf':
      return nameOnPaper(event.data);
    case 'accept':
    case 'receiveOnPaper':
    case 'remove':
      return signer;
    default:
      return undefined;
  }
}
