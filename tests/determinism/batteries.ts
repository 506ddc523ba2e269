import type { LedgerEvent } from '@huilian/core';
import type { Party, Plain, Trade } from '@huilian/core/testing';
import { numbered } from '@huilian/core/testing';

type Does = (who: Party, ...plains: Plain<LedgerEvent>[]) => void;

const code = (level: 'P' | 'M', serial: number): string =>
  `001${level}E240000003B3C${String(serial).padStart(7, '0')}`;
const tag = (value: string) => [{ scheme: 'battery' as const, value }];

/** Every type of event of traction batteries: a pack out of an electric car, its second life, its recycling. */
export function batteries(trade: Trade, does: Does): void {
  trade.table('secondLifeCapacity', 1, { permille: 600 });
  const plant = trade.party('electric plant', ['dismantler', 'collector']);
  const user = trade.party('second-life user', ['secondLifeUser'], { mspId: 'AftermarketMSP' });
  const recycler = trade.party('recycler', ['smelter']);
  for (const { signer } of [plant, user, recycler]) signer.steady = true;
  const car = plant.signer.item('electric car');
  const pack = plant.signer.item('pack');
  const out = { ...pack, kind: 'battery' as const, category: 'tractionBattery', massGrams: 400_000 };
  does(
    plant,
    {
      type: 'register',
      item: car.item,
      data: { kind: 'vehicle', category: 'electricCar', nonce: car.nonce, tags: numbered(car.nonce) },
    },
    { type: 'surrender', item: car.item, data: {} },
    { type: 'receive', item: car.item, data: { massGrams: 1_800_000 } },
    { type: 'receive', item: car.item, data: { massGrams: 1_800_000, packs: [code('P', 1), code('P', 2)] } },
    { type: 'issueCertificate', item: car.item, data: { number: 'C-2' } },
    { type: 'declarePackMissing', item: car.item, data: { pack: code('P', 2), reason: 'swapContract' } },
    { type: 'depollute', item: car.item, data: { outputs: [{ ...out, tags: tag(code('P', 1)) }] } },
    { type: 'collectBattery', item: pack.item, data: { slip: 'S-1' } },
    { type: 'handover', item: pack.item, data: { to: user.creditCode } },
  );
  const product = { ...user.signer.item('storage'), kind: 'battery' as const, category: 'energyStorage' };
  const made = { ...product, massGrams: 410_000, tags: tag(code('P', 9)) };
  const balance = { lossGrams: 0, toleranceVersion: 1 };
  does(
    user,
    { type: 'accept', item: pack.item, data: { from: plant.creditCode } },
    { type: 'takeInBattery', item: pack.item, data: { massGrams: 399_000, toleranceVersion: 1 } },
    { type: 'testBattery', item: pack.item, data: { capacityPermille: 780, tableVersion: 1 } },
    { type: 'repurpose', item: pack.item, data: { product: made, addedGrams: 11_000, ...balance } },
    { type: 'reportTrace', item: pack.item, data: { number: 'T-1' } },
    { type: 'handover', item: product.item, data: { to: recycler.creditCode } },
  );
  const blackMass = { ...recycler.signer.item('black mass'), kind: 'lot' as const, category: 'blackMass' };
  const outputs = [{ ...blackMass, massGrams: 408_000 }];
  does(
    recycler,
    { type: 'accept', item: product.item, data: { from: user.creditCode } },
    { type: 'takeInBattery', item: product.item, data: { massGrams: 410_000, toleranceVersion: 1 } },
    { type: 'recycle', item: product.item, data: { outputs, ...balance } },
    { type: 'recycle', item: product.item, data: { outputs, ...balance } },
  );
}
