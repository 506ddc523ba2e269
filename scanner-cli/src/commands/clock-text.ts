import { CLOCK_STATES, type ClockState, type Language, type Lateness } from '@huilian/core';
import { say, type Phrase } from '../language.js';

/** A clock as a gateway shows it. */
export interface ClockShown {
  readonly item: string;
  readonly timeLimit: string;
  readonly title: Phrase;
  readonly state: ClockState;
  readonly party: string;
  readonly due?: string;
  readonly late?: Lateness;
  readonly confirmed: boolean;
  readonly missing?: { readonly what: 'table' | 'term' | 'holidays'; readonly year?: number };
}

const MISSING: Readonly<Record<'table' | 'term' | 'holidays', Phrase>> = {
  table: { zh: '账本上没有该期限的规则表', en: 'no table on record has the limit' },
  term: { zh: '期限长度未证实', en: 'nobody confirmed how long the term is' },
  holidays: { zh: '账本上没有节假日表', en: 'the holidays are not on record' },
};
const MARKS: Readonly<Record<ClockState, string>> = {
  running: '…',
  dueSoon: '!',
  overdue: '✗',
  met: '✓',
  metLate: '✗',
  notComputable: '?',
};

/** One line, and one more where something is to be known of it. */
export function clockText(clock: ClockShown, language: Language): string {
  const { title, state, due, late, confirmed, missing } = clock;
  const notes = [
    ...(late === undefined ? [] : [latenessText(late, language)]),
    ...(missing === undefined
      ? []
      : [`${say(MISSING[missing.what], language)}${missing.year === undefined ? '' : ` (${missing.year})`}`]),
    ...(confirmed ? [] : [say({ zh: '期限未证实，可配置', en: 'term unconfirmed, configurable' }, language)]),
  ];
  const head = `${MARKS[state]} ${say(title, language)}: ${say(CLOCK_STATES[state], language)}`;
  return [`${head}${due === undefined ? '' : `  ${due}`}`, ...notes.map((note) => `    ${note}`)].join('\n');
}

/** A clock of any item: its item and party before it. */
export function clockLine(clock: ClockShown, language: Language): string {
  return `${clock.item}  ${clock.party}\n  ${clockText(clock, language)}`;
}

/** By how much a term was missed. */
export function latenessText({ days, workingDays }: Lateness, language: Language): string {
  const counted =
    workingDays === undefined
      ? undefined
      : { zh: `${workingDays} 个工作日`, en: `${workingDays} working days` };
  return say(
    {
      zh: `逾期 ${days} 天${counted ? `（${counted.zh}）` : ''}`,
      en: `late by ${days} days${counted ? ` (${counted.en})` : ''}`,
    },
    language,
  );
}
