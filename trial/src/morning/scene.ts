import type { Language } from '@huilian/core';
import type { CastMember } from '../cast.js';
import type { Recorded, Station } from './huilian.js';
import type { Story } from './story.js';

/** What one morning is played with. */
export interface Morning {
  readonly home: string;
  readonly url: string;
  readonly language: Language;
  readonly story: Story;
  readonly stations: Readonly<Record<CastMember, Station>>;
  readonly keyIds: Readonly<Record<CastMember, string>>;
  /** Reads everything, for the numbers. */
  readonly token: string;
}

/** An item as the gateway shows it. */
export interface Item {
  readonly item: string;
  readonly category: string;
  readonly state: string;
  readonly custodian?: string;
  readonly massGrams?: number;
  readonly parent?: string;
}

/** Where an item came from and what came out of it. */
export interface Genealogy {
  readonly ancestors: readonly Item[];
  readonly descendants: readonly Item[];
}

/** The last block that events stand in, for reading what they did. */
export function blockOf(lines: readonly Recorded[]): number {
  return Math.max(0, ...lines.map(({ block }) => block ?? 0));
}

/** Ids of the items that events are about. */
export function itemsOf(lines: readonly Recorded[]): string[] {
  return lines.flatMap(({ item }) => (item === undefined ? [] : [item]));
}

/** The first of them. @throws Error when there is none */
export function only(lines: readonly string[], what: string): string {
  const [first] = lines;
  if (first === undefined) throw new Error(`no ${what}`);
  return first;
}
