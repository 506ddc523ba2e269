import type { ItemEvent, ItemEventType, LedgerEvent } from '../model/events.js';
import { rowKey } from '../model/row-keys.js';
import type { ItemRow } from '../model/rows.js';
import { lotOf, weighed } from './lots.js';
import type { Party, Plain, Trade } from './trade.js';

/** Steps of lots and manifests that random histories try. */
export const LOT_STEPS = [
  'intakeBatch',
  'sort',
  'sort',
  'closeSorting',
  'closeSorting',
  'weigh',
  'sample',
  'split',
  'merge',
  'merge',
  'transform',
  'openManifest',
  'carryManifest',
  'acceptManifest',
  'takeBackLots',
  'refuseManifest',
  'cancelManifest',
  'returnManifest',
] as const;

const MANIFEST_STEPS: readonly ItemEventType[] = [
  'openManifest',
  'carryManifest',
  'acceptManifest',
  'takeBackLots',
  'refuseManifest',
  'cancelManifest',
];

/** Whether an event changes lots beside the item that it is about. */
export function changesLots(event: LedgerEvent): event is ItemEvent {
  return event.type === 'merge' || event.type === 'transform' || MANIFEST_STEPS.includes(event.type as never);
}

/** Lots of a party that have come some way: material, a load that is being sorted, a manifest that was opened, and one of which a lot was sent back. */
export function lotStages(trade: Trade, party: Party): string[] {
  const load = party.signer.item('load');
  const [first, second] = [party.signer.item('opened'), party.signer.item('accepted')];
  const named = ['copper 1', 'copper 2', 'boards 1', 'boards 2', 'boards 3', 'boards 4'].map((name) => ({
    ...party.signer.item(name),
    category: name.startsWith('boards') ? 'circuitBoards' : 'copper',
  }));
  const lots = named.map(({ item }) => item);
  const digits = party.creditCode.slice(8, 17);
  const opening = (nonce: string, number: string, ...items: string[]) => ({
    nonce,
    number: `${number}${digits}`,
    carrier: party.creditCode,
    handler: party.creditCode,
    lots: items.map((item) => ({ item, wasteCode: '900-045-49' as const })),
  });
  const [, , one = '', two = '', three = ''] = lots;
  trade.given(
    party,
    ...named.map(({ item, nonce, category }) => ({
      type: 'register' as const,
      item,
      data: { kind: 'lot' as const, category, nonce, tags: [], massGrams: 1_000 },
    })),
    { type: 'intakeBatch', item: load.item, data: loadOf(trade, load.nonce) },
    {
      type: 'sort',
      item: load.item,
      data: { outputs: [lotOf(party, 'cage', 'cable', 400)], toleranceVersion: 1 },
    },
    { type: 'openManifest', item: first.item, data: opening(first.nonce, '10000', one) },
    { type: 'openManifest', item: second.item, data: opening(second.nonce, '20000', two, three) },
    { type: 'carryManifest', item: second.item, data: { lots: [two, three] } },
    {
      type: 'acceptManifest',
      item: second.item,
      data: { lots: [{ item: two, massGrams: 990 }], refused: { lots: [three], reason: 'other' } },
    },
  );
  return [...lots, load.item, first.item, second.item, party.signer.item('cage').item];
}

function loadOf(trade: Trade, nonce: string) {
  const weighing = weighed(trade, 1_000);
  const at = { ticket: 'T-1', ticketHash: 'a'.repeat(64), mix: [], estimatedPieces: 3 };
  return { nonce, tags: [], weighing, ...at };
}

/** Whom a manifest names for a step. */
export function namedIn(
  parties: readonly Party[],
  type: ItemEventType,
  row: ItemRow | undefined,
): Party | undefined {
  const code = type === 'carryManifest' ? row?.manifest?.carrier : row?.manifest?.handler;
  const names = ['carryManifest', 'acceptManifest', 'refuseManifest', 'returnManifest'].includes(type);
  return names ? parties.find(({ creditCode }) => creditCode === code) : undefined;
}

interface Stage {
  readonly trade: Trade;
  readonly parties: readonly Party[];
  readonly items: string[];
  readonly party: Party;
  readonly item: string;
  readonly row: ItemRow | undefined;
  readonly step: number;
}

