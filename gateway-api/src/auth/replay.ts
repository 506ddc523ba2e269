/**
 * Remembers the assertions that were used until they expire. Bounded: when it is full of assertions that are still
 * valid, new ones are turned away rather than old ones forgotten.
 */
export class ReplayGuard {
  private readonly used = new Map<string, number>();

  /** @param capacity most assertions remembered at once. */
  constructor(private readonly capacity = 50_000) {}

  /**
   * Notes an assertion.
   *
   * @param id issuer and jti.
   * @param expires seconds since 1970.
   * @param now seconds since 1970.
   */
  note(id: string, expires: number, now: number): 'fresh' | 'replayed' | 'full' {
    const before = this.used.get(id);
    if (before !== undefined && before >= now) return 'replayed';
    if (this.used.size >= this.capacity) this.forget(now);
    if (this.used.size >= this.capacity) return 'full';
    this.used.set(id, expires);
    return 'fresh';
  }

  private forget(now: number): void {
    for (const [id, expires] of this.used) if (expires < now) this.used.delete(id);
  }
}
