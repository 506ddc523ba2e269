import type { LedgerEvent } from '@huilian/core';
import { Trade, type Party, type Plain, type Signer } from '@huilian/core/testing';

/** A morning that touches every type of event, with refusals, a dispute, a gap, a fork and a key that ends. */
export function morning(): Trade {
  const trade = new Trade();
  const { world, oversight, secondOversight, recycling } = trade;
  trade.table('massTolerance', 1, { permille: 10 });
  const plant = trade.party('plant', ['dismantler', 'shredder']);
  const shop = trade.party('shop', ['repairShop'], { mspId: 'AftermarketMSP' });
  const carrier = trade.party('carrier', ['carrier']);
  for (const signer of [oversight, secondOversight, recycling, plant.signer, shop.signer, carrier.signer])
    signer.steady = true;
  const does = (who: Party | Signer, ...plains: Plain<LedgerEvent>[]): void => {
    world.time += 17;
    const signer = 'signer' in who ? who.signer : who;
    world.record(signer.batch(plains.map((plain) => trade.event(plain))));
  };
  const vin = { scheme: 'vin' as const, value: 'LSVAM4186C2123456' };
  const serial = { scheme: 'serial' as const, value: 'EA211-0042' };
  const car = plant.signer.item('car');
  const engine = plant.signer.item('engine');
  const steel = plant.signer.item('steel');
  const copy = shop.signer.item('copy of the car');
  const old = shop.signer.item('old car');

  does(
    plant,
    registration(car, 'vehicle', [vin], 1_000_000),
    { type: 'inspect', item: car.item, data: { result: 'unfit' } },
    { type: 'dismantle', item: engine.item, data: { outputs: [], lossGrams: 0, toleranceVersion: 1 } },
  );
  does(shop, registration(copy, 'vehicle', [vin], 900_000), registration(old, 'vehicle', [], 1_100_000));
  does(oversight, { type: 'tag.award', data: { tag: vin, item: car.item } });
  does(plant, {
    type: 'dismantle',
    item: car.item,
    data: {
      outputs: [
        { ...engine, kind: 'part', category: 'engine', massGrams: 120_000, tags: [serial] },
        { ...steel, kind: 'lot', category: 'steel', massGrams: 875_000 },
      ],
      lossGrams: 4_000,
      toleranceVersion: 1,
    },
  });
  // The shop's acceptance arrives before the carrier's handover.
  does(shop, { type: 'accept', item: engine.item, data: { from: carrier.creditCode } });
  does(plant, {
    type: 'handover',
    item: engine.item,
    data: { to: carrier.creditCode, keepOwnership: true, massGrams: 120_000 },
  });
  does(carrier, { type: 'accept', item: engine.item, data: { from: plant.creditCode, massGrams: 119_900 } });
  does(carrier, { type: 'handover', item: engine.item, data: { to: shop.creditCode } });
  does(shop, { type: 'accept', item: engine.item, data: { from: carrier.creditCode } });
  does(
    shop,
    { type: 'fit', item: engine.item, data: { into: old.item } },
    { type: 'inspect', item: engine.item, data: { result: 'fit' } },
    { type: 'fit', item: engine.item, data: { into: old.item } },
    { type: 'handover', item: old.item, data: { to: plant.creditCode } },
  );
  does(plant, {
    type: 'refuse',
    item: old.item,
    data: { from: shop.creditCode, reason: 'documentsMissing' },
  });
  does(
    shop,
    { type: 'handover', item: old.item, data: { to: plant.creditCode } },
    { type: 'withdraw', item: old.item, data: {} },
    { type: 'remove', item: engine.item, data: { from: old.item } },
  );
  does(
    plant,
    { type: 'dispose', item: steel.item, data: { method: 'shredded' } },
    { type: 'dispose', item: steel.item, data: { method: 'shredded' } },
  );
  administration(trade, plant, does);
  forkAndGap(trade, plant, shop, carrier);
  return trade;
}

type Does = (who: Party | Signer, ...plains: Plain<LedgerEvent>[]) => void;

function registration(
  { item, nonce }: { item: string; nonce: string },
  kind: 'vehicle' | 'part',
  tags: { scheme: 'vin' | 'serial'; value: string }[],
  massGrams: number,
): Plain<LedgerEvent> {
  return { type: 'register', item, data: { kind, category: 'sedan', nonce, tags, massGrams } };
}

function administration(trade: Trade, plant: Party, does: Does): void {
  const { oversight, secondOversight, recycling } = trade;
  const { creditCode } = plant;
  does(recycling, { type: 'participant.suspend', data: { creditCode, reason: 'audit' } });
  does(oversight, { type: 'participant.reinstate', data: { creditCode } });
  does(
    oversight,
    { type: 'ruleset.propose', data: { number: 1 } },
    { type: 'ruleset.approve', data: { number: 1 } },
  );
  does(secondOversight, { type: 'ruleset.approve', data: { number: 1 } });
  const table = { permille: 5, note: '演示数据 · é', list: [3, 1, 2, 'b', 'a'] };
  const place = { name: 'massTolerance', province: '310000', version: 12 };
  does(oversight, { type: 'rule.propose', data: { ...place, from: 0, table } });
  does(secondOversight, { type: 'rule.approve', data: place });
}

function forkAndGap(trade: Trade, plant: Party, shop: Party, carrier: Party): void {
  const { world } = trade;
  const car = (who: Party, name: string): LedgerEvent =>
    trade.event(registration(who.signer.item(name), 'vehicle', [], 1));
  const { sequence, head } = shop.signer;
  const right = shop.signer.batch([car(shop, 'right')]);
  const { sequence: after, head: linked } = shop.signer;
  const wrong = shop.signer.batch([car(shop, 'wrong')], { sequence: sequence + 1, previous: head });
  shop.signer.sequence = after;
  shop.signer.head = linked;
  world.record(right, carrier.signer.batch([car(carrier, 'not a carrier’s')], { gap: 2 }));
  world.record(right, wrong);
  const { keyId } = plant.signer;
  const event = trade.event({
    type: 'key.revoke',
    data: { keyId, lastSequence: plant.signer.sequence + 1, reason: 'lost' },
  });
  world.time += 86_400;
  world.record(trade.recycling.batch([event]), plant.signer.batch([car(plant, 'last')]));
}
