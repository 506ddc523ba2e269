import type { KeyRow, ParticipantRow } from '../model/rows.js';
import type { Role } from '../model/terms.js';
import { require } from './refusal.js';

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
  /** Leaf hash of the event, which links the events of an item. */
  readonly leaf: Uint8Array;
  /** Says that an accepted event carries something to know. */
  readonly notice: (code: 'HL-2040' | 'HL-2042') => void;
}

/** The participant that acts, if it may act at all. */
export function activeParticipant(actor: Actor): { creditCode: string; participant: ParticipantRow } {
  require(actor.key.kind !== 'administrator', 'HL-2090');
  require(actor.participant, 'HL-3030');
  require(actor.participant.status === 'active', 'HL-2032');
  return { creditCode: actor.key.owner, participant: actor.participant };
}

/** Checks the roles of a step, and the licence where one is needed. */
export function checkRole(
  participant: ParticipantRow,
  roles: readonly Role[] | undefined,
  licence: boolean,
  category: string,
  time: number,
): void {
  if (!roles) return;
  const held = participant.roles.filter((role) => roles.includes(role));
  require(held.length > 0, 'HL-2030');
  if (licence) require(held.some((role) => hasLicence(participant, role, category, time)), 'HL-2031');
}

/** True when a countersigned licence of this kind is in force. A licence without categories covers all of them. */
export function hasLicence(participant: ParticipantRow, kind: Role, category: string, time: number): boolean {
  return participant.licences.some(
    (licence) =>
      licence.kind === kind &&
      licence.countersignedBy !== undefined &&
      licence.validFrom <= time &&
      time < licence.validTo &&
      (licence.categories.length === 0 || licence.categories.includes(category)),
  );
}
