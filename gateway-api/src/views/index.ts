import { clockView, tablesView } from './clocks.js';
import { anomalyView, blockView, countView, transactionView } from './chain.js';
import { metaView, participantView, ruleTableView, rulesetView } from './directory.js';
import { lossView, saleView } from './insurance.js';
import { findingItemView, findingView, intakeView, placeView, stockView } from './findings.js';
import { batchEventsView, itemEventView, itemLinkView, itemPartyView, itemView, tagView } from './items.js';
import { batchView, forkView, keyView, laneView } from './lanes.js';
import { correctionView, refusalView, workItemView } from './work.js';
import type { View } from './declare.js';

export * from './chain.js';
export * from './clocks.js';
export * from './declare.js';
export * from './directory.js';
export * from './insurance.js';
export * from './findings.js';
export * from './items.js';
export * from './lanes.js';
export * from './position.js';
export * from './rows.js';
export * from './work.js';

/** All views of the read model. */
export const views: readonly View[] = [
  anomalyView,
  batchEventsView,
  batchView,
  blockView,
  correctionView,
  clockView,
  countView,
  findingItemView,
  findingView,
  forkView,
  itemEventView,
  itemLinkView,
  itemPartyView,
  itemView,
  keyView,
  laneView,
  lossView,
  metaView,
  participantView,
  refusalView,
  placeView,
  intakeView,
  ruleTableView,
  rulesetView,
  saleView,
  stockView,
  tablesView,
  tagView,
  transactionView,
  workItemView,
];
