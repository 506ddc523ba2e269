import type { EventOf } from '../model/events.js';
import type { ManifestFacts } from '../model/facts/lot.js';
import { rowKey } from '../model/row-keys.js';
import type { ItemRow } from '../model/rows.js';
import { activeParticipant, type Moment } from './actor.js';
import type { Draft } from './draft.js';
import { mayHandle, wasteCodesOf } from './hazardous.js';
import { tableInForce } from './in-force.js';
import { advance, checkStep, createItem, retireTags, type Allowed, type ItemRule } from './item.js';
import { stepOf } from './lifecycle/index.js';
import { require } from './refusal.js';

/** The table that says how many digits the number of a manifest has: `{"digits": 14}`. */
export const MANIFEST_NUMBER = { name: 'manifestNumber', province: 'CN' } as const;

/** The table of by how much a lot may weigh otherwise than it was sent before that has to be told: `{"permille": 50}`. Unconfirmed. */
export const MANIFEST_TOLERANCE = { name: 'manifestTolerance', province: 'CN' } as const;

/** How the number of a manifest is kept: as a tag, so that it is found by it and borne by one manifest only. */
export function numberTag(number: string): { readonly scheme: 'manifest'; readonly value: string } {
  return { scheme: 'manifest', value: number };
}

/**
 * The sender opens a manifest for one trip: these lots by this carrier to this handler. From then on they stand still. Measures
 * for the transfer of hazardous waste (危险废物转移管理办法).
 *
 * @throws Refusal HL-2146, HL-2150 to HL-2154, HL-2051, HL-2283, and those of handing over each lot
 */
export const openManifest: ItemRule<'openManifest'> = (draft, event, moment) => {
  const { creditCode } = activeParticipant(moment.actor);
  const step = stepOf('openManifest', 'manifest');
  require(step, 'HL-2004');
  const { nonce, number, carrier, handler, lots } = event.data;
  checkNumber(draft, number, moment.time);
  const carries = draft.get(rowKey.participant(carrier));
  require(carries?.roles.includes('carrier') === true, 'HL-2153');
  require(carries.status === 'active', 'HL-2283');
  require(new Set(lots.map(({ item }) => item)).size === lots.length, 'HL-2146');
  checkLicence(
    draft,
    handler,
    lots.map(({ wasteCode }) => wasteCode),
    moment.time,
  );
  const massGrams = lots.reduce((sum, lot) => sum + putUnder(draft, event, lot, moment), 0);
  const manifest = { carrier, handler, lots: lots.map(({ item }) => item) };
  const row = {
    kind: 'manifest' as const,
    category: 'hazardousWaste',
    custodian: creditCode,
    owner: creditCode,
    massGrams,
    tags: [numberTag(number)],
    manifest,
  };
  createItem(draft, { id: event.item, nonce, row, state: step.to }, moment);
};

/** @throws Refusal HL-2151 not as the table says, HL-2152 borne by another manifest, perhaps one that ended */
function checkNumber(draft: Draft, number: string, time: number): void {
  const digits = tableInForce(draft, MANIFEST_NUMBER, time)?.['digits'];
  const fits = typeof digits !== 'number' || (number.length === digits && /^[0-9]+$/.test(number));
  require(fits, 'HL-2151');
  require(draft.get(rowKey.tag(numberTag(number))) === undefined, 'HL-2152');
}

/** @throws Refusal HL-2154 */
function checkLicence(draft: Draft, handler: string, wasteCodes: readonly string[], time: number): void {
  const participant = draft.get(rowKey.participant(handler));
  require(participant && wasteCodes.every((code) => mayHandle(participant, code, time)), 'HL-2154');
}

