import type { EventOutcome, Ledger, Sent, SignedEvent } from '@huilian/adapters';
import { eventIdOf, verdictsOf, type LedgerEvent, type Tag, type TagRow } from '@huilian/core';
import type { EventShown } from '../commands/item-shown.js';
import type { Gateway } from '../gateway/index.js';
import { newItem, type StoredKey } from '../keys/index.js';
import type { PushReport, Queue } from '../queue/index.js';
import { lookUp, read } from '../session.js';

/** Tags that a gateway looks up at once. */
const MOST_TAGS = 200;

/** The lane of a partner's key, and the gateways that it asks and sends to, as an adapter works with them. */
export class LaneLedger implements Ledger {
  readonly keyId: string;
  readonly ledger: string;

  constructor(
    private readonly key: StoredKey,
    private readonly queue: Queue,
    private readonly gateways: readonly Gateway[],
  ) {
    this.keyId = key.keyId;
    this.ledger = key.trust.ledger;
  }

  newItem(): { readonly item: string; readonly nonce: string } {
    return newItem(this.key);
  }

  async tagRows(tags: readonly Tag[]): Promise<readonly (TagRow | undefined)[]> {
    const rows: (TagRow | undefined)[] = [];
    for (let at = 0; at < tags.length; at += MOST_TAGS)
      rows.push(...(await lookUp(this.gateways, tags.slice(at, at + MOST_TAGS))));
    return rows;
  }

  lastSigned(): number {
    return this.queue.lane().signed.sequence;
  }

  signedAfter(sequence: number): readonly SignedEvent[] | undefined {
    const { recent, pending, received } = this.queue.lane();
    const settled = recent.filter((batch) => batch.sequence > sequence);
    const first = settled[0]?.sequence ?? received.sequence + 1;
    // More was settled since than the lane remembers.
    if (first > sequence + 1) return undefined;
    return [
      ...settled.flatMap((batch) =>
        Array.from({ length: batch.count }, (_, index) => ({ id: this.#id(batch.sequence, index) })),
      ),
      ...pending
        .filter(({ header }) => header.sequence > sequence)
        .flatMap(({ header, events }) =>
          events.map((event, index) => ({ id: this.#id(header.sequence, index), event })),
        ),
    ];
  }

  async sign(events: readonly LedgerEvent[]): Promise<readonly string[]> {
    const batches = await this.queue.record(events);
    return batches.flatMap(({ sequence, count }) =>
      Array.from({ length: count }, (_, index) => this.#id(sequence, index)),
    );
  }

  async send(): Promise<Sent> {
    const report = await this.queue.push(this.gateways.map(({ url }) => url));
    const outcomes = report.settled.flatMap(({ events }) => events);
    return report.waiting.length === 0 ? { outcomes } : { outcomes, held: heldBy(report) };
  }

  async outcomesOf(ids: readonly string[]): Promise<readonly EventOutcome[]> {
    const wanted = new Set(ids);
    const known = this.queue.lane().recent.flatMap((settled) => {
      const notices = new Map(settled.notices);
      return verdictsOf(settled).map((verdict, index): EventOutcome => {
        const notice = notices.get(index);
        return {
          id: this.#id(settled.sequence, index),
          verdict,
          ...(notice === undefined ? {} : { notice }),
        };
      });
    });
    return Promise.resolve(known.filter(({ id }) => wanted.has(id)));
  }

  async declaredWrong(ids: readonly string[]): Promise<ReadonlySet<string>> {
    const found = await Promise.all(
      ids.map(async (id) => {
        const event = await read<Pick<EventShown, 'correction'>>(this.gateways, `/v1/events/${id}`);
        const { effect, replacedBy } = event?.correction ?? {};
        return effect !== undefined && effect !== 'open' && replacedBy === undefined ? [id] : [];
      }),
    );
    return new Set(found.flat());
  }

  #id(sequence: number, index: number): string {
    return eventIdOf({ keyId: this.keyId, sequence, index });
  }
}

function heldBy({ closed, stopped, gateways }: PushReport) {
  return closed ?? stopped?.code ?? gateways.find(({ code }) => code !== undefined)?.code ?? 'HL-7015';
}
