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
  /** Check of the wrong event's id; where what it did will stand, with its type, as in `questioned`. */
  readonly event: string;
  readonly by: string;
}

/** What an item knows of its own corrections. Events are named by checks of their ids. */
export interface CorrectionFacts {
  /**
   * How its last events are taken back, as far as there is room: one text, see {@link undoText}, since nearly every event reads and
   * writes it and hardly one asks what it says.
   */
  readonly undo?: string | undefined;
  readonly open?: OpenCorrection | undefined;
  /**
   * Events that were declared wrong, and whose effect stands until another event replaces them: the check of the id, `:` and the type
   * that the correction names.
   *
   * @example `68BAWI3H:grade`
   */
  readonly questioned?: readonly string[] | undefined;
  /**
   * The last events that were declared wrong: by the check of the id where what it did was put back, or with the type as in
   * `questioned` where that stands, also after another event has replaced it.
   */
  readonly corrected?: readonly string[] | undefined;
}

/** Nearly every item has undos alone; they stand without a name then. */
export type StoredCorrection =
  | string
  | {
      readonly c?: readonly string[] | undefined;
      readonly o?: readonly [event: string, by: string] | undefined;
      readonly q?: readonly string[] | undefined;
      readonly u?: string | undefined;
    };

export function storeCorrection(facts: CorrectionFacts): StoredCorrection {
  const { undo, open, questioned, corrected } = facts;
  if (open === undefined && questioned === undefined && corrected === undefined) return undo ?? '';
  return { c: corrected, o: open && [open.event, open.by], q: questioned, u: undo };
}

export function readCorrection(stored: StoredCorrection): CorrectionFacts {
  if (typeof stored === 'string') return { undo: stored };
  const { c, o, q, u } = stored;
  return { corrected: c, open: o && { by: o[1], event: o[0] }, questioned: q, undo: u };
}

/** Length of the check of an event's id. */
export const CHECK_CHARACTERS = 8;
/** Between undos. */
const NEXT = '|';
/** Of the event that made the item. */
const MADE = '*';
/** Texts that stand as they are. */
const WORD = /^[A-Za-z0-9]+$/;

/**
 * One undo as text: the check of the event, and behind it nothing when it changed nothing, `*` when it made the item, or a part for
 * each member: `,-ab` those that it did not have, `,uTEXT`, `,g:1200` and `,w{}` former values. Where a value is of another form, or
 * items came out, all of it is JSON, with their number as `#`.
 *
 * @example `68BAWI3H,-G,u91320000MA0DEM0045,w{}` of an acceptance
 */
export function undoText({ event, was, outputs }: Undo): string {
  if (was === undefined) return event + MADE;
  if (outputs === undefined) {
    const parts = partsOf(was);
    if (parts !== undefined) return event + parts;
  }
  const told = outputs === undefined ? was : { ...was, '#': outputs };
  return event + JSON.stringify(told).replaceAll(NEXT, '\\u007c');
}

/** The parts of what was; undefined when one of the values takes JSON. */
function partsOf(was: FormerMembers): string | undefined {
  let text = '';
  for (const name of Object.keys(was).sort()) {
    const value = was[name];
    if (typeof value === 'string' && WORD.test(value)) text += `,${name === '' ? '-' : name}${value}`;
    else if (typeof value === 'number') text += `,${name}:${value}`;
    else if (JSON.stringify(value) === '{}') text += `,${name}{}`;
    else return undefined;
  }
  return text;
}

/** All undos of an item, latest first. */
export function readUndos(text: string | undefined): readonly Undo[] {
  return text === undefined || text === '' ? [] : text.split(NEXT).map(readUndo);
}

function readUndo(text: string): Undo {
  const event = text.slice(0, CHECK_CHARACTERS);
  const rest = text.slice(CHECK_CHARACTERS);
  if (rest === MADE) return { event };
  if (!rest.startsWith('{')) return { event, was: readParts(rest) };
  const { '#': outputs, ...was } = JSON.parse(rest) as FormerMembers;
  return typeof outputs === 'number' ? { event, outputs, was } : { event, was };
}

function readParts(text: string): FormerMembers {
  const was: Record<string, Json> = {};
  for (const part of text.split(',').slice(1)) {
    const [name = '', value] = [part[0], part.slice(1)];
    if (name === '-') was[''] = value;
    else if (value === '{}') was[name] = {};
    else was[name] = value.startsWith(':') ? Number(value.slice(1)) : value;
  }
  return was;
}

/** Puts an undo before those of earlier events, as far as these have room. The last one is kept however long it is. */
export function undosWith(last: string, earlier: string | undefined, room: number): string {
  let undos = earlier === undefined || earlier === '' ? last : last + NEXT + earlier;
  while (undos.length > room) {
    const end = undos.lastIndexOf(NEXT);
    if (end < 0) return undos;
    undos = undos.slice(0, end);
  }
  return undos;
}

/** The undos without the last one; undefined when there are no others. */
export function undosBeneath(text: string | undefined): string | undefined {
  const end = text?.indexOf(NEXT) ?? -1;
  return end < 0 ? undefined : text?.slice(end + 1);
}
