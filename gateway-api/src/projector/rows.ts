import type {
  BatchRow,
  ForkRow,
  KeyRow,
  LaneRow,
  LedgerRow,
  ParticipantRow,
  RuleRow,
  RulesetRow,
  TagRow,
} from '@huilian/core';
import { metaView, participantView, ruleTableView, rulesetView } from '../views/directory.js';
import { tagView } from '../views/items.js';
import { forkView, keyView, laneView } from '../views/lanes.js';
import type { Counts } from './counts.js';
import type { Texts } from '../store/store.js';
import type { ViewDraft } from './draft.js';
import type { ProjectedRow } from './transaction.js';

type Fold = (draft: ViewDraft, counts: Counts, id: string, row: never, texts: Texts) => void;

/** What a row of the world state puts. Items and batches take more than their row and are folded elsewhere. */
const folds: Readonly<Record<string, Fold>> = {
  ledger: (draft, _counts, id, row: LedgerRow, texts) => {
    draft.put(metaView, { id, row }, texts);
  },
  participant: (draft, _counts, id, row: ParticipantRow, texts) => {
    draft.put(participantView, { id, mspId: row.mspId, row }, texts);
  },
  key: (draft, _counts, id, row: KeyRow, texts) => {
    draft.put(keyView, { id, owner: row.owner, kind: row.kind, row }, texts);
  },
  lane: (draft, _counts, id, row: LaneRow, texts) => {
    draft.put(laneView, { id, forked: row.forked !== undefined, row }, texts);
  },
  fork: (draft, counts, id, row: ForkRow, texts) => {
    counts.add('forks', []);
    draft.put(forkView, { id, keyId: first(id), row }, texts);
  },
  tag: (draft, _counts, id, row: TagRow, texts) => {
    draft.put(tagView, { id, item: row.item, row }, texts);
  },
  rule: (draft, _counts, id, row: RuleRow, texts) => {
    draft.put(ruleTableView, { id, name: first(id), row }, texts);
  },
  ruleset: (draft, _counts, id, row: RulesetRow, texts) => {
    draft.put(rulesetView, { id, row }, texts);
  },
  recorded: (_draft, counts, _id, row: BatchRow) => {
    counts.add('batches', []);
    if (row.gap !== undefined) counts.add('lost', [], row.gap);
  },
};

/** Puts what a row says, if it is of a kind that stands for itself. */
export function foldRow(draft: ViewDraft, counts: Counts, { prefix, id, row, text }: ProjectedRow): void {
  if (Object.hasOwn(folds, prefix)) folds[prefix]?.(draft, counts, id, row as never, { row: text });
}

function first(id: string): string {
  return id.split('/', 1)[0] ?? id;
}
