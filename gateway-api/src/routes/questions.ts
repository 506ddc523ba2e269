import type { ItemRecord } from '../ports.js';
import type { Services } from '../services.js';

/** Why an item is questioned: a step of its own was declared wrong and stands, or what it depends on was. */
export interface Question {
  readonly what: 'itself' | 'parent' | 'core' | 'fittedInto' | 'removedFrom';
  readonly item: string;
}

const RELATIVES = ['parent', 'core', 'fittedInto', 'removedFrom'] as const;

/** What is to be asked about an item because of a correction, of its own or of what it came out of or is fitted into. */
export async function questionsOf(
  { readModel }: Services,
  { id, row }: Pick<ItemRecord, 'id' | 'row'>,
): Promise<Question[]> {
  const questions: Question[] = isQuestioned(row) ? [{ what: 'itself', item: id }] : [];
  for (const what of RELATIVES) {
    const relative = row[what];
    const found = relative === undefined ? undefined : await readModel.item(relative);
    if (relative !== undefined && found !== undefined && isInDoubt(found.row))
      questions.push({ what, item: relative });
  }
  return questions;
}

function isQuestioned({ correction }: ItemRecord['row']): boolean {
  return correction?.questioned !== undefined;
}

/** A voided item should never have been there; whatever is related to it hangs in the air. */
function isInDoubt(row: ItemRecord['row']): boolean {
  return row.state === 'voided' || isQuestioned(row);
}
