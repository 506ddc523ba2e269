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
