import type { Json } from '../bytes/canonical.js';
import { cut, fieldOf } from '../messages/details.js';
import { HuilianError } from '../messages/error.js';
import { eventShape, type LedgerEvent } from './events.js';

/** An event's canonical form may be this long, in bytes. */
export const MAX_EVENT_BYTES = 4096;

/**
 * Checks the shape of an event.
 *
 * @throws HuilianError HL-1012 unknown type or version, HL-1010 malformed, with the path of the first fault
 */
export function checkEvent(value: Json): LedgerEvent {
  const { type, version } = (value ?? {}) as { type?: unknown; version?: unknown };
  const shape = typeof type === 'string' && version === 1 ? eventShape(type) : undefined;
  if (!shape) throw new HuilianError('HL-1012', { type: shown(type), version: shown(version) });
  if (!shape.fits(value)) {
    const { error } = shape.schema.safeParse(value);
    if (error) throw new HuilianError('HL-1010', { type: shown(type), field: fieldOf(error) });
  }
  // Not the schema's copy: what is judged must be the very value whose bytes are hashed.
  return value as unknown as LedgerEvent;
}

/** A value of a stranger, cut to a length that fits a message. */
function shown(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? cut(String(value), 40) : typeof value;
}
