/** Most texts that are remembered of one grammar. */
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
