import type { Language } from '../messages/error.js';
import { ITEM_KINDS, type ItemKind, type Role } from '../model/terms.js';
import { lifecycle, type Step } from '../rules/lifecycle/index.js';
import { terms } from './terms.js';

const TEXT: Readonly<
  Record<Language, { title: (role: string) => string; lead: string; head: readonly string[]; none: string }>
> = {
  en: {
    title: (role) => `What a party with the role “${role}” may record`,
    lead: 'Made from the life cycle tables; `npm run docs` makes it anew. Custody steps that every holder or receiver may take are listed too.',
    head: ['step', 'in state', 'then', 'as', 'licence', 'must be given', 'conditions'],
    none: 'This role records nothing of its own about items: it reads, decides or pays.',
  },
  'zh-CN': {
    title: (role) => `“${role}”可以记录的步骤`,
    lead: '由生命周期表生成；`npm run docs` 可重新生成。任何保管人或接收方都可办理的交接步骤也列在内。',
    head: ['步骤', '状态', '之后', '身份', '许可', '须提供', '条件'],
    none: '该角色不记录物品步骤，只查询、审核或拨付。',
  },
};
const WORDS: Readonly<Record<Language, { same: string; needed: string }>> = {
  en: { same: 'unchanged', needed: 'needed' },
  'zh-CN': { same: '不变', needed: '需要' },
};

/** The page docs/roles/steps/ROLE.md, or its Chinese twin: every step that a role may take, by kind of item. */
export function rolePage(language: Language, role: Role): string {
  const { title, lead, none } = TEXT[language];
  const other = language === 'en' ? `[中文](${role}.zh-CN.md)` : `[English](${role}.md)`;
  const name = terms(language);
  const named = lifecycle.some(({ roles }) => roles?.includes(role) === true);
  const sections = ITEM_KINDS.map((kind) => sectionOf(language, role, kind)).filter((text) => text !== '');
  return `# ${title(name.role(role))}

${other}

${lead}
${named ? '' : `\n${none}\n`}
${sections.join('\n')}`;
}

function sectionOf(language: Language, role: Role, kind: ItemKind): string {
  const steps = lifecycle.filter(
    ({ kinds, roles }) => kinds.includes(kind) && (roles === undefined || roles.includes(role)),
  );
  if (!steps.some(({ roles }) => roles !== undefined)) return '';
  const { head } = TEXT[language];
  const rows = [head, head.map(() => '---'), ...steps.map((step) => cells(language, step))];
  return `## ${terms(language).kind(kind)}\n\n${rows.map((row) => `| ${row.join(' | ')} |`).join('\n')}\n`;
}

function cells(language: Language, step: Step): string[] {
  const name = terms(language);
  return [
    `${name.event(step.event)} \`${step.event}\``,
    step.from.map(name.state).join(name.separator),
    step.to === undefined ? WORDS[language].same : name.state(step.to),
    name.who(step.who),
    step.licence === true ? WORDS[language].needed : '',
    step.given.map((field) => `\`${field}\``).join(' '),
    (step.conditions ?? []).map(name.condition).join(name.separator),
  ];
}
