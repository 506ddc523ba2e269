import type { InsuranceFacts, Language } from '@huilian/core';
import { say, type Phrase } from '../language.js';
import { timeText } from '../words.js';

const LABELS = {
  loss: { zh: '当前赔案', en: 'open loss' },
  changes: { zh: '待办变更登记', en: 'registration to change' },
  repair: { zh: '赔付项目', en: 'paid by line' },
  sale: { zh: '以旧换再销售', en: 'sold for an old part' },
  offer: { zh: '已返还，销售单', en: 'came back for' },
  missing: { zh: '缺少', en: 'missing' },
} as const satisfies Readonly<Record<string, Phrase>>;

/** What insurance and old-for-reman know of an item: a label and a value a line. */
export function insuranceRows(
  { loss, changes = [], repair, sale, offer, missing }: InsuranceFacts,
  language: Language,
): readonly (readonly [label: string, value: string])[] {
  const rows: readonly (readonly [keyof typeof LABELS, string | undefined])[] = [
    ['loss', loss],
    ...changes.map(({ part, since }) => ['changes', `${part}  ${timeText(since)}`] as const),
    ['repair', repair && `${repair.loss}:${repair.line}`],
    ['sale', sale],
    ['offer', offer],
    ['missing', missing?.join(', ')],
  ];
  return rows.flatMap(([name, value]) =>
    value === undefined ? [] : [[say(LABELS[name], language), value] as const],
  );
}
