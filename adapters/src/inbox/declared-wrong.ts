import { HuilianError } from '@huilian/core';
import type { Inbox } from './inbox.js';
import type { Ledger } from './ledger.js';

/** Events that are asked about together. */
const GROUP = 100;

/**
 * Which of some recorded messages were declared wrong past the inbox, such as by `huilian correct` or by another device: all that the
 * ledger accepted of them, and nothing stands in its place yet. While no gateway answers, none is known to be.
 */
export async function declaredWrong(
  inbox: Inbox,
  ledger: Ledger,
  messages: readonly string[],
): Promise<ReadonlySet<string>> {
  const accepted = new Map<string, readonly string[]>();
  for (const id of messages) {
    const { state, outcomes = [] } = inbox.get(id) ?? {};
    const events = outcomes.filter(({ verdict }) => verdict === 'accepted').map((outcome) => outcome.id);
    if (state === 'settled' && events.length > 0) accepted.set(id, events);
  }
  const events = [...accepted.values()].flat();
  const wrong = new Set<string>();
  try {
    for (let at = 0; at < events.length; at += GROUP)
      for (const event of await ledger.declaredWrong(events.slice(at, at + GROUP))) wrong.add(event);
  } catch (error) {
    if (!(error instanceof HuilianError)) throw error;
  }
  return new Set([...accepted].filter(([, own]) => own.every((event) => wrong.has(event))).map(([id]) => id));
}
