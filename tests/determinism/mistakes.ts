import type { LedgerEvent } from '@huilian/core';
import {
  correctable,
  lastEventOf,
  type Party,
  type Plain,
  type Signer,
  type Trade,
} from '@huilian/core/testing';

type Does = (who: Party | Signer, ...plains: Plain<LedgerEvent>[]) => void;

/** A wrong registration, a change of hands that both take back, a step that is questioned and replaced, and an attempt. */
export function mistakes(trade: Trade, shop: Party, does: Does): void {
  correctable(trade);
  const yard = trade.party('yard', ['partsDealer', 'repairShop']);
  const auditor = trade.party('auditor', ['auditor'], { mspId: 'OversightMSP' });
  yard.signer.steady = auditor.signer.steady = true;
  const register = (name: string): { item: string; plain: Plain<LedgerEvent> } => {
    const { item, nonce } = yard.signer.item(name);
    const tags = [{ scheme: 'serial' as const, value: 'LAMP-0007' }];
    return {
      item,
      plain: {
        type: 'register',
        item,
        data: { kind: 'part', category: 'lamp', nonce, tags, massGrams: 900 },
      },
    };
  };
  const term = { termVersion: 1 };
  const wrong = register('wrong lamp');
  does(yard, wrong.plain);
  does(yard, {
    type: 'correct',
    item: wrong.item,
    data: { event: lastEventOf(yard), ...term, reason: 'wrongItem' },
  });
  const { item, plain } = register('lamp');
  does(yard, plain);
  does(yard, { type: 'inspect', item, data: { result: 'unfit' } });
  const inspected = lastEventOf(yard);
  does(yard, { type: 'handover', item, data: { to: shop.creditCode } });
  does(shop, { type: 'accept', item, data: { from: yard.creditCode } });
  const accepted = lastEventOf(shop);
  does(yard, { type: 'inspect', item, data: { result: 'fit' } });
  does(auditor, { type: 'classifyRefusal', item, data: { event: lastEventOf(yard), class: 'attempt' } });
  does(yard, { type: 'correct', item, data: { event: inspected, ...term, reason: 'wrongValue' } });
  does(shop, { type: 'agreeCorrection', item, data: { event: inspected, ...term } });
  does(shop, { type: 'agreeCorrection', item, data: { event: accepted, ...term } });
  does(yard, { type: 'correct', item, data: { event: accepted, ...term, reason: 'wrongParty' } });
  does(yard, { type: 'withdraw', item, data: {} });
  does(yard, { type: 'inspect', item, data: { result: 'fit' }, replaces: inspected });
}
