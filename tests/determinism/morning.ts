import { EVENT_TYPES, unpackGroup, type LedgerEvent, type SignedBatch } from '@huilian/core';
import { numbered, sampleData, Trade, type Party, type Plain, type Signer } from '@huilian/core/testing';
import { batteries } from './batteries.js';
import { mistakes } from './mistakes.js';
import { pallets } from './pallets.js';

/** A morning that touches every type of event, with refusals, a dispute, a gap, a fork and a key that ends. */
export function morning(): Trade {
  const trade = new Trade();
  const { world, oversight, secondOversight, recycling } = trade;
  trade.table('massTolerance', 1, { permille: 10 });
  const plant = trade.party('plant', ['dismantler', 'shredder']);
  const shop = trade.party('shop', ['repairShop'], { mspId: 'AftermarketMSP' });
  const carrier = trade.party('carrier', ['carrier']);
  const police = trade.party('police', ['police'], { mspId: 'OversightMSP' });
  for (const signer of [
    oversight,
    secondOversight,
    recycling,
    plant.signer,
    shop.signer,
    carrier.signer,
    police.signer,
  ])
    signer.steady = true;
  const does = (who: Party | Signer, ...plains: Plain<LedgerEvent>[]): void => {
    world.time += 17;
    const signer = 'signer' in who ? who.signer : who;
    world.record(signer.batch(plains.map((plain) => trade.event(plain))));
  };
  const vin = { scheme: 'vin' as const, value: 'LSVAM4186C2123456' };
  const serial = { scheme: 'serial' as const, value: 'DOOR-0042' };
  const car = plant.signer.item('car');
  const door = plant.signer.item('door');
  const steel = plant.signer.item('steel');
  const copy = shop.signer.item('copy of the car');
  const old = shop.signer.item('old car');

  does(
    plant,
    registration(car, 'vehicle', [vin], 1_000_000),
    { type: 'surrender', item: car.item, data: {} },
    { type: 'receive', item: car.item, data: { massGrams: 1_000_000, supervised: true } },
    { type: 'issueCertificate', item: car.item, data: { number: 'C-1' } },
    { type: 'dismantle', item: door.item, data: { outputs: [] } },
  );
  does(shop, registration(copy, 'vehicle', [vin], 900_000), registration(old, 'vehicle', [], 1_100_000));
  does(oversight, { type: 'tag.award', data: { tag: vin, item: car.item } });
  does(
    plant,
    {
      type: 'depollute',
      item: car.item,
      data: { outputs: [output(plant, 'oil', 9_000)] },
    },
    { type: 'dismantle', item: car.item, data: { outputs: [output(plant, 'seats', 1_000)] } },
    { type: 'hold', item: car.item, data: { reason: 'suspectedStolen' } },
  );
  does(
    police,
    { type: 'release', item: car.item, data: {} },
    { type: 'witness', item: car.item, data: { evidence: ['e'.repeat(64)] } },
  );
  does(
    plant,
    {
      type: 'dismantle',
      item: car.item,
      data: {
        outputs: [{ ...door, kind: 'part', category: 'door', massGrams: 30_000, tags: [serial] }],
      },
    },
    {
      type: 'leaveHulk',
      item: car.item,
      data: { massGrams: 957_000, lossGrams: 4_000, toleranceVersion: 1 },
    },
    {
      type: 'shred',
      item: car.item,
      data: {
        outputs: [{ ...steel, kind: 'lot', category: 'steel', massGrams: 955_000 }],
        lossGrams: 2_000,
        toleranceVersion: 1,
      },
    },
    { type: 'inspect', item: door.item, data: { result: 'fit' } },
    { type: 'markReused', item: door.item, data: { mark: 'R-1' } },
  );
  // The shop's acceptance arrives before the carrier's handover.
  does(shop, { type: 'accept', item: door.item, data: { from: carrier.creditCode } });
  does(plant, {
    type: 'handover',
    item: door.item,
    data: { to: carrier.creditCode, keepOwnership: true, massGrams: 30_000 },
  });
  does(carrier, { type: 'accept', item: door.item, data: { from: plant.creditCode, massGrams: 29_900 } });
  does(carrier, { type: 'handover', item: door.item, data: { to: shop.creditCode } });
  does(shop, { type: 'accept', item: door.item, data: { from: carrier.creditCode } });
  does(
    shop,
    { type: 'fit', item: door.item, data: { into: old.item } },
    { type: 'inspect', item: door.item, data: { result: 'fit' } },
    { type: 'fit', item: door.item, data: { into: old.item } },
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
    { type: 'remove', item: door.item, data: { from: old.item } },
  );
  does(
    plant,
    { type: 'dispose', item: steel.item, data: { method: 'shredded' } },
    { type: 'dispose', item: steel.item, data: { method: 'shredded' } },
  );
  aftermarket(trade, shop, does);
  batteries(trade, does);
  mistakes(trade, shop, does);
  pallets(trade, does);
  administration(trade, plant, does);
  others(trade, plant, does);
  forkAndGap(trade, plant, shop, carrier);
  return trade;
}

