import { beforeEach, expect } from 'vitest';
import { findingsIn, Trade, type Party } from '../testing/index.js';
import type { Finding } from './finding.js';
import { FINDINGS } from './kinds.js';

// Parties on a new ledger for each test of the file that imports this.
export let trade: Trade;
export let plant: Party;
export let otherPlant: Party;
export let shop: Party;
export let remanufacturer: Party;
export let police: Party;

beforeEach(() => {
  trade = new Trade();
  plant = trade.party('plant', ['dismantler']);
  otherPlant = trade.party('other plant', ['dismantler']);
  shop = trade.party('shop', ['repairShop'], { mspId: 'AftermarketMSP' });
  remanufacturer = trade.party('factory', ['remanufacturer'], { mspId: 'AftermarketMSP' });
  police = trade.party('police', ['police'], { mspId: 'OversightMSP' });
  trade.table('massTolerance', 1, { permille: 50 });
});

/** The findings so far, each as `kind of what party did`. */
export function told(): string[] {
  return findingsIn(trade.world).map(({ kind, type, verdict }) => `${kind} ${type} ${verdict}`);
}

/** The one finding so far, with no evidence but what its kind names. */
export function only(): Finding {
  const [first, ...others] = findingsIn(trade.world);
  expect(others).toEqual([]);
  expect(first).toBeDefined();
  const names: readonly string[] = FINDINGS[first!.kind].evidence;
  for (const name of Object.keys(first!.evidence)) expect(names).toContain(name);
  return first!;
}

export const serial = (value: string) => [{ scheme: 'serial' as const, value }];

/** A vehicle that a party registers. */
export function car(by: Party, name: string, tag = name): string {
  const { item, nonce } = by.signer.item(name);
  trade.given(by, {
    type: 'register',
    item,
    data: { kind: 'vehicle', category: 'sedan', nonce, tags: serial(tag) },
  });
  return item;
}

/** A part that a party registers. */
export function part(by: Party, name: string, category: string, tag = name): string {
  const { item, nonce } = by.signer.item(name);
  trade.given(by, {
    type: 'register',
    item,
    data: { kind: 'part', category, nonce, tags: serial(tag), massGrams: 9_000 },
  });
  return item;
}

/** A part that comes out of a depolluted vehicle. */
export function out(by: Party, vehicle: string, category: string, tag: string): string {
  const { item, nonce } = by.signer.item(`${category} ${tag}`);
  const output = { item, nonce, kind: 'part' as const, category, massGrams: 90_000, tags: serial(tag) };
  trade.given(by, { type: 'dismantle', item: vehicle, data: { outputs: [output] } });
  return item;
}
