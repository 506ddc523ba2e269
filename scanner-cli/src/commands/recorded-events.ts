import { HuilianError, parseEventId, type LedgerEvent } from '@huilian/core';
import { expected } from '../context.js';
import type { Gateway } from '../gateway/index.js';
import { read } from '../session.js';
import type { CorrectionShown } from './item-shown.js';

/** An event of the ledger as a gateway shows it. */
export interface RecordedEvent {
  readonly id: string;
  readonly time: number;
  readonly keyId: string;
  readonly signer: string;
  readonly verdict: string;
  readonly event: LedgerEvent;
  readonly correction?: CorrectionShown;
}

/** @param block from which on the gateway must know it @throws HuilianError HL-4040 and those of `read` */
async function recordedEvent(
  gateways: readonly Gateway[],
  id: string,
  block?: number,
): Promise<RecordedEvent> {
  const fresh = block === undefined ? '' : `?minBlock=${block}`;
  const found = await read<RecordedEvent>(gateways, `/v1/events/${id}${fresh}`);
  if (found === undefined) throw new HuilianError('HL-4040', { event: id });
  return found;
}

const AT_ONCE = 16;

/** Several events, in the same order. @throws as {@link recordedEvent} */
export async function recordedEvents(
  gateways: readonly Gateway[],
  ids: readonly string[],
  block?: number,
): Promise<readonly RecordedEvent[]> {
  const found: RecordedEvent[] = [];
  for (let at = 0; at < ids.length; at += AT_ONCE) {
    const some = ids.slice(at, at + AT_ONCE).map((id) => recordedEvent(gateways, id, block));
    found.push(...(await Promise.all(some)));
  }
  return found;
}

/**
 * The ids of events that a person means: `keyId.sequence.index`, or `keyId.sequence` for the accepted ones of a whole batch, the
 * last first, so that what stands on another comes before it.
 *
 * @throws HuilianError HL-7031 for any other text
 */
export async function eventIdsOf(gateways: readonly Gateway[], text: string): Promise<readonly string[]> {
  if (parseEventId(text)) return [text];
  const whole = parseEventId(`${text}.0`);
  if (!whole) throw expected('event', 'keyId.sequence.index, keyId.sequence');
  const batch = await read<{ verdicts: readonly string[] }>(
    gateways,
    `/v1/batches/${whole.keyId}/${whole.sequence}`,
  );
  if (batch === undefined)
    throw new HuilianError('HL-3018', { keyId: whole.keyId, sequence: whole.sequence });
  return batch.verdicts
    .flatMap((verdict, index) => (verdict === 'accepted' ? [`${text}.${index}`] : []))
    .reverse();
}
