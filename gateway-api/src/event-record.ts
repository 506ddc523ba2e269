import { evidenceOf, type LedgerEvent } from '@huilian/core';
import type { EventRecord } from './ports.js';
import type { WholeEvent } from './projector/whole-events.js';
import { readPosition, showPosition } from './views/position.js';

/** An event as the routes show it. */
export function eventRecord(document: WholeEvent): EventRecord {
  const { position, transaction, time, keyId, sequence, index, signer, verdict, notice } = document;
  const event = parseEvent(document);
  const evidence = verdict === 'accepted' ? evidenceOf(event, notice) : undefined;
  return {
    id: `${keyId}.${sequence}.${index}`,
    position: showPosition(position),
    block: readPosition(position)?.block ?? -1,
    transaction,
    time,
    keyId,
    sequence,
    index,
    signer,
    event,
    verdict,
    ...(notice === undefined ? {} : { notice }),
    ...(evidence === undefined ? {} : { evidence }),
  };
}

/** The event itself. */
export function parseEvent(document: { readonly bytes?: string | undefined } | undefined): LedgerEvent {
  if (document?.bytes === undefined) throw new RangeError('A recorded event has no bytes.');
  return JSON.parse(document.bytes) as LedgerEvent;
}
