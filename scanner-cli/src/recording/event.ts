import type { AdministrationEvent, AdministrationEventType, ItemEvent, ItemEventType } from '@huilian/core';
import { seconds, type Context } from '../context.js';

type ItemData<T extends ItemEventType> = Extract<ItemEvent, { type: T }>['data'];
/** What an event of an administrator carries. */
export type AdministrationData<T extends AdministrationEventType> = Extract<
  AdministrationEvent,
  { type: T }
>['data'];

/** What every event bears beside its own: the claimed time, and who stood where. */
function shared(context: Context, cites: string | undefined) {
  const { HUILIAN_OPERATOR: operator, HUILIAN_STATION: station } = context.config;
  return {
    version: 1 as const,
    time: seconds(context),
    ...(operator === undefined ? {} : { operator }),
    ...(station === undefined ? {} : { station }),
    ...(cites === undefined ? {} : { cites }),
  };
}

/** An event about an item. `cites` names a refused event that this one offers again. */
export function itemEvent<T extends ItemEventType>(
  context: Context,
  type: T,
  item: string,
  data: ItemData<T>,
  cites?: string,
): ItemEvent {
  return { ...shared(context, cites), type, item, data } as ItemEvent;
}

/** An event of an administrator. */
export function administrationEvent<T extends AdministrationEventType>(
  context: Context,
  type: T,
  data: AdministrationData<T>,
): AdministrationEvent {
  return { ...shared(context, undefined), type, data } as AdministrationEvent;
}
