import { alsoOf, clockIdsOf, itemOf, mentionsOf, type ItemRow, type LedgerEvent } from '@huilian/core';
import { claimantsIn, lossIdOf } from '../loss-readers.js';
import type { Put, Store } from '../store/store.js';
import { anomalyView, blockView, transactionView } from '../views/chain.js';
import { batchEventsView, itemEventView, itemLinkView, itemView } from '../views/items.js';
import { clockView, tablesView } from '../views/clocks.js';
import { participantView } from '../views/directory.js';
import { lossView } from '../views/insurance.js';
import { keyView } from '../views/lanes.js';
import { clockBookOf, clocksRunning, recountClocks } from './clocks.js';
import { Counts } from './counts.js';
import { readerOf, ViewDraft } from './draft.js';
import { foldBatch, linksOf } from './events.js';
import { foldFindings } from './findings.js';
import { foldItems } from './items.js';
import { linkId } from './links.js';
import { foldMissing } from './missing.js';
import { loadContainers, passedBy } from './passings.js';
import { foldRow } from './rows.js';
import type { SourceBlock, SourceTransaction } from './source.js';
import { CURRENT, tablesIn } from './tables.js';
import { takeApart, type ProjectedTransaction } from './transaction.js';
import { Turns } from './turns.js';
import { wholeEvent, type WholeEvent } from './whole-events.js';
import { foldWork } from './work.js';

/** Raised when the same blocks give other documents, or a store keeps them in another form: stores are then rebuilt. */
export const foldVersion = 16;

/** An event with the parties of the items that it concerns, and of a step of a loss those who claim under it. */
export interface FoldedEvent {
  readonly document: WholeEvent;
  readonly parties: readonly string[];
}

/** What a block says. */
export interface FoldedBlock {
  readonly events: readonly FoldedEvent[];
  /** The latest of the transactions' times, in seconds since 1970. */
  readonly time: number;
}

const blockDigits = 10;
/**
 * Validation codes (peer.TxValidationCode) of transactions whose id peers have found to be their own and new: valid, refused
 * for its endorsements, in conflict. Anybody can have junk ordered that bears the id of another transaction.
 */
const ownId: ReadonlySet<number> = new Set([0, 10, 11, 12]);

/** {@link foldInto} for one block alone. @param store as the block before left it */
export async function foldBlock(
  block: SourceBlock,
  store: Pick<Store, 'getMany' | 'find'>,
): Promise<FoldedBlock & { readonly puts: readonly Put[] }> {
  const draft = new ViewDraft(readerOf(store));
  const folded = await foldInto(draft, block);
  return { ...folded, puts: draft.puts() };
}

/**
 * Folds one block into a draft. Pure but for what it reads through the draft.
 *
 * @param draft as the block before left it
 * @param block decoded, its validity flags as the peer says
 */
export async function foldInto(draft: ViewDraft, block: SourceBlock): Promise<FoldedBlock> {
  const counts = new Counts();
  const valid = block.transactions.filter((transaction) => transaction.valid && transaction.function !== '');
  const turns = new Turns();
  const transactions: ProjectedTransaction[] = [];
  for (const transaction of valid) {
    transactions.push(takeApart(block.number, transaction));
    await turns.take();
  }
  await load(draft, transactions);
  const time = Math.max(0, ...block.transactions.map((transaction) => transaction.time));
  foldChain(draft, block, time);
  for (const transaction of transactions) {
    await foldTransaction(draft, counts, transaction);
    await foldWork(draft, transaction);
    await turns.take();
  }
  await counts.apply(draft);
  return { events: transactions.flatMap((transaction) => eventsOf(draft, transaction)), time };
}

/** Reads what the fold of a block needs to know of the blocks before. */
async function load(draft: ViewDraft, transactions: readonly ProjectedTransaction[]): Promise<void> {
  const batches = transactions.flatMap((transaction) => transaction.batches);
  const events = batches.flatMap((batch) => batch.batch.events);
  const written = transactions.flatMap(({ rows }) =>
    rows.filter(({ prefix }) => prefix === 'item').map(({ id }) => id),
  );
  for (const event of events) written.push(...itemsOf(event));
  await draft.load(itemView, written);
  const others = events.flatMap((event) => alsoOf(event, (id) => draft.get(itemView, id)?.row));
  await draft.load(itemView, others);
  written.push(...others);
  await loadContainers(draft, written);
  const packed = written.flatMap((id) => containerLinkOf(draft, id));
  await draft.load(itemLinkView, [...events.flatMap(linksOf), ...packed]);
  await draft.load(
    keyView,
    batches.map(({ batch }) => batch.header.keyId),
  );
  await draft.load(
    lossView,
    events.flatMap((event) => lossIdOf(event) ?? []),
  );
  await loadClocks(draft, transactions, written);
}

