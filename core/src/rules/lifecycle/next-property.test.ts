import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { ITEM_KINDS, ITEM_STATES, PART_CLASSES, type Role } from '../../model/terms.js';
import { APPLIANCE_TYPES, MEASURES } from '../../model/facts/appliance-catalogue.js';
import type { LedgerEvent } from '../../model/events.js';
import type { ItemRow, Row } from '../../model/rows.js';
import { rowKey, type RowKey } from '../../model/row-keys.js';
import { itemNamed } from '../../testing/keys.js';
import { sampleData, sampleNames } from '../../testing/samples.js';
import { ALL_TRADES, Trade, type Party } from '../../testing/trade.js';
import { NOON } from '../../testing/world.js';
import { eventIdOf } from '../../ids/event-id.js';
import { saleId } from '../../model/sale.js';
import { applyEvent } from '../apply.js';
import { Draft } from '../draft.js';
import { lifecycle, type Step } from './index.js';
import { nextSteps } from './next.js';

const { item: id, keyId } = sampleNames;
const other = itemNamed(keyId, 'other').item;
const PACK = '001PE240000003B3C0000001';
const NEW_PACK = '001PE240000003B3C0000002';
/** No unit of the category `other` is measured. */
const NO_MEASURES = Object.fromEntries(MEASURES.map((measure) => [measure, undefined]));

let trade: Trade;
/** One who has every role that an enterprise may have, and one of Oversight. */
let holder: Party;
let police: Party;
let stranger: Party;
beforeAll(() => {
  trade = new Trade();
  holder = trade.party('holder', ALL_TRADES);
  stranger = trade.party('stranger', ALL_TRADES);
  police = trade.party('police', ['police', 'auditor', 'regulator'], { mspId: 'OversightMSP' });
  trade.table('massTolerance', 1, { permille: 1_000 });
  trade.table('lineSteps', 1, { other: ['drain'] });
  trade.table('requiredParts', 1, {});
  trade.table('secondLifeCapacity', 1, { permille: 800 });
  trade.table('certificateAfter', 1, { after: 'dismantling' });
  trade.table('coreDeposit', 1, { returnDays: 30, gradeA: 1_000 });
  trade.world.rows.set(rowKey.loss(id, 'L-1'), {
    day: 20260301,
    reportedBy: holder.creditCode,
    claims: [],
    lines: [],
  });
});

/** A party of a row by a number, so that rows shrink. */
const partyOf = (at: number): Party => [holder, stranger, police][at % 3] ?? holder;
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });
const flag = maybe(fc.constant(true as const));

const rarely = <T>(value: fc.Arbitrary<T>) =>
  fc.oneof({ weight: 9, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: value });

/** Each kind in each of its states. */
const PLACED = ITEM_KINDS.flatMap((kind) =>
  ITEM_STATES.filter((state) =>
    lifecycle.some(({ kinds, from, to }) => kinds.includes(kind) && (to === state || from.includes(state))),
  ).map((state) => ({ kind, state })),
);

/** What may stand on a row; whether it fits together does not matter, for `next` and the rules read the same row. */
const facts = fc.record({
  placed: fc.constantFrom(...PLACED),
  custodian: fc.constantFrom(0, 0, 0, 1),
  class: maybe(fc.constantFrom(...PART_CLASSES)),
  inspection: maybe(fc.constantFrom('fit' as const, 'unfit' as const)),
  massGrams: maybe(fc.constant(1_000)),
  category: fc.constantFrom('other', 'other', 'airbag', 'computer', 'mixedIntake'),
  hold: rarely(fc.constant('suspectedStolen' as const)),
  certificate: maybe(fc.constant('C-1')),
  supervision: maybe(fc.constantFrom('due' as const, 'witnessed' as const)),
  totalLoss: rarely(fc.constantFrom('mustScrap' as const, 'constructive' as const)),
  grade: rarely(fc.constantFrom('A' as const, 'unfit' as const)),
  parent: maybe(fc.constant(other)),
  contested: rarely(fc.constant(true as const)),
  consignee: rarely(fc.nat(2)),
  handover: rarely(fc.nat(1)),
  acceptances: rarely(fc.nat(1)),
  container: rarely(fc.constant(true as const)),
  goods: flag,
  difference: rarely(fc.nat(2)),
  paperBy: rarely(fc.nat(2)),
  result: maybe(fc.constantFrom('secondLife' as const, 'recycle' as const)),
  packs: flag,
  coded: fc.boolean(),
  appliance: maybe(
    fc.record({
      type: fc.constantFrom(...APPLIANCE_TYPES),
      route: maybe(fc.constantFrom('reuse' as const, 'process' as const)),
      partner: maybe(fc.constant(other)),
      test: maybe(fc.constantFrom('passed' as const, 'failed' as const)),
      labelled: flag,
      dataErased: flag,
      stepsDone: maybe(fc.constant(1)),
    }),
  ),
  loss: flag,
  changes: flag,
  sale: flag,
  offer: flag,
  manifest: rarely(fc.constant(true as const)),
  carried: flag,
  sentBack: flag,
});
type Facts = typeof facts extends fc.Arbitrary<infer T> ? T : never;

