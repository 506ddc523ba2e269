import { HuilianError, type Details, type ErrorCode, type ItemEvent, type Tag } from '@huilian/core';
import type { Message } from '../messages/message.js';
import type { System } from '../messages/system.js';
import { InboxFile } from './file.js';
import type { EventOutcome } from './ledger.js';
import { readStoredMessage, type MessageRow } from './message-row.js';
import type { MessageState, StoredMessage } from './stored-message.js';
import { INBOX_TABLES } from './tables.js';

/** Whose messages an inbox holds. */
export interface InboxOwner {
  readonly system: System;
  readonly keyId: string;
  readonly ledger: string;
}

/** A message with the events that it became. */
export interface NewPlan {
  readonly number: number;
  readonly events: readonly ItemEvent[];
  readonly bound: readonly (readonly [tag: Tag, item: string])[];
}

const COLUMNS = 'number, id, digest, content, state, received, attempts, reason, plan, outcomes';

/** The durable inbox of one system. Nothing that it acknowledged is lost, and nothing is recorded twice. */
export class Inbox {
  private constructor(readonly file: InboxFile) {}

  /** @throws HuilianError HL-9230 another process has it, HL-9231, HL-9232 it belongs to another system, key or ledger */
  static open(path: string, owner: InboxOwner): Inbox {
    const file = InboxFile.open(path, INBOX_TABLES);
    try {
      const wanted = `${owner.system} ${owner.keyId} ${owner.ledger}`;
      file.run('INSERT OR IGNORE INTO meta VALUES (?, ?)', 'owner', wanted);
      const found = file.get('SELECT value FROM meta WHERE name = ?', 'owner') as
        { value: string } | undefined;
      if (found?.value !== wanted) throw new HuilianError('HL-9232', { file: path });
      return new Inbox(file);
    } catch (error) {
      file.close();
      throw error;
    }
  }

  /**
   * Takes a message in. The same one again changes nothing, unless it was put aside: then it is tried again.
   *
   * @param digest SHA-256 of its bytes, hex
   * @param now milliseconds since 1970
   * @throws HuilianError HL-9203 when the id belongs to other bytes
   */
  take(
    message: Message,
    digest: string,
    now: number,
  ): { readonly stored: StoredMessage; readonly isNew: boolean } {
    return this.file.change(() => {
      const known = this.get(message.id);
      if (known && known.digest !== digest) throw new HuilianError('HL-9203', { id: message.id });
      if (known?.state === 'failed') this.#wake(known.number);
      if (!known)
        this.file.run(
          'INSERT INTO message (id, digest, content, state, received) VALUES (?, ?, ?, ?, ?)',
          message.id,
          digest,
          JSON.stringify(message),
          'received',
          now,
        );
      const stored = this.get(message.id);
      if (!stored) throw new HuilianError('HL-9231', { id: message.id });
      return { stored, isNew: !known };
    });
  }

  /** Puts other content in the place of a message of which nothing was signed; it is looked at anew. */
  rewrite({ number }: StoredMessage, message: Message, digest: string): void {
    this.file.change(() => {
      this.file.run(
        'UPDATE message SET digest = ?, content = ? WHERE number = ?',
        digest,
        JSON.stringify(message),
        number,
      );
      this.#wake(number);
    });
  }

  get(id: string): StoredMessage | undefined {
    const row = this.file.get(`SELECT ${COLUMNS} FROM message WHERE id = ?`, id) as MessageRow | undefined;
    return row && readStoredMessage(row);
  }

  byNumber(number: number): StoredMessage | undefined {
    const row = this.file.get(`SELECT ${COLUMNS} FROM message WHERE number = ?`, number) as
      MessageRow | undefined;
    return row && readStoredMessage(row);
  }

  /** Messages in the order of arrival, after a number. */
  list(after: number, limit: number, state?: MessageState): readonly StoredMessage[] {
    const where = state === undefined ? '' : ' AND state = ?';
    const sql = `SELECT ${COLUMNS} FROM message WHERE number > ?${where} ORDER BY number LIMIT ?`;
    const rows =
      state === undefined ? this.file.all(sql, after, limit) : this.file.all(sql, after, state, limit);
    return (rows as MessageRow[]).map(readStoredMessage);
  }

  /** What may be mapped now, in the order of arrival. */
  due(now: number, limit: number): readonly StoredMessage[] {
    const sql = `SELECT ${COLUMNS} FROM message WHERE state IN ('received', 'waiting') AND due <= ? ORDER BY number LIMIT ?`;
    return (this.file.all(sql, now, limit) as MessageRow[]).map(readStoredMessage);
  }