/** Reads the clocks that may be stopped, the tables that they run by, and the roles of those who start them. */
async function loadClocks(
  draft: ViewDraft,
  transactions: readonly ProjectedTransaction[],
  items: readonly string[],
): Promise<void> {
  await draft.load(tablesView, [CURRENT]);
  const running = items.flatMap((id) => {
    const item = draft.get(itemView, id);
    return item === undefined ? [] : clocksRunning(item);
  });
  await draft.load(clockView, [...running, ...replacedClocks(transactions)]);
  // Who signed, who holds what was written, and whose keys the block itself brings.
  const parties = new Set<string>();
  for (const { batches, rows } of transactions) {
    for (const { batch } of batches) parties.add(draft.get(keyView, batch.header.keyId)?.owner ?? '');
    for (const { prefix, row } of rows) {
      if (prefix === 'item') parties.add((row as ItemRow).custodian);
      if (prefix === 'key') parties.add((row as { owner: string }).owner);
    }
  }
  await draft.load(participantView, parties);
}

/** Keys of the clocks that steps started which others stand in the place of. */
function replacedClocks(transactions: readonly ProjectedTransaction[]): readonly string[] {
  return transactions.flatMap(({ batches }) =>
    batches.flatMap(({ batch }) =>
      batch.events.flatMap((event) => {
        const { replaces } = event;
        return replaces === undefined ? [] : itemsOf(event).flatMap((item) => clockIdsOf(item, replaces));
      }),
    ),
  );
}

/** Key of the link to the container that an item lies in, which may end. */
function containerLinkOf(draft: ViewDraft, id: string): string[] {
  const container = draft.get(itemView, id)?.row.logistics?.container;
  return container === undefined ? [] : [linkId(id, 'packedInto', container)];
}

function foldChain(draft: ViewDraft, block: SourceBlock, time: number): void {
  const { number, hash, previousHash, transactions } = block;
  const invalid = transactions.filter((transaction) => !transaction.valid).length;
  const id = String(number).padStart(blockDigits, '0');
  draft.put(blockView, { id, number, hash, previousHash, time, transactions: transactions.length, invalid });
  for (const transaction of transactions) {
    if (isInvocation(transaction)) putTransaction(draft, number, transaction);
  }
}

function isInvocation(transaction: SourceTransaction): boolean {
  return transaction.function !== '' && transaction.id !== '' && ownId.has(transaction.code);
}

function putTransaction(draft: ViewDraft, block: number, transaction: SourceTransaction): void {
  const { id, index, time, valid, code } = transaction;
  draft.put(transactionView, { id, block, index, time, function: transaction.function, valid, code });
}

async function foldTransaction(
  draft: ViewDraft,
  counts: Counts,
  transaction: ProjectedTransaction,
): Promise<void> {
  const book = clockBookOf(draft);
  await foldFindings(draft, transaction, book.owner);
  const passed = await passedBy(draft, transaction, book);
  const tables = tablesIn(draft);
  for (const row of transaction.rows) foldRow(draft, counts, row);
  for (const batch of transaction.batches) foldBatch(draft, counts, transaction, batch);
  foldItems(draft, counts, transaction, book, passed);
  foldMissing(draft, transaction, book);
  if (tablesIn(draft) !== tables) await recountClocks(draft);
  for (const [i, reason] of transaction.anomalies.entries()) {
    counts.add('anomalies', []);
    draft.put(anomalyView, { id: `${transaction.position}/${i}`, transaction: transaction.id, reason });
  }
}

function eventsOf(draft: ViewDraft, transaction: ProjectedTransaction): FoldedEvent[] {
  return transaction.batches.flatMap((batch) => {
    const shared = draft.get(batchEventsView, batch.position);
    return batch.events.flatMap(({ position, event, verdict }): FoldedEvent[] => {
      const put = draft.get(itemEventView, position);
      if (put === undefined) return [];
      const document = wholeEvent(put, shared);
      const known = itemsOf(event).map((id) => draft.get(itemView, id)?.parties ?? []);
      const loss = verdict === 'accepted' ? lossIdOf(event) : undefined;
      if (loss !== undefined) known.push([...claimantsIn(draft.get(lossView, loss)?.row)]);
      const [parties] = known;
      if (known.length === 1 && parties?.includes(document.signer)) return [{ document, parties }];
      return [{ document, parties: [...new Set([...known.flat(), document.signer])] }];
    });
  });
}

/** All items that an event concerns, its own first. */
function itemsOf(event: LedgerEvent): string[] {
  const item = itemOf(event);
  return item === undefined ? [...mentionsOf(event)] : [item, ...mentionsOf(event)];
}
