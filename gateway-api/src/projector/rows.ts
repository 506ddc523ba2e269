import {
  LIST_OF_VERSIONS,
  type BatchRow,
  type ForkRow,
  type KeyRow,
  type LaneRow,
  type LedgerRow,
  type LossRow,
  type ParticipantRow,
  type RuleRow,
  type RulesetRow,
  type SaleRow,
  type TagRow,
} from '@huilian/core';
import { metaView, participantView, ruleTableView, rulesetView } from '../views/directory.js';
import { lossView, saleView } from '../views/insurance.js';
import { tagView } from '../views/items.js';
import { forkView, keyView, laneView } from '../views/lanes.js';
import type { Counts } from './counts.js';
import type { ViewDraft } from './draft.js';
import { foldTable } from './tables.js';
import type { ProjectedRow } from './transaction.js';

type Fold = (draft: ViewDraft, counts: Counts, id: string, row: never) => void;

/** What a row of the world state puts. Items and batches take more than their row and are folded elsewhere. */
const folds: Readonly<Record<string, Fold>> = {
  ledger: (draft, _counts, id, row: LedgerRow) => {
    draft.put(metaView, { id, row });
  },
  participant: (draft, _counts, id, row: ParticipantRow) => {
    draft.put(participantView, { id, mspId: row.mspId, row });
  },
  key: (draft, _counts, id, row: KeyRow) => {
    draft.put(keyView, { id, owner: row.owner, kind: row.kind, row });
  },
  lane: (draft, _counts, id, row: LaneRow) => {
    draft.put(laneView, { id, forked: row.forked !== undefined, row });
  },
  fork: (draft, counts, id, row: ForkRow) => {
    counts.add('forks', []);
    draft.put(forkView, { id, keyId: first(id), row });
  },
  tag: (draft, _counts, id, row: TagRow) => {
    draft.put(tagView, { id, item: row.item, row });
  },
  loss: (draft, _counts, id, row: LossRow) => {
    draft.put(lossView, { id, vehicle: first(id), row });
  },
  reman: (draft, _counts, id, row: SaleRow) => {
    draft.put(saleView, { id, seller: first(id), row });
  },
  rule: (draft, _counts, id, row: RuleRow) => {
    const isVersion = Number(id.split('/').at(-1)) !== LIST_OF_VERSIONS;
    draft.put(ruleTableView, { id, name: first(id), isVersion, row });
    foldTable(draft, id, row);
  },
  ruleset: (draft, _counts, id, row: RulesetRow) => {
    draft.put(rulesetView, { id, row });
  },
  recorded: (_draft, counts, _id, row: BatchRow) => {
    counts.add('batches', []);
    if (row.gap !== undefined) counts.add('lost', [], row.gap);
  },
};

/** Puts what a row says, if it is of a kind that stands for itself. */
export function foldRow(draft: ViewDraft, counts: Counts, { prefix, id, row }: ProjectedRow): void {
  if (Object.hasOwn(folds, prefix)) folds[prefix]?.(draft, counts, id, row as never);
}

function first(id: string): string {
  return id.split('/', 1)[0] ?? id;
}
