import { clockOf, runningIds, type ClockBook } from '@huilian/core';
import { clockView } from '../views/clocks.js';
import { participantView } from '../views/directory.js';
import type { DocumentOf } from '../views/declare.js';
import { itemView } from '../views/items.js';
import { keyView } from '../views/lanes.js';
import type { ViewDraft } from './draft.js';
import { tablesIn } from './tables.js';

/** The clocks of a draft, and what they need of it: all that is asked for must be loaded. */
export interface DraftBook extends ClockBook {
  /** Says of which items all clocks are known, and which those are. */
  readonly know: (item: string, clocks: Iterable<string>) => void;
}

export function clockBookOf(draft: ViewDraft): DraftBook {
  const known = new Map<string, Set<string>>();
  return {
    know: (item, clocks) => void known.set(item, new Set(clocks)),
    clocks: (item) => [...(known.get(item) ?? [])].flatMap((id) => draft.get(clockView, id) ?? []),
    get tables() {
      return tablesIn(draft);
    },
    owner: (keyId) => draft.get(keyView, keyId)?.owner ?? '',
    roles: (creditCode) => draft.get(participantView, creditCode)?.row.roles ?? [],
    province: (creditCode) => draft.get(participantView, creditCode)?.row.province,
    certified: (item) => draft.get(itemView, item)?.certified,
    clock: (id) => draft.get(clockView, id),
    put: (clock) => {
      draft.put(clockView, clock);
      known.get(clock.item)?.add(clock.id);
    },
  };
}

/** Keys of the clocks of an item that run. */
export function clocksRunning({ id, clocks }: DocumentOf<typeof itemView>): readonly string[] {
  return runningIds(id, clocks);
}

/**
 * Counts the due days of all clocks anew that are not over, and of those whose due day could not be told: a table was approved.
 * What was met or late by the tables of its day stays so.
 */
export async function recountClocks(draft: ViewDraft): Promise<void> {
  const book = clockBookOf(draft);
  for (const status of ['running', 'unknown'] as const) {
    const clocks = await draft.all(clockView, 'byStatus', { status });
    await draft.load(participantView, new Set(clocks.map(({ party }) => party)));
    for (const clock of clocks) draft.put(clockView, clockOf(book, clock));
  }
}