/** An event of each type that the morning has not seen, as its sample says: on a car that is no more, and mostly refused. */
function others(trade: Trade, plant: Party, does: Does): void {
  const seen = new Set(
    trade.world.transactions.flatMap(({ group }) =>
      unpackGroup(group).flatMap(({ value }) =>
        (value as unknown as SignedBatch).events.map(({ type }) => type),
      ),
    ),
  );
  const { item } = plant.signer.item('car');
  for (const type of EVENT_TYPES.filter((each) => !seen.has(each))) {
    const about = type.includes('.') ? {} : { item };
    does(plant, { type, ...about, data: sampleData[type] } as unknown as Plain<LedgerEvent>);
  }
}

/** What comes out of a vehicle as a lot. */
function output(who: Party, name: string, massGrams: number) {
  return { ...who.signer.item(name), kind: 'lot' as const, category: name, massGrams };
}

/** A total loss that is repaired, and a core that becomes a product. */
function aftermarket(trade: Trade, shop: Party, does: Does): void {
  const insurer = trade.party('insurer', ['insurer', 'repairShop'], { mspId: 'AftermarketMSP' });
  const works = trade.party('works', ['remanufacturer'], { mspId: 'AftermarketMSP' });
  insurer.signer.steady = works.signer.steady = true;
  const wreck = insurer.signer.item('wreck');
  const core = works.signer.item('core');
  does(
    insurer,
    registration(wreck, 'vehicle', [], 1_000_000),
    { type: 'reportDamage', item: wreck.item, data: { loss: 'L1' } },
    { type: 'assess', item: wreck.item, data: { loss: 'L1' } },
    { type: 'declareTotalLoss', item: wreck.item, data: { loss: 'L1', totalLoss: 'constructive' } },
    { type: 'sellSalvage', item: wreck.item, data: { to: shop.creditCode } },
    { type: 'inspect', item: wreck.item, data: { result: 'fit' } },
    { type: 'returnToUse', item: wreck.item, data: {} },
  );
  const product = {
    ...works.signer.item('product'),
    kind: 'part' as const,
    category: 'sedan',
    massGrams: 90_000,
  };
  does(
    works,
    registration(core, 'part', [], 100_000),
    { type: 'designateCore', item: core.item, data: {} },
    { type: 'grade', item: core.item, data: { grade: 'A' } },
    { type: 'remanufacture', item: core.item, data: { product, mark: 'Z-1' } },
    { type: 'remanufacture', item: core.item, data: { product, mark: 'Z-1' } },
  );
}

type Does = (who: Party | Signer, ...plains: Plain<LedgerEvent>[]) => void;

function registration(
  { item, nonce }: { item: string; nonce: string },
  kind: 'vehicle' | 'part',
  named: { scheme: 'vin' | 'serial'; value: string }[],
  massGrams: number,
): Plain<LedgerEvent> {
  const tags = kind === 'vehicle' && named.length === 0 ? numbered(item) : named;
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
  const place = { name: 'demonstration', province: '310000', version: 12 };
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
