import { HttpError } from '../http/problem.js';
import { participantOf, type Caller } from './caller.js';

/**
 * What a group of readers sees of a resource.
 *
 * - `all`: everything;
 * - `touched`: what the participant held, owned or touched; a mere report about it (core/src/timeline/reporting.ts) is no touch;
 * - `own`: what belongs to the participant itself;
 * - `none`: nothing.
 */
type Sight = 'all' | 'touched' | 'own' | 'none';

interface AccessRow {
  readonly what: string;
  readonly anonymous: Sight;
  readonly participant: Sight;
  readonly oversight: Sight;
}

/** Who may read what: the whole of it. Every route names its row; `authorise` and `admit` below are the only readers. */
export const accessTable = {
  public: {
    what: 'passports, rule tables, life cycles, error codes, health',
    anonymous: 'all',
    participant: 'all',
    oversight: 'all',
  },
  submission: {
    what: 'handing in signed batches (each proves itself)',
    anonymous: 'all',
    participant: 'all',
    oversight: 'all',
  },
  directory: {
    what: 'participants with roles and licences, public keys',
    anonymous: 'none',
    participant: 'all',
    oversight: 'all',
  },
  lookup: { what: 'which item a tag names', anonymous: 'none', participant: 'all', oversight: 'all' },
  item: {
    what: 'items, their history and genealogy, the stream of events; of a loss its events to who claims under it',
    anonymous: 'none',
    participant: 'touched',
    oversight: 'all',
  },
  timeline: {
    what: 'timelines of vehicles and items, narrowed by the table of roles (/v1/timelines); of who only reported on an item to that',
    anonymous: 'none',
    participant: 'touched',
    oversight: 'all',
  },
  loss: {
    what: 'losses of vehicles with their claims and lines; insurers see those of all vehicles, who reported one that one',
    anonymous: 'none',
    participant: 'touched',
    oversight: 'all',
  },
  entitlement: {
    what: 'sales for an old part, and what was claimed for the core',
    anonymous: 'none',
    participant: 'touched',
    oversight: 'all',
  },
  work: {
    what: 'refused events that are to be mended, by what is at the bottom of them',
    anonymous: 'none',
    participant: 'own',
    oversight: 'all',
  },
  clock: {
    what: 'time limits over all items, of those that a participant started',
    anonymous: 'none',
    participant: 'own',
    oversight: 'all',
  },
  finding: {
    what: 'findings, of those that a participant’s own events gave, or its own stock',
    anonymous: 'none',
    participant: 'own',
    oversight: 'all',
  },
  stock: {
    what: 'what a participant has in store',
    anonymous: 'none',
    participant: 'own',
    oversight: 'all',
  },
  lane: {
    what: 'lanes, batches and receipts of a key',
    anonymous: 'none',
    participant: 'own',
    oversight: 'all',
  },
  proof: { what: 'proofs of single events', anonymous: 'none', participant: 'touched', oversight: 'all' },
  webhook: {
    what: 'webhooks, and where their deliveries stand',
    anonymous: 'none',
    participant: 'own',
    oversight: 'all',
  },
  ledger: {
    what: 'raw blocks, rows of the world state, the whole of the read model and its digest',
    anonymous: 'none',
    participant: 'none',
    oversight: 'all',
  },
} as const satisfies Readonly<Record<string, AccessRow>>;

export type Resource = keyof typeof accessTable;

/** What this caller sees of a resource. */
function sightOf(caller: Caller, resource: Resource): Sight {
  const row = accessTable[resource];
  if (caller.kind === 'anonymous') return row.anonymous;
  return caller.oversight ? row.oversight : row.participant;
}

/**
 * Before a handler runs: may this caller ask at all? Answers the credit code that lists must be narrowed to, or
 * `undefined` when the caller sees all.
 *
 * @throws HttpError HL-4010 without a token, HL-4021 when it takes Oversight, HL-4020 for a person without a participant.
 */
export function authorise(caller: Caller, resource: Resource): string | undefined {
  const sight = sightOf(caller, resource);
  if (sight === 'all') return undefined;
  if (caller.kind === 'anonymous') throw new HttpError('HL-4010');
  if (sight === 'none') throw new HttpError('HL-4021');
  const creditCode = participantOf(caller);
  if (creditCode === undefined) throw new HttpError('HL-4020');
  return creditCode;
}

/**
 * After a handler ran: may the caller see this record? An answer that names no parties is not given out.
 *
 * @param parties credit codes of those who held, owned or touched what is answered.
 * @throws HttpError HL-4020 or HL-4022.
 */
export function admit(caller: Caller, resource: Resource, parties: readonly string[] | undefined): void {
  const sight = sightOf(caller, resource);
  if (sight === 'all') return;
  const creditCode = participantOf(caller);
  if (creditCode !== undefined && parties?.includes(creditCode) === true) return;
  throw new HttpError(sight === 'own' ? 'HL-4022' : 'HL-4020');
}