function rowOf(given: Facts): ItemRow {
  const { placed, category, massGrams, appliance, coded, loss, changes, sale, offer } = given;
  const { kind, state } = placed;
  const code = (at: number): string => partyOf(at).creditCode;
  const { custodian, handover, acceptances, container, goods, difference, paperBy, consignee } = given;
  const insurance = {
    ...(loss && { loss: 'L-1' }),
    ...(changes && { changes: [{ part: id, since: 0 }] }),
    ...(sale && { sale: saleId({ seller: code(custodian), sale: 'S-1', line: 1 }) }),
    ...(offer && { offer: 'x' }),
  };
  const logistics = {
    ...(container && { container: other }),
    ...(goods && kind === 'container' && { goods: { count: 1, moves: 0, owner: code(custodian) } }),
    ...(difference === undefined ? {} : { difference: { from: code(difference) } }),
    ...(paperBy === undefined ? {} : { paperBy: code(paperBy) }),
  };
  const isFree = state !== 'fitted' && container === undefined;
  return {
    kind,
    category,
    state,
    // Whoever holds it on paper is not on the ledger.
    custodian: paperBy === undefined ? code(custodian) : 'household:S-1',
    owner: code(custodian),
    count: 1,
    head: '',
    massGrams,
    inspection: given.inspection,
    class: kind === 'part' ? given.class : undefined,
    hold: given.hold,
    certificate: given.certificate,
    supervision: given.supervision,
    totalLoss: given.totalLoss,
    grade: given.grade,
    parent: given.parent,
    contested: given.contested,
    consignee: consignee === undefined ? undefined : code(consignee),
    tags: coded ? [{ scheme: 'battery', value: PACK }] : undefined,
    fittedInto: state === 'fitted' ? other : undefined,
    handover: handover === undefined || !isFree ? undefined : { to: code(custodian + 1 + handover) },
    acceptances:
      acceptances === undefined
        ? undefined
        : [{ by: code(custodian + 1 + acceptances), from: code(custodian) }],
    battery: { result: given.result, packs: given.packs && [PACK] },
    appliance: appliance && { ...appliance, stepsVersion: 1 },
    insurance,
    logistics,
    lot: kind === 'lot' ? { manifest: given.manifest && other } : undefined,
    manifest:
      kind === 'manifest'
        ? {
            carrier: code(custodian),
            handler: code(custodian),
            lots: [],
            carried: given.carried,
            sentBack: given.sentBack && [other],
          }
        : undefined,
  };
}

/** Refusals that the item's own row gives, whatever is offered with the step; HL-2110 is one of a table. */
const OF_THE_ITEM = [
  ...['HL-2004', 'HL-2010', 'HL-2011', 'HL-2020', 'HL-2021', 'HL-2022', 'HL-2025', 'HL-2026', 'HL-2027'],
  ...['HL-2030', 'HL-2051', 'HL-2060', 'HL-2100', 'HL-2102', 'HL-2108', 'HL-2109', 'HL-2111'],
  ...['HL-2113', 'HL-2117', 'HL-2118', 'HL-2119', 'HL-2120', 'HL-2121', 'HL-2122', 'HL-2125', 'HL-2128'],
  ...['HL-2130', 'HL-2133', 'HL-2140', 'HL-2155', 'HL-2157', 'HL-2158', 'HL-2159', 'HL-2162', 'HL-2165'],
  ...['HL-2167', 'HL-2169', 'HL-2176', 'HL-2178', 'HL-2180', 'HL-2182', 'HL-2185', 'HL-2187', 'HL-2188'],
  ...['HL-2189', 'HL-2203', 'HL-2219', 'HL-2225', 'HL-2227', 'HL-2230', 'HL-2238'],
];

