import type { LedgerEvent } from '@huilian/core';
import type { Party, Plain, Signer, Trade } from '@huilian/core/testing';

/** A pallet that is accepted with an exception and another count, and a part that goes to a household on paper and comes back. */
export function pallets(
  trade: Trade,
  does: (who: Party | Signer, ...plains: Plain<LedgerEvent>[]) => void,
): void {
  const plant = trade.party('pallet plant', ['dismantler']);
  const shop = trade.party('pallet shop', ['repairShop'], { mspId: 'AftermarketMSP' });
  plant.signer.steady = true;
  shop.signer.steady = true;
  const [pallet, lamp, wiper] = ['pallet', 'lamp', 'wiper'].map((name) => plant.signer.item(name));
  if (!pallet || !lamp || !wiper) return;
  const slip = { document: 'd'.repeat(64), household: 'SLIP-1' };
  does(
    plant,
    ...[pallet, lamp, wiper].map(({ item, nonce }) => ({
      type: 'register' as const,
      item,
      data: {
        kind: item === pallet.item ? ('container' as const) : ('part' as const),
        category: item === pallet.item ? 'pallet' : 'lamp',
        nonce,
        tags: [],
      },
    })),
    { type: 'pack', item: pallet.item, data: { items: [lamp.item, wiper.item] } },
    { type: 'inspect', item: lamp.item, data: { result: 'fit' } },
    { type: 'handover', item: pallet.item, data: { to: shop.creditCode } },
  );
  const exceptions = [{ reason: 'missing' as const, items: [wiper.item] }];
  does(
    shop,
    { type: 'accept', item: pallet.item, data: { from: plant.creditCode, count: 2, exceptions } },
    { type: 'settleDifference', item: pallet.item, data: { reason: 'recounted' } },
    { type: 'unpack', item: pallet.item, data: { items: [lamp.item] } },
    { type: 'acceptOnBehalf', item: lamp.item, data: { ...slip, keepOwnership: true } },
    { type: 'receiveOnPaper', item: lamp.item, data: slip },
    { type: 'retireContainer', item: pallet.item, data: {} },
  );
}
