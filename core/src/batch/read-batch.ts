import { canonicalText, type Json } from '../bytes/canonical.js';

/** A batch that was read and not yet checked, with its canonical text and those of its events. */
export interface ReadBatch {
  readonly value: Json;
  readonly text: string;
  /** None when the value has not the members of a batch. */
  readonly eventTexts: readonly string[];
}

/**
 * Writes a batch and its events, each event once: its text is hashed, compared and projected, and making it costs more than
 * any of these.
 *
 * @throws HuilianError as {@link canonicalText}
 */
export function readBatch(value: Json): ReadBatch {
  if (!hasMembersOfBatch(value)) return { value, text: canonicalText(value), eventTexts: [] };
  const { events, header, seed, signature } = value;
  const eventTexts = events.map(canonicalText);
  const rest = `"header":${canonicalText(header)},"seed":${canonicalText(seed)},"signature":${canonicalText(signature)}`;
  return { value, text: `{"events":[${eventTexts.join(',')}],${rest}}`, eventTexts };
}

type Members = { readonly [name in 'header' | 'seed' | 'signature']: Json } & {
  readonly events: readonly Json[];
};

/** Exactly the four members, so that writing them is writing the value. */
function hasMembersOfBatch(value: Json): value is Json & Members {
  if (typeof value !== 'object' || value === null || !('events' in value) || !Array.isArray(value['events']))
    return false;
  const named = 'header' in value && 'seed' in value && 'signature' in value;
  return named && Object.keys(value).length === 4;
}
