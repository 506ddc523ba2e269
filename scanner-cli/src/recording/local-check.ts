import {
  HuilianError,
  isCreditCode,
  isErrorCode,
  packGroup,
  record,
  rowKey,
  signBatch,
  type ErrorCode,
  type LedgerEvent,
  type Recorded,
  type Row,
} from '@huilian/core';
import { seconds, type Context } from '../context.js';
import { random16, type StoredKey } from '../keys/index.js';
import { NotKnown, type KnownRows } from './known-rows.js';

/** Most things of containers that are looked up before an event is signed. */
const MOST_ASKED = 50;

/** What the rules say of events before they are signed for good. */
export interface LocalVerdict {
  /** Events that the rules would refuse, with codes. */
  readonly refused: readonly (readonly [index: number, code: ErrorCode])[];
  /** Events that the rules would accept with something to know, such as a contested tag, with codes. */
  readonly notices: readonly (readonly [index: number, code: ErrorCode])[];
  /** Rows that the accepted ones would write. */
  readonly writes: ReadonlyMap<string, Row>;
}

/**
 * Runs the ledger's own rules over events against the rows that this device knows.
 *
 * @returns undefined when too little is known to tell
 */
export async function checkLocally(
  context: Context,
  key: StoredKey,
  events: readonly LedgerEvent[],
  known: KnownRows,
): Promise<LocalVerdict | undefined> {
  // The check takes the active ruleset as given, so it cannot judge a change of it.
  if (events.some(({ type }) => type.startsWith('ruleset.'))) return undefined;
  // Each thing that is packed is a question to a gateway; a whole pallet of them is not asked one by one.
  if (events.flatMap(packedBy).length > MOST_ASKED) return undefined;
  const time = seconds(context);
  // A batch of its own that is never kept or sent: the rules want one.
  const unsigned = {
    ledger: key.trust.ledger,
    keyId: key.keyId,
    sequence: 1,
    previous: '',
    time,
    seed: random16(),
    events,
  };
  const group = packGroup([signBatch(unsigned, key.key)]);
  const own = ownRows(key);
  const made = madeItems(events);
  const othersOnly = events.every(({ type }) => type === 'register');
  const rowOf = async (name: string): Promise<Row | undefined> => {
    if (own.has(name)) return own.get(name);
    if (made.has(name)) return undefined;
    return othersOnly && name.startsWith('item/') ? othersItem(known, name) : known.row(name);
  };
  try {
    const recorded = await run(record(group, { time, transaction: 'local' }), rowOf);
    return verdictOf(recorded, own);
  } catch (error) {
    if (error instanceof NotKnown || error instanceof HuilianError) return undefined;
    throw error;
  }
}

/**
 * The item to which a tag is bound that a new item claims too. Whoever registers need not be allowed to see it, and the rules
 * only mark it as contested: without it they say the same of the new item.
 */
async function othersItem(known: KnownRows, name: string): Promise<Row | undefined> {
  try {
    return await known.row(name);
  } catch (error) {
    if (error instanceof NotKnown) return undefined;
    throw error;
  }
}

async function run(
  fold: ReturnType<typeof record>,
  rowOf: (key: string) => Promise<Row | undefined>,
): Promise<Recorded> {
  let step = fold.next();
  while (!step.done) {
    const rows = await Promise.all(step.value.map(async (key) => [key, await rowOf(key)] as const));
    step = fold.next(new Map(rows));
  }
  return step.value;
}

/** Things that exist and that an event of a container names. */
function packedBy(event: LedgerEvent): readonly string[] {
  return event.type === 'pack' || event.type === 'unpack' ? event.data.items : [];
}

/** The rows about the signer and its lane, which the device knows itself. */
function ownRows(key: StoredKey): ReadonlyMap<string, Row | undefined> {
  const { x, y } = key.key;
  const business = isCreditCode(key.owner);
  return new Map<string, Row | undefined>([
    [rowKey.ledger, { id: key.trust.ledger }],
    [rowKey.activeRuleset, undefined],
    [rowKey.lane(key.keyId), undefined],
    [rowKey.batch(key.keyId, 1), undefined],
    [rowKey.fork(key.keyId, 1), undefined],
    [
      rowKey.key(key.keyId),
      {
        publicKey: { x, y },
        kind: business ? 'device' : 'administrator',
        mspId: business ? '' : key.owner,
        owner: key.owner,
      },
    ],
    // The rules ask for the owner's row as a participant; an organisation has none.
    ...(business ? [] : [[rowKey.participant(key.owner), undefined] as const]),
  ]);
}

/** Items whose ids were made for these events. */
function madeItems(events: readonly LedgerEvent[]): ReadonlySet<string> {
  return new Set(
    events.flatMap((event) => {
      switch (event.type) {
        case 'register':
        case 'intakeBatch':
        case 'openManifest':
          return [rowKey.item(event.item)];
        case 'depollute':
        case 'dismantle':
        case 'shred':
        case 'recycle':
          return event.data.outputs.map(({ item }) => rowKey.item(item));
        case 'sort':
        case 'split':
        case 'transform':
          return event.data.outputs.map(({ item }) => rowKey.item(item));
        case 'merge':
        case 'sample':
          return [rowKey.item(event.data.output.item)];
        case 'remanufacture':
        case 'repurpose':
          return [rowKey.item(event.data.product.item)];
        default:
          return [];
      }
    }),
  );
}

function verdictOf({ batches, writes }: Recorded, own: ReadonlyMap<string, unknown>): LocalVerdict {
  const refused = (batches[0]?.verdicts ?? []).flatMap((verdict, index): [number, ErrorCode][] =>
    isErrorCode(verdict) ? [[index, verdict]] : [],
  );
  const notices = (batches[0]?.notices ?? []).flatMap(([index, code]): [number, ErrorCode][] =>
    isErrorCode(code) ? [[index, code]] : [],
  );
  return { refused, notices, writes: new Map([...writes].filter(([key]) => !own.has(key))) };
}
