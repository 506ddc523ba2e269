import type { Signer } from '@huilian/core/testing';
import { itemIdOf, STORAGE_LIMIT_TABLE, termsTable, TIME_LIMIT_TABLE, trialTerms } from '@huilian/core';
import { expect } from 'vitest';
import {
  administrative,
  codes,
  itemEvent,
  newNonce,
  now,
  registration,
  takenIn,
  type Client,
  type World,
} from '../gateway/world.js';
import { recordGroup } from './history.js';

/** Items of the history: a dismantled car, its engine, and the car that the engine was fitted into. */
interface Played {
  readonly car: string;
  readonly engine: string;
  readonly host: string;
}

/**
 * Views of rows, events, links, findings and clocks get a document: a car with a tag is dismantled, its engine fitted, a lane forked,
 * a ruleset proposed. More iron comes out of the car than the plant may store.
 */
export async function playEachView(world: World, gateway: Client): Promise<Played> {
  const accepted = async (signer: Signer, events: readonly (readonly [string, object])[]): Promise<void> => {
    const verdicts = await gateway.record(
      signer,
      events.map(([type, data]) => administrative(type, data)),
    );
    expect(verdicts).toEqual(events.map(() => 'accepted'));
  };
  const { plant, shop, recyclingOffice, oversightOffice, secondOversightOffice } = world;
  const licence = {
    number: 'L-1',
    kind: 'dismantler',
    categories: [],
    annualCapacity: 10_000,
    validFrom: 0,
    validTo: now() + 86_400,
    authority: 'test',
  };
  const table = { name: 'massTolerance', province: 'CN', version: 1 };
  await accepted(recyclingOffice, [['licence.grant', { creditCode: codes.plant, licence }]]);
  await accepted(oversightOffice, [
    ['licence.countersign', { creditCode: codes.plant, number: 'L-1' }],
    ['rule.propose', { ...table, from: 0, table: { permille: 50 } }],
    ['ruleset.propose', { number: 1 }],
  ]);
  await accepted(secondOversightOffice, [['rule.approve', table]]);
  const limits = { name: TIME_LIMIT_TABLE, province: 'CN', version: 1 };
  await accepted(oversightOffice, [
    ['rule.propose', { ...limits, from: 0, table: termsTable(trialTerms()) }],
  ]);
  await accepted(secondOversightOffice, [['rule.approve', limits]]);
  const stored = { name: STORAGE_LIMIT_TABLE, province: 'CN', version: 1 };
  await accepted(oversightOffice, [
    ['rule.propose', { ...stored, from: 0, table: { warnPermille: 900, iron: 400_000 } }],
  ]);
  await accepted(secondOversightOffice, [['rule.approve', stored]]);
  const taken = registration(plant, { tags: [{ scheme: 'serial', value: 'CAR-1' }] });
  const other = registration(shop);
  const [car, host] = [taken.item, other.item];
  await gateway.record(plant, [taken.event, itemEvent(car, 'inspect', { result: 'fit' })]);
  await gateway.record(shop, [other.event]);
  const outputs = ['door', 'iron'].map((category, i) => {
    const nonce = newNonce();
    const kind = i === 0 ? 'part' : 'lot';
    return { item: itemIdOf(plant.keyId, nonce), nonce, kind, category, massGrams: 500_000 };
  });
  const engine = outputs[0]?.item ?? '';
  await gateway.record(plant, [...takenIn(plant, car), itemEvent(car, 'dismantle', { outputs })]);
  await gateway.record(plant, [itemEvent(engine, 'handover', { to: codes.shop })]);
  await gateway.record(shop, [itemEvent(engine, 'accept', { from: codes.plant })]);
  await gateway.record(shop, [
    itemEvent(engine, 'inspect', { result: 'fit' }),
    itemEvent(engine, 'markReused', { mark: 'R-1' }),
    itemEvent(engine, 'fit', { into: host }),
    itemEvent(engine, 'dispose', { method: 'shredded' }),
  ]);
  await gateway.record(shop, [itemEvent(host, 'inspect', { result: 'fit' })]);
  await gateway.record(plant, [itemEvent(car, 'hold', { reason: 'suspectedStolen' })]);
  const onItsWay = registration(plant);
  await gateway.record(plant, [onItsWay.event, itemEvent(onItsWay.item, 'handover', { to: codes.shop })]);
  const connection = await world.network.connect('AftermarketMSP');
  // Two batches of one transaction, and a second batch under a used number.
  await recordGroup(connection, [plant.batch([registration(plant).event]), shop.forked([other.event])]);
  return { car, engine, host };
}
