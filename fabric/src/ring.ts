import { isTimeout, ledgerError, LedgerError, type LedgerStep } from './errors.js';

const memberIsAtFault: ReadonlySet<string> = new Set(['unavailable', 'noChaincode', 'unknownOutcome']);

/** Several of a kind, of which one is preferred as long as it works. */
export class Ring<M> {
  #preferred = 0;

  constructor(readonly members: readonly M[]) {}

  /**
   * The member that is `turn` further than the preferred one.
   *
   * @throws LedgerError `unavailable` when the ring is empty
   */
  member(turn = 0): M {
    const member = this.members[(this.#preferred + turn) % this.members.length];
    if (member === undefined) throw new LedgerError('unavailable', { reason: 'no peer is configured' });
    return member;
  }

  /** Prefers the next member. */
  advance(): void {
    this.#preferred = (this.#preferred + 1) % this.members.length;
  }

  /**
   * Tries the preferred member, then the others while the fault is the member's own. Who works is preferred from then on.
   *
   * @throws LedgerError of the last one tried
   */
  async over<T>(
    step: LedgerStep,
    transactionId: string | undefined,
    work: (member: M) => Promise<T>,
  ): Promise<T> {
    const start = this.#preferred;
    for (let turn = 0; ; turn += 1) {
      const position = (start + turn) % this.members.length;
      try {
        const member = this.members[position];
        if (member === undefined) throw new LedgerError('unavailable', { reason: 'no peer is configured' });
        const result = await work(member);
        this.#preferred = position;
        return result;
      } catch (error) {
        const known = ledgerError(error, step, transactionId);
        if (!memberIsAtFault.has(known.kind) || (step === 'status' && isTimeout(known))) throw known;
        if (turn + 1 >= this.members.length) throw known;
      }
    }
  }
}
