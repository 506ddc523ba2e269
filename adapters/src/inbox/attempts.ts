import { HuilianError } from '@huilian/core';
import type { Message } from '../messages/message.js';
import type { Inbox } from './inbox.js';
import type { Before } from './plan.js';
import type { StoredMessage } from './stored-message.js';

/** Takes rows in as messages whose ids follow from their keys. A row that was mended and is sent again is another attempt. */
export class Attempts {
  #wrong: ReadonlySet<string> | undefined;

  /**
   * @param isAgain what the ledger refused is offered again though the row says the same
   * @param wrong ids of messages that were declared wrong without the inbox
   */
  constructor(
    private readonly inbox: Inbox,
    private readonly isAgain: boolean,
    private readonly wrong: ReadonlySet<string> = new Set(),
  ) {}

  /**
   * Where nothing of the last attempt was signed, the row stands in its place; where the ledger refused some of it, that is offered again;
   * where it was declared wrong, the row replaces it.
   *
   * @param digest of what the row says
   * @param now milliseconds since 1970
   * @throws HuilianError HL-9155 when another row of its key was recorded, or may be
   */
  take(message: Message, digest: string, now: number): StoredMessage {
    const last = this.#last(message.id);
    if (last === undefined) return this.inbox.take(message, digest, now).stored;
    const { id } = last.message;
    const isSame = last.digest === digest;
    const isRefused = wasRefused(last);
    if (!isSame || (this.isAgain && isRefused)) {
      if (this.#isWrong(id)) return this.#next(message, digest, now, { attemptAfter: id, replaces: id });
      if (isRefused) return this.#next(message, digest, now, { attemptAfter: id });
    }
    if (isSame) return this.inbox.take({ ...message, id }, digest, now).stored;
    if (last.plan !== undefined || last.state === 'settled')
      throw new HuilianError('HL-9155', { earlier: id });
    this.inbox.rewrite(last, { ...last.message, ...message, id }, digest);
    return this.inbox.take({ ...message, id }, digest, now).stored;
  }

  #next(
    message: Message,
    digest: string,
    now: number,
    after: { readonly attemptAfter: string; readonly replaces?: string },
  ): StoredMessage {
    const count = after.attemptAfter === message.id ? 1 : Number(after.attemptAfter.split('.').at(-1));
    const id = attemptId(message.id, count + 1);
    return this.inbox.take({ ...message, ...after, id }, digest, now).stored;
  }

  #last(id: string): StoredMessage | undefined {
    let last = this.inbox.get(id);
    for (let count = 2; last !== undefined; count++) {
      const next = this.inbox.get(attemptId(id, count));
      if (next === undefined) return last;
      last = next;
    }
    return undefined;
  }

  #isWrong(id: string): boolean {
    this.#wrong ??= this.inbox.declaredWrong();
    return this.#wrong.has(id) || this.wrong.has(id);
  }
}

/**
 * What stands before an attempt: the event that the last one was refused, and all that was accepted of the row so far. What was declared
 * wrong counts for nothing.
 */
export function beforeAttempt(inbox: Inbox, { attemptAfter, replaces }: Message): Before {
  const done = new Set<string>();
  let cites: string | undefined;
  for (let at = attemptAfter; at !== undefined;) {
    const stored = inbox.get(at);
    if (at !== replaces)
      for (const [index, { id: event, verdict }] of (stored?.outcomes ?? []).entries()) {
        const type = stored?.plan?.events[index]?.type;
        if (verdict !== 'accepted') cites ??= event;
        else if (type !== undefined) done.add(type);
      }
    at = stored?.message.attemptAfter;
  }
  return { done, ...(cites === undefined || replaces !== undefined ? {} : { cites }) };
}

/** The first attempt bears the id of the row, the second one ends in `.2`. */
function attemptId(row: string, count: number): string {
  return `${row}.${count}`;
}

function wasRefused({ state, outcomes }: StoredMessage): boolean {
  return state === 'settled' && outcomes.some(({ verdict }) => verdict !== 'accepted');
}
