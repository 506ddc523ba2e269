import type { Json } from '../../bytes/canonical.js';

/** Former values of an item's members under their stored names; under `""` the names of those that it did not have. */
export type FormerMembers = Readonly<Record<string, Json>>;

/** How an event on an item is taken back. */
export interface Undo {
  /** A short check of the event's id, see `eventCheck`. */
  readonly event: string;
  /** What the item had before; undefined for the event that brought it into the ledger. */
  readonly was?: FormerMembers | undefined;
  /** Number of items that the event brought into the ledger. */
  readonly outputs?: number | undefined;
}

/** A correction that one of two parties has signed. */
export interface OpenCorrection {
  /** Check of the wrong event's id. */
  readonly event: string;
  readonly by: string;
}

/** What an item knows of its own corrections. Events are named by checks of their ids. */
export interface CorrectionFacts {
  /** The last events, latest first, as far as there is room. */
  readonly undo?: readonly Undo[] | undefined;
  readonly open?: OpenCorrection | undefined;
  /** Events that were declared wrong, and whose effect stands until another event replaces them. */
  readonly questioned?: readonly string[] | undefined;
  /** The last events that were declared wrong. */
  readonly corrected?: readonly string[] | undefined;
}

/** Pairs of check and former members; 1 for the event that made the item; a number of outputs is a member `#` of them. */
type StoredUndo = readonly (string | 1 | FormerMembers)[];

/** Nearly every item has undos alone; they stand without a name then. */
export type StoredCorrection =
  | StoredUndo
  | {
      readonly c?: readonly string[] | undefined;
      readonly o?: readonly [event: string, by: string] | undefined;
      readonly q?: readonly string[] | undefined;
      readonly u?: StoredUndo | undefined;
    };

export function storeCorrection(facts: CorrectionFacts): StoredCorrection {
  const { undo, open, questioned, corrected } = facts;
  const stored = undo && storeUndo(undo);
  if (open === undefined && questioned === undefined && corrected === undefined) return stored ?? [];
  return { c: corrected, o: open && [open.event, open.by], q: questioned, u: stored };
}

/** The undos as they are stored, latest first. */
function storeUndo(undo: readonly Undo[]): StoredUndo {
  const stored: (string | 1 | FormerMembers)[] = [];
  for (const { event, was, outputs } of undo) {
    if (was === undefined) stored.push(event, 1);
    else if (outputs === undefined) stored.push(event, was);
    else {
      const { '': absent, ...rest } = was;
      stored.push(event, { ...(absent === undefined ? {} : { '': absent }), '#': outputs, ...rest });
    }
  }
  return stored;
}

export function readCorrection(stored: StoredCorrection): CorrectionFacts {
  if (isUndo(stored)) return { undo: readUndo(stored) };
  const { c, o, q, u } = stored;
  return {
    corrected: c,
    open: o && { by: o[1], event: o[0] },
    questioned: q,
    undo: u && readUndo(u),
  };
}

function isUndo(stored: StoredCorrection): stored is StoredUndo {
  return Array.isArray(stored);
}

function readUndo(stored: StoredUndo): readonly Undo[] {
  const undo: Undo[] = [];
  for (let i = 0; i + 1 < stored.length; i += 2) {
    const [event, members] = [stored[i], stored[i + 1]];
    if (typeof event !== 'string') throw new TypeError('a stored undo without the check of an event');
    if (typeof members !== 'object') undo.push({ event });
    else if (members['#'] === undefined) undo.push({ event, was: members });
    else {
      const { '#': outputs, ...was } = members;
      undo.push({ event, ...(typeof outputs === 'number' ? { outputs } : {}), was });
    }
  }
  return undo;
}
