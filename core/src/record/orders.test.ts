import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ItemEvent } from '../model/events.js';
import type { ItemRow } from '../model/rows.js';
import { Trade, type Party, type Plain } from '../testing/trade.js';

/** What one party signs while it is offline, in its order. */
type Lane = readonly Plain<ItemEvent>[];

interface Story {
  readonly trade: Trade;
  readonly parties: readonly Party[];
  readonly lanes: readonly Lane[];
  readonly items: readonly string[];
}

interface Choices {
  readonly missing: readonly boolean[];
  readonly damaged: boolean;
  readonly found: boolean;
  readonly boxed: boolean;
  readonly consigned: boolean;
  readonly count: number | undefined;
}

const choices: fc.Arbitrary<Choices> = fc.record({
  missing: fc.array(fc.boolean(), { minLength: 2, maxLength: 2 }),
  damaged: fc.boolean(),
  found: fc.boolean(),
  boxed: fc.boolean(),
  consigned: fc.boolean(),
  count: fc.option(fc.nat(4), { nil: undefined }),
});

/**
 * A pallet on its way from a plant by a carrier to a factory. Each packs, hands over and accepts offline, and knows nothing of what the
 * others have sent.
 */
function begun({ missing, damaged, found, boxed, consigned, count }: Choices): Story {
  const trade = new Trade();
  const plant = trade.party('plant', ['dismantler']);
  const carrier = trade.party('carrier', ['carrier']);
  const maker = trade.party('maker', ['remanufacturer'], { mspId: 'AftermarketMSP' });
  const things = ['pallet', 'box', 'a', 'b', 'c', 'd'].map((name) => plant.signer.item(name));
  const truck = carrier.signer.item('truck');
  const [pallet, box, a, b, c, d] = things.map(({ item }) => item) as [
    string,
    string,
    string,
    string,
    string,
    string,
  ];
  trade.given(
    plant,
    ...things.map(({ item, nonce }, i) => ({
      type: 'register' as const,
      item,
      data: {
        kind: i < 2 ? ('container' as const) : ('part' as const),
        category: i === 0 ? 'pallet' : i === 1 ? 'box' : 'starter',
        nonce,
        tags: [],
        massGrams: 3_000,
      },
    })),
  );
  trade.given(carrier, {
    type: 'register',
    item: truck.item,
    data: { kind: 'container', category: 'truck', nonce: truck.nonce, tags: [] },
  });
  const left = [c, d].filter((_, i) => missing[i]);
  const exceptions = [
    ...(left.length > 0 ? [{ reason: 'missing' as const, items: left }] : []),
    ...(damaged ? [{ reason: 'damaged' as const, items: [b] }] : []),
  ];
  const receipt = {
    ...(exceptions.length > 0 ? { exceptions } : {}),
    ...(count === undefined ? {} : { count }),
  };
  const consignee = consigned ? { consignee: maker.creditCode } : {};
  const lanes: Lane[] = [
    [
      ...(boxed ? [{ type: 'pack' as const, item: box, data: { items: [c, d] } }] : []),
      { type: 'pack', item: pallet, data: { items: boxed ? [a, b, box] : [a, b, c, d] } },
      { type: 'handover', item: pallet, data: { to: carrier.creditCode, ...consignee } },
    ],
    [
      { type: 'accept', item: pallet, data: { from: plant.creditCode } },
      { type: 'pack', item: truck.item, data: { items: [pallet] } },
      { type: 'unpack', item: truck.item, data: { items: [pallet] } },
      { type: 'handover', item: pallet, data: { to: maker.creditCode } },
    ],
    [
      { type: 'accept', item: pallet, data: { from: carrier.creditCode, ...receipt } },
      { type: 'unpack', item: pallet, data: { items: [a] } },
      ...(found && left[0] !== undefined
        ? [{ type: 'accept' as const, item: left[0], data: { from: carrier.creditCode } }]
        : []),
    ],
  ];
  const items = [...things.map(({ item }) => item), truck.item];
  return { trade, parties: [plant, carrier, maker], lanes, items };
}

/** How a device goes on when one of its events is refused: it waits behind it, or sends what it signed meanwhile. */
type Manner = 'waits' | 'goesOn';

/**
 * Records the lanes in an order of arrival. What was refused because something else had not arrived, its device offers again, in its
 * order, until nothing new is accepted.
 *
 * @returns the items in the end, without the digest that links their events in their order; and what was never accepted
 */
function settledAfter(
  { trade, parties, lanes, items }: Story,
  arrival: readonly number[],
  manner: Manner,
): {
  readonly rows: readonly Omit<ItemRow, 'head' | 'correction'>[];
  readonly refused: readonly Plain<ItemEvent>[];
} {
  const sent = lanes.map(() => 0);
  let refused: (readonly [lane: number, event: Plain<ItemEvent>])[] = [];
  const offer = (lane: number, event: Plain<ItemEvent>): boolean => {
    if (manner === 'waits' && refused.some(([other]) => other === lane)) return false;
    return trade.does(parties[lane]!, event) === 'accepted';
  };
  for (const lane of arrival) {
    const event = lanes[lane]![sent[lane]!]!;
    sent[lane]! += 1;
    if (!offer(lane, event)) refused.push([lane, event]);
  }
  for (let moved = true; moved;) {
    const again = refused;
    refused = [];
    for (const [lane, event] of again) if (!offer(lane, event)) refused.push([lane, event]);
    moved = refused.length < again.length;
  }
  const rows = items.map((id) => {
    const { head: _order, correction: _undo, ...row } = trade.item(id);
    return row;
  });
  return { rows, refused: refused.map(([, event]) => event) };
}

/** The lanes interleaved in order, and in an order that numbers choose; each lane stays in its own order. */
function interleaved(lanes: readonly Lane[], keys: readonly number[]): readonly (readonly number[])[] {
  const inOrder = lanes.flatMap((lane, number) => lane.map(() => number));
  const shuffled = inOrder
    .map((lane, i) => ({ lane, key: keys[i % keys.length]! }))
    .sort((x, y) => x.key - y.key)
    .map(({ lane }) => lane);
  return [inOrder, shuffled];
}

describe('what three parties sign offline', () => {
  const orders = fc.array(fc.nat(11), { minLength: 12, maxLength: 12 });

  it('ends in one state in whatever order it arrives, when a device waits behind what was refused', () => {
    fc.assert(
      fc.property(choices, orders, (chosen, keys) => {
        const [first, second] = interleaved(begun(chosen).lanes, keys).map((arrival) =>
          settledAfter(begun(chosen), arrival, 'waits'),
        );
        expect(first?.refused).toEqual([]);
        expect(second).toEqual(first);
      }),
      { numRuns: 40 },
    );
  });

  it('leaves everything in the same hands when devices go on, though a truck may have been loaded too late', () => {
    fc.assert(
      fc.property(choices, orders, (chosen, keys) => {
        const [first, second] = interleaved(begun(chosen).lanes, keys).map((arrival) => {
          const { rows, refused } = settledAfter(begun(chosen), arrival, 'goesOn');
          return { rows: rows.map(({ count: _events, ...row }) => row), refused };
        });
        expect(second?.rows).toEqual(first?.rows);
        // What comes too late to matter is the loading of the truck, which the pallet had left by then.
        for (const { type } of second?.refused ?? []) expect(['pack', 'unpack']).toContain(type);
      }),
      { numRuns: 40 },
    );
  });
});
