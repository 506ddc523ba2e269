import type { Json } from '../bytes/canonical.js';
import { cut } from '../messages/details.js';
import { HuilianError } from '../messages/error.js';
import { eventShape, type LedgerEvent } from './events.js';
import { faultOf } from './wanted.js';

/** An event's canonical form may be this long, in bytes. */
export const MAX_EVENT_BYTES = 4096;

/**
 * Checks the shape of an event.
 *
 * @param index its place among others, which the error names when it is not the first
 * @throws HuilianError HL-1012 unknown type or version, HL-1010 malformed, with the path of the first fault and the form that is wanted there
 */
export function checkEvent(value: Json, index = 0): LedgerEvent {
  const place = index === 0 ? {} : { index };
  const { type, version } = (value ?? {}) as { type?: unknown; version?: unknown };
  const shape = typeof type === 'string' && version === 1 ? eventShape(type) : undefined;
  if (!shape) throw new HuilianError('HL-1012', { ...place, type: shown(type), version: shown(version) });
  if (!shape.fits(value)) {
    const { error } = shape.schema.safeParse(value);
    if (error)
      throw new HuilianError('HL-1010', {
        ...place,
        type: shown(type),
        ...faultOf(shape.schema, error, value),
      });
  }
  // Not the schema's copy: what is judged must be the very value whose bytes are hashed.
  return value as unknown as LedgerEvent;
}

/** A value of a stranger, cut to a length that fits a message. */
function shown(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? cut(String(value), 40) : typeof value;
}