/** One lot goes under the manifest, as it would be handed over. @returns its mass */
function putUnder(
  draft: Draft,
  event: EventOf<'openManifest'>,
  { item: id, wasteCode }: EventOf<'openManifest'>['data']['lots'][number],
  moment: Moment,
): number {
  // Of all kinds only lots travel so.
  require(draft.get(rowKey.item(id))?.kind === 'lot', 'HL-2004');
  const { item } = checkStep(
    draft,
    { ...event, type: 'handover', item: id, data: { to: event.data.carrier } },
    moment,
  );
  require(item.handover === undefined, 'HL-2021');
  require(item.massGrams !== undefined, 'HL-2051');
  require(wasteCodesOf(draft, item, moment.time)?.includes(wasteCode), 'HL-2150');
  const hadCode = item.lot?.wasteCode === undefined ? undefined : (true as const);
  const lot = { ...item.lot, wasteCode, hadCode, manifest: event.item };
  advance(draft, id, item, undefined, moment, { lot, acceptances: undefined });
  return item.massGrams;
}

type ManifestStep =
  | 'carryManifest'
  | 'acceptManifest'
  | 'takeBackLots'
  | 'refuseManifest'
  | 'cancelManifest'
  | 'returnManifest';

interface Manifested extends Allowed {
  readonly manifest: ManifestFacts;
}

/** The manifest of a step, whose lots the event names one and all. @throws Refusal HL-2155, HL-2156 */
function checkManifest(
  draft: Draft,
  event: EventOf<ManifestStep>,
  moment: Moment,
  named?: readonly string[],
): Manifested {
  const allowed = checkStep(draft, event, moment);
  const { manifest } = allowed.item;
  if (!manifest) throw new Error('a manifest has lots');
  const { who } = allowed.step;
  require(who !== 'namedCarrier' || manifest.carrier === allowed.creditCode, 'HL-2155');
  require(who !== 'namedHandler' || manifest.handler === allowed.creditCode, 'HL-2155');
  if (named !== undefined) {
    const lots = new Set(named);
    const same = lots.size === named.length && manifest.lots.every((id) => lots.has(id));
    require(same && lots.size === manifest.lots.length, 'HL-2156');
  }
  return { ...allowed, manifest };
}

/** A lot of a manifest changes hands. */
function move(draft: Draft, id: string, moment: Moment, change: (lot: ItemRow) => Partial<ItemRow>): void {
  const item = draft.get(rowKey.item(id));
  if (!item) throw new Error('a lot of a manifest exists');
  advance(draft, id, item, undefined, moment, change(item));
}

/** The carrier has loaded the lots. Its signature may arrive after the handler's, when they are with the handler already. */
export const carryManifest: ItemRule<'carryManifest'> = (draft, event, moment) => {
  const { item, step, manifest, creditCode } = checkManifest(draft, event, moment, event.data.lots);
  require(manifest.carried !== true, 'HL-2010');
  const isAccepted = item.state === 'accepted';
  // What was sent back, and is not with its sender yet, is on this truck.
  const loaded = isAccepted ? (manifest.sentBack ?? []) : manifest.lots;
  const consignee = isAccepted ? item.custodian : manifest.handler;
  for (const id of loaded) move(draft, id, moment, () => ({ custodian: creditCode, consignee }));
  advance(draft, event.item, item, step, moment, { manifest: { ...manifest, carried: true } });
};

/**
 * The handler weighs what arrived and takes it over; what it does not take goes back with the truck and stands still until its sender
 * has it. What differs from what was sent stands as a fact, and is told where it is beyond the table's tolerance. The handler's
 * licence is looked at again: it may have ended on the way.
 *
 * @throws Refusal HL-2154
 */
