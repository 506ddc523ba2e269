import fc from 'fast-check';
import { beforeAll } from 'vitest';
import { APPLIANCE_TYPES } from '../../model/facts/appliance-catalogue.js';
import type { ItemRow } from '../../model/rows.js';
import { rowKey } from '../../model/row-keys.js';
import { saleId } from '../../model/sale.js';
import { ITEM_KINDS, ITEM_STATES, PART_CLASSES, type ItemState } from '../../model/terms.js';
import { eventIdOf } from '../../ids/event-id.js';
import { itemNamed } from '../../testing/keys.js';
import { sampleNames } from '../../testing/samples.js';
import { ALL_TRADES, Trade, type Party } from '../../testing/trade.js';
import { NOON } from '../../testing/world.js';
import { eventCheck, questionOf } from '../undo.js';
import { lifecycle } from './index.js';

// Things as they may stand, on a new ledger for each file that imports this.
export const { item: id } = sampleNames;
const { keyId, hash } = sampleNames;
/** What it is fitted into, what goes into a step with it, what lies in it. */
export const other = itemNamed(keyId, 'other').item;
export const PACK = '001PE240000003B3C0000001';

export let trade: Trade;
/** One who has every role that an enterprise may have, another one, and one of Oversight. */
export let holder: Party;
export let stranger: Party;
export let police: Party;
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
  losses();
  for (const { creditCode } of [holder, stranger]) sales(creditCode);
  const batch = {
    digest: hash,
    root: hash,
    count: 1,
    refused: [],
    ruleset: 1,
    time: NOON,
    transaction: hash,
  };
  trade.world.rows.set(rowKey.batch(holder.signer.keyId, 9), batch);
});

/** Losses of the thing: one whose claim is open, one that nobody has claimed, and one that is to be paid. */
function losses(): void {
  const { creditCode } = holder;
  const claims = [{ claim: 'X-1', insurer: creditCode, cover: 'ownDamage' as const }];
  const line = { line: 1, version: 1, by: creditCode, covers: [] };
  const put = (number: string, more: object): void => {
    const row = { day: 20260301, reportedBy: creditCode, claims: [], lines: [], ...more };
    trade.world.rows.set(rowKey.loss(id, number), row);
  };
  put('L-1', { claims });
  put('L-2', { lines: [line] });
  put('L-3', { claims, lines: [{ ...line, covers: [{ claim: 0 }] }] });
}

/** Sales of a party: of the thing, for which a core came back, and of another one, for which none did. */
function sales(seller: string): void {
  const sold = { category: 'other', price: hash, time: NOON, coreDepositVersion: 1 };
  const put = (sale: string, more: { product: string; core?: string; returned?: number }): void => {
    trade.world.rows.set(rowKey.reman(saleId({ seller, sale, line: 1 })), { ...sold, ...more });
  };
  put('S-1', { product: id, core: other, returned: NOON });
  put('S-2', { product: other });
}

/** The event that gave a vehicle its certificate, where that was declared wrong. */
export const certifying = (): string => eventIdOf({ keyId: holder.signer.keyId, sequence: 9, index: 0 });

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
export const facts = fc.record({
  placed: fc.constantFrom(...PLACED),
  custodian: fc.constantFrom(0, 0, 0, 1),
  class: maybe(fc.constantFrom(...PART_CLASSES)),
  inspection: maybe(fc.constantFrom('fit' as const, 'unfit' as const)),
  massGrams: maybe(fc.constant(1_000)),
  category: fc.constantFrom('other', 'other', 'airbag', 'computer', 'mixedIntake'),
  hold: rarely(fc.constant('suspectedStolen' as const)),
  certificate: maybe(fc.constant('C-1')),
  questioned: rarely(fc.constant(true as const)),
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
  difference: rarely(fc.tuple(fc.nat(2), fc.nat(2))),
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
      labelledBy: maybe(fc.constant(other)),
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
export type Facts = typeof facts extends fc.Arbitrary<infer T> ? T : never;

export function rowOf(given: Facts): ItemRow {
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
    ...(difference === undefined
      ? {}
      : { differences: [{ from: code(difference[0]), to: code(difference[1]) }] }),
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
    certificate: certificateIn(state, given.certificate),
    correction: given.questioned && {
      questioned: [questionOf(eventCheck(certifying()), 'issueCertificate')],
    },
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

/** A vehicle that was only taken in has no certificate, and what is made of one that was certified has. */
function certificateIn(state: ItemState, certificate: string | undefined): string | undefined {
  if (state === 'received') return undefined;
  return state === 'certificateIssued' || state === 'shredded' ? 'C-1' : certificate;
}
