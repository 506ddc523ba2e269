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
}

/** A member of a message that names an item by a tag. */
export interface TagField {
  readonly scheme: TagScheme;
  readonly field: string;
}

/** Where a member of an event comes from. What is absent in the message is absent in the event. */
export type Source =
  | { readonly field: string }
  | { readonly constant: string | number | boolean }
  /** Only where a member of the message is there. */
  | { readonly when: string; readonly then: Source }
  /** Id of the item that the first of these tags names. */
  | { readonly item: readonly TagField[] }
  | { readonly object: Readonly<Record<string, Source>> }
  /** One member for each that is present. */
  | { readonly array: readonly Source[] }
  /** The same for each entry of a list. */
  | { readonly list: string; readonly each: Source }
  /** An item that comes into being: id and nonce are made, the tag is bound. */
  | { readonly made: Readonly<Record<string, Source>>; readonly tag?: TagField };

/** One event that a message becomes. */
export interface EventMapping {
  readonly type: ItemEventType;
  /** The item that the event is about: the first of these tags that the message holds. */
  readonly item: readonly TagField[];
  /** The event brings the item into the ledger, and is left out when the ledger knows the tag. */
  readonly registers?: true;
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
  readonly events: readonly EventMapping[];
  /** Names of required members that together stand once in a table of such messages; without them it comes as messages only. */
  readonly tableKey?: readonly string[];
}
