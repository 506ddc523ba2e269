import { canonical } from '../bytes/canonical.js';
import { sha256Hex } from '../bytes/digest.js';
import { OVERSIGHT, type Role } from '../model/terms.js';
import { rowKey } from '../model/row-keys.js';
import type { LicenceRow, ParticipantRow } from '../model/rows.js';
import type { AdministrationEvent, AdministrationEventType } from '../model/events.js';
import type { Moment } from './actor.js';
import type { Draft } from './draft.js';
import { require } from './refusal.js';

export type AdministrationRule<T extends AdministrationEventType> = (
  draft: Draft,
  event: Extract<AdministrationEvent, { type: T }>,
  moment: Moment,
) => void;

export function requireOversight(moment: Moment): void {
  require(moment.actor.key.mspId === OVERSIGHT, 'HL-3033');
}

function participantOf(draft: Draft, creditCode: string): ParticipantRow {
  const row = draft.get(rowKey.participant(creditCode));
  require(row, 'HL-3030');
  return row;
}

/** Roles of those who supervise; no other organisation may give them. */
const SUPERVISORS: readonly Role[] = ['auditor', 'regulator', 'police', 'finance'];

/** Most licences of one participant, so that its row, which every batch of its keys reads, stays small. */
const MAX_LICENCES = 40;

/** An enterprise joins the organisation of the administrator who registers it. */
export const registerParticipant: AdministrationRule<'participant.register'> = (draft, event, moment) => {
  const { creditCode, name, roles, province } = event.data;
  if (roles.some((role) => SUPERVISORS.includes(role))) requireOversight(moment);
  const key = rowKey.participant(creditCode);
  require(draft.get(key) === undefined, 'HL-3031');
  draft.put(key, { name, mspId: moment.actor.key.mspId, province, roles, licences: [], status: 'active' });
};

/**
 * Its own organisation or Oversight may suspend a participant. A second suspension is refused: whoever records it believes that it
 * still acts.
 *
 * @throws Refusal HL-3047
 */
export const suspendParticipant: AdministrationRule<'participant.suspend'> = (draft, event, moment) => {
  const row = participantOf(draft, event.data.creditCode);
  const { mspId } = moment.actor.key;
  require(mspId === row.mspId || mspId === OVERSIGHT, 'HL-3032');
  require(row.status === 'active', 'HL-3047');
  draft.put(rowKey.participant(event.data.creditCode), { ...row, status: 'suspended' });
};

/** Only Oversight lifts a suspension. @throws Refusal HL-3048 */
export const reinstateParticipant: AdministrationRule<'participant.reinstate'> = (draft, event, moment) => {
  requireOversight(moment);
  const row = participantOf(draft, event.data.creditCode);
  require(row.status === 'suspended', 'HL-3048');
  draft.put(rowKey.participant(event.data.creditCode), { ...row, status: 'active' });
};

/**
 * A licence is entered by the participant's organisation. A number that is entered again replaces the former entry; one that has ended
 * stands until the new one is countersigned, or its end could be wiped out.
 */
export const grantLicence: AdministrationRule<'licence.grant'> = (draft, event, moment) => {
  const { creditCode, licence } = event.data;
  const row = participantOf(draft, creditCode);
  require(row.mspId === moment.actor.key.mspId, 'HL-3032');
  const others = row.licences.filter(
    ({ number, countersignedBy, validTo }) =>
      number !== licence.number || (countersignedBy !== undefined && validTo <= moment.time),
  );
  require(others.length < MAX_LICENCES, 'HL-3045');
  draft.put(rowKey.participant(creditCode), { ...row, licences: [...others, licence] });
};

/** Digest of an entry as Oversight looks at it: SHA-256 over its canonical JSON without the countersignature, hex. */
export function licenceDigest(licence: LicenceRow): string {
  const { countersignedBy: _signer, ...entry } = licence;
  return sha256Hex(canonical(entry));
}

/** Oversight's signature puts a licence in force. */
export const countersignLicence: AdministrationRule<'licence.countersign'> = (draft, event, moment) => {
  requireOversight(moment);
  const row = participantOf(draft, event.data.creditCode);
  const named = row.licences.filter(({ number }) => number === event.data.number);
  const licence = named.find(({ countersignedBy }) => countersignedBy === undefined) ?? named[0];
  require(licence, 'HL-3037');
  require(licence.countersignedBy === undefined, 'HL-3038');
  // An entry may be replaced while Oversight looks at it: the signature is for the one that was seen.
  const { digest } = event.data;
  require(digest === undefined || digest === licenceDigest(licence), 'HL-3046');
  const signed = { ...licence, countersignedBy: moment.actor.keyId };
  const licences = row.licences.flatMap((each) => {
    if (each === licence) return [signed];
    return named.includes(each) ? [] : [each];
  });
  draft.put(rowKey.participant(event.data.creditCode), { ...row, licences });
};
