import {
  eventIdOf,
  HuilianError,
  reopenGroup,
  rowKey,
  verdictsOf,
  type LedgerEvent,
  type SignedBatch,
  type Tag,
  type TagRow,
} from '@huilian/core';
import type { Signer, World } from '@huilian/core/testing';
import type { EventOutcome, Ledger, Sent, SignedEvent } from '../inbox/ledger.js';

/** A ledger in memory that judges by the real rules, and can be cut off. */
export class RulesLedger implements Ledger {
  readonly keyId: string;
  readonly ledger: string;
  /** False: no gateway answers. */
  isOnline = true;
  /** Throws in the middle of what the next call does, as a kill would. */
  killAt: 'beforeSigning' | 'afterSigning' | undefined;
  readonly #signed: SignedBatch[] = [];
  #sent = 0;
  #items = 0;

  constructor(
    private readonly world: World,
    private readonly signer: Signer,
  ) {
    this.keyId = signer.keyId;
    this.ledger = world.ledger;
  }

  newItem(): { item: string; nonce: string } {
    return this.signer.item(`${this.signer.name} item ${this.signer.sequence}.${++this.#items}`);
  }

  async tagRows(tags: readonly Tag[]): Promise<readonly (TagRow | undefined)[]> {
    if (!this.isOnline) throw new HuilianError('HL-7015');
    return Promise.resolve(tags.map((tag) => this.world.row(rowKey.tag(tag))));
  }

  lastSigned(): number {
    return this.signer.sequence;
  }

  signedAfter(sequence: number): readonly SignedEvent[] | undefined {
    return this.#signed
      .filter(({ header }) => header.sequence > sequence)
      .flatMap((batch) => batch.events.map((event, index) => ({ id: idOf(batch, index), event })));
  }

  async sign(events: readonly LedgerEvent[]): Promise<readonly string[]> {
    if (this.killAt === 'beforeSigning') throw new Error('killed');
    const ids: string[] = [];
    for (let at = 0; at < events.length; at += 250) {
      const batch = this.signer.batch(events.slice(at, at + 250));
      this.#signed.push(batch);
      ids.push(...batch.events.map((_, index) => idOf(batch, index)));
    }
    if (this.killAt === 'afterSigning') throw new Error('killed');
    return Promise.resolve(ids);
  }

  async send(): Promise<Sent> {
    if (!this.isOnline) return { outcomes: [], held: 'HL-7015' };
    const waiting = this.#signed.slice(this.#sent);
    this.#sent = this.#signed.length;
    const outcomes = waiting.flatMap((batch) => {
      const [answer] = this.world.record(batch).batches;
      return (answer?.verdicts ?? []).map((verdict, index): EventOutcome => ({
        id: idOf(batch, index),
        verdict,
      }));
    });
    return Promise.resolve({ outcomes });
  }

  async outcomesOf(ids: readonly string[]): Promise<readonly EventOutcome[]> {
    const known = this.#signed.slice(0, this.#sent).flatMap((batch) => {
      const row = this.world.row(rowKey.batch(this.keyId, batch.header.sequence));
      return row ? verdictsOf(row).map((verdict, index) => ({ id: idOf(batch, index), verdict })) : [];
    });
    return Promise.resolve(known.filter(({ id }) => ids.includes(id)));
  }

  async declaredWrong(ids: readonly string[]): Promise<ReadonlySet<string>> {
    if (!this.isOnline) throw new HuilianError('HL-7015');
    const accepted = this.world.transactions.flatMap(({ group, recorded }) =>
      reopenGroup(group).flatMap(({ events }, batch) =>
        events.filter((_, index) => recorded.batches[batch]?.verdicts[index] === 'accepted'),
      ),
    );
    const named = accepted.flatMap((event) => (event.type === 'correct' ? [event.data.event] : []));
    const replaced = accepted.flatMap((event) => ('replaces' in event ? [event.replaces] : []));
    return Promise.resolve(new Set(ids.filter((id) => named.includes(id) && !replaced.includes(id))));
  }
}

function idOf({ header }: SignedBatch, index: number): string {
  return eventIdOf({ keyId: header.keyId, sequence: header.sequence, index });
}
