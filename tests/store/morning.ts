import type { Signer } from '@huilian/core/testing';
import {
  creditCodeCheck,
  itemIdOf,
  rowKey,
  type ItemEvent,
  type LedgerEvent,
  type SignedBatch,
} from '@huilian/core';
import { freshSigner, newNonce } from '../verify/signer.js';
import { ledgerId, start, SyntheticLedger } from './synthetic-ledger.js';

export const plantCode = withCheck('91330100MA27ABCD0');
export const shopCode = withCheck('91440300MA5FEDCB1');
export const smelterCode = withCheck('91320200MA1QWERT2');

/** Who works on a synthetic ledger. */
export interface Cast {
  readonly ledger: SyntheticLedger;
  readonly plant: Signer;
  readonly shop: Signer;
  readonly smelter: Signer;
}

const approved = { from: 0, proposedBy: 'a', approvedBy: 'b' };

/** A ledger with a processor, a repair shop and a smelter. */
export function cast(): Cast {
  const ledger = new SyntheticLedger();
  const [plant, shop, smelter] = [freshSigner(ledgerId), freshSigner(ledgerId), freshSigner(ledgerId)];
  ledger.write({
    [rowKey.ledger]: { id: ledgerId },
    [rowKey.rule('massTolerance', 'CN', 0)]: { ...approved, table: { v1: approved.from } },
    [rowKey.rule('massTolerance', 'CN', 1)]: { ...approved, table: { permille: 20 } },
  });
  ledger.admit(plant, plantCode, 'processor');
  ledger.admit(shop, shopCode, 'repairShop');
  ledger.admit(smelter, smelterCode, 'smelter');
  return { ledger, plant, shop, smelter };
}

/** An event about an item. */
export function event<T extends ItemEvent['type']>(
  type: T,
  item: string,
  data: Extract<ItemEvent, { type: T }>['data'],
): LedgerEvent {
  return { type, version: 1, item, time: start, data } as LedgerEvent;
}

/** A new item of a signer: its id and the event that registers it. */
export function newItem(
  signer: Signer,
  kind: 'vehicle' | 'device' | 'part',
  category = 'passengerCar',
): { id: string; register: LedgerEvent } {
  const nonce = newNonce();
  const id = itemIdOf(signer.keyId, nonce);
  const tags = [{ scheme: 'serial' as const, value: `S-${id.slice(-8)}` }];
  return { id, register: event('register', id, { kind, category, nonce, tags, massGrams: 1_000_000 }) };
}

/** Names what comes out of a dismantling. */
export function output(
  signer: Signer,
  category: string,
  massGrams: number,
): { item: string; nonce: string; kind: 'part' | 'lot'; category: string; massGrams: number } {
  const nonce = newNonce();
  return {
    item: itemIdOf(signer.keyId, nonce),
    nonce,
    kind: category === 'iron' ? 'lot' : 'part',
    category,
    massGrams,
  };
}

/** What a morning leaves behind to look at. */
export interface Morning extends Cast {
  readonly car: string;
  readonly engine: string;
  readonly iron: string;
  readonly other: string;
}

/**
 * A power train is taken in, inspected and dismantled; its starter goes to a shop, is fitted into another car and taken out again;
 * its iron goes to the smelter. One step is refused, one batch is lost, one is sent twice.
 */
export function morning(): Morning {
  const played = cast();
  const { ledger, plant, shop, smelter } = played;
  const sign = (signer: Signer, events: readonly LedgerEvent[], lost = 0): SignedBatch =>
    signer.batch(events, { time: start, ...(lost === 0 ? {} : { gap: lost }) });
  const car = newItem(plant, 'part');
  const other = newItem(shop, 'vehicle');
  ledger.record([
    sign(plant, [car.register, event('inspect', car.id, { result: 'fit' })]),
    sign(shop, [other.register]),
  ]);
  ledger.record([sign(plant, [event('dispose', car.id, { method: 'shredded' })])]);
  const engine = output(plant, 'starter', 200_000);
  const iron = output(plant, 'iron', 795_000);
  const dismantle = event('dismantle', car.id, {
    outputs: [engine, iron],
    lossGrams: 5_000,
    toleranceVersion: 1,
  });
  const dismantling = sign(plant, [dismantle]);
  ledger.record([dismantling]);
  // The same bytes again are answered and change nothing.
  ledger.record([
    dismantling,
    sign(
      plant,
      [event('handover', engine.item, { to: shopCode }), event('handover', iron.item, { to: smelterCode })],
      2,
    ),
  ]);
  ledger.record(
    [sign(shop, [event('accept', engine.item, { from: plantCode })])],
    [sign(smelter, [event('accept', iron.item, { from: plantCode })])],
  );
  ledger.record([
    sign(shop, [
      event('inspect', engine.item, { result: 'fit' }),
      event('markReused', engine.item, { mark: 'R-1' }),
      event('fit', engine.item, { into: other.id }),
    ]),
    sign(smelter, [event('dispose', iron.item, { method: 'smelted' })]),
  ]);
  ledger.record([sign(shop, [event('remove', engine.item, { from: other.id })])]);
  ledger.record([shop.forked([event('inspect', other.id, { result: 'unfit' })], { time: start })]);
  return { ...played, car: car.id, engine: engine.item, iron: iron.item, other: other.id };
}

function withCheck(body: string): string {
  return body + creditCodeCheck(body);
}
