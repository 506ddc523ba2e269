import {
  eventSchema,
  ITEM_KINDS,
  ITEM_STATES,
  KEY_KINDS,
  type LedgerEvent,
  type SignedBatch,
} from '@huilian/core';

/**
 * The parts of rows, batches and events that the fold relies on, checked by hand because every event of the ledger passes
 * here. Endorsers have judged all of it and the verifier checks the endorsers; these checks only keep what two
 * organisations forged from stopping the projector.
 */
type Members = Readonly<Record<string, unknown>>;
type Check = (row: Members) => boolean;

const greatestCount = 1_000;
const kinds: ReadonlySet<unknown> = new Set(ITEM_KINDS);
const states: ReadonlySet<unknown> = new Set(ITEM_STATES);
const keyKinds: ReadonlySet<unknown> = new Set(KEY_KINDS);

/** By the first word of the row's key; a row of another kind is of a later version of the chaincode. */
const rowChecks: ReadonlyMap<string, Check> = new Map<string, Check>([
  ['ledger', (row) => isText(row['id'])],
  ['participant', (row) => isText(row['mspId'])],
  ['key', (row) => isText(row['owner']) && keyKinds.has(row['kind'])],
  ['lane', (row) => isInteger(row['next'])],
  ['item', isItem],
  ['tag', (row) => isText(row['item'])],
  ['recorded', isBatchRow],
  ['fork', (row) => isText(row['signature'])],
  ['loss', (row) => Array.isArray(row['claims']) && Array.isArray(row['lines'])],
  ['reman', (row) => isText(row['product'])],
  ['rule', (row) => isText(row['proposedBy'])],
  ['ruleset', (row) => isInteger(row['number'])],
]);

/** True for rows that the fold knows, by the first word of their key. */
export function isKnownRow(prefix: string): boolean {
  return rowChecks.has(prefix);
}

/** True when a row has what the fold relies on. */
export function isRow(prefix: string, value: unknown): boolean {
  return isObject(value) && (rowChecks.get(prefix)?.(value) ?? false);
}

/** True when a value has what the fold relies on in a batch and in its events. */
export function isBatch(value: unknown): value is SignedBatch {
  if (!isObject(value)) return false;
  const { header, signature, seed, events } = value;
  return (
    isObject(header) &&
    isText(header['keyId']) &&
    isInteger(header['sequence']) &&
    isText(signature) &&
    isText(seed) &&
    Array.isArray(events) &&
    events.every(isEvent)
  );
}

/** Events of the kinds that come by the million are looked at by hand, the others by their schema. */
function isEvent(value: unknown): value is LedgerEvent {
  if (!isObject(value)) return false;
  const { type, item, data } = value;
  switch (type) {
    case 'register':
      return isText(item) && isObject(data) && kinds.has(data['kind']) && Array.isArray(data['tags']);
    case 'inspect':
    case 'withdraw':
    case 'dispose':
      return isText(item) && isObject(data);
    case 'handover':
      return isText(item) && isObject(data) && isText(data['to']);
    case 'accept':
      if (!isObject(data) || data['exceptions'] !== undefined) return isOfSchema(type, value);
      return isText(item) && isText(data['from']);
    case 'refuse':
      return isText(item) && isObject(data) && isText(data['from']);
    default:
      return isText(type) && isOfSchema(type, value);
  }
}

function isOfSchema(type: string, value: unknown): value is LedgerEvent {
  return eventSchema(type)?.safeParse(value).success === true;
}

function isItem(row: Members): boolean {
  const { kind, state, custodian, owner, handover, logistics } = row;
  return (
    kinds.has(kind) &&
    states.has(state) &&
    isText(custodian) &&
    isText(owner) &&
    (handover === undefined || (isObject(handover) && isText(handover['to']))) &&
    (logistics === undefined || isLogistics(logistics))
  );
}

function isLogistics(value: unknown): boolean {
  if (!isObject(value)) return false;
  const { container, exception } = value;
  return (
    (container === undefined || isText(container)) &&
    (exception === undefined || (isObject(exception) && isText(exception['by'])))
  );
}

function isBatchRow(row: Members): boolean {
  const { digest, count, refused, notices, gap, time } = row;
  return (
    isText(digest) &&
    isInteger(count) &&
    count >= 0 &&
    count <= greatestCount &&
    isPairs(refused) &&
    (notices === undefined || isPairs(notices)) &&
    (gap === undefined || isInteger(gap)) &&
    isInteger(time)
  );
}

function isPairs(value: unknown): boolean {
  return (
    Array.isArray(value) &&
    value.every(
      (pair: unknown) => Array.isArray(pair) && pair.length === 2 && isInteger(pair[0]) && isText(pair[1]),
    )
  );
}

function isObject(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function isInteger(value: unknown): value is number {
  return Number.isSafeInteger(value);
}
