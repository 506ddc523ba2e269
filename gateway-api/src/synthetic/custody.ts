import { rowKey, type LedgerEvent, type SignedBatch } from '@huilian/core';
import { creditCodeNumbered, Signer } from '@huilian/core/testing';
import type { SourceBlock } from '../projector/source.js';
import { chainLedger, chainStart, SyntheticChain } from './chain.js';

/** How large a ledger of custody is. */
export interface CustodyPlan {
  /** Custody events, after one registration of each item; rounded up to whole batches. */
  readonly events: number;
  readonly items: number;
  /** An even number: two devices pass the same items to and fro. */
  readonly devices: number;
  readonly eventsPerBatch: number;
  readonly batchesPerTransaction: number;
  readonly transactionsPerBlock: number;
}

/** A device, and the credit code of the participant that it belongs to. */
interface Device {
  readonly signer: Signer;
  readonly owner: string;
}

/** What {@link custodyBlocks} makes unless told otherwise. */
export const custodyPlan: CustodyPlan = {
  events: 100_000,
  items: 20_000,
  devices: 40,
  eventsPerBatch: 250,
  batchesPerTransaction: 4,
  transactionsPerBlock: 2,
};

/**
 * The blocks of a ledger on which items change hands all the time: each is registered, handed over, accepted, handed back,
 * accepted, and so on. Every event is accepted. Blocks are made as they are asked for, so memory holds the world state alone.
 */
export function* custodyBlocks(wanted: Partial<CustodyPlan> = {}): Generator<SourceBlock, void, void> {
  const plan = { ...custodyPlan, ...wanted };
  const chain = new SyntheticChain();
  yield chain.genesis();
  yield chain.write({ [rowKey.ledger]: { id: chainLedger } });
  const pairs = Array.from({ length: plan.devices / 2 }, (_, i): readonly Device[] =>
    [2 * i, 2 * i + 1].map(deviceNumbered),
  );
  for (const device of pairs.flat()) yield chain.admit(device.signer, device.owner, 'repairShop');
  const group: SignedBatch[] = [];
  const groups: SignedBatch[][] = [];
  for (const batch of inTurn(pairs, plan)) {
    group.push(batch);
    if (group.length === plan.batchesPerTransaction) groups.push(group.splice(0));
    if (groups.length === plan.transactionsPerBlock) yield chain.record(...groups.splice(0));
  }
  if (group.length > 0) groups.push(group);
  if (groups.length > 0) yield chain.record(...groups);
}

/** One batch of each pair after the other, until there are as many events as planned. */
function* inTurn(pairs: readonly (readonly Device[])[], plan: CustodyPlan): Generator<SignedBatch> {
  const work = pairs.map((pair) => batchesOf(pair, plan));
  for (let left = plan.items + plan.events; ;) {
    for (const batches of work) {
      const { value } = batches.next();
      if (left <= 0 || value === undefined) return;
      left -= value.events.length;
      yield value;
    }
  }
}

/** What two devices sign, without end. */
function* batchesOf(
  [giver, receiver]: readonly Device[],
  plan: CustodyPlan,
): Generator<SignedBatch, undefined> {
  if (giver === undefined || receiver === undefined) return undefined;
  const count = Math.floor((2 * plan.items) / plan.devices);
  const parts = Array.from({ length: count }, (_, number) => newPart(giver.signer, number));
  const sign = function* ({ signer }: Device, events: readonly LedgerEvent[]): Generator<SignedBatch> {
    for (let i = 0; i < events.length; i += plan.eventsPerBatch)
      yield signer.batch(events.slice(i, i + plan.eventsPerBatch));
  };
  yield* sign(
    giver,
    parts.map(({ register }) => register),
  );
  const shared = { version: 1, time: chainStart } as const;
  for (let [from, to] = [giver, receiver]; ; [from, to] = [to, from]) {
    const given = { to: to.owner };
    const taken = { from: from.owner };
    yield* sign(
      from,
      parts.map(({ id }): LedgerEvent => ({ type: 'handover', ...shared, item: id, data: given })),
    );
    yield* sign(
      to,
      parts.map(({ id }): LedgerEvent => ({ type: 'accept', ...shared, item: id, data: taken })),
    );
  }
}

function deviceNumbered(number: number): Device {
  const signer = new Signer(`device ${number}`, chainLedger, () => chainStart);
  return { signer, owner: creditCodeNumbered(number) };
}

/** A new part and the event that registers it. */
function newPart(signer: Signer, number: number): { readonly id: string; readonly register: LedgerEvent } {
  const { item: id, nonce } = signer.item(`part ${number}`);
  const data = { kind: 'part' as const, category: 'starter', nonce, tags: [], massGrams: 150_000 };
  return { id, register: { type: 'register', version: 1, item: id, time: signer.now(), data } };
}
