import { itemIdOf } from '../ids/item-id.js';
import type { EventOf, LedgerEvent } from '../model/events.js';
import type { Signer } from './signer.js';
import type { Party, Trade } from './trade.js';

type LotOutput = EventOf<'merge'>['data']['output'];

/** What a calibrated scale says of a mass, on a pallet or a truck of ten tonnes. */
export function weighed(trade: Trade, netGrams: number): EventOf<'weigh'>['data']['weighing'] {
  const tareGrams = 10_000_000;
  const calibratedUntil = trade.world.time + 86_400;
  return { grossGrams: tareGrams + netGrams, tareGrams, netGrams, scale: 'WB-1', calibratedUntil };
}

/** A lot that comes out of a step of a party. */
export function lotOf(
  party: Party,
  name: string,
  category: string,
  massGrams: number,
  pieces?: number,
): LotOutput {
  return {
    ...party.signer.item(name),
    kind: 'lot',
    category,
    massGrams,
    ...(pieces === undefined ? {} : { pieces }),
  };
}

/** A lot that a party registers. @returns its id */
export function lotHeld(
  trade: Trade,
  party: Party,
  name: string,
  category: string,
  massGrams: number,
): string {
  const { item, nonce } = party.signer.item(name);
  trade.given(party, { type: 'register', item, data: { kind: 'lot', category, nonce, tags: [], massGrams } });
  return item;
}

/** The registration of a new lot of steel by the key of a signer: the least that a load is made of. */
export function steelRegistered(
  signer: Signer,
  nonce: string,
  time = signer.now(),
): LedgerEvent & { readonly item: string } {
  const data = { kind: 'lot' as const, category: 'steel', nonce, tags: [], massGrams: 1_200_000 };
  return { type: 'register', version: 1, time, item: itemIdOf(signer.keyId, nonce), data };
}
