/** Most texts that are remembered of one kind. */
const MOST = 32_768;

/**
 * A check that remembers texts that passed it. The ids of a ledger come again and again, and looking one up costs less than
 * computing its check characters. The answer is the same.
 */
export function remembered(check: (text: string) => boolean): (text: string) => boolean {
  const passed = new Set<string>();
  return (text) => {
    if (passed.has(text)) return true;
    if (!check(text)) return false;
    if (passed.size >= MOST) passed.clear();
    passed.add(text);
    return true;
  };
}

/** A function of a text that remembers what it gave: a text that is made anew each time is also hashed anew for each map. */
export function rememberedText<T extends string>(of: (text: string) => T): (text: string) => T {
  const given = new Map<string, T>();
  return (text) => {
    const known = given.get(text);
    if (known !== undefined) return known;
    const made = of(text);
    if (given.size >= MOST) given.clear();
    given.set(text, made);
    return made;
  };
}
