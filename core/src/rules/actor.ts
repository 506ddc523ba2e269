import type { ErrorCode } from '../messages/catalogue.js';
import type { ItemEventType, LedgerEvent } from '../model/events.js';
import type { KeyRow, ParticipantRow } from '../model/rows.js';
import type { Role } from '../model/terms.js';
import { require } from './refusal.js';

/** Code of something to know about an accepted event. */
export type Notice = ErrorCode;

/** Who signed: the key, and for business events the participant that owns it. */
export interface Actor {
  readonly keyId: string;
  readonly key: KeyRow;
  readonly participant?: ParticipantRow;
}

/** What a rule knows beside the state. */
export interface Moment {
  readonly actor: Actor;
  /** Ledger time in seconds. */
  readonly time: number;
  readonly event: LedgerEvent;
  /** Id of the event. */
  readonly id: string;
  /** Leaf hash of the event, which links the events of an item. */
  readonly leaf: Uint8Array;
  /** Says that an accepted event carries something to know. */
  readonly notice: (code: Notice) => void;
}

/** The participant that acts, if it may act at all. */
export function activeParticipant(actor: Actor): { creditCode: string; participant: ParticipantRow } {
  require(actor.key.kind !== 'administrator', 'HL-2090');
  require(actor.participant, 'HL-3030');
  require(actor.participant.status === 'active', 'HL-2032');
  return { creditCode: actor.key.owner, participant: actor.participant };
}

/** What who has outlived its licences may still do: let go of what it holds. */
const LEAVING: readonly ItemEventType[] = [
  'handover',
  'withdraw',
  'refuse',
  'openManifest',
  'refuseManifest',
  'takeBackLots',
  'cancelManifest',
  'pack',
  'unpack',
  'settleDifference',
];

/**
 * A participant whose licences have ended does no more of what hung on them than to hand over what it holds.
 *
 * @throws Refusal HL-2033 no role is left to act in
 */
export function requireLiving(participant: ParticipantRow, event: ItemEventType, time: number): void {
  require(livingRoles(participant, time).length > 0 || LEAVING.includes(event), 'HL-2033');
}

/** The roles of a participant but those that it was licensed for and is no longer. */
export function livingRoles({ roles, licences }: ParticipantRow, time: number): readonly Role[] {
  const signed = licences.filter(({ countersignedBy }) => countersignedBy !== undefined);
  if (signed.every(({ validTo }) => time < validTo)) return roles;
  return roles.filter((role) => {
    const own = signed.filter(({ kind }) => kind === role);
    return own.length === 0 || own.some(({ validTo }) => time < validTo);
  });
}

/**
 * Checks the roles of a step, and the licence where one is needed.
 *
 * @throws Refusal HL-2030 no such role, HL-2033 the licence for it has ended, HL-2031 none is in force for the category
 */
export function checkRole(
  participant: ParticipantRow,
  roles: readonly Role[] | undefined,
  licence: boolean,
  category: string | readonly string[],
  time: number,
): void {
  if (!roles) return;
  const held = participant.roles.filter((role) => roles.includes(role));
  require(held.length > 0, 'HL-2030');
  const living = livingRoles(participant, time).filter((role) => held.includes(role));
  require(living.length > 0, 'HL-2033');
  if (licence) require(living.some((role) => hasLicence(participant, role, category, time)), 'HL-2031');
}

/**
 * True when a countersigned licence of this kind is in force for a category, or for one of several, and its bearer is not
 * suspended. A licence without categories covers all of them.
 */
export function hasLicence(
  participant: ParticipantRow,
  kind: Role,
  category: string | readonly string[],
  time: number,
): boolean {
  const wanted = typeof category === 'string' ? [category] : category;
  if (participant.status !== 'active') return false;
  return participant.licences.some(
    (licence) =>
      licence.kind === kind &&
      licence.countersignedBy !== undefined &&
      licence.validFrom <= time &&
      time < licence.validTo &&
      (licence.categories.length === 0 || wanted.some((each) => licence.categories.includes(each))),
  );
}

/** How licences name a hazardous waste: 900-045-49 by its class as `HW49`, or alone as `HW90004549`. */
export function wasteNames(wasteCode: string): readonly string[] {
  const digits = wasteCode.replaceAll('-', '');
  return [`HW${digits.slice(-2)}`, `HW${digits}`];
}
