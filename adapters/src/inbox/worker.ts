import { claimantsOf, HuilianError, type ErrorCode, type Tag, type TagRow } from '@huilian/core';
import { messageType } from '../messages/index.js';
import type { Message } from '../messages/message.js';
import { beforeAttempt } from './attempts.js';
import type { Inbox, NewPlan } from './inbox.js';
import type { EventOutcome, Ledger } from './ledger.js';
import { planOf, tagsNamed, type Before, type Recorded } from './plan.js';
import { recoverPlans } from './recover.js';
import { backoff, type Retries } from './retries.js';
import type { StoredMessage } from './stored-message.js';

export interface WorkerOptions {
  readonly retries: Retries;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Messages that are mapped and signed together. */
  readonly group?: number;
}

const GROUP = 1_000;
/** While so many wait for a network, no more are signed. */
const MOST_UNDER_WAY = 2_000;

/**
 * Brings messages from the inbox onto the ledger: maps them, keeps the plan, signs, keeps the ids, sends, keeps the verdicts. Killed at
 * any place, it goes on where it stood.
 */
export class Worker {
  #isRecovered = false;
  #held: ErrorCode | undefined;
  /** While no gateway answers, other messages fare no better: one round in a while is enough. */
  #rest: { readonly until: number; readonly rounds: number; readonly code?: ErrorCode } = {
    until: 0,
    rounds: 0,
  };

  constructor(
    private readonly inbox: Inbox,
    private readonly ledger: Ledger,
    private readonly options: WorkerOptions,
  ) {}

  /**
   * One round over what is due.
   *
   * @returns true when something went forward, so that another round may be worth it at once
   * @throws HuilianError HL-9231, HL-7010 and the like of inbox and lane; what is wrong with a message stands at the message
   */
  async turn(): Promise<boolean> {
    await this.#recover();
    const due = this.#mayPlan() ? this.inbox.due(this.options.now(), this.options.group ?? GROUP) : [];
    await this.#sign(await this.#plans(due));
    const settled = await this.#settle();
    return (
      settled > 0 || (due.length > 0 && this.#mayPlan() && this.inbox.due(this.options.now(), 1).length > 0)
    );
  }

  /** Not while no gateway can be asked about items, nor while much waits to be sent. */
  #mayPlan(): boolean {
    return this.options.now() >= this.#rest.until && (this.inbox.counts().signed ?? 0) < MOST_UNDER_WAY;
  }

  /** Why messages do not go forward, such as HL-7015 without a network. */
  get held(): ErrorCode | undefined {
    return this.#held ?? this.#rest.code;
  }

  /** When there is something to do again, milliseconds since 1970. */
  nextDue(): number | undefined {
    const due = this.inbox.nextDue();
    return due === undefined ? undefined : Math.max(due, this.#rest.until);
  }

  async #recover(): Promise<void> {
    if (this.#isRecovered) return;
    recoverPlans(this.inbox, this.ledger);
    const signed = this.inbox.list(0, Number.MAX_SAFE_INTEGER, 'signed');
    this.#keep(await this.ledger.outcomesOf(signed.flatMap(({ plan }) => plan?.ids ?? [])));
    this.#isRecovered = true;
  }

  async #plans(due: readonly StoredMessage[]): Promise<NewPlan[]> {
    const plans: NewPlan[] = [];
    const others: (() => void)[] = [];
    const ahead = this.#lookUp(due);
    let away: ErrorCode | undefined;
    const bound = new Map<string, string>();
    const items = {
      newItem: () => this.ledger.newItem(),
      find: async (tag: Tag): Promise<string | undefined> => {
        const name = nameOf(tag);
        return bound.get(name) ?? this.inbox.boundTo(tag) ?? ahead.get(name)?.() ?? this.#ask(tag);
      },
      earlier: (id: string) => this.#earlier(id),
    };
    for (const stored of due) {
      const { message, number } = stored;
      try {
        const type = messageType(message.type);
        if (!type) throw new HuilianError('HL-9201', { type: message.type });
        const planned = await planOf(type, message, items, this.#before(message));
        for (const [tag, item] of planned.bound) bound.set(nameOf(tag), item);
        if (planned.events.length === 0)
          others.push(() => {
            this.inbox.settle(number, []);
          });
        else plans.push({ number, ...planned });
      } catch (error) {
        if (!(error instanceof HuilianError)) throw error;
        others.push(this.#putBack(stored, error));
        if (error.code !== 'HL-9220' && !FOR_GOOD.includes(error.code)) away = error.code;
      }
    }
    if (due.length > 0) this.#restAfter(away);
    if (others.length > 0)
      this.inbox.together(() => {
        for (const change of others) change();
      });
    return plans;
  }

  /** Looks many tags up at once: asking for each in turn would be most of an import's time. */
  #lookUp(due: readonly StoredMessage[]): ReadonlyMap<string, () => Promise<string | undefined>> {
    const asked = new Map<string, Tag>();
    for (const { message } of due) {
      const type = messageType(message.type);
      for (const tag of type ? tagsNamed(type, message) : [])
        if (this.inbox.boundTo(tag) === undefined) asked.set(nameOf(tag), tag);
    }
    const rows = this.#rows([...asked.values()]);
    return new Map([...asked.keys()].map((name, at) => [name, async () => itemNamed((await rows)[at])]));
  }

  async #ask(tag: Tag): Promise<string | undefined> {
    const [row] = await this.#rows([tag]);
    return itemNamed(row);
  }

  /** A question that is put at once and answered when somebody wants to know. */
  #rows(tags: readonly Tag[]): ReturnType<Ledger['tagRows']> {
    const rows = tags.length === 0 ? Promise.resolve([]) : this.ledger.tagRows(tags);
    rows.catch(() => undefined);
    return rows;
  }

  /** The refused event that a message offers again, and what needs not be offered again. @throws HuilianError HL-9223 */
  #before(message: Message): Before {
    if (message.attemptAfter !== undefined) return beforeAttempt(this.inbox, message);
    const { cites } = message;
    if (cites === undefined) return {};
    const refused = this.inbox.get(cites)?.outcomes.find(({ verdict }) => verdict !== 'accepted');
    if (!refused) throw new HuilianError('HL-9223', { id: cites });
    return { cites: refused.id };
  }

  /** What a message of this inbox became, as far as the ledger accepted it. @throws HuilianError HL-9226 */
  #earlier(id: string): readonly Recorded[] {
    const stored = this.inbox.get(id);
    const accepted = new Set(
      stored?.outcomes.filter(({ verdict }) => verdict === 'accepted').map((outcome) => outcome.id),
    );
    const { events = [], ids = [] } = stored?.plan ?? {};
    const recorded = events.flatMap((event, at) => {
      const own = ids[at];
      return own !== undefined && accepted.has(own) ? [{ id: own, event }] : [];
    });
    if (recorded.length === 0) throw new HuilianError('HL-9226', { id });
    return recorded;
  }

  /** What is to be written about a message that became no events. */
  #putBack({ number, attempts, receivedAt }: StoredMessage, error: HuilianError): () => void {
    const { retries, now } = this.options;
    const due = FOR_GOOD.includes(error.code) ? undefined : backoff(retries, attempts, receivedAt, now());
    const code = error.code === 'HL-9220' ? 'HL-9221' : error.code;
    return () => {
      if (due === undefined) this.inbox.fail(number, code, error.details);
      else this.inbox.defer(number, error, due);
    };
  }

  #restAfter(code: ErrorCode | undefined): void {
    const { retries, now } = this.options;
    const until = code && backoff(retries, this.#rest.rounds, now(), now());
    if (code === undefined || until === undefined) this.#rest = { until: 0, rounds: 0 };
    else this.#rest = { until, rounds: this.#rest.rounds + 1, code };
  }

  async #sign(plans: readonly NewPlan[]): Promise<void> {
    if (plans.length === 0) return;
    // Until the ids are kept, only the lane knows whether the events were signed.
    this.#isRecovered = false;
    this.inbox.plan(plans, this.ledger.lastSigned());
    const ids = await this.ledger.sign(plans.flatMap(({ events }) => events));
    let at = 0;
    const signed = plans.flatMap(({ number, events }) => {
      const stored = this.inbox.byNumber(number);
      const own = ids.slice(at, at + events.length);
      at += events.length;
      return stored ? [{ stored, ids: own }] : [];
    });
    this.inbox.signed(signed);
    this.#isRecovered = true;
  }

  async #settle(): Promise<number> {
    if ((this.inbox.counts().signed ?? 0) === 0) return 0;
    const { outcomes, held } = await this.ledger.send();
    this.#held = held;
    const settled = this.#keep(outcomes);
    // What an earlier round settled and did not live to tell.
    const left = this.inbox.list(0, MOST_UNDER_WAY, 'signed').flatMap(({ plan }) => plan?.ids ?? []);
    return left.length === 0 ? settled : settled + this.#keep(await this.ledger.outcomesOf(left));
  }

  #keep(outcomes: readonly EventOutcome[]): number {
    if (outcomes.length === 0) return 0;
    const byId = new Map(outcomes.map((outcome) => [outcome.id, outcome]));
    const judged = this.inbox.list(0, Number.MAX_SAFE_INTEGER, 'signed').flatMap(({ number, plan }) => {
      const ids = plan?.ids ?? [];
      const own = ids.map((id) => byId.get(id)).filter((outcome) => outcome !== undefined);
      return own.length === ids.length ? [{ number, own }] : [];
    });
    this.inbox.together(() => {
      for (const { number, own } of judged) this.inbox.settle(number, own);
    });
    return judged.length;
  }
}

/** What no waiting mends. */
const FOR_GOOD: readonly string[] = ['HL-9201', 'HL-9223', 'HL-9224', 'HL-9226', 'HL-7034'];

function nameOf({ scheme, value }: Tag): string {
  return `${scheme}:${value}`;
}

/** @throws HuilianError HL-7034 when it cannot be told which */
function itemNamed(row: TagRow | undefined): string | undefined {
  // Whoever registers a tag again becomes a contender; where the first is gone, nobody can say who is meant.
  if (row?.retired === true && (row.contenders ?? []).length > 0)
    throw new HuilianError('HL-7034', { items: claimantsOf(row).join(', ') });
  return row?.item;
}
