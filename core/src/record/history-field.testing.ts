import type { Row } from '../model/rows.js';
import { appliances, applianceTables } from '../testing/appliance-attempts.js';
import { correctable } from '../testing/corrections.js';
import { lotStages } from '../testing/lot-history.js';
import { Trade, type Party } from '../testing/trade.js';
import { Memory } from './corrections.testing.js';
import { batteriesOf } from './history-batteries.testing.js';
import { insured, remanTables } from './insurance-attempts.testing.js';
import { packedThings } from './logistics.testing.js';
import { numbered } from '../testing/numbered.js';

const ROLES_OF_ALL = [
  'dismantler',
  'processor',
  'repairShop',
  'remanufacturer',
  'shredder',
  'insurer',
  'secondLifeUser',
  'smelter',
  'carrier',
  'hazardousWasteHandler',
] as const;

/** What is played on: a trade, its parties, and ids of all items that were ever tried. */
export interface Field {
  readonly trade: Trade;
  readonly parties: Party[];
  readonly items: string[];
  readonly memory: Memory;
}

/** The field as it was played, and what it takes to put it back there. */
interface Opening extends Field {
  readonly rows: ReadonlyMap<string, Row>;
  readonly lanes: readonly (readonly [sequence: number, head: string])[];
}
let opening: Opening | undefined;

/** The field before anything is tried. It is played once and put back each time: whoever asks again ends the one before. */
export function opened(): Field {
  opening ??= noted(played());
  const { trade, parties, items, rows, lanes } = opening;
  trade.world.rows.clear();
  for (const [key, row] of rows) trade.world.rows.set(key, row);
  for (const [i, { signer }] of parties.entries()) [signer.sequence, signer.head] = lanes[i] ?? [0, ''];
  return { trade, parties, items: [...items], memory: new Memory() };
}

function noted(field: Field): Opening {
  const lanes = field.parties.map(({ signer }) => [signer.sequence, signer.head] as const);
  return { ...field, rows: new Map(field.trade.world.rows), lanes };
}

/** A field where each of five parties holds a car and a part that were found fit, a wreck, and a car to be drained. */
function played(): Field {
  const trade = new Trade();
  trade.table('massTolerance', 1, { permille: 20 });
  trade.table('secondLifeCapacity', 1, { permille: 600 });
  applianceTables(trade);
  trade.table('hazardousCategories', 1, { circuitBoards: '900-045-49' });
  remanTables(trade);
  correctable(trade);
  const parties = Array.from({ length: 4 }, (_, i) => trade.party(`all-rounder ${i}`, [...ROLES_OF_ALL]));
  parties.push(trade.party('police', ['police', 'regulator'], { mspId: 'OversightMSP' }));
  const items: string[] = [];
  for (const [i, party] of parties.slice(0, 4).entries()) {
    const category = i % 2 === 0 ? 'engine' : 'door';
    for (const kind of ['part', 'vehicle'] as const) {
      const { item, nonce } = party.signer.item(kind);
      items.push(item);
      trade.given(
        party,
        {
          type: 'register',
          item,
          data: {
            kind,
            category: kind === 'part' ? category : 'sedan',
            nonce,
            tags: kind === 'vehicle' ? numbered(item) : [],
            massGrams: 1000,
          },
        },
        { type: 'inspect', item, data: { result: 'fit' } },
      );
    }
  }
  for (const [i, party] of parties.slice(0, 4).entries()) {
    if (i < 2) items.push(...packedThings(trade, party, at(parties, i + 1)));
    items.push(...stages(trade, party), ...batteriesOf(trade, party));
    items.push(...appliances(trade, party), ...lotStages(trade, party), ...insured(trade, party));
    const wreck = party.signer.item('wreck');
    items.push(wreck.item);
    trade.given(
      party,
      {
        type: 'register',
        item: wreck.item,
        data: { kind: 'vehicle', category: 'sedan', nonce: wreck.nonce, tags: numbered(wreck.item) },
      },
      { type: 'reportDamage', item: wreck.item, data: { loss: 'L1' } },
      { type: 'assess', item: wreck.item, data: { loss: 'L1' } },
    );
  }
  return { trade, parties, items, memory: new Memory() };
}

/** Things that have come some way: a certified car, a drained one, a hulk, and a core that was graded. */
function stages(trade: Trade, party: Party): string[] {
  const received = { massGrams: 10_000 };
  const [certified, drained, hulk] = [
    trade.scrapped(party, 'certified', received),
    trade.depolluted(party, 'drained', received),
    trade.depolluted(party, 'hulk', received),
  ];
  const seats = { ...party.signer.item('seats'), kind: 'lot' as const, category: 'textile', massGrams: 500 };
  const core = party.signer.item('core');
  const { nonce } = core;
  trade.given(
    party,
    { type: 'dismantle', item: hulk, data: { outputs: [seats] } },
    { type: 'leaveHulk', item: hulk, data: { massGrams: 4_500, lossGrams: 0, toleranceVersion: 1 } },
    {
      type: 'register',
      item: core.item,
      data: { kind: 'part', category: 'engine', nonce, tags: [], massGrams: 1000 },
    },
    { type: 'designateCore', item: core.item, data: {} },
    { type: 'grade', item: core.item, data: { grade: 'A' } },
  );
  return [certified, drained, hulk, core.item, ...onTheWay(trade, party)];
}

/** A car that had an accident, a total loss, one that was given up, one that was taken in, and a part that is fitted. */
function onTheWay(trade: Trade, party: Party): string[] {
  const [damaged, lost, surrendered, received, fitted] = (
    ['damaged', 'lost', 'surrendered', 'received', 'fitted'] as const
  ).map((name) => {
    const { item, nonce } = party.signer.item(name);
    const kind = name === 'fitted' ? ('part' as const) : ('vehicle' as const);
    trade.given(party, {
      type: 'register',
      item,
      data: {
        kind,
        category: 'door',
        nonce,
        tags: kind === 'vehicle' ? numbered(item) : [],
        massGrams: 1000,
        ...(kind === 'part' ? { class: 'newPart' as const } : {}),
      },
    });
    return item;
  }) as [string, string, string, string, string];
  trade.given(
    party,
    { type: 'reportDamage', item: damaged, data: { loss: 'L1' } },
    { type: 'inspect', item: damaged, data: { result: 'fit' } },
    { type: 'reportDamage', item: lost, data: { loss: 'L2' } },
    { type: 'assess', item: lost, data: { loss: 'L2' } },
    { type: 'declareTotalLoss', item: lost, data: { loss: 'L2', totalLoss: 'constructive' } },
    { type: 'surrender', item: surrendered, data: {} },
    { type: 'surrender', item: received, data: {} },
    { type: 'receive', item: received, data: { massGrams: 1000 } },
    { type: 'inspect', item: fitted, data: { result: 'fit' } },
    { type: 'fit', item: fitted, data: { into: damaged } },
  );
  return [damaged, lost, surrendered, received, fitted];
}

/** One of a list; numbers beyond its end begin again. */
export const at = <T>(list: readonly T[], index: number): T => {
  const found = list[index % list.length];
  if (found === undefined) throw new Error('nothing to pick from');
  return found;
};
