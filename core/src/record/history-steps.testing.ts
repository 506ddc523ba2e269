import type { ItemEvent } from '../model/events.js';
import type { ItemRow } from '../model/rows.js';
import { applianceStep, isApplianceStep } from '../testing/appliance-attempts.js';
import type { Party, Plain } from '../testing/trade.js';
import type { Attempt } from './history-attempts.testing.js';
import { at, type Field } from './history-field.testing.js';
import { insuranceStep } from './insurance-attempts.testing.js';

/** The steps of vehicles and of the classes of parts. */
export function stepOfTrade(
  { trade, items, parties }: Field,
  step: number,
  { type, other, number, flag, right }: Attempt,
  party: Party,
  item: string,
  row: ItemRow | undefined,
): Plain<ItemEvent> {
  const made = (name: string, kind: 'part' | 'lot', massGrams: number) => {
    const { item: id, nonce } = party.signer.item(`${name} ${step}`);
    items.push(id);
    return { item: id, nonce, kind, category: kind === 'part' ? 'engine' : 'steel', massGrams };
  };
  if (isApplianceStep(type)) return applianceStep(trade, items, { type, number, flag }, item);
  const evidence = ['e'.repeat(64)];
  const mass = row?.massGrams ?? 1000;
  const left = mass - (row?.takenGrams ?? 0) + (right ? 0 : 100);
  switch (type) {
    case 'reportDamage':
    case 'assess':
      return { type, item, data: { loss: 'L1' } };
    case 'declareTotalLoss':
      return { type, item, data: { loss: 'L1', totalLoss: flag ? 'constructive' : 'mustScrap' } };
    case 'sellSalvage':
      return { type, item, data: { to: at(parties, other).creditCode } };
    case 'receive':
      return { type, item, data: { massGrams: 1000 + number, supervised: flag && number === 0 } };
    case 'issueCertificate':
      return { type, item, data: { number: `C-${number}` } };
    case 'depollute':
      return {
        type,
        item,
        data: { outputs: [made('oil', 'lot', 10), { ...made('airbag', 'part', 200), category: 'airbag' }] },
      };
    case 'leaveHulk':
      return { type, item, data: { massGrams: left - number, lossGrams: number, toleranceVersion: 1 } };
    case 'shred':
      return {
        type,
        item,
        data: {
          outputs: [made('shreds', 'lot', Math.max(0, left - number))],
          lossGrams: number,
          toleranceVersion: 1,
        },
      };
    case 'hold':
      return { type, item, data: { reason: 'suspectedStolen' } };
    case 'witness':
      return { type, item, data: { evidence } };
    case 'codePart':
      return {
        type,
        item,
        data: flag ? { label: { scheme: 'serial', value: `S${number}` } } : { model: 'EA211' },
      };
    case 'markReused':
      return { type, item, data: { mark: `M-${number}` } };
    case 'grade':
      return { type, item, data: { grade: number === 0 ? 'unfit' : 'A' } };
    case 'remanufacture':
      return { type, item, data: { product: made('product', 'part', mass), mark: `Z-${number}` } };
    case 'claimLines':
    case 'approveLines':
    case 'payLines':
    case 'changeRegistration':
    case 'sellRemanufactured':
    case 'receiveCore':
    case 'claimEntitlement':
      return insuranceStep(type, { trade, party, item, row, step, number, other: at(items, other) });
    default:
      return {
        type: type as 'surrender' | 'cancelRegistration' | 'release' | 'designateCore',
        item,
        data: {},
      };
  }
}

export function dismantling(
  { items }: Field,
  step: number,
  { number, right }: Attempt,
  party: Party,
  item: string,
  mass: number,
): Plain<ItemEvent> {
  const first = party.signer.item(`part ${step}`);
  const second = party.signer.item(`lot ${step}`);
  items.push(first.item, second.item);
  const tags = [{ scheme: 'serial' as const, value: `S${number}` }];
  const rest = mass - 600 + (right ? -number : 100);
  const outputs = [
    { ...first, kind: 'part' as const, category: 'some', massGrams: 600, tags },
    { ...second, kind: 'lot' as const, category: 'some', massGrams: Math.max(0, rest) },
  ];
  return { type: 'dismantle', item, data: { outputs, lossGrams: number, toleranceVersion: 1 } };
}
