import type { Language } from '../messages/error.js';
import type { ItemEventType } from '../model/events.js';
import { CORRECTION_TERM, CORRECTIONS, REPLACED_BY, type Correction } from '../rules/corrections.js';
import { terms } from './terms.js';

/** What stands in the place of what, beside steps of the same type. */
function replacements(language: Language): string {
  const { event } = terms(language);
  return Object.entries(REPLACED_BY)
    .map(([wrong, by]) => `${event(wrong as ItemEventType)} → ${by.map((each) => event(each)).join(', ')}`)
    .join('; ');
}

const WORDS = {
  en: {
    title: 'Corrections',
    lead: `An event is never changed: \`correct\` declares it wrong, with a reason. Of the steps listed here what they did is put back, as long as nothing stands on them; of all others it stands, and the item is questioned until a step of the same type that names it in \`replaces\` stands in its place, or one that undoes it in fact: ${replacements('en')}. For that the correction names the type. What others have built upon is declared wrong by two: who recorded it and the holder. The terms are days of the table \`${CORRECTION_TERM.name}\` (unconfirmed).`,
    head: ['step', 'corrected by', 'within', 'with it'],
    by: { signer: 'who recorded it', bothHands: 'giver and receiver' },
    hands: ', both hands once it has changed hands',
    outputs: 'what came of it is voided',
  },
  'zh-CN': {
    title: '更正',
    lead: `事件永不修改：用 \`correct\` 声明其有误并说明原因。下列步骤在其后没有其他步骤时，其影响被撤回；其他步骤的影响保留，物品标为存疑，直到有同类步骤以 \`replaces\` 注明替代它，或由实际上消除其影响的步骤替代：${replacements('zh-CN')}；为此更正须写明其类型。后续方已接手的，由记录方与现保管人共同更正。期限为规则表 \`${CORRECTION_TERM.name}\` 所定的天数（未确认）。`,
    head: ['步骤', '由谁更正', '期限', '同时'],
    by: { signer: '记录方', bothHands: '移交方与接收方共同' },
    hands: '；已交接的由双方共同',
    outputs: '其产出一并作废',
  },
} as const;

/** The table of corrections for a person, as a section of the page of the life cycle. */
export function correctionsSection(language: Language): string {
  const words = WORDS[language];
  const rows = [words.head, words.head.map(() => '---'), ...CORRECTIONS.map((row) => cells(row, language))];
  const table = rows.map((row) => `| ${row.join(' | ')} |`).join('\n');
  return `## ${words.title}\n\n${words.lead}\n\n${table}\n`;
}

function cells({ event, by, until, outputs }: Correction, language: Language): string[] {
  const words = WORDS[language];
  const who = event === 'handover' ? words.by[by] + words.hands : words.by[by];
  return [
    `${terms(language).event(event)} \`${event}\``,
    who,
    `\`${until}\``,
    outputs === true ? words.outputs : '',
  ];
}
