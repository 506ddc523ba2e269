import type { ItemEvent } from '../model/events.js';
import { makeSet } from '../model/facts/appliance-catalogue.js';
import { rowKey } from '../model/row-keys.js';
import type { ItemRow } from '../model/rows.js';
import type { Party, Plain, Trade } from './trade.js';

/** Steps of appliances that are tried by chance. */
export const APPLIANCE_ATTEMPTS = [
  ...([
    'collectUnit',
    'receiveUnit',
    'receiveUnit',
    'labelUnit',
    'bindSet',
    'bindSet',
    'unbindSet',
    'triage',
  ] as const),
  ...(['eraseData', 'testUnit', 'refurbish', 'sellRefurbished', 'stockUnit'] as const),
  ...(['issueToLine', 'lineStep', 'closeUnit', 'closeUnit'] as const),
] as const;
type Attempted = (typeof APPLIANCE_ATTEMPTS)[number];

const STEPS = ['drainRefrigerant', 'removeCompressor'];

/** The tables that appliances need. */
export function applianceTables(trade: Trade): void {
  trade.table('requiredParts', 1, { refrigerator: ['compressor'] });
  trade.table('lineSteps', 1, { refrigerator: STEPS, computer: ['openHousing'], some: ['open'] });
}

type Type = 'fridge' | 'desktopHost' | 'desktopMonitor' | 'laptop';

const receiving = (item: string, type: Type): Plain<ItemEvent> => ({
  type: 'receiveUnit',
  item,
  data: {
    massGrams: 1_000,
    identity: 'label',
    partsVersion: 1,
    type,
    label: { scheme: 'serial', value: `L-${item.slice(-8)}` },
  },
});
const storing = (item: string): Plain<ItemEvent>[] => [
  receiving(item, 'fridge'),
  { type: 'triage', item, data: { route: 'process' } },
  { type: 'stockUnit', item, data: { place: 'A-1' } },
];
const issuing = (item: string): Plain<ItemEvent>[] => [
  ...storing(item),
  { type: 'issueToLine', item, data: { line: 'LINE-1', stepsVersion: 1 } },
];
const testing = (item: string): Plain<ItemEvent>[] => [
  receiving(item, 'laptop'),
  { type: 'triage', item, data: { route: 'reuse' } },
  { type: 'eraseData', item, data: { method: 'overwritten' } },
  { type: 'testUnit', item, data: { result: 'passed' } },
];

/** Appliances of a party at each stage of their life, a host and a monitor among them. */
export function appliances(trade: Trade, party: Party): string[] {
  const steel = { ...party.signer.item('steel of a fridge'), kind: 'lot' as const, category: 'steel' };
  const lives: Readonly<Record<string, (item: string) => Plain<ItemEvent>[]>> = {
    fresh: () => [],
    stored: storing,
    'on the line': issuing,
    dismantled: (item) => [
      ...issuing(item),
      {
        type: 'dismantle',
        item,
        data: { outputs: [{ ...steel, massGrams: 1_000 }], lossGrams: 0, toleranceVersion: 1 },
      },
      ...STEPS.map((step) => ({ type: 'lineStep' as const, item, data: { step } })),
    ],
    host: (item) => [receiving(item, 'desktopHost')],
    monitor: (item) => [receiving(item, 'desktopMonitor')],
    tested: testing,
    refurbished: (item) => [...testing(item), { type: 'refurbish', item, data: { mark: 'USED-1' } }],
  };
  const ids: string[] = [];
  const events = Object.entries(lives).flatMap(([name, live]): Plain<ItemEvent>[] => {
    const { item, nonce } = party.signer.item(`${name} appliance`);
    const steps = live(item);
    const isFridge = steps.length === 0 || steps.some(({ type }) => type === 'stockUnit');
    ids.push(item);
    const data = {
      kind: 'device' as const,
      category: isFridge ? 'refrigerator' : 'computer',
      nonce,
      tags: [],
    };
    return [{ type: 'register', item, data }, ...steps];
  });
  trade.given(party, ...events);
  return [...ids, steel.item];
}

/** A step of an appliance, tried on an item. */
export function applianceStep(
  trade: Trade,
  items: readonly string[],
  { type, number, flag }: { readonly type: Attempted; readonly number: number; readonly flag: boolean },
  item: string,
): Plain<ItemEvent> {
  const rowOf = (id: string): ItemRow | undefined => trade.world.row(rowKey.item(id));
  const row = rowOf(item);
  const label = { scheme: 'serial' as const, value: `LABEL-${number}` };
  const slip = { kind: 'household' as const, slip: `SLIP-${number}` };
  switch (type) {
    case 'collectUnit':
      return { type, item, data: { source: slip } };
    case 'receiveUnit':
      return {
        type,
        item,
        data: {
          massGrams: 1_000 + number,
          identity: 'label',
          partsVersion: 1,
          ...(row?.category === 'refrigerator' ? { type: 'fridge' as const } : {}),
          ...(row?.category === 'computer' ? { type: row.appliance?.type ?? ('laptop' as const) } : {}),
          ...(flag ? { label } : {}),
        },
      };
    case 'labelUnit':
      return { type, item, data: { label } };
    case 'bindSet': {
      const fits = (id: string): boolean => makeSet(rowOf(id)?.appliance?.type, row?.appliance?.type);
      const partner = items.find((id) => fits(id) && rowOf(id)?.custodian === row?.custodian);
      return { type, item, data: { partner: partner ?? item } };
    }
    case 'unbindSet':
      return { type, item, data: { partner: row?.appliance?.partner ?? item } };
    case 'triage':
      return { type, item, data: { route: flag ? 'reuse' : 'process' } };
    case 'eraseData':
      return { type, item, data: { method: 'overwritten' } };
    case 'testUnit':
      return { type, item, data: { result: number === 0 ? 'failed' : 'passed' } };
    case 'refurbish':
      return { type, item, data: { mark: 'USED-1' } };
    case 'sellRefurbished':
      return { type, item, data: { buyer: slip } };
    case 'stockUnit':
      return { type, item, data: { place: 'A-1' } };
    case 'issueToLine':
      return { type, item, data: { line: 'LINE-1', stepsVersion: 1 } };
    case 'lineStep':
      return { type, item, data: { step: STEPS[row?.appliance?.stepsDone ?? 0] ?? 'shredCabinet' } };
    case 'closeUnit':
      return { type, item, data: {} };
  }
}

/** True for the steps that are made here. */
export function isApplianceStep(type: ItemEvent['type']): type is Attempted {
  return (APPLIANCE_ATTEMPTS as readonly string[]).includes(type);
}
