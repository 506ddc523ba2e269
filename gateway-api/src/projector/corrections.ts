import { becameOf, eventCheck, isQuestioned, mayReplace, type ItemEvent } from '@huilian/core';
import type { DocumentOf } from '../views/declare.js';
import { itemView } from '../views/items.js';
import { correctionView } from '../views/work.js';
import type { ViewDraft } from './draft.js';
import { loadNamedEvents, namedEvent } from './named-events.js';

type Correction = DocumentOf<typeof correctionView>;
/** An event of an item with its id and its signer. */
export interface Told {
  readonly id: string;
  readonly event: ItemEvent;
  readonly position: string;
  readonly signer: string;
}

type Correcting = Extract<ItemEvent, { type: 'correct' | 'agreeCorrection' }>;

/**
 * Puts that an event was declared wrong, or that one of two hands has said so. Where what it did stands, the ledger does not look
 * whether it is an event of this item: one that is none is not marked by what somebody says of another item.
 */
export async function foldCorrection(
  draft: ViewDraft,
  { id, signer }: Told,
  event: Correcting,
): Promise<void> {
  const { event: wrong, eventType } = event.data;
  await loadNamedEvents(draft, [wrong]);
  const recorded = namedEvent(draft, wrong);
  if (recorded?.item !== event.item) return;
  const { type } = recorded;
  await draft.load(correctionView, [wrong]);
  const before = draft.get(correctionView, wrong);
  const reason = event.type === 'correct' ? event.data.reason : undefined;
  const signers = new Set([...(before?.signers ?? []), signer]);
  const effect = effectOf(draft, event, type);
  const misnamed = effect === 'questioned' && eventType !== undefined && eventType !== type;
  draft.put(correctionView, {
    ...before,
    id: wrong,
    item: event.item,
    type,
    declaredBy: before?.declaredBy ?? id,
    signers: [...signers],
    reason: before?.reason ?? reason,
    effect,
    ...(misnamed ? { misnamed } : {}),
  });
}

/**
 * As the item's row tells: it remembers what was declared wrong, and what of it stands. Of a hold that has ended nothing does.
 *
 * @param type of the wrong event
 */
function effectOf(draft: ViewDraft, { item, data }: Correcting, type: string): Correction['effect'] {
  const facts = draft.get(itemView, item)?.row.correction;
  const check = eventCheck(data.event);
  const became = becameOf(facts, check) ?? 'open';
  const isEnded = became === 'questioned' && type === 'hold' && !isQuestioned(facts, check);
  return isEnded && data.eventType === type ? 'takenBack' : became;
}

/**
 * Puts that an event stands in the place of a wrong one. Where what that did stands, it takes a step that may: by the type on record,
 * whatever the correction has called it.
 */
export async function foldReplacement(draft: ViewDraft, wrong: string, { id, event }: Told): Promise<void> {
  await draft.load(correctionView, [wrong]);
  const before = draft.get(correctionView, wrong);
  if (before?.item !== event.item || before.effect === 'open') return;
  if (before.effect === 'questioned' && !mayReplace(before.type, event.type)) return;
  draft.put(correctionView, { ...before, replacedBy: id });
}
