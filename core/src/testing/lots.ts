import type { EventOf } from '../model/events.js';
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
