import { z } from 'zod';
import { administrationEventData } from './events/administration.js';
import { applianceEvents } from './events/appliance.js';
import { batteryEvents } from './events/battery.js';
import { correctionEvents } from './events/correction.js';
import { custodyEvents } from './events/custody.js';
import { lotEvents } from './events/lot.js';
import { manifestEvents } from './events/manifest.js';
import { insuranceEvents } from './events/insurance.js';
import { oldForRemanEvents } from './events/oldForReman.js';
import { logisticsEvents } from './events/logistics.js';
import { partEvents } from './events/part.js';
import { vehicleEvents } from './events/vehicle.js';
import { eventId, itemId, reference, seconds } from './fields.js';
import { shapeCheck, type ShapeCheck } from './shape-check.js';

/** What each type of event carries, beside the fields that all share. */
export const itemEventData = {
  ...custodyEvents,
  ...logisticsEvents,
  ...vehicleEvents,
  ...partEvents,
  ...insuranceEvents,
  ...oldForRemanEvents,
  ...applianceEvents,
  ...batteryEvents,
  ...lotEvents,
  ...manifestEvents,
  ...correctionEvents,
} as const;
export { administrationEventData };

const shared = {
  version: z.literal(1),
  time: seconds,
  operator: reference.optional(),
  station: reference.optional(),
  cites: eventId.optional(),
  replaces: eventId.optional(),
};

export type ItemEventType = keyof typeof itemEventData;
export type AdministrationEventType = keyof typeof administrationEventData;
export type EventType = ItemEventType | AdministrationEventType;

type Shared = {
  version: 1;
  time: number;
  operator?: string;
  station?: string;
  /** A refused event that this one offers again. */
  cites?: string;
  /** An event that was declared wrong, in whose place this one stands. */
  replaces?: string;
};
export type ItemEvent = {
  [T in ItemEventType]: Shared & { type: T; item: string; data: z.infer<(typeof itemEventData)[T]> };
}[ItemEventType];
export type AdministrationEvent = {
  [T in AdministrationEventType]: Shared & { type: T; data: z.infer<(typeof administrationEventData)[T]> };
}[AdministrationEventType];
export type LedgerEvent = ItemEvent | AdministrationEvent;
export type EventOf<T extends EventType> = Extract<LedgerEvent, { type: T }>;

/** How an event of one type must look. */
export interface EventShape {
  readonly schema: z.ZodType;
  /** Says the same as the schema, sooner and without a reason. */
  readonly fits: ShapeCheck;
}

const schemas = new Map<string, z.ZodType>([
  ...Object.entries(itemEventData).map(
    ([type, data]) =>
      [type, z.strictObject({ ...shared, type: z.literal(type), item: itemId, data })] as const,
  ),
  ...Object.entries(administrationEventData).map(
    ([type, data]) => [type, z.strictObject({ ...shared, type: z.literal(type), data })] as const,
  ),
]);

const shapes = new Map<string, EventShape>(
  [...schemas].map(([type, schema]) => [type, { schema, fits: shapeCheck(schema) }]),
);

/** The schema of one type of event, or undefined when the type is unknown. */
export function eventSchema(type: string): z.ZodType | undefined {
  return schemas.get(type);
}

/** The shape of one type of event, or undefined when the type is unknown. */
export function eventShape(type: string): EventShape | undefined {
  return shapes.get(type);
}

export const EVENT_TYPES = [...schemas.keys()] as readonly EventType[];

/** True for the events that administrator keys sign. */
export function isAdministration(event: LedgerEvent): event is AdministrationEvent {
  return Object.hasOwn(administrationEventData, event.type);
}
