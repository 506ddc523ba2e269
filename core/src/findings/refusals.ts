import type { LedgerEvent } from '../model/events.js';
import { rowKey } from '../model/row-keys.js';
import type { ItemRow } from '../model/rows.js';
import { nearestOrigins } from '../rules/origins.js';
import { nameOnPaper } from '../rules/paper.js';
import { itemSeen } from './created.js';
import type { Evidence, Found, SeenEvent, Surroundings } from './finding.js';
import type { FindingKind } from './kinds.js';

/** A refusal that says that somebody tried what the law forbids. */
interface Telling {
  readonly kind: FindingKind;
  /** Only at these steps; at any where none is named. */
  readonly steps?: readonly LedgerEvent['type'][];
  /** Only of such a thing. */
  readonly of?: (row: ItemRow) => boolean;
}

const CUSTODY: readonly LedgerEvent['type'][] = ['handover', 'accept', 'sellSalvage'];

/** Refusals that are findings, by their code. */
export const TELLING_REFUSALS: Readonly<Record<string, Telling>> = {
  'HL-2011': { kind: 'resurrection' },
  'HL-2030': { kind: 'unlicensedParty', steps: CUSTODY },
  'HL-2031': { kind: 'unlicensedParty', steps: CUSTODY },
  'HL-2100': { kind: 'heldItem' },
  'HL-2103': { kind: 'tooManyAssemblies' },
  'HL-2104': { kind: 'unlicensedParty' },
  'HL-2105': { kind: 'unlicensedParty' },
  // A carrier that brings an assembly to another one than its consignee.
  'HL-2107': { kind: 'unlicensedParty', steps: CUSTODY, of: isDiverted },
  'HL-2111': { kind: 'unlicensedParty', steps: CUSTODY },
  'HL-2112': { kind: 'unlicensedParty', steps: CUSTODY },
  'HL-2115': { kind: 'heldItem' },
  'HL-2117': { kind: 'unlicensedParty', steps: CUSTODY },
  // Hazardous waste, traction batteries, insurance and old-for-reman.
  'HL-2148': { kind: 'unlicensedParty' },
  'HL-2154': { kind: 'unlicensedParty' },
  'HL-2167': { kind: 'unlicensedParty', steps: CUSTODY },
  'HL-2168': { kind: 'unlicensedParty', steps: CUSTODY },
  // On paper, to somebody whose licence nobody can check.
  'HL-2187': { kind: 'unlicensedParty' },
  'HL-2211': { kind: 'claimedTwice' },
  'HL-2213': { kind: 'claimedTwice' },
  'HL-2230': { kind: 'coreTwice' },
  'HL-2284': { kind: 'unlicensedParty', steps: CUSTODY },
};

/** Whether an assembly, or what is in a container with one, is on its way to somebody else. */
function isDiverted({ consignee, fromScrapped, logistics }: ItemRow): boolean {
  return consignee !== undefined && (fromScrapped ?? logistics?.goods?.bounds) !== undefined;
}

/** What a refusal tells by its code. */
export function ofRefusals({ event, verdict, signer }: SeenEvent, around: Surroundings): readonly Found[] {
  const telling = Object.hasOwn(TELLING_REFUSALS, verdict) ? TELLING_REFUSALS[verdict] : undefined;
  if (!telling || !('item' in event)) return [];
  if (telling.steps && !telling.steps.includes(event.type)) return [];
  const row = itemSeen(around, event.item);
  if (telling.of && (row === undefined || !telling.of(row))) return [];
  const found = (kind: FindingKind, evidence: Evidence, more: readonly string[] = []): readonly Found[] => [
    { kind, items: [event.item, ...more], evidence: { code: verdict, ...evidence } },
  ];
  switch (telling.kind) {
    case 'resurrection':
      // Whoever destroyed it and sends a step late has made a mistake; another one has the thing in his hands.
      if (row === undefined || row.custodian === signer) return [];
      return found(row.class === 'core' ? 'coreTwice' : 'resurrection', {});
    case 'heldItem':
      return heldItem(row, around, found);
    case 'unlicensedParty':
      return found(telling.kind, { category: row?.category ?? '', to: receiverOf(event, signer) });
    case 'claimedTwice':
      return found(telling.kind, lossOf(event));
    case 'tooManyAssemblies':
      return found(telling.kind, { assemblies: assembliesOf(event) });
    default:
      return found(telling.kind, {});
  }
}

function heldItem(
  row: ItemRow | undefined,
  around: Surroundings,
  found: (kind: FindingKind, evidence: Evidence, more?: readonly string[]) => readonly Found[],
): readonly Found[] {
  if (row?.hold !== undefined) return found('heldItem', { reason: row.hold });
  const origins = row === undefined ? [] : nearestOrigins(row);
  const holdOf = (id: string) => around.before(rowKey.item(id))?.hold;
  // What is held may lie behind the nearest ones.
  const origin = origins.find((each) => holdOf(each) !== undefined) ?? origins[0];
  const reason = origin === undefined ? undefined : holdOf(origin);
  return found(
    'heldItem',
    { ...(reason === undefined ? {} : { reason }), ...(origin === undefined ? {} : { origin }) },
    origin === undefined ? [] : [origin],
  );
}

/** Who was to have it; on paper an enterprise by its credit code, a household by the number of its slip. */
function receiverOf(event: LedgerEvent, signer: string): string {
  if (event.type === 'acceptOnBehalf') return nameOnPaper(event.data);
  const { to } = event.data as { to?: unknown };
  return typeof to === 'string' ? to : signer;
}

/** The loss that was claimed again. */
function lossOf(event: LedgerEvent): Evidence {
  const { loss } = event.data as { loss?: unknown };
  return typeof loss === 'string' ? { loss } : {};
}

/** Categories of the parts that were to come out. */
function assembliesOf(event: LedgerEvent): readonly string[] {
  const { outputs } = event.data as {
    outputs?: readonly { readonly kind: string; readonly category: string }[];
  };
  return (outputs ?? []).flatMap(({ kind, category }) => (kind === 'part' ? [category] : []));
}

/** The items out of which one came, whose rows say why it is held. @param item row of the event's item, before it */
export function originsToSee({ verdict }: SeenEvent, item: ItemRow | undefined): readonly string[] {
  return verdict === 'HL-2115' && item ? nearestOrigins(item) : [];
}
