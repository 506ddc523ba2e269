import type { EventOf, ItemEvent, LedgerEvent } from '../model/events.js';
import { rowKey } from '../model/row-keys.js';
import type { ItemRow } from '../model/rows.js';
import type { Party, Plain, Trade } from '../testing/trade.js';

/** Steps of containers and of paper, for random histories. */
export const LOGISTICS_STEPS = [
  'pack',
  'pack',
  'unpack',
  'unpack',
  'retireContainer',
  'acceptOnBehalf',
  'receiveOnPaper',
  'settleDifference',
] as const;
type LogisticsStep = (typeof LOGISTICS_STEPS)[number];

/** A household that takes part on paper. */
export const HOUSEHOLD = 'household:SLIP-1';
const slip = { document: 'd'.repeat(64), household: 'SLIP-1' };

/**
 * What a party begins with: a box with two lamps, an empty one, a lamp that a household holds, and one that came with another mass
 * than was handed over.
 */
export function packedThings(trade: Trade, party: Party, other: Party): string[] {
  const names = ['box', 'empty box', 'lamp 1', 'lamp 2', 'lent lamp', 'light lamp'] as const;
  const made = names.map((name) => ({ name, ...party.signer.item(name) }));
  const [box, , first, second, lent, light] = made.map(({ item }) => item) as [
    string,
    string,
    string,
    string,
    string,
    string,
  ];
  trade.given(
    party,
    ...made.map(({ name, item, nonce }) => ({
      type: 'register' as const,
      item,
      data: {
        kind: name.endsWith('box') ? ('container' as const) : ('part' as const),
        category: name.endsWith('box') ? 'box' : 'lamp',
        nonce,
        tags: [],
        massGrams: 1000,
      },
    })),
    { type: 'pack', item: box, data: { items: [first, second] } },
    { type: 'acceptOnBehalf', item: lent, data: { ...slip, keepOwnership: true } },
    { type: 'handover', item: light, data: { to: other.creditCode } },
  );
  trade.given(other, { type: 'accept', item: light, data: { from: party.creditCode, massGrams: 990 } });
  return made.map(({ item }) => item);
}

/** Whether a step of containers or paper has a chance with an item as it is. */
export function isReadyFor(item: ItemRow, step: ItemEvent['type']): boolean {
  const { container, goods, differences, paperBy } = item.logistics ?? {};
  if (container !== undefined) return false;
  switch (step) {
    case 'unpack':
      return goods !== undefined;
    case 'retireContainer':
      return item.kind === 'container' && goods === undefined;
    case 'settleDifference':
      return differences !== undefined;
    case 'receiveOnPaper':
      return paperBy !== undefined;
    default:
      return true;
  }
}

/** An event of these steps. @param pick chooses among things, which may be none */
export function logisticsEvent(
  trade: Trade,
  type: LogisticsStep,
  item: string,
  items: readonly string[],
  { pick, right }: { readonly pick: number; readonly right: boolean },
): Plain<ItemEvent> {
  const rowOf = (id: string): ItemRow | undefined => trade.world.row(rowKey.item(id));
  const choose = (from: readonly string[]): string => from[pick % from.length] ?? item;
  const container = rowOf(item);
  switch (type) {
    case 'pack': {
      const fitting = items.filter((id) => isPackable(rowOf(id), container?.custodian) && id !== item);
      return { type, item, data: { items: [choose(right && fitting.length > 0 ? fitting : items)] } };
    }
    case 'unpack': {
      const inside = items.filter((id) => rowOf(id)?.logistics?.container === item);
      return { type, item, data: { items: [choose(right && inside.length > 0 ? inside : items)] } };
    }
    case 'acceptOnBehalf':
      return { type, item, data: { ...slip, keepOwnership: pick % 2 === 0 } };
    case 'receiveOnPaper':
      return { type, item, data: slip };
    case 'settleDifference':
      return { type, item, data: { reason: 'agreed' } };
    default:
      return { type, item, data: {} };
  }
}

function isPackable(item: ItemRow | undefined, custodian: string | undefined): boolean {
  return (
    item !== undefined &&
    item.kind !== 'vehicle' &&
    item.custodian === custodian &&
    item.logistics?.container === undefined
  );
}

/** What an acceptance of a container excepts: now and then one thing that lies in it. */
export function exceptionsOf(
  trade: Trade,
  container: string,
  items: readonly string[],
  pick: number,
): Pick<EventOf<'accept'>['data'], 'exceptions'> {
  const inside = items.filter((id) => trade.world.row(rowKey.item(id))?.logistics?.container === container);
  const [first] = inside;
  if (first === undefined || pick % 2 === 0) return {};
  return { exceptions: [{ reason: pick % 3 === 0 ? 'damaged' : 'missing', items: [first] }] };
}

/** Whether an event may move things that lie in the item that it is about. */
export function movesOthers({ type }: LedgerEvent): boolean {
  return ['pack', 'unpack', 'accept', 'handover'].includes(type);
}

/** Members of a row that an event of a container around it may change. */
const MOVED = [
  'correction',
  'contested',
  'logistics',
  'custodian',
  'owner',
  'consignee',
  'handover',
  'acceptances',
];

/** A row without what an event of a container may change in it. */
export function unmoved(row: ItemRow): Partial<ItemRow> {
  return Object.fromEntries(
    Object.entries(row).filter(([name, value]) => !MOVED.includes(name) && value !== undefined),
  );
}