  /** When the next message that waits may be tried, milliseconds since 1970. */
  nextDue(): number | undefined {
    const sql = "SELECT min(due) AS due FROM message WHERE state IN ('received', 'waiting')";
    return (this.file.get(sql) as { due: number | null } | undefined)?.due ?? undefined;
  }

  /** Ids of messages that another one declared wrong, as far as the ledger accepted that. */
  declaredWrong(): ReadonlySet<string> {
    const sql = `SELECT ${COLUMNS} FROM message WHERE state = 'settled' AND content LIKE '%"type":"messageWrong"%'`;
    const ids = (this.file.all(sql) as MessageRow[])
      .map(readStoredMessage)
      .flatMap(({ message, outcomes }) => {
        const isWhole = outcomes.length > 0 && outcomes.every(({ verdict }) => verdict === 'accepted');
        const id = message.type === 'messageWrong' && isWhole ? message.values['wrongMessage'] : undefined;
        return typeof id === 'string' ? [id] : [];
      });
    return new Set(ids);
  }

  /** How many messages are in each state. */
  counts(): Readonly<Partial<Record<MessageState, number>>> {
    const rows = this.file.all('SELECT state, count(*) AS count FROM message GROUP BY state') as {
      state: MessageState;
      count: number;
    }[];
    return Object.fromEntries(rows.map(({ state, count }) => [state, count]));
  }

  /** Several changes as one: all or none, and on the disk once. */
  together<T>(work: () => T): T {
    return this.file.change(work);
  }

  /** The message stays, and is tried again when its time has come. */
  defer(number: number, why: HuilianError, due: number): void {
    this.#say(number, 'waiting', why.code, why.details, due);
  }

  fail(number: number, code: ErrorCode, details: Details = {}): void {
    this.#say(number, 'failed', code, details, 0);
  }

  /** Keeps what messages became, before it is signed. */
  plan(plans: readonly NewPlan[], after: number): void {
    this.file.change(() => {
      for (const { number, events, bound } of plans) {
        this.file.run(
          "UPDATE message SET state = 'planned', reason = NULL, plan = ? WHERE number = ?",
          JSON.stringify({ events, after }),
          number,
        );
        for (const [tag, item] of bound)
          this.file.run('INSERT OR REPLACE INTO tag VALUES (?, ?, ?)', textOf(tag), item, number);
      }
    });
  }

  /** Goes back to before the plan: the events were not signed. */
  unplan(numbers: readonly number[]): void {
    this.file.change(() => {
      for (const number of numbers) this.#wake(number);
    });
  }

  /** The events of planned messages have their ids. */
  signed(plans: readonly { readonly stored: StoredMessage; readonly ids: readonly string[] }[]): void {
    this.file.change(() => {
      for (const { stored, ids } of plans)
        this.file.run(
          "UPDATE message SET state = 'signed', plan = ? WHERE number = ?",
          JSON.stringify({ ...stored.plan, ids }),
          stored.number,
        );
    });
  }

  /** The ledger judged all events of a message. Tags that a refused event was to bind are free again. */
  settle(number: number, outcomes: readonly EventOutcome[]): void {
    this.file.change(() => {
      this.file.run(
        "UPDATE message SET state = 'settled', reason = NULL, outcomes = ? WHERE number = ?",
        JSON.stringify(outcomes),
        number,
      );
      if (outcomes.some(({ verdict }) => verdict !== 'accepted'))
        this.file.run('DELETE FROM tag WHERE number = ?', number);
    });
  }

  /** The item that a message of this inbox bound to a tag. */
  boundTo(tag: Tag): string | undefined {
    const row = this.file.get('SELECT item FROM tag WHERE tag = ?', textOf(tag));
    return (row as { item: string } | undefined)?.item;
  }

  close(): void {
    this.file.close();
  }

  #wake(number: number): void {
    this.file.run(
      "UPDATE message SET state = 'received', attempts = 0, due = 0, reason = NULL, plan = NULL WHERE number = ?",
      number,
    );
    this.file.run('DELETE FROM tag WHERE number = ?', number);
  }

  #say(number: number, state: MessageState, code: ErrorCode, details: Details, due: number): void {
    this.file.run(
      'UPDATE message SET state = ?, reason = ?, due = ?, attempts = attempts + 1 WHERE number = ?',
      state,
      JSON.stringify({ code, details }),
      due,
      number,
    );
  }
}

function textOf({ scheme, value }: Tag): string {
  return `${scheme}:${value}`;
}
