import { eventCheck, isQuestioned, takenBack, type EventOf, type ItemRow } from '@huilian/core';
import { clockView } from '../views/clocks.js';
import type { DocumentOf } from '../views/declare.js';
import { itemView } from '../views/items.js';
import { clockOf, foldClocks, type Signers, type TimedStep } from './clocks.js';
import type { ViewDraft } from './draft.js';
import type { ProjectedTransaction } from './transaction.js';

type Clock = DocumentOf<typeof clockView>;
type Correcting = EventOf<'correct' | 'agreeCorrection'>;

/**
 * What no step of an item itself does to its clocks: a container arrived without it, or a step that started or stopped them was taken
 * back. To be called once the transaction's items are put.
 */
export async function foldClocksAfter(
  draft: ViewDraft,
  transaction: ProjectedTransaction,
  signers: Signers,
): Promise<void> {
  for (const { prefix, id } of transaction.rows)
    if (prefix === 'item') startMissing(draft, transaction, id, signers);
  for (const { batch, events } of transaction.batches) {
    const { keyId, sequence } = batch.header;
    for (const { event, verdict, index } of events) {
      if (verdict !== 'accepted') continue;
      if (event.type !== 'correct' && event.type !== 'agreeCorrection') continue;
      await takeBack(draft, event, `${keyId}.${sequence}.${index}`);
    }
  }
}

/** What was not in the container is on its way still, from the giver and since the container arrived. */
function startMissing(
  draft: ViewDraft,
  { batches }: ProjectedTransaction,
  id: string,
  signers: Signers,
): void {
  const item = draft.get(itemView, id);
  const { handover, logistics, custodian } = item?.row ?? {};
  if (item === undefined || handover === undefined || custodian === undefined) return;
  const { reason, container } = logistics?.exception ?? {};
  if (reason !== 'missing') return;
  const arrivals = batches.flatMap(({ batch: { header }, row, events }) =>
    events
      .filter(({ event, verdict }) => {
        const { type } = event;
        return (
          verdict === 'accepted' && (type === 'accept' || type === 'handover') && event.item === container
        );
      })
      .map(({ index }) => ({ id: `${header.keyId}.${header.sequence}.${index}`, time: row.time })),
  );
  const arrival = arrivals.at(-1);
  if (arrival === undefined) return;
  const pair = `${custodian}>${handover.to}`;
  const step: TimedStep = {
    ...arrival,
    type: 'handover',
    party: custodian,
    roles: signers.roles(custodian),
    pair,
  };
  const clocks = foldClocks(draft, { id, row: item.row, before: item }, [step], undefined, signers);
  draft.put(itemView, { ...item, clocks });
}

/** Clocks that an event started are void when it is taken back, and those that it stopped run on. */
async function takeBack(draft: ViewDraft, event: Correcting, correction: string): Promise<void> {
  const { event: wrong, outputs = [] } = event.data;
  const row = draft.get(itemView, event.item)?.row;
  const check = eventCheck(wrong);
  const facts = row?.correction;
  // It may still wait for the other hand, or stand because others have built upon it.
  if (facts?.corrected?.includes(check) !== true || isQuestioned(facts, check)) return;
  // Custody that went back with it is no storage that begins anew.
  const undone = new Set([wrong, correction]);
  await draft.load(itemView, outputs);
  for (const id of [event.item, ...outputs]) await takeBackOf(draft, id, undone);
}

async function takeBackOf(draft: ViewDraft, id: string, undone: ReadonlySet<string>): Promise<void> {
  const item = draft.get(itemView, id);
  if (item === undefined) return;
  const isUndone = (event: string | undefined): boolean => event !== undefined && undone.has(event);
  const resumed: Clock[] = [];
  for (const clock of await draft.all(clockView, 'byItem', { item: id })) {
    if (isUndone(clock.startedBy)) {
      draft.put(clockView, { ...clock, status: 'void', dueAt: 0 });
    } else if (isUndone(clock.stoppedBy)) {
      const { stoppedBy: _event, stopped: _time, ...running } = clock;
      draft.put(clockView, clockOf(draft, running));
      resumed.push(running);
    }
  }
  const clocks = takenBack(item.clocks, { undone, resumed, pair: pairOf(item.row) });
  draft.put(itemView, { ...item, clocks });
}

/** What tells a handover from others of the same item, as its row has it. */
function pairOf({ custodian, handover }: ItemRow): string | undefined {
  return handover && `${custodian}>${handover.to}`;
}
