import type { View } from './declare.js';
import { metaView, participantView, ruleTableView, rulesetView } from './directory.js';
import { lossView, saleView } from './insurance.js';
import { itemView, tagView } from './items.js';
import { batchView, forkView, keyView, laneView } from './lanes.js';

/** The views that hold a row of the world state as it is, by the first word of its key, in the order of the keys. */
export const rowViews: Readonly<Record<string, View>> = {
  fork: forkView,
  item: itemView,
  key: keyView,
  lane: laneView,
  ledger: metaView,
  loss: lossView,
  participant: participantView,
  recorded: batchView,
  reman: saleView,
  rule: ruleTableView,
  ruleset: rulesetView,
  tag: tagView,
};

/** The view that holds rows of a key's kind; none for kinds that the read model does not keep. */
export function rowViewOf(key: string): View | undefined {
  const [prefix = ''] = key.split('/', 1);
  return Object.hasOwn(rowViews, prefix) ? rowViews[prefix] : undefined;
}

/** The key of a row's document in its view: what stands behind the kind, or the kind alone. */
export function idIn(key: string): string {
  const slash = key.indexOf('/');
  return slash < 0 ? key : key.slice(slash + 1);
}
