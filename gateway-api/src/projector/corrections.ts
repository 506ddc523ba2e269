import { eventCheck, isQuestioned, type ItemEvent } from '@huilian/core';
import type { DocumentOf } from '../views/declare.js';
import { itemView } from '../views/items.js';
import { correctionView } from '../views/work.js';
import type { ViewDraft } from './draft.js';

type Correction = DocumentOf<typeof correctionView>;
/** An event of an item with its id and its signer. */
export interface Told {
  readonly id: string;
  readonly event: ItemEvent;
  readonly position: string;
  readonly signer: string;
}

type Correcting = Extract<ItemEvent, { type: 'correct' | 'agreeCorrection' }>;

/** Puts that an event was declared wrong, or that one of two hands has said so. */
export async function foldCorrection(
  draft: ViewDraft,
  { id, signer }: Told,
  event: Correcting,
): Promise<void> {
  const wrong = event.data.event;
  await draft.load(correctionView, [wrong]);
  const before = draft.get(correctionView, wrong);
  const reason = event.type === 'correct' ? event.data.reason : undefined;
  const signers = new Set([...(before?.signers ?? []), signer]);
  draft.put(correctionView, {
    ...before,
    id: wrong,
    item: event.item,
    declaredBy: before?.declaredBy ?? id,
    signers: [...signers],
    reason: before?.reason ?? reason,
    effect: effectOf(draft, event.item, wrong),
  });
}

/** As the item's row tells: it remembers what was declared wrong, and what of it stands. */
function effectOf(draft: ViewDraft, item: string, wrong: string): Correction['effect'] {
  const facts = draft.get(itemView, item)?.row.correction;
  const check = eventCheck(wrong);
  if (facts?.corrected?.includes(check) !== true) return 'open';
  return isQuestioned(facts, check) ? 'questioned' : 'takenBack';
}

/** Puts that an event stands in the place of a wrong one. */
export async function foldReplacement(draft: ViewDraft, wrong: string, { id, event }: Told): Promise<void> {
  await draft.load(correctionView, [wrong]);
  const before = draft.get(correctionView, wrong);
  if (before?.item === event.item) draft.put(correctionView, { ...before, replacedBy: id });
}
