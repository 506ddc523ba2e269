import type { Language } from '../messages/error.js';
import { ITEM_KINDS, ITEM_STATES, ROLES, type ItemKind } from '../model/terms.js';
import { endsOf, lifecycle, type Step } from '../rules/lifecycle/index.js';
import { correctionsSection } from './corrections.js';
import { terms } from './terms.js';

const HEAD: Readonly<Record<Language, readonly string[]>> = {
  en: ['step', 'class', 'from', 'to', 'by', 'roles', 'licence', 'given', 'conditions'],
  'zh-CN': ['步骤', '类别', '之前状态', '之后状态', '由谁', '角色', '许可', '须提供', '条件'],
};

const WORDS: Readonly<Record<Language, { any: string; same: string; needed: string; none: string }>> = {
  en: { any: 'any', same: 'unchanged', needed: 'needed', none: '' },
  'zh-CN': { any: '不限', same: '不变', needed: '需要', none: '' },
};

/** The life cycle of a kind as a table of Markdown, one row a step. */
function tableOf(kind: ItemKind, language: Language): string {
  const rows = [
    HEAD[language],
    HEAD[language].map(() => '---'),
    ...stepsOf(kind).map((step) => cells(step, language)),
  ];
  return `${rows.map((row) => `| ${row.join(' | ')} |`).join('\n')}\n`;
}

function stepsOf(kind: ItemKind): Step[] {
  return lifecycle.filter(({ kinds }) => kinds.includes(kind));
}

function cells(step: Step, language: Language): string[] {
  const name = terms(language);
  const words = WORDS[language];
  const classAfter = step.toClass === undefined ? '' : ` → ${name.class(step.toClass)}`;
  return [
    `${name.event(step.event)} \`${step.event}\``,
    `${step.classes?.map(name.class).join(name.separator) ?? words.none}${classAfter}`,
    step.from.map(name.state).join(name.separator),
    step.to === undefined ? words.same : name.state(step.to),
    name.who(step.who),
    step.roles === undefined ? words.any : step.roles.map(name.role).join(name.separator),
    step.licence === true ? words.needed : words.none,
    step.given.map((field) => `\`${field}\``).join(' '),
    (step.conditions ?? []).map(name.condition).join(name.separator),
  ];
}

/** The states of a kind and the steps between them, as a Mermaid state diagram. */
function lifecycleDiagram(language: Language, kind: ItemKind): string {
  const name = terms(language);
  const arrows = new Map<string, Set<string>>();
  const draw = (arrow: string, label: string): void => {
    arrows.set(arrow, (arrows.get(arrow) ?? new Set()).add(label));
  };
  const steps = stepsOf(kind);
  for (const { event, from, to, keeps, brings } of steps) {
    if (brings !== undefined) draw(`[*] --> ${brings}`, name.event(event));
    if (from.length === 0 && to !== undefined) draw(`[*] --> ${to}`, name.event(event));
    // What leaves the state as it is would hide the way.
    for (const state of from)
      if (to !== undefined && to !== state && keeps?.includes(state) !== true)
        draw(`${state} --> ${to}`, name.event(event));
  }
  const states = ITEM_STATES.filter((state) =>
    steps.some(({ from, to }) => to === state || from.includes(state)),
  );
  const labelled = [...arrows].map(([arrow, labels]) => `${arrow}: ${[...labels].join(' / ')}`);
  const ends = endsOf(kind).map((state) => `${state} --> [*]`);
  const named = states.map((state) => `${state}: ${name.state(state)}`);
  return ['stateDiagram-v2', ...named, ...labelled, ...ends].join('\n  ');
}

const TEXT: Readonly<Record<Language, { title: string; lead: string; notes: string; byRole: string }>> = {
  en: {
    title: 'The life cycle of an item',
    byRole: 'What each role may record:',
    lead: 'What may happen to an item, in which state, and who may do it. The page is made from the table that scanners, gateways, the chaincode and auditors apply; `npm run docs` makes it anew.',
    notes: `- A handover and its acceptance are signed apart and may arrive in either order; custody moves when both are there. Until then nobody works on the item.
- Ownership moves with custody when the giver owns the item and does not keep it.
- A fitted item has no custody of its own: it is where the item is that it is fitted into, and belongs to the same owner unless the workshop only held it.
- What comes out of a dismantling, with the loss, weighs as much as what went in, within the tolerance of the rule table that the event names.
- A licence is valid when Oversight has countersigned it, the ledger time lies within its dates and it names the category, or none. A part may be taken apart, too, under a licence for the vehicle or unit that it came out of.`,
  },
  'zh-CN': {
    title: '物品的生命周期',
    byRole: '各角色可记录的步骤：',
    lead: '物品在什么状态下可以进行什么步骤、由谁办理。本页由扫描终端、网关、链码和审核工具共同使用的同一张表生成；`npm run docs` 可重新生成。',
    notes: `- 移交与接收分别签名，到达先后不限；两者齐备时保管才转移。在此之前任何一方不得处理该物品。
- 移交方拥有该物品且未声明保留时，所有权随保管转移。
- 已装用的物品没有单独的保管人：它随所装入的物品转移，所有人也相同，除非装用方只是代为保管。
- 拆解产出与损耗的质量之和等于投入质量，误差不超过事件所引用规则表的允许范围。
- 许可须经监管方会签、账本时间在有效期内，且包含该类别或不限类别。拆解零部件时，许可包含其来源车辆或电器的类别亦可。`,
  },
};

/** The page docs/lifecycle.md, or docs/lifecycle.zh-CN.md. */
export function lifecyclePage(language: Language): string {
  const { title, lead, notes, byRole } = TEXT[language];
  const other = language === 'en' ? '[中文](lifecycle.zh-CN.md)' : '[English](lifecycle.md)';
  const name = terms(language);
  const pages = ROLES.map(
    (role) => `[${name.role(role)}](roles/steps/${role}${language === 'en' ? '' : '.zh-CN'}.md)`,
  );
  const sections = ITEM_KINDS.map(
    (kind) => `## ${name.kind(kind)}

\`\`\`mermaid
${lifecycleDiagram(language, kind)}
\`\`\`

${tableOf(kind, language)}`,
  );
  return `# ${title}

${other}

${lead}

${notes}
- ${byRole} ${pages.join(name.separator)}

${sections.join('\n')}
${correctionsSection(language)}`;
}
