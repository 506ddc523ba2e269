import type { ItemEvent } from '@huilian/core';
import type { Context } from '../context.js';
import type { StoredKey } from '../keys/index.js';
import { findItems } from '../recording/find-item.js';
import { recordEvents, type EventNote } from '../recording/record-events.js';
import { keyOf } from '../session.js';
import { text, type Command, type CommandOption, type Options } from './command.js';
import { ITEMS, recordingOptions } from './item-events.js';

type Make = (
  context: Context,
  item: string,
  options: Options,
  key: StoredKey,
) => ItemEvent | Promise<ItemEvent>;

/**
 * A command that records the same step for one or several items.
 *
 * @param find what is to be shown beside an event, from what is known before it is recorded
 */
export function step(
  name: string,
  summary: Command['summary'],
  options: readonly CommandOption[],
  make: Make,
  find?: (context: Context, event: ItemEvent) => Promise<EventNote>,
): Command {
  return {
    name,
    arguments: ITEMS,
    summary,
    options: [...options, ...recordingOptions],
    run: async (context, given, ...items) => {
      const key = await keyOf(context);
      const events: ItemEvent[] = [];
      for (const item of await findItems(context, items)) events.push(await make(context, item, given, key));
      const notes: EventNote[] = [];
      if (find) for (const event of events) notes.push(await find(context, event));
      await recordEvents(context, key, events, given, notes);
    },
  };
}

/** The event that is offered again, if one is. */
export const cites = (options: Options): string | undefined => text(options, 'cites');
