import { APPLIANCE_TYPES, makeSet, MEASURES } from '../../model/facts/appliance-catalogue.js';
import { eventIdOf } from '../../ids/event-id.js';
import type { LedgerEvent } from '../../model/events.js';
import type { ItemRow, Row } from '../../model/rows.js';
import { rowKey, type RowKey } from '../../model/row-keys.js';
import type { Role } from '../../model/terms.js';
import { itemNamed } from '../../testing/keys.js';
import { sampleData } from '../../testing/samples.js';
import type { Party } from '../../testing/trade.js';
import { NOON } from '../../testing/world.js';
import { applyEvent } from '../apply.js';
import { Draft } from '../draft.js';
import type { Step } from './index.js';
import { certifying, holder, id, other, PACK, stranger, trade } from './things.testing.js';

const NEW_PACK = '001PE240000003B3C0000002';
/** No unit of the category `other` is measured. */
const NO_MEASURES = Object.fromEntries(MEASURES.map((measure) => [measure, undefined]));

/** Data that fit the row: what is left to refuse is the row. */
function dataFor(step: Step, row: ItemRow, who: Party): object {
  const sample = sampleData[step.event] as object;
  const seller = { seller: who.creditCode };
  const isSold = row.insurance?.sale?.startsWith(`${who.creditCode}/`) === true;
  const fresh = itemNamed(who.signer.keyId, 'out');
  const out = { ...fresh, kind: 'lot', category: row.category, massGrams: 1_000 };
  const made: Readonly<Record<string, object>> = {
    codePart: { label: { scheme: 'serial', value: 'L-1' } },
    remove: { from: other },
    fit: { into: other, repair: undefined },
    merge: { others: [other], output: { ...out, massGrams: 2_000 } },
    sort: { outputs: [{ ...out, category: 'steel' }] },
    // What is in it already is not packed again.
    pack: { items: [row.logistics?.goods ? id : other] },
    issueCertificate: { number: 'C-2' },
    reportDamage: { loss: 'L-9', day: undefined },
    claimLines: { loss: 'L-2', claim: 'X-2', cover: 'ownDamage', lines: [1], against: undefined },
    payLines: { loss: 'L-3', insurer: undefined },
    transform: { others: [other] },
    bindSet: { partner: other },
    unbindSet: { partner: other },
    accept: { from: row.custodian, count: undefined, exceptions: undefined },
    refuse: { from: row.custodian },
    sellRemanufactured: { ...seller, sale: 'S-9', statePilotVersion: undefined },
    receiveCore: { ...seller, sale: 'S-2', product: other, label: { scheme: 'serial', value: 'L-1' } },
    claimEntitlement: { ...seller, sale: isSold ? 'S-1' : 'S-0', core: other },
    changeRegistration: { part: id },
    declarePackMissing: { pack: PACK },
    unpack: { items: [other] },
    testBattery: { defect: undefined },
    acceptOnBehalf: { creditCode: '91330100MA27ABCE9B' },
    closeSorting: { residueGrams: 1_000 },
    weigh: {
      weighing: { grossGrams: 1_000, tareGrams: 0, netGrams: 1_000, scale: 'W', calibratedUntil: NOON },
    },
    remanufacture: { product: { ...out, kind: 'part' } },
    repurpose: { product: { ...out, kind: 'battery', tags: [{ scheme: 'battery', value: NEW_PACK }] } },
    sample: { output: { ...out, massGrams: 1, pieces: undefined } },
    sellSalvage: { to: holder.creditCode },
    handover: {
      to: stranger.creditCode === who.creditCode ? holder.creditCode : stranger.creditCode,
      consignee: undefined,
    },
    receiveUnit: { identity: 'label', type: row.appliance?.type, ...NO_MEASURES },
    lineStep: { step: 'drain' },
    carryManifest: { lots: [] },
    acceptManifest: { lots: [], refused: undefined },
    takeBackLots: { lots: [other] },
    refuseManifest: { lots: [] },
    cancelManifest: { lots: [] },
  };
  const outputs = 'outputs' in sample ? { outputs: [out], lossGrams: 0 } : {};
  return Object.fromEntries(
    Object.entries<unknown>({ ...sample, ...outputs, ...made[step.event] }).filter(
      ([, value]) => value !== undefined,
    ),
  );
}

/** The thing beside it: what it is fitted into, its partner, what is to come out of it, the core that came back for it. */
export function beside(row: ItemRow): ItemRow {
  const { custodian } = row;
  const base = { category: row.category, custodian, owner: custodian, count: 1, head: '', massGrams: 1_000 };
  const own = row.appliance?.type;
  if (row.kind === 'device' && own) {
    const { partner } = row.appliance;
    // One that has a partner is bound to no other one.
    const type = partner === undefined ? APPLIANCE_TYPES.find((each) => makeSet(own, each)) : undefined;
    const appliance = { type, partner: partner && id };
    return { ...base, kind: 'device', state: row.state, appliance };
  }
  if (row.kind === 'lot') return { ...base, kind: 'lot', state: 'registered' };
  if (row.kind === 'manifest') return { ...base, kind: 'lot', state: 'registered', lot: { manifest: id } };
  if (row.kind === 'container')
    return {
      ...base,
      kind: 'part',
      state: 'registered',
      logistics: row.logistics?.goods && { container: id },
    };
  return { ...base, kind: 'vehicle', state: 'inUse', grade: row.kind === 'part' ? 'A' : undefined };
}

/** The rules on rows that are read as they are asked for, without the signing that this is not about. */
class OpenDraft extends Draft {
  override get<R>(key: RowKey<R>): R | undefined {
    this.#know(key);
    return super.get(key);
  }

  override put<R extends Row>(key: RowKey<R>, row: R): void {
    this.#know(key);
    super.put(key, row);
  }

  #know(key: string): void {
    if (!this.has(key)) this.load(new Map([[key, trade.world.rows.get(key)]]));
  }
}

/** What stands in the place of the rows and the data of an attempt. */
interface Instead {
  readonly rows?: readonly (readonly [string, Row | undefined])[];
  readonly data?: object;
}

/** What the rules say of a step of the thing, with data that fit it. */
export function verdictOn(step: Step, row: ItemRow, who: Party, instead: Instead = {}): string {
  const { keyId: signing } = who.signer;
  const key = trade.world.row(rowKey.key(signing));
  const participant = trade.world.row(rowKey.participant(who.creditCode));
  if (!key || !participant) throw new Error('who acts is registered');
  const data = instead.data ?? dataFor(step, row, who);
  const isAnother = step.event === 'issueCertificate' && row.certificate !== undefined;
  const replaces = isAnother ? { replaces: certifying() } : {};
  const event = { type: step.event, item: id, version: 1, time: NOON, data, ...replaces };
  const draft = new OpenDraft();
  draft.load(
    new Map<string, Row | undefined>([
      [rowKey.item(id), row],
      [rowKey.item(other), beside(row)],
      ...(instead.rows ?? []),
    ]),
  );
  const moment = {
    ...{ actor: { keyId: signing, key, participant }, time: NOON, event: event as unknown as LedgerEvent },
    ...{ id: eventIdOf({ keyId: signing, sequence: 1, index: 0 }), leaf: new Uint8Array(32) },
    notice: () => undefined,
  };
  return applyEvent(draft, moment.event, moment, {});
}

export const rolesOf = (who: Party): readonly Role[] =>
  trade.world.row(rowKey.participant(who.creditCode))?.roles ?? [];
