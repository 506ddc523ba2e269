import type { ItemEvent, ItemEventType } from '../model/events.js';
import type { ItemRow } from '../model/rows.js';
import type { Party, Plain, Trade } from '../testing/trade.js';
import { numbered } from '../testing/numbered.js';

/** Steps of batteries that a random history tries; those more often that wait for others. */
export const BATTERY_STEPS = [
  ...(['collectBattery', 'takeInBattery', 'takeInBattery', 'testBattery', 'testBattery'] as const),
  ...(['repurpose', 'repurpose', 'recycle', 'recycle', 'reportTrace', 'declarePackMissing'] as const),
] as const;
type BatteryStep = (typeof BATTERY_STEPS)[number];

const steps: readonly string[] = BATTERY_STEPS;

export function isBatteryStep(type: ItemEventType): type is BatteryStep {
  return steps.includes(type);
}

/** The code of a pack of this number. */
function packCode(number: number): string {
  return `001PE240000003B3C${String(number).padStart(7, '0')}`;
}

interface Tried {
  readonly number: number;
  readonly flag: boolean;
  readonly right: boolean;
  readonly step: number;
  readonly party: Party;
  readonly item: string;
  readonly row: ItemRow | undefined;
  /** All items that were tried; what is made is added. */
  readonly items: string[];
}

/** An attempt at a step of a battery. */
export function batteryStep(type: BatteryStep, tried: Tried): Plain<ItemEvent> {
  const { number, flag, right, step, party, item, row, items } = tried;
  const mass = row?.massGrams ?? 1000;
  const off = right ? number : 100;
  const made = (kind: 'battery' | 'lot', massGrams: number) => {
    const created = party.signer.item(`${kind} of battery ${step}`);
    items.push(created.item);
    const tags = kind === 'lot' ? [] : [{ scheme: 'battery' as const, value: packCode(1000 + step) }];
    return { ...created, kind, category: 'some', massGrams, tags };
  };
  switch (type) {
    case 'collectBattery':
      return { type, item, data: flag ? { slip: `S-${number}` } : {} };
    case 'takeInBattery':
      return { type, item, data: { massGrams: mass + off, toleranceVersion: 1 } };
    case 'testBattery': {
      const defect = flag && number === 0 ? { defect: 'leaking' as const } : {};
      return { type, item, data: { capacityPermille: 400 + number * 200, tableVersion: 1, ...defect } };
    }
    case 'repurpose': {
      const masses = { addedGrams: number * 10, lossGrams: number, toleranceVersion: 1 };
      return { type, item, data: { product: made('battery', mass + number * 9 + off), ...masses } };
    }
    case 'recycle':
      return {
        type,
        item,
        data: { outputs: [made('lot', mass - off)], lossGrams: number, toleranceVersion: 1 },
      };
    case 'reportTrace':
      return { type, item, data: { number: `T-${number}` } };
    case 'declarePackMissing': {
      const pack = (right && row?.battery?.packs?.[0]) || packCode(number);
      return { type, item, data: { pack, reason: 'swapContract' } };
    }
  }
}

/** A pack that was taken in, one that passed its test, and an electric car whose pack is fitted and named. */
export function batteriesOf(trade: Trade, party: Party): string[] {
  const first = Number(party.creditCode.slice(8, 17)) * 10;
  const pack = (name: string, at: number) => ({ ...party.signer.item(name), code: packCode(first + at) });
  const packs = [pack('pack taken in', 0), pack('tested pack', 1), pack('fitted pack', 2)] as const;
  const [received, tested, fitted] = packs;
  const { item: car, nonce } = party.signer.item('electric car');
  const intake = { massGrams: 1000, toleranceVersion: 1 };
  trade.given(
    party,
    ...packs.map(({ item, nonce: own, code }) => ({
      type: 'register' as const,
      item,
      data: {
        kind: 'battery' as const,
        category: 'tractionBattery',
        nonce: own,
        tags: [{ scheme: 'battery' as const, value: code }],
        massGrams: 1000,
      },
    })),
    { type: 'takeInBattery', item: received.item, data: intake },
    { type: 'takeInBattery', item: tested.item, data: intake },
    { type: 'testBattery', item: tested.item, data: { capacityPermille: 800, tableVersion: 1 } },
    {
      type: 'register',
      item: car,
      data: { kind: 'vehicle', category: 'electricCar', nonce, tags: numbered(nonce) },
    },
    { type: 'inspect', item: fitted.item, data: { result: 'fit' } },
    { type: 'fit', item: fitted.item, data: { into: car } },
    { type: 'surrender', item: car, data: {} },
    { type: 'receive', item: car, data: { massGrams: 10_000, packs: [fitted.code] } },
    { type: 'issueCertificate', item: car, data: { number: 'C-1' } },
  );
  return [received.item, tested.item, fitted.item, car];
}
