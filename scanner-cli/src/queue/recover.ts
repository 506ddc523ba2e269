import type { SignedBatch } from '@huilian/core';
import type { Entry, LaneOpening, Loss, Place, Settled } from './entries.js';
import { checkKept, follows, placeOf, type Signer } from './lane.js';
import type { Salvaged } from './line.js';
import type { Seal } from './seal.js';
import { entriesOf, type Rebuilt } from './store.js';

/** What was saved from a damaged queue. */
export interface Recovered {
  /** Names under which the damaged files are kept; none when nothing was damaged. */
  readonly kept: readonly string[];
  /** Numbers of batches that link to what was settled; they can be sent. */
  readonly waiting: readonly number[];
  /** Numbers of whole batches behind something that is missing. */
  readonly stranded: readonly number[];
  /** Numbers of which the device does not know whether the ledger has them. */
  readonly unknown?: { readonly from: number; readonly to: number };
}

/** Makes a lane from what was salvaged. A batch proves itself by its signature; all else counts only from sound lines. */
export function rebuilt(salvaged: readonly Salvaged[], seal: Seal | undefined, signer: Signer): Rebuilt {
  const sound = salvaged.flatMap(({ value, sound: isSound }) =>
    isSound ? [value as unknown as LaneOpening | Entry] : [],
  );
  const openings = sound.filter(
    (entry) => entry.kind === 'lane' && entry.keyId === signer.keyId,
  ) as LaneOpening[];
  const settled = sound.flatMap((entry) => (entry.kind === 'settled' ? entry.batches : []));
  const received = latest([...openings.map((opening) => opening.received), ...settled]);
  const closed =
    sound.flatMap((entry) => (entry.kind === 'closed' ? [entry.code] : [])).at(-1) ??
    openings.find((one) => one.closed)?.closed;
  const before = openings.map((opening) => opening.loss).find((loss) => loss !== undefined);
  const { linked, stranded } = arranged(wholeBatches(salvaged, signer), received);
  const end = linked.at(-1)?.header.sequence ?? received.sequence;
  const lastNumber = Math.max(
    end,
    seal?.sequence ?? 0,
    before?.upTo ?? 0,
    ...stranded.map(({ header }) => header.sequence),
  );
  const sent = Math.max(0, ...sound.map((entry) => (entry.kind === 'sent' ? entry.upTo : 0)));
  const loss = lossOf(end, lastNumber, before);
  return {
    generation: Math.max(seal?.generation ?? 0, ...openings.map(({ generation }) => generation)) + 1,
    lane: {
      received,
      recent: unique(openings, settled),
      ...(loss ? { loss } : {}),
      ...(closed ? { closed } : {}),
    },
    entries: entriesOf({ pending: linked, stranded, sent, received }),
    lastNumber,
  };
}

function lossOf(end: number, lastNumber: number, before: Loss | undefined): Loss | undefined {
  if (lastNumber <= end) return undefined;
  return { upTo: lastNumber, declared: before?.declared === true && before.upTo === lastNumber };
}

/** Batches that are whole, by number. */
function wholeBatches(salvaged: readonly Salvaged[], signer: Signer): SignedBatch[] {
  const whole = new Map<number, SignedBatch>();
  for (const { value } of salvaged) {
    const entry = value as Partial<Extract<Entry, { kind: 'batch' }>> | null;
    if (entry?.batch === undefined) continue;
    try {
      const batch = checkKept(entry.batch, signer);
      whole.set(batch.header.sequence, batch);
    } catch {
      // It is damaged: its number shows up as missing.
    }
  }
  return [...whole.values()].sort((one, other) => one.header.sequence - other.header.sequence);
}

function arranged(
  whole: readonly SignedBatch[],
  received: Place,
): { linked: SignedBatch[]; stranded: SignedBatch[] } {
  const linked: SignedBatch[] = [];
  const stranded: SignedBatch[] = [];
  let end = received;
  for (const batch of whole) {
    if (batch.header.sequence <= received.sequence) continue;
    if (stranded.length === 0 && follows(batch, end)) {
      linked.push(batch);
      end = placeOf(batch);
    } else stranded.push(batch);
  }
  return { linked, stranded };
}

function latest(places: readonly Place[]): Place {
  const found = places.reduce((one, other) => (other.sequence > one.sequence ? other : one), {
    sequence: 0,
    digest: '',
  });
  return { sequence: found.sequence, digest: found.digest };
}

function unique(openings: readonly LaneOpening[], settled: readonly Settled[]): Settled[] {
  const all = [...openings.flatMap(({ recent }) => recent), ...settled];
  return [...new Map(all.map((one) => [one.sequence, one])).values()].sort(
    (one, other) => one.sequence - other.sequence,
  );
}
