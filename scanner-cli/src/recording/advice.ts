import {
  lifecycle,
  terms,
  type ErrorCode,
  type ItemRow,
  type Language,
  type LedgerEvent,
  type Step,
} from '@huilian/core';
import type { Phrase } from '../language.js';

/** Refusals for which the life cycle table itself says what would be allowed instead. */
const BY_TABLE: readonly ErrorCode[] = ['HL-2004', 'HL-2010', 'HL-2012', 'HL-2030'];

/**
 * What the life cycle table would allow instead of a refused step: in which states it is taken, by which roles, with what given.
 *
 * @param item the item as it stands
 * @returns undefined when the text of the code says it all
 */
export function adviceOn(
  code: ErrorCode,
  event: LedgerEvent['type'],
  item: ItemRow & { item: string },
): Phrase | undefined {
  if (!BY_TABLE.includes(code)) return undefined;
  return { zh: inWords(code, event, item, 'zh-CN'), en: inWords(code, event, item, 'en') };
}

function inWords(
  code: ErrorCode,
  event: LedgerEvent['type'],
  item: ItemRow & { item: string },
  language: Language,
): string {
  const name = terms(language);
  const steps = lifecycle.filter((step) => step.event === event && step.kinds.includes(item.kind));
  const list = (words: readonly string[]): string => [...new Set(words)].join(name.separator);
  const [now, states, roles, given, next, end] =
    language === 'en'
      ? [
          'It is now: ',
          'The step is taken in: ',
          'It is for: ',
          'It is given: ',
          'What may be done now: ',
          '. ',
        ]
      : ['当前状态：', '该步骤须处于：', '可办理的角色：', '须提供：', '现在可办理的步骤：', '。'];
  const facts = [
    ...(code === 'HL-2010' ? [now + name.state(item.state)] : []),
    ...(code === 'HL-2010' && steps.length > 0
      ? [states + list(steps.flatMap(({ from }) => from.map(name.state)))]
      : []),
    ...(code === 'HL-2030' ? [roles + list(steps.flatMap((step) => (step.roles ?? []).map(name.role)))] : []),
    ...(code === 'HL-2012' ? [given + list(steps.flatMap(givenOf))] : []),
    `${next}huilian item next ${item.item}`,
  ];
  return facts.join(end);
}

/** What a step must be given or, where that is nothing by itself, one of what it may be given. */
function givenOf({ given, optional = [] }: Step): readonly string[] {
  return given.length > 0 ? given : optional;
}
