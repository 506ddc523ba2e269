import type { ItemEventType, TagScheme } from '@huilian/core';
import type { Phrase } from '../fields/phrase.js';
import type { Column } from '../formats/format.js';
import type { System } from './system.js';

/** A list inside a message, such as what came out of a vehicle. */
export interface ListField {
  readonly name: string;
  readonly title: Phrase;
  readonly source: Phrase;
  /** Members of each entry. */
  readonly columns: readonly Column[];
  readonly least: number;
  readonly most: number;
  /** Names of members of which at least one must be in each entry. */
  readonly anyOf?: readonly string[];
  /** In a table all entries stand in one cell, such as the packs of a vehicle. Only for a list with one member. */
  readonly isOneCell?: true;
  /**
   * In a table the first entry is the member of the message that has the same name as the list's only one: all lots that are merged stand
   * alike in their rows. Only where rows join.
   */
  readonly isFirstBeside?: true;
}

/** A member of a message that names an item by a tag. */
export interface TagField {
  readonly scheme: TagScheme;
  readonly field: string;
  /** What stands before the member in the tag, such as the application identifier of a GS1 key. */
  readonly prefix?: string;
}

/** Where a member of an event comes from. What is absent in the message is absent in the event. */
export type Source =
  /** Left out where its value is one of `unless`. */
  | { readonly field: string; readonly unless?: readonly string[] }
  | { readonly constant: string | number | boolean }
  /** Only where a member of the message is there. */
  | { readonly when: string; readonly then: Source }
  /** Id of the item that the first of these tags names. */
  | { readonly item: readonly TagField[] }
  /** A tag itself, such as the label that is bound to a unit. */
  | { readonly tag: TagField }
  /** A day such as `2026-03-02` as the integer that stands on the ledger, `20260302`. */
  | { readonly day: string }
  /** What stands on the ledger in place of an amount or of prices: made of the members of the same names and the salt. */
  | { readonly commitment: 'amount' | 'price' }
  | { readonly object: Readonly<Record<string, Source>> }
  /** One member for each that is present. */
  | { readonly array: readonly Source[] }
  /** The same for each entry of a list; with `always` an empty one where the message has none. */
  | { readonly list: string; readonly each: Source; readonly always?: true }
  /** One object for each value of a member of a list's entries: that value under `as`, and under `into` what each of its entries gives. */
  | {
      readonly groups: string;
      readonly by: string;
      readonly as: string;
      readonly into: string;
      readonly each: Source;
    }
  /** An item that comes into being: id and nonce are made, the tags that are there are bound. */
  | { readonly made: Readonly<Record<string, Source>>; readonly tags?: readonly TagField[] };

/** One event that a message becomes. */
export interface EventMapping {
  readonly type: ItemEventType;
  /** The item that the event is about: the first of these tags that the message holds. */
  readonly item: readonly TagField[];
  /** The event brings the item into the ledger with all tags that are there, and is left out when the ledger knows one of them. */
  readonly registers?: true;
  /** The event itself brings the item into the ledger; a tag that the ledger knows is refused by it. */
  readonly creates?: true;
  readonly data: Readonly<Record<string, Source>>;
}

/** A message that declares another one of the same sender wrong becomes an event for each that the other became, the last one first. */
export interface CorrectionMapping {
  readonly type: 'correct';
  /** Member that holds the id of the wrong message. */
  readonly corrects: string;
  readonly data: Readonly<Record<string, Source>>;
}

/**
 * A message of a system, as data: its JSON Schema, its table, its row in the dictionary and its events come from here.
 */
export interface MessageType {
  /** Such as `lossReported`. */
  readonly name: string;
  /** Raised whenever a message that was read before would be read otherwise. */
  readonly version: number;
  readonly title: Phrase;
  /** Systems that send it. */
  readonly systems: readonly System[];
  readonly columns: readonly Column[];
  readonly lists?: readonly ListField[];
  /** Names of members of which at least one must be there. */
  readonly anyOf?: readonly string[];
  readonly events: readonly (EventMapping | CorrectionMapping)[];
  /**
   * Names of members that together stand once in a table of such messages; without them it comes as messages only. With `time`, what may
   * be done again is told from what is sent again. A row is a message with one entry of its list, unless rows join.
   */
  readonly tableKey?: readonly string[];
  /** Names of members in which rows of a table are alike that together are one message, each with one entry of its list. */
  readonly rowsJoin?: readonly string[];
}
