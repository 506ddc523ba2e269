import { capitals } from '../tags/letters.js';
import { rememberedText } from './remembered.js';
import type { Tag } from '../tags/tag.js';
import type {
  BatchRow,
  ForkRow,
  ItemRow,
  KeyRow,
  LaneRow,
  LedgerRow,
  LossRow,
  ParticipantRow,
  RuleRow,
  RulesetRow,
  SaleRow,
  TagRow,
} from './rows.js';

declare const rowOf: unique symbol;

/** A key of the world state that remembers what its row looks like. */
export type RowKey<R> = string & { readonly [rowOf]?: R };

const digits = (sequence: number, width: number): string => String(sequence).padStart(width, '0');

/**
 * Keys of the world state, all ASCII. A sequence has ten digits so that keys sort as numbers do. A printed serial is found, and is the
 * same, in letters of either size, though an item bears it as its signer wrote it.
 */
export const rowKey = {
  ledger: 'ledger' as RowKey<LedgerRow>,
  activeRuleset: 'ruleset/active' as RowKey<RulesetRow>,
  participant: (creditCode: string): RowKey<ParticipantRow> => `participant/${creditCode}`,
  key: (keyId: string): RowKey<KeyRow> => `key/${keyId}`,
  lane: (keyId: string): RowKey<LaneRow> => `lane/${keyId}`,
  item: rememberedText((id: string): RowKey<ItemRow> => `item/${id}`),
  loss: (vehicle: string, number: string): RowKey<LossRow> => `loss/${vehicle}/${number}`,
  reman: (sale: string): RowKey<SaleRow> => `reman/${sale}`,
  tag: (tag: Tag): RowKey<TagRow> =>
    `tag/${tag.scheme}/${tag.scheme === 'serial' ? capitals(tag.value) : tag.value}`,
  batch: (keyId: string, sequence: number): RowKey<BatchRow> => `recorded/${keyId}/${digits(sequence, 10)}`,
  fork: (keyId: string, sequence: number): RowKey<ForkRow> => `fork/${keyId}/${digits(sequence, 10)}`,
  rule: (name: string, province: string, version: number): RowKey<RuleRow> =>
    `rule/${name}/${province}/${digits(version, 4)}`,
};