export const acceptManifest: ItemRule<'acceptManifest'> = (draft, event, moment) => {
  const { lots, refused } = event.data;
  const named = [...lots.map((lot) => lot.item), ...(refused?.lots ?? [])];
  const { item, step, manifest, creditCode } = checkManifest(draft, event, moment, named);
  const codes = lots.map((lot) => draft.get(rowKey.item(lot.item))?.lot?.wasteCode ?? '');
  checkLicence(draft, manifest.handler, codes, moment.time);
  if (differsTooMuch(draft, lots, moment.time)) moment.notice('HL-2271');
  for (const { item: id, massGrams, pieces } of lots)
    move(draft, id, moment, ({ lot, owner, massGrams: sent = 0 }) => ({
      custodian: creditCode,
      owner: owner === item.custodian ? creditCode : owner,
      consignee: undefined,
      massGrams,
      lot: {
        ...lot,
        ...(pieces === undefined ? {} : { pieces }),
        bookGrams: undefined,
        hadCode: undefined,
        manifest: undefined,
        differenceGrams: massGrams === sent ? undefined : massGrams - sent,
      },
    }));
  const acceptedGrams = lots.reduce((sum, { massGrams }) => sum + massGrams, 0);
  if (refused !== undefined && manifest.carried === true)
    for (const id of refused.lots) move(draft, id, moment, () => ({ consignee: item.custodian }));
  const back = refused && { refusal: refused.reason, sentBack: refused.lots };
  advance(draft, event.item, item, step, moment, { manifest: { ...manifest, acceptedGrams, ...back } });
};

/** Whether a lot weighs otherwise than it was sent by more than the table in force tolerates. */
function differsTooMuch(
  draft: Draft,
  lots: EventOf<'acceptManifest'>['data']['lots'],
  time: number,
): boolean {
  const permille = tableInForce(draft, MANIFEST_TOLERANCE, time)?.['permille'];
  if (typeof permille !== 'number') return false;
  return lots.some(({ item, massGrams }) => {
    const sent = draft.get(rowKey.item(item))?.massGrams ?? 0;
    return Math.abs(massGrams - sent) * 1_000 > permille * sent;
  });
}

/** What the handler sent back is with its sender again, and may be shipped anew. @throws Refusal HL-2272 */
export const takeBackLots: ItemRule<'takeBackLots'> = (draft, event, moment) => {
  const { item, step, manifest, creditCode } = checkManifest(draft, event, moment);
  const { lots } = event.data;
  require(new Set(lots).size === lots.length, 'HL-2146');
  require(lots.every((id) => manifest.sentBack?.includes(id)), 'HL-2272');
  for (const id of lots) move(draft, id, moment, (lot) => putBackFrom(lot, creditCode));
  const left = manifest.sentBack?.filter((id) => !lots.includes(id)) ?? [];
  const sentBack = left.length > 0 ? left : undefined;
  advance(draft, event.item, item, step, moment, { manifest: { ...manifest, sentBack } });
};

/** A lot as its sender has it again: with the waste code that it had before the manifest, if it had one. */
function putBackFrom({ lot }: ItemRow, custodian: string): Partial<ItemRow> {
  const wasteCode = lot?.hadCode === true ? lot.wasteCode : undefined;
  const left = { ...lot, wasteCode, hadCode: undefined, manifest: undefined };
  return { custodian, consignee: undefined, lot: left };
}

/** The handler turns the truck back. The lots stay where they are until the sender cancels the manifest. */
export const refuseManifest: ItemRule<'refuseManifest'> = (draft, event, moment) => {
  const { item, step, manifest } = checkManifest(draft, event, moment, event.data.lots);
  const refusal = event.data.reason;
  advance(draft, event.item, item, step, moment, { manifest: { ...manifest, refusal } });
};

/** The sender cancels what has not left, or takes back what was turned back. @throws Refusal HL-2159 */
export const cancelManifest: ItemRule<'cancelManifest'> = (draft, event, moment) => {
  const { item, step, manifest, creditCode } = checkManifest(draft, event, moment, event.data.lots);
  require(item.state === 'turnedBack' || manifest.carried !== true, 'HL-2159');
  for (const id of manifest.lots) move(draft, id, moment, (lot) => putBackFrom(lot, creditCode));
  retireTags(draft, event.item, item);
  advance(draft, event.item, item, step, moment, {});
};

/** The handler sends the signed copy back; only then does what was shipped no longer count as open. @throws Refusal HL-2157 */
export const returnManifest: ItemRule<'returnManifest'> = (draft, event, moment) => {
  const { item, step, manifest } = checkManifest(draft, event, moment);
  require(manifest.carried === true, 'HL-2157');
  retireTags(draft, event.item, item);
  advance(draft, event.item, item, step, moment, {});
};