/** What an attempt of one of {@link LOT_STEPS} holds; undefined for all others. */
export function lotStep(
  stage: Stage,
  { type, other, number, right }: { type: ItemEventType; other: number; number: number; right: boolean },
): Plain<ItemEvent> | undefined {
  const { trade, parties, items, party, item, row, step } = stage;
  const made = (name: string, massGrams: number, category = row?.category ?? 'copper') => {
    const lot = lotOf(party, `${name} ${step}`, category, massGrams);
    items.push(lot.item);
    return lot;
  };
  const mass = row?.massGrams ?? 1_000;
  const left = mass - (row?.takenGrams ?? 0);
  const balanced = { lossGrams: number, toleranceVersion: 1 };
  const lots = [...(row?.manifest?.lots ?? [item])];
  const evidence = ['e'.repeat(64)];
  const rest = Math.max(0, (right ? mass : mass * 2) - number);
  switch (type) {
    case 'intakeBatch': {
      const load = party.signer.item(`load ${step}`);
      items.push(load.item);
      return { type, item: load.item, data: loadOf(trade, load.nonce) };
    }
    case 'sort':
      return {
        type,
        item,
        data: { outputs: [made('cage', right ? left : mass * 2, 'cable')], toleranceVersion: 1 },
      };
    case 'closeSorting':
      return { type, item, data: { residueGrams: right ? left : mass, toleranceVersion: 1 } };
    case 'weigh':
      return { type, item, data: { weighing: weighed(trade, rest), ...balanced } };
    case 'sample':
      return { type, item, data: { output: made('sample', right ? 1 : mass), number: `P-${step}` } };
    case 'split': {
      const half = Math.floor(rest / 2);
      return { type, item, data: { outputs: [made('a', half), made('b', rest - half)], ...balanced } };
    }
    case 'merge': {
      const alike = (right ? ownLots(stage, row?.category) : items).filter((id) => id !== item);
      const others = alike.slice(0, 1 + (other % 2));
      const sum = others.reduce((grams, id) => grams + massOf(trade, id), right ? mass : 0);
      return {
        type,
        item,
        data: { others, output: made('merged', sum - (right ? number : 0)), ...balanced },
      };
    }
    case 'transform':
      return {
        type,
        item,
        data: { process: 'crushing', outputs: [made('crushed', rest, 'steel')], ...balanced },
      };
    case 'openManifest': {
      const boards = ownLots(stage, right ? 'circuitBoards' : row?.category);
      const trip = party.signer.item(`trip ${step}`);
      items.push(trip.item);
      const [carrier = party, handler = party] = [parties[other % 4], parties[number % 4]];
      const data = {
        nonce: trip.nonce,
        number: `${right ? step : 0}`.padStart(14, '3'),
        carrier: carrier.creditCode,
        handler: handler.creditCode,
        lots: (boards.length > 0 ? boards.slice(0, 1 + (other % 2)) : [item]).map((each) => ({
          item: each,
          wasteCode: '900-045-49',
        })),
      };
      return { type, item: trip.item, data };
    }
    case 'acceptManifest': {
      const back = lots.length > 1 && number % 2 === 0 ? lots.slice(1) : [];
      const weighedIn = lots
        .filter((id) => !back.includes(id))
        .map((id) => ({ item: id, massGrams: massOf(trade, id) + number }));
      const refused = back.length === 0 ? {} : { refused: { lots: back, reason: 'other' as const } };
      return { type, item, data: { lots: weighedIn, ...refused } };
    }
    case 'takeBackLots':
      return { type, item, data: { lots: [...(row?.manifest?.sentBack ?? [item])] } };
    case 'carryManifest':
    case 'cancelManifest':
      return { type, item, data: { lots } };
    case 'refuseManifest':
      return { type, item, data: { lots, reason: 'other' } };
    case 'returnManifest':
      return { type, item, data: { evidence } };
    default:
      return undefined;
  }
}

/** Lots of a category that a party holds and may put in. */
function ownLots({ trade, items, party }: Stage, category: string | undefined): string[] {
  return items.filter((id) => {
    const row = trade.world.row(rowKey.item(id));
    const isFree = row?.handover === undefined && row?.lot?.manifest === undefined;
    return (
      row?.kind === 'lot' &&
      row.state === 'registered' &&
      row.category === category &&
      row.custodian === party.creditCode &&
      isFree
    );
  });
}

function massOf(trade: Trade, id: string): number {
  return trade.world.row(rowKey.item(id))?.massGrams ?? 0;
}