/** Of a change of hands these say that it is the wrong party. */
const OF_THE_PARTY = ['HL-2111', 'HL-2117', 'HL-2167'];
const isOfTheItem = ({ event }: Step, verdict: string): boolean =>
  OF_THE_ITEM.includes(verdict) &&
  !((event === 'handover' || event === 'accept') && OF_THE_PARTY.includes(verdict));

/** Data that fit the row: what is left to refuse is the row. */
function dataFor(step: Step, row: ItemRow, who: Party): object {
  const sample = sampleData[step.event] as object;
  const seller = { seller: who.creditCode };
  const fresh = itemNamed(who.signer.keyId, 'out');
  const out = { ...fresh, kind: 'lot', category: row.category, massGrams: 1_000 };
  const made: Readonly<Record<string, object>> = {
    remove: { from: other },
    fit: { into: other, repair: undefined },
    merge: { others: [other] },
    transform: { others: [other] },
    bindSet: { partner: other },
    unbindSet: { partner: other },
    accept: { from: row.custodian, count: undefined, exceptions: undefined },
    refuse: { from: row.custodian },
    sellRemanufactured: seller,
    receiveCore: seller,
    claimEntitlement: seller,
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

/** The thing beside it: what it is fitted into, its partner, what is to come out of it. */
function beside(row: ItemRow): ItemRow {
  const { custodian } = row;
  const base = { category: row.category, custodian, owner: custodian, count: 1, head: '', massGrams: 1_000 };
  if (row.kind === 'device' && row.appliance?.type)
    return { ...base, kind: 'device', state: row.state, appliance: { partner: row.appliance.partner && id } };
  if (row.kind === 'lot') return { ...base, kind: 'lot', state: 'registered' };
  if (row.kind === 'container')
    return {
      ...base,
      kind: 'part',
      state: 'registered',
      logistics: row.logistics?.goods && { container: id },
    };
  return { ...base, kind: 'vehicle', state: 'inUse' };
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

function verdictOn(step: Step, row: ItemRow, who: Party): string {
  const { keyId: signing } = who.signer;
  const key = trade.world.row(rowKey.key(signing));
  const participant = trade.world.row(rowKey.participant(who.creditCode));
  if (!key || !participant) throw new Error('who acts is registered');
  const data = dataFor(step, row, who);
  const event = { type: step.event, item: id, version: 1, time: NOON, data } as unknown as LedgerEvent;
  const draft = new OpenDraft();
  draft.load(
    new Map([
      [rowKey.item(id), row],
      [rowKey.item(other), beside(row)],
    ]),
  );
  const moment = {
    ...{ actor: { keyId: signing, key, participant }, time: NOON, event },
    ...{ id: eventIdOf({ keyId: signing, sequence: 1, index: 0 }), leaf: new Uint8Array(32) },
    notice: () => undefined,
  };
  return applyEvent(draft, event, moment, {});
}

const rolesOf = (who: Party): readonly Role[] =>
  trade.world.row(rowKey.participant(who.creditCode))?.roles ?? [];

describe('of things as they may stand', () => {
  it('what is offered next is not refused for the thing itself, and what is not offered is refused', () => {
    fc.assert(
      fc.property(facts, (given) => {
        const row = rowOf(given);
        for (const who of [holder, stranger, police]) {
          const around = row.fittedInto === undefined ? [] : [beside(row)];
          const offered = nextSteps(row, around, { creditCode: who.creditCode, roles: rolesOf(who) });
          const mine = offered.filter((each) => each.mine).map(({ step }) => step);
          for (const step of lifecycle.filter(
            ({ kinds, from }) => kinds.includes(row.kind) && from.length > 0,
          )) {
            const verdict = verdictOn(step, row, who);
            if (mine.includes(step))
              expect(isOfTheItem(step, verdict), `${step.event}: ${verdict}`).toBe(false);
            else expect(verdict, step.event).not.toBe('accepted');
          }
        }
      }),
      { numRuns: 400 },
    );
  });
});
