import { unpackGroup } from '../batch/group.js';
import type { SignedBatch } from '../batch/batch.js';
import type { EventKind, Finding, Intake, LastPlace, Stock } from '../findings/finding.js';
import { FindingWatch } from '../findings/watch.js';
import { rowKey } from '../model/row-keys.js';
import type { Row } from '../model/rows.js';
import type { World } from './world.js';

/** What somebody has to look at after all that happened in a world, oldest first. */
export function findingsIn(world: World): readonly Finding[] {
  return watched(world).findings;
}

/** What parties have in store after all that happened in a world, by `party/category`. */
export function stocksIn(world: World): ReadonlyMap<string, Stock> {
  return watched(world).stocks;
}

function watched(world: World): {
  readonly findings: readonly Finding[];
  readonly stocks: ReadonlyMap<string, Stock>;
} {
  const rows = new Map<string, Row>();
  const places = new Map<string, LastPlace>();
  const intakes = new Map<string, Intake>();
  const stocks = new Map<string, Stock>();
  const events = new Map<string, readonly EventKind[]>();
  const findings = new Map<string, Finding>();
  const watch = new FindingWatch({
    place: (item) => places.get(item),
    putPlace: (item, place) => void places.set(item, place),
    events: (batch) => events.get(batch),
    putEvents: (batch, kinds) => void events.set(batch, kinds),
    intake: (key) => intakes.get(key),
    putIntake: (key, intake) => void intakes.set(key, intake),
    stock: (key) => stocks.get(key),
    putStock: (key, stock) => void stocks.set(key, stock),
    finding: (id) => findings.get(id),
    putFinding: (finding) => void findings.set(finding.id, finding),
  });
  world.transactions.forEach(({ group, time, recorded }, number) => {
    const batches = unpackGroup(group).map(({ value }) => value as unknown as SignedBatch);
    const positionOf = (index: number): string => `${number}.${index}`;
    const { writes } = recorded;
    watch.take({ batches, recorded: recorded.batches, writes, time, positionOf }, (key) =>
      // First keys of administrators come by no event.
      key.startsWith(rowKey.key('')) ? world.rows.get(key) : rows.get(key),
    );
    for (const [key, row] of writes) rows.set(key, row);
  });
  return { findings: [...findings.values()], stocks };
}
